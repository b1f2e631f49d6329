#include "host/records/UntiIds.h"

#include "host/records/RecordSql.h"
#include "host/records/RecordStore.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

namespace host::records {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

using Text = Nullable<std::string>;

const char* columnOf(bool test) {
    return test ? "test_unti_id" : "unti_id";
}

std::string shown(const Text& text) {
    return text.isNull() ? std::string() : text.value();
}

Text maybe(const std::string& text) {
    return text.empty() ? Text() : Text(text);
}

bool isValid(const std::string& untiId) {
    static const auto& field = spec(RecordKind::Learner).fields[fieldIndex(RecordKind::Learner, "untiId")];
    return !checkValue(field, untiId);
}

/// Writes one assignment after the other, within a transaction.
class Assigner {
public:
    Assigner(Session& session, std::string organization, std::string who, sdk::Micros moment)
        : session_(session), organization_(std::move(organization)), who_(std::move(who)), moment_(moment) {}

    sdk::UntiIdOutcome assign(const sdk::UntiIdAssignment& wanted) {
        using enum sdk::UntiIdVerdict;
        if (!wanted.untiId.empty() && !isValid(wanted.untiId)) return {NotValid, 0};
        const auto record = recordValue(wanted);
        if (!record) return {NoLearner, 0};
        if (!wanted.untiId.empty() && *record == wanted.untiId) return {Same, 0};
        if (*record != wanted.current) return {Changed, 0};
        const auto assigned = assignment(wanted);
        if (wanted.untiId.empty()) {
            if (!assigned) return {Changed, 0};
            if (const auto other = holderOf(wanted, shown(assigned->source))) return {Taken, other};
            forget(wanted);
            show(wanted, assigned->source);
            return {TakenBack, 0};
        }
        if (const auto other = holderOf(wanted, wanted.untiId)) return {Taken, other};
        // A person's over another person's: the source's stays what it was.
        const Text source = assigned ? assigned->source : maybe(*record);
        forget(wanted);
        remember(wanted, source);
        show(wanted, maybe(wanted.untiId));
        return {Assigned, 0};
    }

private:
    struct Kept {
        Text source;
    };

    std::optional<std::string> recordValue(const sdk::UntiIdAssignment& wanted) {
        std::vector<Text> values;
        std::int64_t id = wanted.learnerId;
        session_ << fmt::format(
            "SELECT {} FROM record_learners WHERE organization_id = ? AND id = ? AND deleted_at IS NULL",
            columnOf(wanted.test)),
            into(values), use(organization_), use(id), now;
        return values.empty() ? std::nullopt : std::optional(shown(values.front()));
    }

    std::optional<Kept> assignment(const sdk::UntiIdAssignment& wanted) {
        std::vector<Text> sources;
        std::int64_t id = wanted.learnerId;
        std::int64_t test = wanted.test ? 1 : 0;
        session_ << "SELECT source_unti_id FROM record_unti_ids WHERE learner_id = ? AND test = ?", into(sources),
            use(id), use(test), now;
        return sources.empty() ? std::nullopt : std::optional(Kept{sources.front()});
    }

    /// Another live learner with this unti_id; 0 when there is none.
    std::int64_t holderOf(const sdk::UntiIdAssignment& wanted, std::string untiId) {
        if (untiId.empty()) return 0;
        std::vector<std::int64_t> ids;
        std::int64_t id = wanted.learnerId;
        // No ORDER BY: SQLite would walk the organization's learners in order of id instead of asking the unti_id's
        // index.
        session_ << fmt::format(
            "SELECT id FROM record_learners WHERE organization_id = ? AND {} = ? AND id <> ? AND deleted_at IS NULL "
            "LIMIT 1",
            columnOf(wanted.test)),
            into(ids), use(organization_), use(untiId), use(id), now;
        return ids.empty() ? 0 : ids.front();
    }

    void forget(const sdk::UntiIdAssignment& wanted) {
        std::int64_t id = wanted.learnerId;
        std::int64_t test = wanted.test ? 1 : 0;
        session_ << "DELETE FROM record_unti_ids WHERE learner_id = ? AND test = ?", use(id), use(test), now;
    }

    void remember(const sdk::UntiIdAssignment& wanted, Text source) {
        std::int64_t id = wanted.learnerId;
        std::int64_t test = wanted.test ? 1 : 0;
        std::string untiId = wanted.untiId;
        Text replaced = source;
        session_ << "INSERT INTO record_unti_ids (learner_id, test, organization_id, unti_id, source_unti_id, "
                    "replaced_unti_id, assigned_by, assigned_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            use(id), use(test), use(organization_), use(untiId), use(source), use(replaced), use(who_), use(moment_),
            now;
    }

    void show(const sdk::UntiIdAssignment& wanted, Text value) {
        std::int64_t id = wanted.learnerId;
        session_ << fmt::format(
            "UPDATE record_learners SET {} = ?, revision = revision + 1, changed_at = ? WHERE id = ?",
            columnOf(wanted.test)),
            use(value), use(moment_), use(id), now;
    }

    Session& session_;
    std::string organization_;
    std::string who_;
    sdk::Micros moment_;
};

/// The learners among these that have a person's unti_id: few, most imports have none.
std::vector<std::int64_t> assignedAmong(Session& session, std::string organization,
                                        const std::vector<std::int64_t>& learnerIds) {
    std::vector<std::int64_t> found;
    forSlices(learnerIds, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> keys(some.begin(), some.end()), here;
        Statement select(session);
        select << fmt::format(
            "SELECT DISTINCT learner_id FROM record_unti_ids WHERE organization_id = ? AND learner_id IN ({})",
            placeholders(keys.size())),
            into(here), use(organization);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        found.insert(found.end(), here.begin(), here.end());
    });
    return found;
}

}  // namespace

void keepAssignedUntiIds(Session& session, const std::string& organization,
                         const std::vector<std::int64_t>& learnerIds) {
    auto ids = assignedAmong(session, organization, learnerIds);
    if (ids.empty()) return;
    for (const bool test : {false, true}) {
        const auto column = columnOf(test);
        const int contour = test ? 1 : 0;
        session << fmt::format(
            "UPDATE record_unti_ids SET source_unti_id = (SELECT l.{} FROM record_learners l "
            "WHERE l.id = record_unti_ids.learner_id) WHERE learner_id = ? AND test = {}",
            column, contour),
            use(ids), now;
        session << fmt::format(
            "UPDATE record_learners SET {0} = (SELECT a.unti_id FROM record_unti_ids a "
            "WHERE a.learner_id = record_learners.id AND a.test = {1}) "
            "WHERE id = ? AND EXISTS (SELECT 1 FROM record_unti_ids a WHERE a.learner_id = record_learners.id "
            "AND a.test = {1} AND (a.source_unti_id IS NULL OR a.source_unti_id = a.replaced_unti_id) "
            "AND NOT EXISTS (SELECT 1 FROM record_learners o WHERE o.organization_id = a.organization_id "
            "AND o.{0} = a.unti_id AND o.id <> a.learner_id AND o.deleted_at IS NULL))",
            column, contour),
            use(ids), now;
    }
}

std::vector<sdk::UntiIdOutcome> RecordStore::assignUntiIds(const std::string& organization,
                                                           std::span<const sdk::UntiIdAssignment> assignments,
                                                           const std::string& who) {
    std::vector<sdk::UntiIdOutcome> outcomes;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        outcomes.clear();
        Assigner assigner(session, organization, who, moment);
        for (const auto& one : assignments) outcomes.push_back(assigner.assign(one));
    });
    return outcomes;
}

std::vector<sdk::AssignedUntiId> RecordStore::assignedUntiIds(const std::string& organization) {
    std::vector<std::int64_t> learners, tests, times, others;
    std::vector<std::string> untiIds, authors;
    std::vector<Text> production, ofTest;
    database_.read([&](Session& session) {
        for (auto* column : {&learners, &tests, &times, &others}) column->clear();
        for (auto* column : {&untiIds, &authors}) column->clear();
        for (auto* column : {&production, &ofTest}) column->clear();
        std::string owner = organization;
        const auto other = [](bool test) {
            return fmt::format(
                "(SELECT o.id FROM record_learners o WHERE o.organization_id = a.organization_id AND a.test = {} "
                "AND o.{} = a.unti_id AND o.id <> a.learner_id AND o.deleted_at IS NULL LIMIT 1)",
                test ? 1 : 0, columnOf(test));
        };
        session << fmt::format(
            "SELECT a.learner_id, a.test, a.unti_id, a.assigned_by, a.assigned_at, l.unti_id, l.test_unti_id, "
            "COALESCE({}, {}, 0) FROM record_unti_ids a JOIN record_learners l ON l.id = a.learner_id "
            "WHERE a.organization_id = ? AND l.deleted_at IS NULL ORDER BY a.learner_id, a.test",
            other(false), other(true)),
            into(learners), into(tests), into(untiIds), into(authors), into(times), into(production), into(ofTest),
            into(others), use(owner), now;
    });
    std::vector<sdk::AssignedUntiId> all;
    for (std::size_t i = 0; i < learners.size(); ++i) {
        const bool test = tests[i] != 0;
        all.push_back({learners[i], test, std::move(untiIds[i]), shown(test ? ofTest[i] : production[i]),
                       std::move(authors[i]), times[i], others[i]});
    }
    return all;
}

}  // namespace host::records
