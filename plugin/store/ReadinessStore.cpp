#include "plugin/store/ReadinessStore.h"

#include "common/Json.h"
#include "common/Text.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/JSON/Parser.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::RecordId;
using Poco::Data::Session;

namespace {

constexpr std::size_t kChunk = 500;

std::string toJson(const std::map<std::string, std::int64_t>& byCode) {
    common::JsonWriter json;
    json.object();
    for (const auto& [code, count] : byCode) json.member(code, count);
    json.end();
    return json.take();
}

std::map<std::string, std::int64_t> byCodeFrom(const std::string& text) {
    std::map<std::string, std::int64_t> byCode;
    auto object = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Object::Ptr>();
    for (const auto& code : object->getNames()) byCode[code] = object->getValue<std::int64_t>(code);
    return byCode;
}

/// " no-mark no-unti-id ": a code is found with its blanks, so never inside another.
std::string joined(const std::vector<std::string>& codes) {
    std::string text = " ";
    for (const auto& code : codes) text += code + ' ';
    return text;
}

std::vector<std::string> codesFrom(const std::string& text) {
    std::vector<std::string> codes;
    for (const auto part : common::split(text, ' '))
        if (!part.empty()) codes.emplace_back(part);
    return codes;
}

/// Gathers rows and writes them in pieces.
class RowWriter {
public:
    RowWriter(Session& session, RecordId flowId) : session_(session), flowId_(flowId) {}

    void add(ReadinessRow&& row) {
        learners_.push_back(row.learnerId);
        verdicts_.push_back(std::move(row.verdict));
        onlyWaits_.push_back(row.onlyWaits ? 1 : 0);
        codes_.push_back(joined(row.codes));
        searched_.push_back(std::move(row.searched));
        rules_.push_back(std::move(row.rules));
        facts_.push_back(std::move(row.facts));
        hints_.push_back(std::move(row.hints));
        if (learners_.size() >= kChunk) flush();
    }

    void flush() {
        if (learners_.empty()) return;
        std::vector<std::int64_t> flows(learners_.size(), flowId_);
        session_ << "INSERT INTO u2035_readiness_learner (flow_id, learner_id, verdict, only_waits, codes, searched,"
                    " rules, facts, hints) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(flows), use(learners_), use(verdicts_), use(onlyWaits_), use(codes_), use(searched_), use(rules_),
            use(facts_), use(hints_), now;
        learners_.clear();
        onlyWaits_.clear();
        for (auto* column : {&verdicts_, &codes_, &searched_, &rules_, &facts_, &hints_}) column->clear();
    }

private:
    Session& session_;
    RecordId flowId_;
    std::vector<std::int64_t> learners_;
    std::vector<int> onlyWaits_;
    std::vector<std::string> verdicts_, codes_, searched_, rules_, facts_, hints_;
};

void count(ReadinessFlow& flow, const ReadinessRow& row) {
    ++flow.learners;
    flow.ready += row.verdict == "ready";
    flow.notReady += row.verdict == "not-ready";
    flow.onlyWaits += row.onlyWaits;
    for (const auto& code : row.codes) ++flow.byCode[code];
}

void insertFlow(Session& session, ReadinessFlow flow) {
    int hasRules = flow.hasRules ? 1 : 0;
    auto byCode = toJson(flow.byCode);
    session << "INSERT INTO u2035_readiness_flow (flow_id, organization, project, programme_id, programme_title,"
               " flow_title, profile, channel, has_rules, learners, ready, not_ready, only_waits, by_code, computed_at,"
               " run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        use(flow.flowId), use(flow.organization), use(flow.project), use(flow.programmeId), use(flow.programmeTitle),
        use(flow.flowTitle), use(flow.profile), use(flow.channel), use(hasRules), use(flow.learners), use(flow.ready),
        use(flow.notReady), use(flow.onlyWaits), use(byCode), use(flow.computedAt), use(flow.runId), now;
}

std::vector<ReadinessFlow> readFlows(Session& session, Conditions conditions, const std::string& order) {
    std::vector<std::int64_t> ids, programmes, learners, ready, notReady, onlyWaits, computed, runs;
    std::vector<int> hasRules;
    std::vector<std::string> organizations, projects, programmeTitles, flowTitles, profiles, channels, byCodes;
    Poco::Data::Statement select(session);
    select << "SELECT flow_id, organization, project, programme_id, programme_title, flow_title, profile, channel,"
              " has_rules, learners, ready, not_ready, only_waits, by_code, computed_at, run_id"
              " FROM u2035_readiness_flow" +
                  conditions.sql() + order,
        into(ids), into(organizations), into(projects), into(programmes), into(programmeTitles), into(flowTitles),
        into(profiles), into(channels), into(hasRules), into(learners), into(ready), into(notReady), into(onlyWaits),
        into(byCodes), into(computed), into(runs);
    conditions.bindTo(select);
    select.execute();
    std::vector<ReadinessFlow> flows;
    for (std::size_t i = 0; i < ids.size(); ++i)
        flows.push_back({ids[i], std::move(organizations[i]), std::move(projects[i]), programmes[i],
                         std::move(programmeTitles[i]), std::move(flowTitles[i]), std::move(profiles[i]),
                         std::move(channels[i]), hasRules[i] != 0, learners[i], ready[i], notReady[i], onlyWaits[i],
                         byCodeFrom(byCodes[i]), computed[i], runs[i]});
    return flows;
}

std::vector<ReadinessRow> readLearners(Session& session, Conditions conditions, const std::string& order) {
    std::vector<std::int64_t> ids;
    std::vector<int> onlyWaits;
    std::vector<std::string> verdicts, codes, rules, facts, hints;
    Poco::Data::Statement select(session);
    select << "SELECT learner_id, verdict, only_waits, codes, rules, facts, hints FROM u2035_readiness_learner" +
                  conditions.sql() + order,
        into(ids), into(verdicts), into(onlyWaits), into(codes), into(rules), into(facts), into(hints);
    conditions.bindTo(select);
    select.execute();
    std::vector<ReadinessRow> rows;
    for (std::size_t i = 0; i < ids.size(); ++i)
        rows.push_back({ids[i],
                        std::move(verdicts[i]),
                        onlyWaits[i] != 0,
                        codesFrom(codes[i]),
                        {},
                        std::move(rules[i]),
                        std::move(facts[i]),
                        std::move(hints[i])});
    return rows;
}

}  // namespace

ReadinessFlow ReadinessStore::replace(const ReadinessFlow& flow, const std::function<void(const AddRow&)>& rows) {
    ReadinessFlow counted;
    database_.write([&](Session& session) {
        counted = flow;
        auto id = flow.flowId;
        session << "DELETE FROM u2035_readiness_learner WHERE flow_id = ?", use(id), now;
        session << "DELETE FROM u2035_readiness_flow WHERE flow_id = ?", use(id), now;
        RowWriter writer(session, flow.flowId);
        rows([&](ReadinessRow&& row) {
            count(counted, row);
            writer.add(std::move(row));
        });
        writer.flush();
        insertFlow(session, counted);
    });
    return counted;
}

void ReadinessStore::keepOnly(const std::string& organization, const std::vector<RecordId>& flows) {
    database_.write([&](Session& session) {
        auto org = organization;
        std::vector<std::int64_t> gone;
        session << "SELECT flow_id FROM u2035_readiness_flow WHERE organization = ?" +
                       (flows.empty() ? std::string() : " AND flow_id NOT IN (" + joinNumbers(flows) + ")"),
            into(gone), use(org), now;
        if (gone.empty()) return;
        session << "DELETE FROM u2035_readiness_learner WHERE flow_id IN (" + joinNumbers(gone) + ")", now;
        session << "DELETE FROM u2035_readiness_flow WHERE flow_id IN (" + joinNumbers(gone) + ")", now;
    });
}

std::vector<ReadinessFlow> ReadinessStore::flows(const std::string& organization, const std::string& project,
                                                 RecordId after, std::size_t limit) {
    std::vector<ReadinessFlow> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        if (!project.empty()) where.text("project = ?", project);
        where.raw("flow_id > " + std::to_string(after));
        found = readFlows(session, where, " ORDER BY flow_id LIMIT " + std::to_string(limit));
    });
    return found;
}

std::optional<ReadinessFlow> ReadinessStore::flow(const std::string& organization, RecordId flowId) {
    std::vector<ReadinessFlow> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("flow_id = " + std::to_string(flowId));
        found = readFlows(session, where, "");
    });
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<ReadinessRow> ReadinessStore::learners(const ReadinessFilter& filter, RecordId after, std::size_t limit) {
    std::vector<ReadinessRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.raw("flow_id = " + std::to_string(filter.flowId));
        where.raw("learner_id > " + std::to_string(after));
        if (!filter.verdict.empty()) where.text("verdict = ?", filter.verdict);
        if (!filter.code.empty()) where.text("codes LIKE ? ESCAPE '\\'", containing(' ' + filter.code + ' '));
        for (const auto& word : filter.words) where.text("searched LIKE ? ESCAPE '\\'", containing(word));
        rows = readLearners(session, where, " ORDER BY learner_id LIMIT " + std::to_string(limit));
    });
    return rows;
}

std::optional<ReadinessRow> ReadinessStore::learner(RecordId flowId, RecordId learnerId) {
    std::vector<ReadinessRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.raw("flow_id = " + std::to_string(flowId));
        where.raw("learner_id = " + std::to_string(learnerId));
        rows = readLearners(session, where, "");
    });
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

}  // namespace plugin::store
