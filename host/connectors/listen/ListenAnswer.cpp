#include "host/connectors/listen/ListenAnswer.h"

#include "common/Json.h"
#include "host/connections/Diagnosis.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace host::connectors {
namespace {

using common::JsonWriter;
using connections::inLanguage;
using connections::Run;

constexpr std::size_t kShown = 1000;

std::int64_t countOf(const Run& run, std::string_view name) {
    for (const auto& [key, value] : run.counts)
        if (key == name) return value;
    return 0;
}

/// 1-based, of "item 17".
std::optional<std::int64_t> itemOf(std::string_view place) {
    constexpr std::string_view kItem = "item ";
    std::int64_t number = 0;
    if (!place.starts_with(kItem)) return std::nullopt;
    const auto digits = place.substr(kItem.size());
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

int statusOf(const Run& run) {
    const auto why = run.diagnoses.empty() ? std::string() : run.diagnoses.front().code;
    if (run.state == "cancelled") return 503;
    if (run.state != "done") return why == "source.internal" ? 500 : why == "source.storage" ? 507 : 422;
    return countOf(run, "rows") > 0 && countOf(run, "rejected") == countOf(run, "rows") ? 422 : 200;
}

void writeRest(JsonWriter& json, const Run& run, const RefusedRows& refused, const std::string& language) {
    json.member("run", run.id).member("state", run.state).key("counts").object();
    for (const auto& [name, value] : run.counts) json.member(name, value);
    json.end().key("refused").array();
    for (const auto& one : refused.first()) {
        json.object().member("item", itemOf(one.place)).member("place", one.place).member("column", one.column);
        json.member("value", one.value).member("reason", inLanguage(one.reason, language));
        json.member("fix", inLanguage(one.fix, language)).end();
    }
    json.end().member("refusedLeftOut", refused.leftOut());
    connections::writeDiagnoses(json.key("diagnoses"), run.diagnoses, language);
}

}  // namespace

void RefusedRows::add(const sources::RowError& error) {
    if (first_.size() < kShown)
        first_.push_back(error);
    else
        ++leftOut_;
}

sdk::Response listenAnswer(const Run& run, const RefusedRows& refused, const sdk::Request& request) {
    // Programs, which name no language, get the texts as they are.
    const std::string language = request.header("accept-language") ? request.language : "en";
    const int status = statusOf(run);
    JsonWriter json;
    json.object();
    if (status == 200) {
        writeRest(json, run, refused, language);
        return sdk::Response::json(json.end().take());
    }
    const auto* why = run.diagnoses.empty() ? nullptr : &run.diagnoses.front();
    const std::string code = status == 503 ? "stopping" : why != nullptr ? why->code : "source.rows-refused";
    json.member("type", "/problems/" + code).member("title", connections::titleOf(code, language));
    json.member("status", status).member("code", code);
    json.member("detail", why != nullptr ? inLanguage(why->detail, language) + " " + inLanguage(why->fix, language)
                                         : std::string("Send it again in a few seconds."));
    json.member("instance", request.path).member("requestId", request.requestId);
    writeRest(json, run, refused, language);
    auto response = sdk::Response::json(json.end().take(), status);
    response.contentType = "application/problem+json";
    if (status >= 500) response.header("Retry-After", "5");
    return response;
}

}  // namespace host::connectors
