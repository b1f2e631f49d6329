// RecordStore: what a flow teaches and whom.

#include "host/records/RecordSql.h"
#include "host/records/RecordStore.h"
#include "host/records/RowColumns.h"

#include <unordered_map>

namespace host::records {
namespace {

using namespace rows;

std::vector<sdk::Programme> readProgrammes(Session& session, std::string organization, Query query) {
    Heads heads;
    Texts projects, titles;
    MaybeTexts descriptions;
    MaybeWholes u2035, online;
    MaybeReals minutes;
    auto select =
        begin(session, ", t.project, t.title, t.description, t.u2035_id, t.online, t.minutes_per_hour", query);
    heads.extract(select);
    select, into(projects), into(titles), into(descriptions), into(u2035), into(online), into(minutes);
    bindAndRun(select, organization, query);
    std::vector<sdk::Programme> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].project = projects[i];
        rows[i].title = titles[i];
        rows[i].description = textOf(descriptions[i]);
        rows[i].u2035Id = maybe(u2035[i]);
        rows[i].online = maybeFlag(online[i]);
        rows[i].minutesPerHour = maybe(minutes[i]);
    }
    return rows;
}

std::vector<sdk::Flow> readFlows(Session& session, std::string organization, Query query) {
    Heads heads;
    Wholes programmes;
    MaybeTexts titles, methodists, instructors;
    Texts keys;
    MaybeWholes u2035, starts, ends, closed;
    auto select =
        begin(session,
              ", t.programme_id, t.title, t.flow_key, t.u2035_id, t.methodist_unti_id, t.instructor_unti_ids, "
              "t.starts_at, t.ends_at, t.closed_at",
              query);
    heads.extract(select);
    select, into(programmes), into(titles), into(keys), into(u2035), into(methodists), into(instructors), into(starts),
        into(ends), into(closed);
    bindAndRun(select, organization, query);
    std::vector<sdk::Flow> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].programmeId = programmes[i];
        rows[i].title = textOf(titles[i]);
        rows[i].key = keys[i];
        rows[i].u2035Id = maybe(u2035[i]);
        rows[i].methodistUntiId = textOf(methodists[i]);
        rows[i].instructorUntiIds = splitList(textOf(instructors[i]));
        rows[i].startsAt = maybe(starts[i]);
        rows[i].endsAt = maybe(ends[i]);
        rows[i].closedAt = maybe(closed[i]);
    }
    return rows;
}

std::vector<sdk::Block> readBlocks(Session& session, std::string organization, Query query) {
    Heads heads;
    Wholes programmes;
    Texts types, titles;
    MaybeTexts descriptions;
    auto select = begin(session, ", t.programme_id, t.type, t.title, t.description", query);
    heads.extract(select);
    select, into(programmes), into(types), into(titles), into(descriptions);
    bindAndRun(select, organization, query);
    std::vector<sdk::Block> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].programmeId = programmes[i];
        rows[i].type = types[i];
        rows[i].title = titles[i];
        rows[i].description = textOf(descriptions[i]);
    }
    return rows;
}

/// Modules and themes have the same shape.
template <class Part>
std::vector<Part> readParts(Session& session, std::string organization, Query query, const char* parent,
                            sdk::RecordId Part::*parentId) {
    Heads heads;
    Wholes parents, positions;
    Texts titles;
    MaybeTexts descriptions;
    MaybeWholes u2035;
    auto select =
        begin(session, fmt::format(", t.{}, t.title, t.description, t.position, t.u2035_id", parent).c_str(), query);
    heads.extract(select);
    select, into(parents), into(titles), into(descriptions), into(positions), into(u2035);
    bindAndRun(select, organization, query);
    std::vector<Part> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].*parentId = parents[i];
        rows[i].title = titles[i];
        rows[i].description = textOf(descriptions[i]);
        rows[i].position = static_cast<int>(positions[i]);
        rows[i].u2035Id = maybe(u2035[i]);
    }
    return rows;
}

std::vector<sdk::Element> readElements(Session& session, std::string organization, Query query) {
    Heads heads;
    Wholes programmes;
    MaybeWholes blocks, modules, themes, flows, positions, required, durations, webinarAt, attempts, practical,
        comparability, closed;
    Texts kinds, titles;
    MaybeTexts descriptions, links, admittance, documents, qualifications, fixations, fixers, roles, best;
    MaybeReals lectures, workshops, independent, least, greatest, pass;
    auto select =
        begin(session,
              ", t.programme_id, t.block_id, t.module_id, t.theme_id, t.flow_id, t.kind, t.title, t.description, "
              "t.position, t.required, t.duration_seconds, t.webinar_link, t.webinar_at, t.lecture_hours, "
              "t.workshop_hours, t.independent_hours, t.min_score, t.max_score, t.pass_score, t.max_attempts, "
              "t.practical, t.comparability, t.admittance_form, t.document_type, t.qualification, "
              "t.fixation_method, t.fixation_unti_ids, t.fixation_roles, t.best_result, t.closed_at",
              query);
    heads.extract(select);
    select, into(programmes), into(blocks), into(modules), into(themes), into(flows), into(kinds), into(titles),
        into(descriptions), into(positions), into(required), into(durations), into(links), into(webinarAt),
        into(lectures), into(workshops), into(independent), into(least), into(greatest), into(pass), into(attempts),
        into(practical), into(comparability), into(admittance), into(documents), into(qualifications), into(fixations),
        into(fixers), into(roles), into(best), into(closed);
    bindAndRun(select, organization, query);
    std::vector<sdk::Element> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        heads.fill(i, row);
        row.programmeId = programmes[i];
        row.blockId = maybe(blocks[i]);
        row.moduleId = maybe(modules[i]);
        row.themeId = maybe(themes[i]);
        row.flowId = maybe(flows[i]);
        row.kind = sdk::elementKindFrom(kinds[i]).value();
        row.title = titles[i];
        row.description = textOf(descriptions[i]);
        row.position = maybeInt(positions[i]).value_or(0);
        row.required = maybeFlag(required[i]);
        row.durationSeconds = maybe(durations[i]);
        row.webinarLink = textOf(links[i]);
        row.webinarAt = maybe(webinarAt[i]);
        row.lectureHours = maybe(lectures[i]);
        row.workshopHours = maybe(workshops[i]);
        row.independentHours = maybe(independent[i]);
        row.minScore = maybe(least[i]);
        row.maxScore = maybe(greatest[i]);
        row.passScore = maybe(pass[i]);
        row.maxAttempts = maybeInt(attempts[i]);
        row.practical = maybeFlag(practical[i]);
        row.comparability = maybeInt(comparability[i]);
        row.admittanceForm = textOf(admittance[i]);
        row.documentType = textOf(documents[i]);
        row.qualification = textOf(qualifications[i]);
        row.fixationMethod = textOf(fixations[i]);
        row.fixationUntiIds = splitList(textOf(fixers[i]));
        row.fixationRoles = splitList(textOf(roles[i]));
        row.bestResult = textOf(best[i]);
        row.closedAt = maybe(closed[i]);
    }
    return rows;
}

/// The programme's own files of its elements.
void readMaterials(Session& session, std::string organization, std::int64_t programme,
                   std::vector<sdk::Element>& elements) {
    Wholes owners, files;
    session << "SELECT f.element_id, f.id FROM record_files f JOIN record_elements e ON e.id = f.element_id "
               "WHERE f.organization_id = ? AND e.programme_id = ? AND f.deleted_at IS NULL ORDER BY f.id",
        into(owners), into(files), use(organization), use(programme), now;
    std::unordered_map<std::int64_t, sdk::Element*> byId;
    for (auto& element : elements) byId.emplace(element.id, &element);
    for (std::size_t i = 0; i < owners.size(); ++i)
        if (const auto found = byId.find(owners[i]); found != byId.end()) found->second->fileIds.push_back(files[i]);
}

std::vector<sdk::Learner> readLearners(Session& session, std::string organization, Query query) {
    Heads heads;
    MaybeTexts unti, testUnti, leader, last, first, middle, email;
    auto select = begin(
        session, ", t.unti_id, t.test_unti_id, t.leader_id, t.last_name, t.first_name, t.middle_name, t.email", query);
    heads.extract(select);
    select, into(unti), into(testUnti), into(leader), into(last), into(first), into(middle), into(email);
    bindAndRun(select, organization, query);
    std::vector<sdk::Learner> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].untiId = textOf(unti[i]);
        rows[i].testUntiId = textOf(testUnti[i]);
        rows[i].leaderId = textOf(leader[i]);
        rows[i].lastName = textOf(last[i]);
        rows[i].firstName = textOf(first[i]);
        rows[i].middleName = textOf(middle[i]);
        rows[i].email = textOf(email[i]);
    }
    return rows;
}

std::vector<sdk::Enrollment> readEnrollments(Session& session, std::string organization, Query query) {
    Heads heads;
    Wholes learners, flows;
    Texts statuses;
    auto select = begin(session, ", t.learner_id, t.flow_id, t.status", query);
    heads.extract(select);
    select, into(learners), into(flows), into(statuses);
    bindAndRun(select, organization, query);
    std::vector<sdk::Enrollment> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].learnerId = learners[i];
        rows[i].flowId = flows[i];
        rows[i].status = statuses[i];
    }
    return rows;
}

}  // namespace

std::vector<sdk::Programme> RecordStore::programmes(const std::string& organization, const std::string& project) {
    Query query{"FROM record_programmes t WHERE t.organization_id = ? AND t.deleted_at IS NULL ORDER BY t.id", {}, {}};
    if (!project.empty())
        query = {
            "FROM record_programmes t WHERE t.organization_id = ? AND t.project = ? AND t.deleted_at IS NULL ORDER BY "
            "t.id",
            {},
            {project}};
    std::vector<sdk::Programme> rows;
    database_.read([&](Session& session) { rows = readProgrammes(session, organization, query); });
    return rows;
}

std::vector<sdk::Flow> RecordStore::flows(const std::string& organization, sdk::RecordId programmeId) {
    const Query query{
        "FROM record_flows t WHERE t.organization_id = ? AND t.programme_id = ? AND t.deleted_at IS NULL ORDER BY t.id",
        {programmeId},
        {}};
    std::vector<sdk::Flow> rows;
    database_.read([&](Session& session) { rows = readFlows(session, organization, query); });
    return rows;
}

std::optional<sdk::FlowStructure> RecordStore::structure(const std::string& organization, sdk::RecordId flowId) {
    std::optional<sdk::FlowStructure> found;
    database_.read([&](Session& session) {
        found.reset();
        auto flows = readFlows(session, organization,
                               {"FROM record_flows t WHERE t.organization_id = ? AND t.id = ?", {flowId}, {}});
        if (flows.empty()) return;
        const auto programme = flows.front().programmeId;
        auto programmes =
            readProgrammes(session, organization,
                           {"FROM record_programmes t WHERE t.organization_id = ? AND t.id = ?", {programme}, {}});
        if (programmes.empty()) return;
        auto& all = found.emplace();
        all.flow = std::move(flows.front());
        all.programme = std::move(programmes.front());
        all.blocks = readBlocks(session, organization,
                                {"FROM record_blocks t WHERE t.organization_id = ? AND t.programme_id = ? "
                                 "ORDER BY CASE t.type WHEN 'theory' THEN 0 ELSE 1 END, t.id",
                                 {programme},
                                 {}});
        all.modules = readParts<sdk::ProgrammeModule>(
            session, organization,
            {"FROM record_modules t JOIN record_blocks b ON b.id = t.block_id WHERE t.organization_id = ? AND "
             "b.programme_id = ? "
             "ORDER BY CASE b.type WHEN 'theory' THEN 0 ELSE 1 END, b.id, t.position, t.id",
             {programme},
             {}},
            "block_id", &sdk::ProgrammeModule::blockId);
        all.themes = readParts<sdk::Theme>(
            session, organization,
            {"FROM record_themes t JOIN record_modules m ON m.id = t.module_id JOIN record_blocks b ON b.id = "
             "m.block_id "
             "WHERE t.organization_id = ? AND b.programme_id = ? "
             "ORDER BY CASE b.type WHEN 'theory' THEN 0 ELSE 1 END, b.id, m.position, m.id, t.position, t.id",
             {programme},
             {}},
            "module_id", &sdk::Theme::moduleId);
        all.elements = readElements(session, organization,
                                    {"FROM record_elements t WHERE t.organization_id = ? AND t.programme_id = ? "
                                     "AND (t.flow_id IS NULL OR t.flow_id = ?) "
                                     "ORDER BY t.block_id, t.module_id, t.theme_id, COALESCE(t.position, 0), t.id",
                                     {programme, flowId},
                                     {}});
        readMaterials(session, organization, programme, all.elements);
    });
    return found;
}

std::vector<sdk::Learner> RecordStore::learners(const std::string& organization, sdk::RecordId flowId) {
    const Query query{
        "FROM record_learners t WHERE t.organization_id = ? AND t.id IN (SELECT learner_id FROM record_enrollments "
        "WHERE flow_id = ? AND deleted_at IS NULL) ORDER BY t.id",
        {flowId},
        {}};
    std::vector<sdk::Learner> rows;
    database_.read([&](Session& session) { rows = readLearners(session, organization, query); });
    return rows;
}

std::vector<sdk::Enrollment> RecordStore::enrollments(const std::string& organization, sdk::RecordId flowId) {
    const Query query{
        "FROM record_enrollments t WHERE t.organization_id = ? AND t.flow_id = ? ORDER BY t.id", {flowId}, {}};
    std::vector<sdk::Enrollment> rows;
    database_.read([&](Session& session) { rows = readEnrollments(session, organization, query); });
    return rows;
}

std::optional<sdk::Learner> RecordStore::learner(const std::string& organization, sdk::RecordId learnerId) {
    const Query query{"FROM record_learners t WHERE t.organization_id = ? AND t.id = ?", {learnerId}, {}};
    std::vector<sdk::Learner> rows;
    database_.read([&](Session& session) { rows = readLearners(session, organization, query); });
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

}  // namespace host::records
