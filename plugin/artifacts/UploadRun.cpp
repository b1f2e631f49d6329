#include "plugin/artifacts/UploadRun.h"

#include <deque>
#include <exception>
#include <thread>
#include <vector>

namespace plugin::artifacts {
namespace {

constexpr std::size_t kPage = 200;
/// One file may be what a gateway chokes on; two in a row mean that the storage is in trouble.
constexpr int kPostponedInARow = 2;

/// What the sessions of one run share. Thread-safe.
class Shared {
public:
    Shared(store::ArtifactStore& store, const std::string& storageId, std::int64_t runId)
        : store_(store), storageId_(storageId), runId_(runId) {}

    std::optional<store::ArtifactRow> next() {
        const std::lock_guard lock(mutex_);
        if (over_) return std::nullopt;
        if (rows_.empty() && !exhausted_) {
            auto page = store_.due(storageId_, runId_, after_, kPage);
            exhausted_ = page.size() < kPage;
            for (auto& row : page) {
                after_ = row.id;
                rows_.push_back(std::move(row));
            }
        }
        if (rows_.empty()) return std::nullopt;
        auto row = std::move(rows_.front());
        rows_.pop_front();
        return row;
    }

    void take(const UploadOutcome& outcome) {
        const std::lock_guard lock(mutex_);
        switch (outcome.end) {
            case UploadEnd::Proven:
                ++report_.proven;
                postponedInARow_ = 0;
                break;
            case UploadEnd::Failed:
                ++report_.failed;
                break;
            case UploadEnd::Postponed:
                ++report_.postponed;
                if (++postponedInARow_ >= kPostponedInARow) giveUp(outcome.failure);
                break;
            case UploadEnd::StorageFailed:
                ++report_.postponed;
                giveUp(outcome.failure);
                break;
            case UploadEnd::Stopped:
                over_ = true;
        }
    }
    void end() {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    void keep(std::exception_ptr error) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::move(error);
        over_ = true;
    }
    RunReport report() {
        if (error_) std::rethrow_exception(error_);
        return report_;
    }

private:
    void giveUp(const store::ArtifactFailure& failure) {
        over_ = true;
        if (report_.reason.empty()) report_.reason = failure.cause + ". " + failure.fix;
    }

    store::ArtifactStore& store_;
    std::string storageId_;
    std::int64_t runId_;
    std::mutex mutex_;
    std::deque<store::ArtifactRow> rows_;
    std::int64_t after_ = 0;
    bool exhausted_ = false;
    bool over_ = false;
    int postponedInARow_ = 0;
    RunReport report_;
    std::exception_ptr error_;
};

}  // namespace

RunReport UploadRun::run(const std::string& storageId, std::int64_t runId, std::stop_token stop) {
    Shared shared(store_, storageId, runId);
    const auto work = [&] {
        try {
            while (auto row = shared.next()) {
                if (stop.stop_requested() || !mayGoOn_()) return shared.end();
                shared.take(uploader_.upload(*row, stop));
                if (fileDone_) fileDone_();
            }
        } catch (const std::exception&) {
            shared.keep(std::current_exception());
        }
    };
    {
        std::vector<std::jthread> sessions;
        for (int i = 1; i < sessions_; ++i) sessions.emplace_back(work);
        work();
    }
    return shared.report();
}

}  // namespace plugin::artifacts
