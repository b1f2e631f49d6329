#pragma once
/// SQL of statements, within a session of the caller's. Not thread-safe.

#include "host/sdk/Clock.h"
#include "host/sources/RowReader.h"
#include "host/xapi/RuleSet.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace host::xapi {

/// What is kept of a statement beside its bytes.
struct StatementRow {
    std::int64_t id = 0;
    std::string statementId;
    sdk::Micros storedAt = 0;
    sdk::Micros madeAt = 0;  ///< its timestamp, or when it was stored
    std::int64_t form = 0;
    State state = State::Unmatched;
    std::int64_t kind = -1;  ///< of its record; -1: none
    std::string externalId;
    bool voided = false;

    /// When it counts as made among those that speak of one record: a timestamp ahead of its arrival would stand above
    /// every later correction.
    sdk::Micros saidAt() const { return std::min(madeAt, storedAt); }
};

struct Trouble {
    std::string rule, place, value, reason, fix;

    bool operator==(const Trouble&) const = default;
};

struct AttachmentRow {
    std::int64_t statement = 0;
    std::string sha2, contentType;
    std::int64_t size = 0;
};

class StatementRows {
public:
    StatementRows(Poco::Data::Session& session, std::int64_t source) : session_(session), source_(source) {}

    /// The numbers of those that are there.
    std::unordered_map<std::string, std::int64_t> known(const std::vector<std::string>& statementIds);
    /// Their bytes, one after another, in no order.
    void originals(const std::vector<std::int64_t>& ids,
                   const std::function<void(std::int64_t id, const std::string& body)>& take);
    /// Ids for so many, the first of them.
    std::int64_t reserve(std::size_t count);
    std::int64_t form(const std::string& verb, const std::string& activityType);
    void insert(const std::vector<StatementRow>& rows, std::vector<std::string>& bodies);
    void addAttachments(const std::vector<AttachmentRow>& rows);
    void setStates(const std::vector<StatementRow>& rows);
    void addTroubles(const std::map<std::int64_t, Trouble>& troubles);
    /// Of these statements; what did not change is not written again.
    void replaceTroubles(const std::vector<std::int64_t>& statements, const std::map<std::int64_t, Trouble>& troubles);

    struct Stored {
        StatementRow row;
        std::string body;
    };
    /// In order of id, at most `limit` of those behind `after`; of one state or all.
    std::vector<Stored> page(std::int64_t after, std::size_t limit, std::optional<State> state);
    std::optional<Stored> find(const std::string& statementId);
    /// Those stored within the times (since excluded), from an id on, voided ones left out.
    std::vector<Stored> inOrder(std::int64_t from, sdk::Micros since, sdk::Micros until, bool ascending,
                                std::size_t limit);
    std::vector<AttachmentRow> attachments(std::int64_t statement);

    /// They count no more.
    void supersede(std::vector<std::int64_t>& ids);
    /// Of those that speak of a record and don't count, the latest.
    std::optional<Stored> superseded(std::int64_t kind, const std::string& externalId);

    struct Latest {
        sdk::Micros saidAt = 0;
        std::int64_t statement = 0;
    };
    /// Who speaks of these records of a kind.
    std::unordered_map<std::string, Latest> latest(std::int64_t kind, const std::vector<std::string>& externalIds);
    void setLatest(const std::vector<const StatementRow*>& rows);
    /// \return whether it was the one that counts
    bool forgetLatest(const StatementRow& row);

    /// Notes that it is voided, whether it is there or not.
    void markVoided(const std::string& statementId);
    std::vector<std::string> voidedOf(const std::vector<std::string>& statementIds);

    /// Whether the source is as it was when its rules were taken.
    bool isCurrent(std::int64_t revision);
    /// Where reading all again goes on; nullopt: it is done.
    void setRemapFrom(std::optional<std::int64_t> from);

private:
    std::map<std::int64_t, Trouble> troublesOf(const std::vector<std::int64_t>& statements);
    std::vector<Stored> select(const std::string& condition, std::vector<std::int64_t> numbers,
                               std::optional<std::string> text, std::size_t limit);

    Poco::Data::Session& session_;
    std::int64_t source_;
    std::map<std::pair<std::string, std::string>, std::int64_t> forms_;
};

}  // namespace host::xapi
