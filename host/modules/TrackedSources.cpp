#include "host/modules/TrackedSources.h"

#include <functional>
#include <mutex>
#include <stop_token>
#include <utility>

namespace host::modules {
namespace {

using Running = ModuleRegistrations::Running;

/// A stop that comes from the run or from the module's end.
class EitherStop {
public:
    EitherStop(std::stop_token run, std::stop_token module)
        : byRun_(std::move(run), Ask{source_}), byModule_(std::move(module), Ask{source_}) {}
    std::stop_token token() const { return source_.get_token(); }

private:
    struct Ask {
        std::stop_source source;
        void operator()() { source.request_stop(); }
    };
    std::stop_source source_;
    std::stop_callback<Ask> byRun_;
    std::stop_callback<Ask> byModule_;
};

/// Members go in reverse: the module's reader and kind before the module may be thought idle.
class TrackedReader : public sdk::SourceReader {
public:
    TrackedReader(std::unique_ptr<Running> running, std::unique_ptr<EitherStop> stop,
                  std::shared_ptr<sdk::SourceKind> kind, std::unique_ptr<sdk::SourceReader> reader)
        : running_(std::move(running)), stop_(std::move(stop)), kind_(std::move(kind)), reader_(std::move(reader)) {}

    const std::vector<std::string>& columns() const override { return reader_->columns(); }
    bool next(sdk::SourceRow& row) override { return reader_->next(row); }
    std::unique_ptr<std::istream> openFile(const std::string& reference) override {
        return reader_->openFile(reference);
    }

private:
    std::unique_ptr<Running> running_;
    std::unique_ptr<EitherStop> stop_;
    std::shared_ptr<sdk::SourceKind> kind_;
    std::unique_ptr<sdk::SourceReader> reader_;
};

class TrackedKind : public sdk::SourceKind {
public:
    TrackedKind(std::shared_ptr<sdk::SourceKind> real, std::shared_ptr<ModuleRegistrations> kept)
        : kept_(std::move(kept)), real_(std::move(real)) {}

    sdk::SourceDescription describe() const override {
        const Running running(kept_);
        return real()->describe();
    }
    void check(const sdk::SourceRequest& request) override {
        const Running running(kept_);
        const auto kind = real();
        const EitherStop stop(request.stop, kept_->stopToken());
        auto own = request;
        own.stop = stop.token();
        kind->check(own);
    }
    std::unique_ptr<sdk::SourceReader> open(const sdk::SourceRequest& request) override {
        auto running = std::make_unique<Running>(kept_);
        auto kind = real();
        auto stop = std::make_unique<EitherStop>(request.stop, kept_->stopToken());
        auto own = request;
        own.stop = stop->token();
        auto reader = kind->open(own);
        return std::make_unique<TrackedReader>(std::move(running), std::move(stop), std::move(kind), std::move(reader));
    }

    void forget() {
        std::shared_ptr<sdk::SourceKind> gone;  // destroyed outside the lock
        const std::lock_guard lock(mutex_);
        gone.swap(real_);
    }

private:
    /// To be held within a Running only.
    std::shared_ptr<sdk::SourceKind> real() const {
        const std::lock_guard lock(mutex_);
        if (!real_) throw sdk::AppError::unavailable("module.stopped", "The module is stopped; try again later.");
        return real_;
    }

    std::shared_ptr<ModuleRegistrations> kept_;
    mutable std::mutex mutex_;
    std::shared_ptr<sdk::SourceKind> real_;
};

}  // namespace

sdk::Registration TrackedSources::add(std::shared_ptr<sdk::SourceKind> kind) {
    auto tracked = std::make_shared<TrackedKind>(std::move(kind), kept_);
    auto real = std::make_shared<sdk::Registration>(real_.add(tracked));
    return kept_->keep(sdk::Registration([real, tracked] {
        real->reset();
        tracked->forget();
    }));
}

}  // namespace host::modules
