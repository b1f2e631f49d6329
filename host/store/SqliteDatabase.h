#pragma once
/// The embedded store: SQLite in WAL mode through Poco Data.
///
/// One writer session, served in order of arrival, and a bounded pool of read-only sessions. Writes begin IMMEDIATE
/// (Poco's own begin() is DEFERRED and loses contended upgrades) and are run again whole when another process holds
/// the file. `synchronous=FULL`: what is committed survives a power cut. Sessions never leave `read` and `write`.
/// Thread-safe. Errors: see SqliteError.h. A write inside a write of the same thread is refused (it would wait for
/// itself); a read inside a write sees the state before it.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/store/FairGate.h"
#include "host/store/LogCopier.h"

#include <Poco/Data/Session.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace host::store {

struct SqliteOptions {
    std::filesystem::path path;  ///< the folder must exist; the file is made, readable by its owner only
    std::size_t readers = 4;
    std::chrono::milliseconds wait{5000};         ///< for a session
    std::chrono::milliseconds busyTimeout{2000};  ///< for another process, inside SQLite, each try
    int writeTries = 5;
    int writerCacheKib = 8192;
    int readerCacheKib = 2048;
};

/// Since the start; for /metrics.
struct SqliteStatistics {
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    std::uint64_t writesRepeated = 0;  ///< run again because another process held the file
    std::uint64_t waitsExpired = 0;    ///< refused with db-busy
    std::uint64_t sessionsOpened = 0;
    std::uint64_t logCopies = 0;  ///< of the write-ahead log into the file, beside the writers
};

class SqliteDatabase : public sdk::Database {
public:
    /// Opens or creates the file and sets WAL. AppError 500 "db.open" when it can't be opened. `clock` must outlive it.
    SqliteDatabase(SqliteOptions options, const sdk::Clock& clock);
    ~SqliteDatabase() override;

    void read(const std::function<void(Poco::Data::Session&)>& fn) override;
    void write(const std::function<void(Poco::Data::Session&)>& fn) override;
    /// Steps of the host as a whole; rooms use the form with an owner, or a ModuleDatabase.
    void migrate(const std::vector<sdk::Migration>& steps) override { migrate("host", steps); }

    /// `owner`: "host.accounts" of a room, "u2035" of a module. See Migrations.h for what is refused.
    void migrate(const std::string& owner, const std::vector<sdk::Migration>& steps);

    /// Copies the log into the file and truncates it, as far as readers allow.
    void checkpoint();
    SqliteStatistics statistics() const;
    const std::filesystem::path& path() const { return options_.path; }

private:
    using SessionPtr = std::unique_ptr<Poco::Data::Session>;

    SessionPtr open(bool writer);
    SessionPtr takeReader();
    void giveBackReader(SessionPtr session);
    void writeOnce(Poco::Data::Session& session, const std::function<void(Poco::Data::Session&)>& fn);

    void abandonWrite() noexcept;

    const SqliteOptions options_;
    const sdk::Clock& clock_;
    FairGate writerGate_{1};
    FairGate readerGate_;
    SessionPtr writer_;
    LogCopier copier_;
    std::atomic<std::thread::id> writing_{};
    std::mutex idleMutex_;
    std::vector<SessionPtr> idleReaders_;

    std::atomic<std::uint64_t> reads_{0};
    std::atomic<std::uint64_t> writes_{0};
    std::atomic<std::uint64_t> writesRepeated_{0};
    std::atomic<std::uint64_t> waitsExpired_{0};
    std::atomic<std::uint64_t> sessionsOpened_{0};
};

}  // namespace host::store
