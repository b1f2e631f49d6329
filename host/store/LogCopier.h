#pragma once
/// Copies SQLite's write-ahead log into the database file beside the writers, so that no request waits for it. It
/// copies what readers allow and never stops a writer (a passive checkpoint, https://sqlite.org/wal.html); what it
/// could not copy stays in the log, where it is as safe. Thread-safe. Its thread starts with the first `wake`.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <thread>

namespace host::store {

class LogCopier {
public:
    explicit LogCopier(std::filesystem::path database) : database_(std::move(database)) {}
    /// Ends the copying that is under way.
    ~LogCopier();

    /// After a commit, with the pages that the log has now; never waits. Copies once enough came since the last time.
    /// true, once after a copying: only what was committed meanwhile is left. A writer that copies it before it goes on
    /// lets the log begin anew, which it never would while one writes and another copies.
    bool grown(int pages);
    /// Waits until no copying is under way or wanted.
    void settle();
    std::uint64_t copies() const { return copies_; }

private:
    void run(const std::stop_token& stop);
    void copy();

    const std::filesystem::path database_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool wanted_ = false;
    bool copying_ = false;
    std::atomic<int> copied_{0};  ///< pages of the log that the last copying has done
    std::atomic<bool> restLeft_{false};
    std::atomic<std::uint64_t> copies_{0};
    std::jthread thread_;
};

}  // namespace host::store
