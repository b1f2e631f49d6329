#pragma once
/// Statements to records, within one transaction together with what is remembered of the statements. A record is there
/// as long as a statement speaks of it; of several that do, the latest by its timestamp counts, whenever it came. What
/// the records do not take yet waits. Lives within one transaction; not thread-safe.

#include "host/records/RecordWriter.h"
#include "host/xapi/StatementRows.h"
#include "host/xapi/XapiSources.h"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace host::xapi {

/// A statement with what the rules read in it. `row` holds what it was before, and afterwards what it is.
struct MappedStatement {
    StatementRow row;
    Reading reading;
    std::string_view body;
    std::int64_t outdoes = 0;  ///< the one that counted before it; 0: none
};

class StatementMapping {
public:
    StatementMapping(Poco::Data::Session& session, StatementRows& rows, const ActiveSource& source, sdk::Micros moment);

    /// Sets state, kind and external id of the rows, and takes the drafts away; what is wrong with those that wait or
    /// are refused.
    std::map<std::int64_t, Trouble> write(std::span<MappedStatement> statements);

    /// A statement was voided: its record says again what the one before it says, and goes when there is none.
    void takeBackVoided(const StatementRow& row);

    /// Whether a statement that counted ceased to speak of its record: others that do may count again.
    bool tookBack() const { return tookBack_; }

private:
    /// The record that the statement alone speaks of goes, and it counts no more among those that do.
    void takeBack(const StatementRow& row);
    void removeRecord(const StatementRow& row);
    void chooseLatest(std::span<MappedStatement> statements);
    Trouble whyWaiting(const MappedStatement& one, const records::Verdict& verdict) const;

    Poco::Data::Session& session_;
    StatementRows& rows_;
    const ActiveSource& source_;
    records::RecordWriter writer_;
    bool tookBack_ = false;
};

/// What the rules need to know of a statement beside itself.
StatementFacts factsOf(const rapidjson::Value& statement, std::string_view id, sdk::Micros at);

}  // namespace host::xapi
