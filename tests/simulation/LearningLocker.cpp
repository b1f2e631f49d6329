#include "tests/simulation/LearningLocker.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <stdexcept>

namespace tests::simulation {

namespace {

std::string textAt(const rapidjson::Value& object, std::initializer_list<const char*> path) {
    const rapidjson::Value* at = &object;
    for (const char* name : path) {
        if (!at->IsObject()) return {};
        const auto member = at->FindMember(name);
        if (member == at->MemberEnd()) return {};
        at = &member->value;
    }
    if (at->IsString()) return at->GetString();
    if (at->IsBool()) return at->GetBool() ? "true" : "false";
    if (at->IsNumber()) return fmt::format("{:g}", at->GetDouble());
    return {};
}

/// The elements of an array as they stand in the text.
std::vector<std::string_view> elementsOf(std::string_view array) {
    std::vector<std::string_view> elements;
    int depth = 0;
    bool inText = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < array.size(); ++i) {
        const char c = array[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
            continue;
        }
        if (c == '"') inText = true;
        if (c == '{' && depth++ == 0) begin = i;
        if (c == '}' && --depth == 0) elements.push_back(array.substr(begin, i + 1 - begin));
    }
    return elements;
}

bool sameContent(const std::string& one, const std::string& other) {
    if (one == other) return true;
    rapidjson::Document a, b;
    a.Parse(one.c_str());
    b.Parse(other.c_str());
    return a == b;
}

}  // namespace

std::vector<Told> Told::parse(std::string_view array) {
    std::vector<Told> all;
    for (const auto text : elementsOf(array)) {
        Told told;
        told.bytes = std::string(text);
        rapidjson::Document json;
        json.Parse(told.bytes.c_str());
        if (json.HasParseError()) throw std::runtime_error("a POST is no JSON: " + told.bytes);
        told.id = textAt(json, {"id"});
        told.actor = textAt(json, {"actor", "account", "name"});
        told.verb = textAt(json, {"verb", "id"});
        told.object = textAt(json, {"object", "id"});
        told.refers = textAt(json, {"object", "objectType"}) == "StatementRef";
        told.title = textAt(json, {"object", "definition", "name", "ru-RU"});
        told.timestamp = textAt(json, {"timestamp"});
        if (told.isLearners())
            // Of what was opened, the verb is the fact.
            told.facts =
                told.verb.substr(told.verb.rfind('/') + 1) + " " + textAt(json, {"result", "score", "raw"}) +
                textAt(json, {"result", "extensions", "https://id.2035.university/xapi/extension/view-percentage"});
        for (const auto* name : {"actor", "verb", "object"})
            if (!json.HasMember(name) && told.missing.empty()) told.missing = name;
        all.push_back(std::move(told));
    }
    return all;
}

bool LearningLocker::isPoisoned(const Told& told) {
    return told.actor.rfind("666", 0) == 0 || told.title.find("POISON") != std::string::npos;
}

host::sdk::OutboundResponse LearningLocker::answer(int status, std::string body, const std::string& type) {
    host::sdk::OutboundResponse response;
    response.status = status;
    response.headers = {{"content-type", type}};
    response.body = std::move(body);
    return response;
}

std::string LearningLocker::storeOf(const host::sdk::OutboundRequest& request) const {
    const auto begin = request.url.find("://") + 3;
    std::string key = request.url.substr(begin, request.url.find('/', begin) - begin);
    for (const auto& [name, value] : request.headers)
        if (name == "Authorization") key += " " + value;
    const auto found = keys_.find(key);
    return found == keys_.end() ? std::string() : found->second;
}

host::sdk::OutboundResponse LearningLocker::post(const std::string& name, const std::vector<Told>& batch,
                                                 std::size_t bodyBytes, std::optional<std::size_t> onlyFirst) {
    if (name.empty()) return answer(401, R"({"errorId":"e-401","message":"Unauthorised"})");
    if (bodyBytes > maxBody) return answer(413, "<html>413 Request Entity Too Large</html>", "text/html");
    auto& store = stores_[name];
    std::string warnings;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (!isPoisoned(batch[i]) && batch[i].missing.empty()) continue;
        if (!warnings.empty()) warnings += ',';
        warnings += "\"Missing required value in 'statements." + std::to_string(i) + "." +
                    (batch[i].missing.empty() ? "verb" : batch[i].missing) + "'\"";
    }
    if (!warnings.empty())
        return answer(400, namesCulprits ? R"({"errorId":"e-400","warnings":[)" + warnings + "]}"
                                         : R"({"errorId":"e-400","message":"Something in this batch is wrong"})");
    std::set<std::string> seen;
    for (const auto& told : batch) {
        if (!seen.insert(told.id).second)
            return answer(400,
                          R"({"errorId":"e-400","message":")" + told.id + R"( is duplicated in the current batch"})");
        const auto found = store.statements.find(told.id);
        if (found == store.statements.end() || sameContent(found->second.bytes, told.bytes)) continue;
        ++conflicts;
        return answer(409, R"({"errorId":"e-409","message":")" + told.id + R"( is conflicting"})");
    }
    std::string ids = "[";
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (onlyFirst && i >= *onlyFirst) return answer(500, R"({"errorId":"e-500","message":"A server error"})");
        const auto& told = batch[i];
        if (store.statements.emplace(told.id, told).second) {
            store.order.push_back(told.id);
            if (told.isCancellation()) store.cancelled.insert(told.object);
        }
        ids += (i == 0 ? "\"" : ",\"") + told.id + "\"";
    }
    return answer(200, ids + "]");
}

host::sdk::OutboundResponse LearningLocker::get(const std::string& name, const std::string& url) const {
    if (name.empty()) return answer(401, R"({"errorId":"e-401","message":"Unauthorised"})");
    constexpr std::string_view kById = "statementId=";
    const auto at = url.find(kById);
    if (at == std::string::npos) return answer(200, R"({"more":"","statements":[]})");
    const auto id = url.substr(at + kById.size(), 36);
    if (const auto store = stores_.find(name); store != stores_.end())
        if (const auto found = store->second.statements.find(id); found != store->second.statements.end())
            return answer(200, found->second.bytes);
    return answer(404, R"({"errorId":"e-404","message":"No statement found"})");
}

}  // namespace tests::simulation
