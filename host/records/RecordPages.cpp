// The module's side of RecordStore: typed pages. Columns are read into vectors at once, which is what makes a scan of
// a large table quick; the session goes back before a page is handed over.

#include "host/records/RecordSql.h"
#include "host/records/RecordStore.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

namespace host::records {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

constexpr std::size_t kPage = 1000;

using Wholes = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;
using MaybeWholes = std::vector<Nullable<std::int64_t>>;
using MaybeReals = std::vector<Nullable<double>>;
using MaybeTexts = std::vector<Nullable<std::string>>;

template <class T>
std::optional<T> maybe(const Nullable<T>& cell) {
    return cell.isNull() ? std::nullopt : std::optional<T>(cell.value());
}
std::optional<bool> maybeFlag(const Nullable<std::int64_t>& cell) {
    return cell.isNull() ? std::nullopt : std::optional<bool>(cell.value() != 0);
}
std::optional<int> maybeInt(const Nullable<std::int64_t>& cell) {
    return cell.isNull() ? std::nullopt : std::optional<int>(static_cast<int>(cell.value()));
}
std::string textOf(Nullable<std::string>& cell) {
    return cell.isNull() ? std::string() : std::move(cell.value());
}

/// The columns that every table has.
struct Heads {
    Wholes ids, revisions, changed;
    Texts sources, externalIds;
    MaybeWholes deleted;

    static constexpr const char* kColumns = "t.id, t.source, t.external_id, t.revision, t.changed_at, t.deleted_at";

    void extract(Statement& select) {
        select, into(ids), into(sources), into(externalIds), into(revisions), into(changed), into(deleted);
    }
    std::size_t size() const { return ids.size(); }
    void fill(std::size_t i, sdk::RecordHead& head) {
        head.id = ids[i];
        head.source = std::move(sources[i]);
        head.externalId = std::move(externalIds[i]);
        head.revision = revisions[i];
        head.changedAt = changed[i];
        head.deleted = !deleted[i].isNull();
    }
};

/// A statement's text and its number parameters; the organization is always the first parameter.
struct Query {
    std::string tail;  ///< from FROM on
    std::vector<std::int64_t> numbers;
    std::vector<std::string> texts;
};

Statement begin(Session& session, const char* columns, const Query& query) {
    Statement select(session);
    select << fmt::format("SELECT {}{} {}", Heads::kColumns, columns, query.tail);
    return select;
}

void bindAndRun(Statement& select, std::string& organization, Query& query) {
    select.addBind(use(organization));
    for (auto& number : query.numbers) select.addBind(use(number));
    for (auto& text : query.texts) select.addBind(use(text));
    select.execute();
}

Query pageOf(const char* table, sdk::RecordId flowId, sdk::RecordId afterId) {
    return {fmt::format("FROM {} t WHERE t.organization_id = ? AND t.flow_id = ? AND t.id > ? ORDER BY t.id LIMIT {}",
                        table, kPage),
            {flowId, afterId},
            {}};
}

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
    MaybeTexts descriptions, links, admittance, documents, qualifications, fixations;
    MaybeReals lectures, workshops, independent, least, greatest, pass;
    auto select =
        begin(session,
              ", t.programme_id, t.block_id, t.module_id, t.theme_id, t.flow_id, t.kind, t.title, t.description, "
              "t.position, t.required, t.duration_seconds, t.webinar_link, t.webinar_at, t.lecture_hours, "
              "t.workshop_hours, t.independent_hours, t.min_score, t.max_score, t.pass_score, t.max_attempts, "
              "t.practical, t.comparability, t.admittance_form, t.document_type, t.qualification, "
              "t.fixation_method, t.closed_at",
              query);
    heads.extract(select);
    select, into(programmes), into(blocks), into(modules), into(themes), into(flows), into(kinds), into(titles),
        into(descriptions), into(positions), into(required), into(durations), into(links), into(webinarAt),
        into(lectures), into(workshops), into(independent), into(least), into(greatest), into(pass), into(attempts),
        into(practical), into(comparability), into(admittance), into(documents), into(qualifications), into(fixations),
        into(closed);
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
        row.closedAt = maybe(closed[i]);
    }
    return rows;
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

struct Scale {
    std::optional<double> least, greatest, pass;
};
using Scales = std::unordered_map<std::int64_t, Scale>;

/// The marks' scales of a flow's elements: few, read once per scan.
Scales readScales(Session& session, std::string organization, std::int64_t flowId) {
    Wholes ids;
    MaybeReals least, greatest, pass;
    Statement select(session);
    select << "SELECT e.id, e.min_score, e.max_score, e.pass_score FROM record_elements e JOIN record_flows f "
              "ON f.programme_id = e.programme_id WHERE e.organization_id = ? AND f.id = ?",
        into(ids), into(least), into(greatest), into(pass), use(organization), use(flowId), now;
    Scales scales;
    for (std::size_t i = 0; i < ids.size(); ++i) scales[ids[i]] = {maybe(least[i]), maybe(greatest[i]), maybe(pass[i])};
    return scales;
}

void readFilesOf(Session& session, std::string organization, std::vector<sdk::Result>& rows) {
    Wholes results, files;
    std::int64_t first = rows.front().id, last = rows.back().id;
    Statement select(session);
    select << "SELECT result_id, id FROM record_files WHERE organization_id = ? AND result_id BETWEEN ? AND ? "
              "AND deleted_at IS NULL ORDER BY result_id, id",
        into(results), into(files), use(organization), use(first), use(last), now;
    std::size_t row = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        while (row < rows.size() && rows[row].id < results[i]) ++row;
        if (row < rows.size() && rows[row].id == results[i]) rows[row].fileIds.push_back(files[i]);
    }
}

std::vector<sdk::Result> readResults(Session& session, std::string organization, Query query, const Scales& scales) {
    Heads heads;
    Wholes learners, elements, flows, attempts, graded;
    MaybeReals raw, least, greatest, pass;
    MaybeWholes success, durations, at;
    auto select =
        begin(session,
              ", t.learner_id, t.element_id, t.flow_id, t.attempt, t.raw, t.min_score, t.max_score, t.pass_score, "
              "t.success, t.duration_seconds, t.at, t.graded",
              query);
    heads.extract(select);
    select, into(learners), into(elements), into(flows), into(attempts), into(raw), into(least), into(greatest),
        into(pass), into(success), into(durations), into(at), into(graded);
    bindAndRun(select, organization, query);
    std::vector<sdk::Result> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        heads.fill(i, row);
        row.learnerId = learners[i];
        row.elementId = elements[i];
        row.flowId = flows[i];
        row.attempt = static_cast<int>(attempts[i]);
        row.raw = maybe(raw[i]);
        const auto scale = scales.find(row.elementId);
        const bool known = scale != scales.end();
        row.min = !least[i].isNull() ? maybe(least[i]) : known ? scale->second.least : std::nullopt;
        row.max = !greatest[i].isNull() ? maybe(greatest[i]) : known ? scale->second.greatest : std::nullopt;
        row.passScore = !pass[i].isNull() ? maybe(pass[i]) : known ? scale->second.pass : std::nullopt;
        row.success = maybeFlag(success[i]);
        row.durationSeconds = maybe(durations[i]);
        row.at = maybe(at[i]);
        row.graded = graded[i] != 0;
    }
    return rows;
}

std::vector<sdk::View> readViews(Session& session, std::string organization, Query query) {
    Heads heads;
    Wholes learners, elements, flows;
    MaybeReals percents;
    MaybeWholes watched, recording, attended, at;
    auto select = begin(
        session, ", t.learner_id, t.element_id, t.flow_id, t.percent, t.watched_seconds, t.recording, t.attended, t.at",
        query);
    heads.extract(select);
    select, into(learners), into(elements), into(flows), into(percents), into(watched), into(recording), into(attended),
        into(at);
    bindAndRun(select, organization, query);
    std::vector<sdk::View> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].learnerId = learners[i];
        rows[i].elementId = elements[i];
        rows[i].flowId = flows[i];
        rows[i].percent = maybe(percents[i]);
        rows[i].watchedSeconds = maybe(watched[i]);
        rows[i].recording = maybeFlag(recording[i]);
        rows[i].attended = maybeFlag(attended[i]);
        rows[i].at = maybe(at[i]);
    }
    return rows;
}

std::vector<sdk::Opening> readOpenings(Session& session, std::string organization, Query query) {
    Heads heads;
    Wholes learners, elements, flows, downloaded;
    MaybeWholes at;
    auto select = begin(session, ", t.learner_id, t.element_id, t.flow_id, t.downloaded, t.at", query);
    heads.extract(select);
    select, into(learners), into(elements), into(flows), into(downloaded), into(at);
    bindAndRun(select, organization, query);
    std::vector<sdk::Opening> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].learnerId = learners[i];
        rows[i].elementId = elements[i];
        rows[i].flowId = flows[i];
        rows[i].downloaded = downloaded[i] != 0;
        rows[i].at = maybe(at[i]);
    }
    return rows;
}

std::vector<sdk::Reflection> readReflections(Session& session, std::string organization, Query query) {
    Heads heads;
    Wholes learners, flows;
    MaybeWholes modules, at;
    Texts texts;
    auto select = begin(session, ", t.learner_id, t.flow_id, t.module_id, t.body, t.at", query);
    heads.extract(select);
    select, into(learners), into(flows), into(modules), into(texts), into(at);
    bindAndRun(select, organization, query);
    std::vector<sdk::Reflection> rows(heads.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        heads.fill(i, rows[i]);
        rows[i].learnerId = learners[i];
        rows[i].flowId = flows[i];
        rows[i].moduleId = maybe(modules[i]);
        rows[i].text = std::move(texts[i]);
        rows[i].at = maybe(at[i]);
    }
    return rows;
}

/// Reads page after page until the callback has enough or the rows end.
template <class Row, class Read>
void eachPage(sdk::Database& database, sdk::RecordId afterId, const std::function<bool(std::span<const Row>)>& page,
              Read&& read) {
    for (;;) {
        std::vector<Row> rows;
        database.read([&](Session& session) { rows = read(session, afterId); });
        if (rows.empty()) return;
        afterId = rows.back().id;
        const bool last = rows.size() < kPage;
        if (!page(rows) || last) return;
    }
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

void RecordStore::results(const std::string& organization, sdk::RecordId flowId, sdk::RecordId afterId,
                          const std::function<bool(std::span<const sdk::Result>)>& page) {
    Scales scales;
    database_.read([&](Session& session) { scales = readScales(session, organization, flowId); });
    eachPage<sdk::Result>(database_, afterId, page, [&](Session& session, sdk::RecordId after) {
        auto rows = readResults(session, organization, pageOf("record_results", flowId, after), scales);
        if (!rows.empty()) readFilesOf(session, organization, rows);
        return rows;
    });
}

void RecordStore::views(const std::string& organization, sdk::RecordId flowId, sdk::RecordId afterId,
                        const std::function<bool(std::span<const sdk::View>)>& page) {
    eachPage<sdk::View>(database_, afterId, page, [&](Session& session, sdk::RecordId after) {
        return readViews(session, organization, pageOf("record_views", flowId, after));
    });
}

void RecordStore::openings(const std::string& organization, sdk::RecordId flowId, sdk::RecordId afterId,
                           const std::function<bool(std::span<const sdk::Opening>)>& page) {
    eachPage<sdk::Opening>(database_, afterId, page, [&](Session& session, sdk::RecordId after) {
        return readOpenings(session, organization, pageOf("record_openings", flowId, after));
    });
}

void RecordStore::reflections(const std::string& organization, sdk::RecordId flowId, sdk::RecordId afterId,
                              const std::function<bool(std::span<const sdk::Reflection>)>& page) {
    eachPage<sdk::Reflection>(database_, afterId, page, [&](Session& session, sdk::RecordId after) {
        return readReflections(session, organization, pageOf("record_reflections", flowId, after));
    });
}

std::vector<sdk::File> RecordStore::files(const std::string& organization, const std::vector<sdk::RecordId>& ids) {
    std::vector<sdk::File> all;
    forSlices(ids, [&](std::span<const std::int64_t> some) {
        Query query{fmt::format("FROM record_files t WHERE t.organization_id = ? AND t.id IN ({}) ORDER BY t.id",
                                placeholders(some.size())),
                    {some.begin(), some.end()},
                    {}};
        database_.read([&](Session& session) {
            Heads heads;
            MaybeWholes results;
            Texts names, types, hashes;
            Wholes sizes;
            std::string owner = organization;
            auto select = begin(session, ", t.result_id, t.name, t.content_type, t.size, t.sha256", query);
            heads.extract(select);
            select, into(results), into(names), into(types), into(sizes), into(hashes);
            bindAndRun(select, owner, query);
            for (std::size_t i = 0; i < heads.size(); ++i) {
                auto& row = all.emplace_back();
                heads.fill(i, row);
                row.resultId = maybe(results[i]);
                row.name = names[i];
                row.contentType = types[i];
                row.size = sizes[i];
                row.sha256 = hashes[i];
            }
        });
    });
    return all;
}

}  // namespace host::records
