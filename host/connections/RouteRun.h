#pragma once
/// One run of one route: rows in, records written. Whoever has rows gives a reader: a connection that asks, or one that
/// is sent to.
///
/// Promises. Batches of 1,000 rows, each in one transaction together with the route's memory of what it has brought and
/// how far it has read; a crash at any point loses nothing and repeats nothing. Bad rows are skipped or stop the run,
/// as the route says, and the watermark never passes one: it is asked for again until it is good. Nor does it follow a
/// row into the future, and one that an earlier run left there is not believed. Unchanged records
/// keep their revision. A row that names a record again, with other content, is refused: two rows can't both be true.
/// Deletions are followed after a whole, unbroken, full run only, and never when a row could not be identified. Where
/// one run can't prove to have seen everything (pages by number), it takes two, one after another, to delete a record
/// or to move the watermark.
///
/// Not thread-safe; the caller lets no route run twice at a time. Everything referred to must outlive it.

#include "host/connections/FileIntake.h"
#include "host/connections/RouteState.h"
#include "host/connections/SeenRows.h"
#include "host/connections/Watermark.h"
#include "host/records/RecordWriter.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Sources.h"
#include "host/sources/RowReader.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <vector>

namespace host::connections {

struct RouteRules {
    std::int64_t routeId = 0;
    std::string organization;
    const sources::CsvMapping* mapping = nullptr;
    std::optional<WatermarkRule> watermark;
    bool stopOnError = false;
    /// A refused row refuses all of them: one transaction, and the rows are held in memory until then.
    bool allOrNothing = false;
    bool followDeletions = false;
    double maxDeletedPercent = 20;  ///< more are deleted on a person's word only
    std::int64_t maxFileBytes = std::int64_t{2} * 1024 * 1024 * 1024;
};

/// AppError 422 with the nearest name when the watermark's column is none of the source's.
void requireWatermark(const RouteRules& rules, const std::vector<std::string>& columns);

/// Of a reader whose columns are paths: those that the mapping or the watermark needs and that none of the items so
/// far has, with what is there. A renamed key would empty the field in every record.
std::vector<sdk::FieldError> absentKeys(const RouteRules& rules, const sdk::SourceReader& reader);

struct RunOrder {
    bool full = false;              ///< the watermark is left aside
    bool confirmDeletions = false;  ///< a person has seen how many are to be deleted
};

struct RunCounts {
    std::int64_t rows = 0;  ///< the sum of the next seven
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t skipped = 0;   ///< by the mapping's conditions
    std::int64_t repeated = 0;  ///< the same row again
    std::int64_t withheld = 0;  ///< good, and not written since another was refused: all or nothing
    std::int64_t rejected = 0;
    std::int64_t errors = 0;   ///< a rejected row may have several
    std::int64_t deleted = 0;  ///< in the source no more
    std::int64_t files = 0;    ///< whose bytes were read

    std::vector<std::pair<std::string, std::int64_t>> named() const;
};

enum class RunEnd {
    Done,
    BadRow,      ///< the route stops at one
    Refused,     ///< all or nothing, and a row was refused: nothing was written
    Broken,      ///< the source could not go on
    Cancelled,   ///< asked to end
    Changed,     ///< the route was changed meanwhile; the next run begins anew
    OutOfOrder,  ///< the route promises ascending rows and they are not
    DoesNotFit,  ///< columns that the mapping needs are absent
    Deletions    ///< more than may be deleted without a person's word; all rows were brought in
};

struct RunOutcome {
    RunEnd end = RunEnd::Done;
    RunCounts counts;
    std::string detail;  ///< what ended it, on what, why; empty when Done
    std::string fix;
    std::optional<sdk::SourceError::Kind> broken;          ///< of Broken
    std::vector<sdk::FieldError> absent;                   ///< of DoesNotFit: columns and what is near
    std::map<std::string, std::int64_t> failuresOfColumn;  ///< rejected rows by column
    std::string firstUnreadable, firstUnreadableFix;       ///< the first row that fails as a whole: place and why
    std::int64_t unknownTargets = 0;                       ///< rows that name records which are not there
    std::int64_t toDelete = 0;                             ///< of Deletions
    std::int64_t ahead = 0;                                ///< rows whose watermark is in the future
    std::string watermarkColumn;
    std::string firstAhead, firstAheadPlace;  ///< the value and the place of the first of them
    std::string aheadBefore;                  ///< the route's own was: everything was read again
    bool expectsRows = true;                               ///< an incremental run may well bring none

    /// Rows came to the end, and every one that the mapping takes was refused: nothing went well in that.
    bool tookNone() const {
        return end == RunEnd::Done && counts.rejected > 0 && counts.rejected + counts.skipped == counts.rows;
    }
};

/// Whether a record is refused because it names one that is not there.
bool isUnknownTarget(const sdk::FieldError& error);

/// Told from within the run.
class RunObserver {
public:
    virtual ~RunObserver() = default;
    virtual void error(const sources::RowError& error) = 0;
    virtual void note(const std::string& line) = 0;
    virtual void progress(const RunCounts&) {}
};

class RouteRun {
public:
    /// `files` may be null when the mapping brings none.
    RouteRun(sdk::Database& database, records::FileStore* files, const sdk::Clock& clock, RouteRules rules,
             RunOrder order, RunObserver& observer);
    ~RouteRun();

    /// Counts the run. AppError 404 when the route is gone.
    void begin();
    bool isFull() const { return !asked_; }
    /// What to ask the source for; nullopt: all rows.
    const std::optional<std::string>& asked() const { return asked_; }

    /// Reads to the end. What the reader throws becomes the outcome; \throws what the database throws.
    RunOutcome run(sdk::SourceReader& reader, const std::stop_token& stop = {});

private:
    struct Item {
        sdk::SourceRow row;
        records::RecordDraft draft;
        std::optional<KnownFile> file;
    };
    /// Ends the reading for a reason of the route's own.
    struct Stop {
        RunEnd end;
        std::string detail, fix;
    };

    /// Where the watermark is held: a rejected row is not passed.
    struct Held {
        std::optional<Mark> least;
        bool atStart = false;  ///< a rejected row has no mark
    };

    void readAll(sdk::SourceReader& reader, const std::stop_token& stop);
    void take(sdk::SourceReader& reader, sdk::SourceRow& row);
    void follow(const sdk::SourceRow& row);
    void tellAhead(const sdk::SourceRow& row, const Mark& mark);
    std::optional<Mark> markOf(const sdk::SourceRow& row) const;
    void reject(const sdk::SourceRow& row, const std::vector<sources::RowError>& errors);
    void stopAtBadRow() const;
    Held heldWith(const sdk::SourceRow& row, Held held) const;
    void tell(const sources::RowError& error);
    bool isRepeat(const std::string& externalId);
    void requireKeys();
    void flush(bool last);
    void flushAllOrNothing();
    std::vector<records::Verdict> write(Poco::Data::Session& session, bool last, bool withWatermark);
    void judge(const Item& item, const records::Verdict& verdict);
    void settleRepeats();
    void contradict(const Item& item);
    std::optional<std::string> watermarkNow(const Held& held, bool last) const;
    void followDeletions();
    bool removeUnseen(std::int64_t generation);
    bool isProvenWhole() const;
    void saveWatermark(RouteState& state, const std::string& reached, bool last) const;

    sdk::Database& database_;
    const sdk::Clock& clock_;
    const RouteRules rules_;
    const RunOrder order_;
    RunObserver& observer_;
    std::unique_ptr<FileIntake> intake_;

    RouteMemory memory_;
    sdk::Micros startedAt_ = 0;
    std::optional<std::string> asked_;
    std::optional<sources::RowReader> rows_;
    const sdk::SourceReader* reader_ = nullptr;  ///< of run()
    bool keysKnown_ = false;
    RunOutcome out_;

    std::vector<Item> batch_;
    std::unordered_set<std::string> inBatch_;
    std::vector<Item> repeats_;         ///< rows that name a record of this run again
    std::vector<std::string> refused_;  ///< external ids of rejected rows: still in the source
    SeenRows seen_;

    std::optional<Mark> greatest_;
    Held held_;
    std::string badRow_, badRowFix_;  ///< the first one, when the route stops there
    std::int64_t withoutMark_ = 0;
    std::int64_t unidentified_ = 0;
};

}  // namespace host::connections
