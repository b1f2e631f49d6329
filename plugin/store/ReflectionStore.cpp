#include "plugin/store/ReflectionStore.h"

#include "common/Text.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <set>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::AppError;
using host::sdk::RecordId;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

constexpr std::size_t kBatch = 1'000;

std::string joinCodes(const std::vector<std::string>& codes) {
    return codes.empty() ? "" : fmt::format(",{},", fmt::join(codes, ","));
}

std::vector<std::string> splitCodes(const std::string& text) {
    std::vector<std::string> out;
    for (auto part : common::split(text, ','))
        if (!part.empty()) out.emplace_back(part);
    return out;
}

const char* const kFrom =
    " FROM u2035_reflection r LEFT JOIN u2035_reflection_judgement j ON j.organization = r.organization"
    " AND j.reflection_id = r.reflection_id AND j.revision = r.revision";

Conditions conditionsOf(const ReflectionFilter& filter) {
    Conditions where;
    where.text("r.organization = ?", filter.organization);
    if (!filter.project.empty()) where.text("r.project = ?", filter.project);
    if (filter.verdict == "doubtful")
        where.raw("r.verdict <> 'fine'");
    else if (!filter.verdict.empty())
        where.text("r.verdict = ?", filter.verdict);
    if (!filter.code.empty()) where.text("r.codes LIKE ?", "%," + filter.code + ",%");
    if (filter.judged == "none")
        where.raw("j.decision IS NULL");
    else if (!filter.judged.empty())
        where.text("j.decision = ?", filter.judged);
    if (filter.flowId != 0) where.raw("r.flow_id = " + std::to_string(filter.flowId));
    if (filter.learnerId != 0) where.raw("r.learner_id = " + std::to_string(filter.learnerId));
    return where;
}

std::vector<ReflectionRow> read(Session& session, Conditions where, const std::string& order) {
    std::vector<std::int64_t> ids, revisions, programmes, flows, modules, learners, checked;
    std::vector<std::string> projects, verdicts, codes, findings;
    std::vector<Nullable<std::string>> decisions, comments, by;
    std::vector<Nullable<std::int64_t>> at;
    Poco::Data::Statement select(session);
    select << "SELECT r.reflection_id, r.revision, r.project, r.programme_id, r.flow_id, r.module_id, r.learner_id,"
              " r.verdict, r.codes, r.findings, r.checked_at, j.decision, j.comment, j.judged_by, j.judged_at" +
                  std::string(kFrom) + where.sql() + order,
        into(ids), into(revisions), into(projects), into(programmes), into(flows), into(modules), into(learners),
        into(verdicts), into(codes), into(findings), into(checked), into(decisions), into(comments), into(by), into(at);
    where.bindTo(select);
    select.execute();
    std::vector<ReflectionRow> rows;
    rows.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        ReflectionRow row{ids[i],      revisions[i], projects[i],          programmes[i], flows[i],   modules[i],
                          learners[i], verdicts[i],  splitCodes(codes[i]), findings[i],   checked[i], {}};
        if (!decisions[i].isNull())
            row.judgement = {decisions[i].value(), comments[i].value(), by[i].value(), at[i].value()};
        rows.push_back(std::move(row));
    }
    return rows;
}

bool isSame(const ReflectionRow& a, const ReflectionRow& b) {
    return a.revision == b.revision && a.verdict == b.verdict && a.codes == b.codes && a.findings == b.findings &&
           a.moduleId == b.moduleId && a.learnerId == b.learnerId && a.project == b.project &&
           a.programmeId == b.programmeId;
}

void upsert(Session& session, const std::string& organization, std::span<const ReflectionRow> rows,
            host::sdk::Micros at) {
    std::vector<std::int64_t> ids, revisions, programmes, flows, modules, learners, checked;
    std::vector<std::string> projects, verdicts, codes, findings;
    for (const auto& row : rows) {
        ids.push_back(row.id);
        revisions.push_back(row.revision);
        projects.push_back(row.project);
        programmes.push_back(row.programmeId);
        flows.push_back(row.flowId);
        modules.push_back(row.moduleId);
        learners.push_back(row.learnerId);
        verdicts.push_back(row.verdict);
        codes.push_back(joinCodes(row.codes));
        findings.push_back(row.findings);
        checked.push_back(at);
    }
    std::vector<std::string> organizations(rows.size(), organization);
    session << "INSERT INTO u2035_reflection (organization, reflection_id, revision, project, programme_id, flow_id,"
               " module_id, learner_id, verdict, codes, findings, checked_at)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
               " ON CONFLICT (organization, reflection_id) DO UPDATE SET revision = excluded.revision,"
               " project = excluded.project, programme_id = excluded.programme_id, flow_id = excluded.flow_id,"
               " module_id = excluded.module_id, learner_id = excluded.learner_id, verdict = excluded.verdict,"
               " codes = excluded.codes, findings = excluded.findings, checked_at = excluded.checked_at",
        use(organizations), use(ids), use(revisions), use(projects), use(programmes), use(flows), use(modules),
        use(learners), use(verdicts), use(codes), use(findings), use(checked), now;
}

}  // namespace

std::size_t ReflectionStore::replaceFlow(const std::string& organization, RecordId flowId,
                                         const std::vector<ReflectionRow>& rows) {
    std::unordered_map<RecordId, const ReflectionRow*> wanted;
    for (const auto& row : rows) wanted[row.id] = &row;
    std::set<RecordId> same;
    std::vector<std::int64_t> gone;
    // In pages, as the list may be long; what is the same is left alone, so a quiet night writes nothing.
    ReflectionFilter filter;
    filter.organization = organization;
    filter.flowId = flowId;
    for (RecordId after = 0;;) {
        const auto page = list(filter, after, kBatch);
        for (const auto& row : page) {
            auto it = wanted.find(row.id);
            if (it == wanted.end())
                gone.push_back(row.id);
            else if (isSame(row, *it->second))
                same.insert(row.id);
        }
        if (page.size() < kBatch) break;
        after = page.back().id;
    }
    const auto at = clock_.now();
    std::vector<ReflectionRow> changed;
    for (const auto& row : rows)
        if (same.count(row.id) == 0) changed.push_back(row);
    for (std::size_t i = 0; i < changed.size(); i += kBatch)
        database_.write([&](Session& session) {
            upsert(session, organization, std::span(changed).subspan(i, std::min(kBatch, changed.size() - i)), at);
        });
    for (std::size_t i = 0; i < gone.size(); i += kBatch) {
        const std::vector<std::int64_t> piece(
            gone.begin() + static_cast<std::ptrdiff_t>(i),
            gone.begin() + static_cast<std::ptrdiff_t>(std::min(i + kBatch, gone.size())));
        database_.write([&](Session& session) {
            auto org = organization;
            session << "DELETE FROM u2035_reflection WHERE organization = ? AND reflection_id IN (" +
                           joinNumbers(piece) + ")",
                use(org), now;
        });
    }
    return changed.size();
}

std::optional<ReflectionRow> ReflectionStore::find(const std::string& organization, RecordId id) {
    std::vector<ReflectionRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("r.organization = ?", organization);
        where.raw("r.reflection_id = " + std::to_string(id));
        rows = read(session, where, "");
    });
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::vector<ReflectionRow> ReflectionStore::list(const ReflectionFilter& filter, RecordId after, std::size_t limit) {
    std::vector<ReflectionRow> rows;
    database_.read([&](Session& session) {
        auto where = conditionsOf(filter);
        where.raw("r.reflection_id > " + std::to_string(after));
        rows = read(session, where, " ORDER BY r.reflection_id LIMIT " + std::to_string(limit));
    });
    return rows;
}

std::unordered_map<std::string, std::int64_t> ReflectionStore::countByVerdict(const ReflectionFilter& filter) {
    std::vector<std::string> verdicts;
    std::vector<std::int64_t> counts;
    database_.read([&](Session& session) {
        verdicts.clear();
        counts.clear();
        auto where = conditionsOf(filter);
        Poco::Data::Statement select(session);
        select << "SELECT r.verdict, COUNT(*)" + std::string(kFrom) + where.sql() + " GROUP BY r.verdict",
            into(verdicts), into(counts);
        where.bindTo(select);
        select.execute();
    });
    std::unordered_map<std::string, std::int64_t> out;
    for (std::size_t i = 0; i < verdicts.size(); ++i) out[verdicts[i]] = counts[i];
    return out;
}

void ReflectionStore::judge(const std::string& organization, RecordId id, std::int64_t revision,
                            const ReflectionJudgement& judgement) {
    database_.write([&](Session& session) {
        auto org = organization;
        auto reflection = id;
        auto given = revision;
        std::vector<std::int64_t> checked;
        session << "SELECT revision FROM u2035_reflection WHERE organization = ? AND reflection_id = ?", into(checked),
            use(org), use(reflection), now;
        if (checked.empty()) throw AppError::notFound("There is no checked reflection of this id here.");
        if (checked[0] != revision)
            throw AppError(412, "precondition-failed",
                           "The reflection was changed and checked meanwhile; read it again and judge its new text.")
                .withCurrent(fmt::format(R"({{"revision":{}}})", checked[0]));
        auto copy = judgement;
        copy.at = clock_.now();
        session << "INSERT INTO u2035_reflection_judgement (organization, reflection_id, revision, decision, comment,"
                   " judged_by, judged_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                   " ON CONFLICT (organization, reflection_id, revision) DO UPDATE SET decision = excluded.decision,"
                   " comment = excluded.comment, judged_by = excluded.judged_by, judged_at = excluded.judged_at",
            use(org), use(reflection), use(given), use(copy.decision), use(copy.comment), use(copy.by), use(copy.at),
            now;
    });
}

std::unordered_map<RecordId, ReflectionStore::Decided> ReflectionStore::decided(const std::string& organization,
                                                                                RecordId flowId) {
    std::vector<std::int64_t> ids, revisions;
    std::vector<std::string> decisions, comments;
    database_.read([&](Session& session) {
        for (auto* column : {&ids, &revisions}) column->clear();
        for (auto* column : {&decisions, &comments}) column->clear();
        auto org = organization;
        session << "SELECT j.reflection_id, j.revision, j.decision, j.comment FROM u2035_reflection r"
                   " JOIN u2035_reflection_judgement j ON j.organization = r.organization"
                   " AND j.reflection_id = r.reflection_id AND j.revision = r.revision"
                   " WHERE r.organization = ? AND r.flow_id = " +
                       std::to_string(flowId),
            into(ids), into(revisions), into(decisions), into(comments), use(org), now;
    });
    std::unordered_map<RecordId, Decided> out;
    for (std::size_t i = 0; i < ids.size(); ++i) out[ids[i]] = {revisions[i], decisions[i], comments[i]};
    return out;
}

}  // namespace plugin::store
