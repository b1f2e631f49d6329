#include "host/records/UntiIds.h"

#include "host/records/PersonsValues.h"
#include "host/records/RecordStore.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

#include <array>

namespace host::records {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;

using Text = Nullable<std::string>;

const char* columnOf(bool test) {
    return test ? "test_unti_id" : "unti_id";
}

std::string shown(const Text& text) {
    return text.isNull() ? std::string() : text.value();
}

bool isValid(const std::string& untiId) {
    static const auto& field = spec(RecordKind::Learner).fields[fieldIndex(RecordKind::Learner, "untiId")];
    return !checkValue(field, untiId);
}

PersonsPlace placeOf(bool test) {
    return {.records = "record_learners",
            .column = columnOf(test),
            .kept = "record_unti_ids",
            .id = "learner_id",
            .value = "unti_id",
            .source = "source_unti_id",
            .replaced = "replaced_unti_id",
            .who = "assigned_by",
            .when = "assigned_at",
            .which = {"test", test ? 1 : 0}};
}

/// Of production and of test.
const std::array<PersonsPlace, 2>& places() {
    static const std::array<PersonsPlace, 2> both{placeOf(false), placeOf(true)};
    return both;
}

static_assert(static_cast<int>(sdk::UntiIdVerdict::Assigned) == static_cast<int>(PersonsVerdict::Written));
static_assert(static_cast<int>(sdk::UntiIdVerdict::Taken) == static_cast<int>(PersonsVerdict::Taken));

}  // namespace

void keepAssignedUntiIds(Session& session, const std::string& organization,
                         const std::vector<std::int64_t>& learnerIds) {
    keepPersonsValues(session, organization, places(), learnerIds);
}

std::vector<sdk::UntiIdOutcome> RecordStore::assignUntiIds(const std::string& organization,
                                                           std::span<const sdk::UntiIdAssignment> assignments,
                                                           const std::string& who) {
    std::vector<sdk::UntiIdOutcome> outcomes;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        outcomes.clear();
        PersonsWriter writer(session, organization, who, moment);
        for (const auto& one : assignments) {
            if (!one.untiId.empty() && !isValid(one.untiId)) {
                outcomes.push_back({sdk::UntiIdVerdict::NotValid, 0});
                continue;
            }
            const auto [verdict, other] =
                writer.write(places()[one.test ? 1 : 0], one.learnerId, one.untiId, one.current);
            outcomes.push_back({static_cast<sdk::UntiIdVerdict>(verdict), other});
        }
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
