#include "plugin/readiness/ReadinessJson.h"

#include <algorithm>

namespace plugin::readiness {

namespace {

void writeRecords(common::JsonWriter& json, const std::vector<footprint::RecordRef>& records) {
    json.key("records").array();
    for (const auto& record : records)
        json.object()
            .member("kind", record.kind)
            .member("id", std::to_string(record.id))
            .member("revision", record.revision)
            .end();
    json.end();
}

}  // namespace

const char* toString(Verdict verdict) {
    static constexpr const char* names[] = {"ready", "not-ready", "unknown"};
    return names[static_cast<int>(verdict)];
}

const char* toString(RuleState state) {
    static constexpr const char* names[] = {"met", "waiting", "not-met"};
    return names[static_cast<int>(state)];
}

std::vector<std::string> LearnerReadiness::codes() const {
    std::vector<std::string> codes;
    for (const auto& rule : rules)
        for (const auto& lack : rule.lacks) codes.push_back(lack.code);
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
}

bool LearnerReadiness::onlyWaits() const {
    return verdict == Verdict::NotReady && std::none_of(rules.begin(), rules.end(), [](const RuleOutcome& rule) {
               return rule.state == RuleState::NotMet;
           });
}

std::string rulesJson(const std::vector<RuleOutcome>& rules) {
    common::JsonWriter json;
    json.array();
    for (const auto& rule : rules) {
        json.object()
            .member("check", rule.check)
            .member("title", rule.title)
            .member("state", toString(rule.state))
            .key("lacks")
            .array();
        for (const auto& lack : rule.lacks) {
            json.object()
                .member("state", toString(lack.state))
                .member("code", lack.code)
                .member("field", lack.field)
                .member("reason", lack.reason)
                .member("fix", lack.fix);
            writeRecords(json, lack.records);
            json.end();
        }
        json.end();
        writeRecords(json, rule.records);
        json.end();
    }
    json.end();
    return json.take();
}

std::string factsJson(const Facts& facts) {
    common::JsonWriter json;
    json.object()
        .member("hasUntiId", facts.hasUntiId)
        .member("enrollment", facts.enrolment)
        .key("results")
        .object()
        .member("graded", facts.graded)
        .member("underReview", facts.underReview)
        .end()
        .key("finalWork")
        .object()
        .member("elements", facts.workElements)
        .member("underReview", facts.worksUnderReview)
        .key("best");
    if (facts.work)
        json.object()
            .member("result", std::to_string(facts.work->resultId))
            .member("attempt", facts.work->attempt)
            .member("raw", facts.work->raw)
            .member("success", facts.work->success)
            .member("files", facts.work->files)
            .member("told", facts.work->told)
            .end();
    else
        json.null();
    json.end()
        .key("reflections")
        .object()
        .member("modules", facts.reflectedModules)
        .member("ofModules", facts.modules)
        .member("programme", facts.reflectedProgramme)
        .member("doubtful", facts.flaggedReflections)
        .end()
        .key("viewing")
        .object()
        .member("elements", facts.videos)
        .member("watched", facts.watchedVideos)
        .member("toMark", facts.markedVideos)
        .member("meanPercent", facts.meanPercent)
        .end()
        .member("openings", facts.openings)
        .key("statements")
        .object()
        .member("delivered", facts.delivered)
        .member("waiting", facts.waiting)
        .member("refused", facts.refused)
        .end()
        .end();
    return json.take();
}

std::string hintsJson(const std::vector<Hint>& hints) {
    common::JsonWriter json;
    json.array();
    for (const auto& hint : hints) json.object().member("code", hint.code).member("text", hint.text).end();
    json.end();
    return json.take();
}

}  // namespace plugin::readiness
