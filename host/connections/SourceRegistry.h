#pragma once
/// The kinds of source there are: the host's own and those of modules. Thread-safe. Registrations may outlive it.

#include "host/sdk/Sources.h"

#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace host::connections {

class SourceRegistry : public sdk::Sources {
public:
    /// A kind in use: hold it no longer than the run, and end when `gone` is asked.
    struct Offer {
        std::shared_ptr<sdk::SourceKind> kind;
        std::stop_token gone;
    };

    SourceRegistry() : kinds_(std::make_shared<Kinds>()) {}

    /// AppError 500 "source.invalid" for a description that no form could show.
    [[nodiscard]] sdk::Registration add(std::shared_ptr<sdk::SourceKind> kind) override;

    /// By name; nullptr in `kind` when there is none (its module is not loaded).
    Offer find(const std::string& name) const;
    /// By name, in order.
    std::vector<sdk::SourceDescription> descriptions() const;

private:
    struct Kind {
        std::shared_ptr<sdk::SourceKind> kind;
        sdk::SourceDescription description;
        std::stop_source gone;
    };
    struct Kinds {
        std::mutex mutex;
        std::map<std::string, Kind> byName;
    };
    std::shared_ptr<Kinds> kinds_;
};

}  // namespace host::connections
