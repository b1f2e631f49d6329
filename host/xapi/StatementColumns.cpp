#include "host/xapi/StatementColumns.h"

#include "common/Json.h"
#include "common/Rfc3339.h"
#include "common/Text.h"
#include "common/XapiText.h"
#include "host/sdk/Sources.h"

#include <Poco/URI.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace host::xapi {
namespace {

using Json = rapidjson::Value;

constexpr std::array<std::string_view, 5> kReady{"statementId", "timestamp", "verb", "activity", "activityType"};

std::string_view textOf(const Json& value) {
    return {value.GetString(), value.GetStringLength()};
}

/// One value as a text; nullopt for null and for what is not one.
std::optional<std::string> plain(const Json& value) {
    if (value.IsString()) return std::string(textOf(value));
    if (value.IsBool()) return value.IsTrue() ? "true" : "false";
    if (value.IsInt64()) return std::to_string(value.GetInt64());
    if (value.IsNumber()) {
        std::string out;
        common::appendJsonNumber(out, value.GetDouble());
        return out;
    }
    return std::nullopt;
}

std::string decoded(std::string_view text) {
    if (text.find_first_of("%+") == std::string_view::npos) return std::string(text);
    std::string out;
    Poco::URI::decode(std::string(text), out, true);
    return out;
}

/// The value of a parameter of an address, decoded. The address was checked with the statement: it is cut here, since
/// taking it apart as a whole costs more than all the rest of a column.
std::optional<std::string> queryValue(std::string_view address, std::string_view name) {
    address = address.substr(0, address.find('#'));
    const auto question = address.find('?');
    if (question == std::string_view::npos) return std::nullopt;
    try {
        for (const auto parameter : common::split(address.substr(question + 1), '&')) {
            const auto equals = parameter.find('=');
            if (decoded(parameter.substr(0, equals)) == name)
                return equals == std::string_view::npos ? std::string() : decoded(parameter.substr(equals + 1));
        }
    } catch (const Poco::Exception&) {
        // A per cent sign without its digits: then it has no parameters.
    }
    return std::nullopt;
}

std::string textMember(const Json& in, const char* name, const std::string& at, std::vector<sdk::FieldError>& errors) {
    const auto member = in.FindMember(name);
    if (member == in.MemberEnd()) return {};
    if (member->value.IsString() && member->value.GetStringLength() > 0) return std::string(textOf(member->value));
    errors.push_back({at + "/" + name, "is not a text", "Give a text, or leave it out."});
    return {};
}

void addPath(std::vector<connectors::JsonPath>& paths, const Json& json, const std::string& at,
             std::vector<sdk::FieldError>& errors) {
    try {
        if (json.IsString()) return paths.push_back(connectors::JsonPath::parse(textOf(json)));
        errors.push_back({at, "is not a path", "Write it as $.result.score.raw, or several in an array."});
    } catch (const sdk::SourceError& error) {
        errors.push_back({at, error.what(), error.fix()});
    }
}

}  // namespace

StatementColumns StatementColumns::parse(const Json* json, const std::string& pointer,
                                         std::vector<sdk::FieldError>& errors) {
    StatementColumns out;
    out.names_.assign(kReady.begin(), kReady.end());
    if (json == nullptr) return out;
    if (!json->IsObject()) {
        errors.push_back({pointer, "is not an object", R"(Give {"name": {"path": "$.…"}}.)"});
        return out;
    }
    for (const auto& one : json->GetObject()) {
        const std::string name(textOf(one.name));
        const auto at = pointer + "/" + name;
        if (std::find(out.names_.begin(), out.names_.end(), name) != out.names_.end())
            errors.push_back({at, "is there already", "Give every column a name of its own."});
        out.names_.push_back(name);
        auto& column = out.columns_.emplace_back();
        if (!one.value.IsObject()) {
            errors.push_back({at, "is not an object", R"(Give {"path": "$.…"}.)"});
            continue;
        }
        for (const auto& member : one.value.GetObject()) {
            const auto key = textOf(member.name);
            if (key != "path" && key != "query" && key != "after" && key != "until" && key != "strip" && key != "as")
                errors.push_back(
                    {at + "/" + std::string(key), "is not known here", "Known: path, query, after, until, strip, as."});
        }
        const auto path = one.value.FindMember("path");
        if (path == one.value.MemberEnd()) {
            errors.push_back({at + "/path", "is missing", "Say where the value stands: $.result.score.raw."});
        } else if (path->value.IsArray()) {
            for (const auto& item : path->value.GetArray()) addPath(column.paths, item, at + "/path", errors);
        } else {
            addPath(column.paths, path->value, at + "/path", errors);
        }
        column.query = textMember(one.value, "query", at, errors);
        column.after = textMember(one.value, "after", at, errors);
        column.until = textMember(one.value, "until", at, errors);
        column.strip = textMember(one.value, "strip", at, errors);
        const auto as = textMember(one.value, "as", at, errors);
        if (as == "seconds") column.as = As::Seconds;
        if (as == "percent") column.as = As::Percent;
        if (!as.empty() && column.as == As::Text)
            errors.push_back({at + "/as", "is not known", "Give seconds or percent, or leave it out."});
    }
    return out;
}

std::optional<std::string> StatementColumns::cut(const Column& column, std::string text) {
    if (!column.query.empty()) {
        auto value = queryValue(text, column.query);
        if (!value) return std::nullopt;
        text = std::move(*value);
    }
    if (!column.after.empty()) {
        const auto at = text.find(column.after);
        if (at == std::string::npos) return std::nullopt;
        text.erase(0, at + column.after.size());
    }
    if (!column.strip.empty() && text.starts_with(column.strip)) text.erase(0, column.strip.size());
    if (!column.until.empty()) text.resize(std::min(text.size(), text.find(column.until)));
    if (column.as == As::Seconds) {
        const auto seconds = common::isoDurationSeconds(text);
        return seconds ? std::optional(std::to_string(*seconds)) : std::nullopt;
    }
    if (column.as == As::Percent) {
        double share = 0;
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), share);
        if (code != std::errc() || end != text.data() + text.size()) return text;  // the field says what is wrong
        std::string out;
        // To the hundredth: 0.57 × 100 is no whole number in binary.
        common::appendJsonNumber(out, static_cast<double>(static_cast<std::int64_t>(share * 10000 + 0.5)) / 100);
        return out;
    }
    return text;
}

std::optional<std::string> StatementColumns::valueOf(const Column& column, const Json& statement) {
    const connectors::JsonNode root{&statement, nullptr};
    for (const auto& path : column.paths) {
        const Json* found = nullptr;
        if (path.isSingular()) {
            bool twice = false;
            found = path.find(root, twice);
        } else {
            thread_local connectors::JsonArena arena;  // an empty one takes two allocations
            arena.clear();
            const auto nodes = path.nodes(root, arena);
            if (!nodes.empty()) found = nodes.front()->value;
        }
        if (found == nullptr) continue;
        auto text = plain(*found);
        if (!text) continue;
        if (auto value = cut(column, std::move(*text))) return value;
    }
    return std::nullopt;
}

std::vector<std::optional<std::string>> StatementColumns::read(const Json& statement,
                                                               const StatementFacts& facts) const {
    std::vector<std::optional<std::string>> cells;
    cells.reserve(names_.size());
    const auto given = [](std::string_view text) {
        return text.empty() ? std::nullopt : std::optional<std::string>(text);
    };
    cells.push_back(given(facts.id));
    cells.push_back(common::Rfc3339::utc(facts.at));
    cells.push_back(given(facts.verb));
    cells.push_back(given(facts.activity));
    cells.push_back(given(facts.activityType));
    for (const auto& column : columns_) cells.push_back(valueOf(column, statement));
    return cells;
}

}  // namespace host::xapi
