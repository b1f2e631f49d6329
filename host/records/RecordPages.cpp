// RecordStore: scans of what learners did, page by page; the session goes back before a page is handed over.

#include "host/records/RecordSql.h"
#include "host/records/RecordStore.h"
#include "host/records/RowColumns.h"

namespace host::records {
namespace {

using namespace rows;

constexpr std::size_t kPage = 1000;

Query pageOf(const char* table, sdk::RecordId flowId, sdk::RecordId afterId) {
    return {fmt::format("FROM {} t WHERE t.organization_id = ? AND t.flow_id = ? AND t.id > ? ORDER BY t.id LIMIT {}",
                        table, kPage),
            {flowId, afterId},
            {}};
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
            MaybeWholes results, elements;
            Texts names, types, hashes;
            Wholes sizes;
            std::string owner = organization;
            auto select =
                begin(session, ", t.result_id, t.element_id, t.name, t.content_type, t.size, t.sha256", query);
            heads.extract(select);
            select, into(results), into(elements), into(names), into(types), into(sizes), into(hashes);
            bindAndRun(select, owner, query);
            for (std::size_t i = 0; i < heads.size(); ++i) {
                auto& row = all.emplace_back();
                heads.fill(i, row);
                row.resultId = maybe(results[i]);
                row.elementId = maybe(elements[i]);
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
