#include "host/store/LogCopier.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>

namespace host::store {
namespace {

/// 32 MiB: a page that several writes change is copied once.
constexpr int kPages = 8192;

}  // namespace

LogCopier::~LogCopier() {
    thread_.request_stop();
    changed_.notify_all();
}

bool LogCopier::grown(int pages) {
    if (restLeft_.exchange(false)) return true;
    int copied = copied_;
    if (pages < copied) copied_ = copied = 0;  // the log was begun anew
    if (pages - copied < kPages) return false;
    std::lock_guard lock(mutex_);
    if (wanted_ || copying_) return false;
    wanted_ = true;
    if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    changed_.notify_all();
    return false;
}

void LogCopier::settle() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !wanted_ && !copying_; });
}

void LogCopier::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return wanted_; })) {
        wanted_ = false;
        copying_ = true;
        lock.unlock();
        copy();
        lock.lock();
        copying_ = false;
        changed_.notify_all();
    }
    wanted_ = false;  // nobody waits for what will not come
    changed_.notify_all();
}

// A session of its own each time: an idle one would hold the file open beside those that guard it.
void LogCopier::copy() {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(database_.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> session(opened, &sqlite3_close);
    if (code != SQLITE_OK) return;
    // A session knows of the log only once it has read; before, there is nothing to copy for it.
    if (sqlite3_exec(session.get(), "PRAGMA schema_version", nullptr, nullptr, nullptr) != SQLITE_OK) return;
    int inLog = 0, done = 0;
    // A full disk or a broken file is told by the next write, which meets it too and can say so.
    if (sqlite3_wal_checkpoint_v2(session.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &inLog, &done) != SQLITE_OK)
        return;
    copied_ = std::max(done, 0);
    restLeft_ = true;
    ++copies_;
}

}  // namespace host::store
