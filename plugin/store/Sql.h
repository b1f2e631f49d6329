#pragma once
/// Small helpers of the module's repositories.

#include "host/sdk/Error.h"

#include <Poco/Data/Session.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::store {

/// Of a row `o` of the outbox: the store has accepted its cancellation, which depends on it. Rows that another store
/// takes over get other numbers, so the statement's id is what binds them.
inline constexpr const char* kCancelled =
    "EXISTS (SELECT 1 FROM u2035_outbox c WHERE c.store_id = o.store_id AND c.depends_on = o.statement_id"
    " AND c.record_kind = 'statement' AND c.state IN ('accepted', 'confirmed'))";

/// Of a row `o` of the outbox: its cancellation may be at the store, though no answer says so: it is on its way, its
/// answer was lost, or the store has something of its id and didn't take it again.
inline constexpr const char* kMayBeCancelled =
    "EXISTS (SELECT 1 FROM u2035_outbox c WHERE c.store_id = o.store_id AND c.depends_on = o.statement_id"
    " AND c.record_kind = 'statement' AND (c.state IN ('sending', 'in_doubt') OR (c.state = 'quarantined'"
    " AND EXISTS (SELECT 1 FROM u2035_refusal f WHERE f.seq = c.seq AND f.conflict <> 0))))";

/// Of a refused row `o` of the outbox: a later plan told of its record by another statement, a new revision's or one of
/// another kind, so there is nothing more to do about this one. The store's id stands in an expression, so that the row
/// is looked up by its record: by the store alone SQLite would read all of it for every row.
inline constexpr const char* kSuperseded =
    "EXISTS (SELECT 1 FROM u2035_outbox n WHERE n.store_id || '' = o.store_id AND n.record_kind = o.record_kind"
    " AND n.record_id = o.record_id AND n.seq <> o.seq AND n.state <> 'withdrawn'"
    " AND (n.flow_id = o.flow_id OR o.learner_id <> 0) AND (n.planned_run, n.seq) > (o.planned_run, o.seq))";

/// Of a row `o` of the outbox: a person said that the file it stands in was handed over.
#define U2035_TOLD_BY_WORD "EXISTS (SELECT 1 FROM u2035_batch b WHERE b.id = o.batch_id AND b.outcome = 'handed-over')"
inline constexpr const char* kToldByWord = U2035_TOLD_BY_WORD;

/// Of a row `o` of the outbox: it stands in a store that is known to be the test contour.
#define U2035_IN_TEST_STORE "o.store_id IN (SELECT t.id FROM u2035_store t WHERE t.contour = 'test')"
inline constexpr const char* kInTestStore = U2035_IN_TEST_STORE;

/// Of a row `o` of the outbox: what became of it counts. What the test contour alone has accepted is told to nobody;
/// a file that is handed over, or may be, goes to the account all the same.
inline constexpr const char* kCounts =
    "(NOT " U2035_IN_TEST_STORE " OR " U2035_TOLD_BY_WORD
    " OR (o.state = 'in_doubt' AND EXISTS (SELECT 1 FROM u2035_xapi_row x WHERE x.seq = o.seq)))";

/// Of a row `o` of the outbox with its mark `m`, 1 or 0: a plan may put other bytes in its place. What was refused for
/// its content is not stored there; a conflict is the word that something of this id is. What a person discarded stays
/// so whatever changes around it.
inline constexpr const char* kReplaceable =
    "CASE WHEN o.state IN ('waiting', 'withdrawn') THEN 1 WHEN o.state <> 'quarantined' THEN 0"
    " WHEN m.word = 'discard' THEN 0 WHEN m.word = 'replay' THEN 1 WHEN EXISTS"
    " (SELECT 1 FROM u2035_refusal r WHERE r.seq = o.seq AND r.conflict <> 0) THEN 0 ELSE 1 END";

/// "1,2,3": numbers of ours, so that one statement changes a whole batch.
inline std::string joinNumbers(const std::vector<std::int64_t>& numbers) {
    std::string text;
    text.reserve(numbers.size() * 8);
    for (auto number : numbers) {
        if (!text.empty()) text += ',';
        text += std::to_string(number);
    }
    return text;
}

/// "'a','b'" of UUIDs; anything else is refused, so that nothing foreign gets into a statement's text.
inline std::string joinUuids(const std::vector<std::string>& ids) {
    std::string text;
    text.reserve(ids.size() * 40);
    for (const auto& id : ids) {
        if (id.size() != 36 || id.find_first_not_of("0123456789abcdef-") != std::string::npos)
            throw host::sdk::AppError(500, "internal", "A statement id is not a lower-case UUID.");
        if (!text.empty()) text += ',';
        text += '\'';
        text += id;
        text += '\'';
    }
    return text;
}

/// A LIKE pattern with '\\' as the escape: `text` anywhere.
inline std::string containing(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

/// The next number of a table's own sequence; call it in a write transaction.
inline std::int64_t nextNumber(Poco::Data::Session& session, const std::string& table, const std::string& column) {
    std::int64_t last = 0;
    session << "SELECT COALESCE(MAX(" + table + "." + column + "), 0) FROM " + table, Poco::Data::Keywords::into(last),
        Poco::Data::Keywords::now;
    return last + 1;
}

/// "learner_id IN (…)" of whom a search found; never empty.
inline std::string isOneOf(const std::string& column, const std::vector<std::int64_t>& ids) {
    return column + " IN (" + (ids.empty() ? "-1" : joinNumbers(ids)) + ")";
}

/// `WHERE`/`AND` clauses with their values, bound in order.
class Conditions {
public:
    void text(const std::string& clause, const std::string& value) {
        clauses_ += clauses_.empty() ? " WHERE " : " AND ";
        clauses_ += clause;
        texts_.push_back(value);
    }
    /// The second half of the clause before: one or the other holds.
    void alternative(const std::string& clause, const std::string& value) {
        clauses_ += " OR " + clause;
        texts_.push_back(value);
    }
    /// Numbers stand in the text itself: they are ours or parsed.
    void raw(const std::string& clause) {
        clauses_ += clauses_.empty() ? " WHERE " : " AND ";
        clauses_ += clause;
    }
    const std::string& sql() const { return clauses_; }
    void bindTo(Poco::Data::Statement& statement) {
        for (auto& value : texts_) statement, Poco::Data::Keywords::use(value);
    }

private:
    std::string clauses_;
    std::vector<std::string> texts_;
};

}  // namespace plugin::store
