#include "host/store/SqliteDatabase.h"

#include "host/sdk/Error.h"
#include "host/store/Migrations.h"
#include "host/store/SqliteError.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Statement.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <random>
#include <unistd.h>

namespace host::store {
namespace {

using Poco::Data::Session;
using sdk::AppError;
using namespace Poco::Data::Keywords;

void execute(Session& session, const std::string& sql) {
    session << sql, now;
}

bool inTransaction(Session& session) {
    return sqlite3_get_autocommit(Poco::Data::SQLite::Utility::dbHandle(session)) == 0;
}

void rollBackQuietly(Session& session) noexcept {
    try {
        if (inTransaction(session)) execute(session, "ROLLBACK");
    } catch (...) {
        // The session is looked at again before its next use, and dropped when it is still in a transaction.
    }
}

AppError busy() {
    return AppError::unavailable("db-busy",
                                 "The database is busy: no session came free in time. Try again in a moment.");
}

std::chrono::microseconds jittered(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    int ceiling = 5000 << std::min(attempt, 5);
    return std::chrono::microseconds(std::uniform_int_distribution<int>(ceiling / 2, ceiling)(random));
}

/// A session is never in two threads at a time, so SQLite need not guard it: a tenth of reading a large table goes into
/// its locks otherwise. Only before the first session can that be said.
void prepareSqlite() {
    static std::once_flag once;
    std::call_once(once, [] {
        using Poco::Data::SQLite::Utility;
        Utility::setThreadMode(Utility::THREAD_MODE_MULTI);
        // Nobody asks how much memory it has; counting takes a lock for every piece of it.
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        Poco::Data::SQLite::Connector::registerConnector();
    });
}

/// However slow the copying beside the writers is, the log grows to 64 MiB and not on.
constexpr int kMostInLog = 16384;

int afterCommit(void* copier, sqlite3* session, const char* database, int pages) {
    if (static_cast<LogCopier*>(copier)->grown(pages) || pages >= kMostInLog)
        sqlite3_wal_checkpoint_v2(session, database, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return SQLITE_OK;
}

void createPrivately(const std::filesystem::path& path) {
    // SQLite would create the file with the umask's permissions; the records in it are people's.
    int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        throw AppError(500, "db.open",
                       "The database file can't be opened: " + std::string(std::strerror(errno)) +
                           ". Check that its folder exists and belongs to the server's user.");
    ::close(file);
}

}  // namespace

SqliteDatabase::SqliteDatabase(SqliteOptions options, const sdk::Clock& clock)
    : options_(std::move(options)), clock_(clock), readerGate_(options_.readers), copier_(options_.path) {
    prepareSqlite();
    createPrivately(options_.path);
    writer_ = open(true);
}

SqliteDatabase::~SqliteDatabase() = default;

SqliteDatabase::SessionPtr SqliteDatabase::open(bool writer) {
    try {
        auto session = std::make_unique<Session>("SQLite", options_.path.string());
        execute(*session, fmt::format("PRAGMA busy_timeout={}", options_.busyTimeout.count()));
        if (writer) {
            std::string mode;
            *session << "PRAGMA journal_mode=WAL", into(mode), now;
            if (mode != "wal")
                throw AppError(500, "db.open",
                               "The database can't use a write-ahead log, its mode is '" + mode +
                                   "'. Put it on a local disk, not on a network share.");
        }
        execute(*session, "PRAGMA synchronous=FULL");
        execute(*session, "PRAGMA foreign_keys=ON");
        execute(*session, "PRAGMA temp_store=FILE");
        execute(*session, "PRAGMA journal_size_limit=67108864");
        if (writer) sqlite3_wal_hook(Poco::Data::SQLite::Utility::dbHandle(*session), &afterCommit, &copier_);
        execute(*session,
                fmt::format("PRAGMA cache_size=-{}", writer ? options_.writerCacheKib : options_.readerCacheKib));
        if (!writer) execute(*session, "PRAGMA query_only=ON");
        ++sessionsOpened_;
        return session;
    } catch (const AppError&) {
        throw;
    } catch (const std::exception&) {
        std::throw_with_nested(AppError(500, "db.open",
                                        "The database can't be opened; the server's log says why. Check that "
                                        "the file is an SQLite database and its folder can be written."));
    }
}

SqliteDatabase::SessionPtr SqliteDatabase::takeReader() {
    {
        std::lock_guard lock(idleMutex_);
        if (!idleReaders_.empty()) {
            auto session = std::move(idleReaders_.back());
            idleReaders_.pop_back();
            return session;
        }
    }
    return open(false);
}

void SqliteDatabase::giveBackReader(SessionPtr session) {
    rollBackQuietly(*session);
    if (inTransaction(*session)) return;  // can't be trusted any more: closed here
    std::lock_guard lock(idleMutex_);
    idleReaders_.push_back(std::move(session));
}

void SqliteDatabase::read(const std::function<void(Session&)>& fn) {
    auto pass = readerGate_.enter(options_.wait);
    if (!pass) {
        ++waitsExpired_;
        throw busy();
    }
    ++reads_;
    auto session = takeReader();
    try {
        execute(*session, "BEGIN DEFERRED");
        fn(*session);
        if (inTransaction(*session)) execute(*session, "COMMIT");
    } catch (...) {
        try {
            rethrowTranslated(*session);
        } catch (...) {
            giveBackReader(std::move(session));
            throw;
        }
    }
    giveBackReader(std::move(session));
}

void SqliteDatabase::writeOnce(Session& session, const std::function<void(Session&)>& fn) {
    rollBackQuietly(session);
    execute(session, "BEGIN IMMEDIATE");
    fn(session);
    if (!inTransaction(session))
        throw AppError(500, "internal", "A write ended its own transaction; it must leave that to the store.");
    execute(session, "COMMIT");
}

void SqliteDatabase::write(const std::function<void(Session&)>& fn) {
    if (writing_.load() == std::this_thread::get_id())
        throw AppError(500, "internal",
                       "A write was started inside a write of the same thread; use the outer session.");
    auto pass = writerGate_.enter(options_.wait);
    if (!pass) {
        ++waitsExpired_;
        throw busy();
    }
    struct Mark {
        std::atomic<std::thread::id>& who;
        explicit Mark(std::atomic<std::thread::id>& w) : who(w) { who.store(std::this_thread::get_id()); }
        ~Mark() { who.store(std::thread::id()); }
    } mark(writing_);
    ++writes_;
    if (!writer_) writer_ = open(true);
    for (int attempt = 1;; ++attempt) {
        try {
            return writeOnce(*writer_, fn);
        } catch (const std::exception& e) {
            if (!isBusy(e) || attempt >= options_.writeTries) {
                try {
                    rethrowTranslated(*writer_);
                } catch (...) {
                    abandonWrite();
                    throw;
                }
            }
        } catch (...) {
            abandonWrite();
            throw;
        }
        abandonWrite();
        if (!writer_) writer_ = open(true);
        ++writesRepeated_;
        std::this_thread::sleep_for(jittered(attempt));
    }
}

void SqliteDatabase::abandonWrite() noexcept {
    rollBackQuietly(*writer_);
    if (inTransaction(*writer_)) writer_.reset();  // can't be trusted any more: the next write opens another
}

void SqliteDatabase::migrate(const std::string& owner, const std::vector<sdk::Migration>& steps) {
    applyMigrations(*this, owner, steps, clock_.now());
}

void SqliteDatabase::checkpoint() {
    auto pass = writerGate_.enter(options_.wait);
    if (!pass) throw busy();
    if (!writer_) writer_ = open(true);
    copier_.settle();
    execute(*writer_, "PRAGMA wal_checkpoint(TRUNCATE)");
}

SqliteStatistics SqliteDatabase::statistics() const {
    return {reads_, writes_, writesRepeated_, waitsExpired_, sessionsOpened_, copier_.copies()};
}

}  // namespace host::store
