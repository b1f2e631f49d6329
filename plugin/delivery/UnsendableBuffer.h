#pragma once
/// Collects what can't go and writes it in batches. Not thread-safe; `flush` before it goes.

#include "plugin/delivery/Night.h"

namespace plugin::delivery {

class UnsendableBuffer {
public:
    UnsendableBuffer(const NightParts& parts, Night& night, std::string origin, std::string project)
        : parts_(parts), night_(night), origin_(std::move(origin)), project_(std::move(project)) {}

    void add(footprint::Unsendable&& why) {
        night_.count("unsendable", 1);
        night_.count("unsendable." + why.code, 1);
        if (night_.arguments.dryRun) return;
        rows_.push_back(std::move(why));
        if (rows_.size() >= kBatch) flush();
    }

    void flush() {
        parts_.runs.addUnsendable(night_.organization.id, night_.runId, origin_, project_, rows_);
        rows_.clear();
    }

private:
    static constexpr std::size_t kBatch = 1'000;

    const NightParts& parts_;
    Night& night_;
    std::string origin_;
    std::string project_;
    std::vector<footprint::Unsendable> rows_;
};

}  // namespace plugin::delivery
