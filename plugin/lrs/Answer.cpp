#include "plugin/lrs/Answer.h"

#include "common/HttpDate.h"
#include "plugin/AnswerText.h"

#include <charconv>

namespace plugin::lrs {
namespace {

constexpr std::size_t kReason = 500;
constexpr std::chrono::seconds kLongestRetryAfter{7 * 24 * 3600};

std::string lowerCase(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return text;
}

Poco::Dynamic::Var parse(const std::string& body) {
    try {
        Poco::JSON::Parser parser;
        return parser.parse(body);
    } catch (const Poco::Exception&) {
        return {};
    }
}

std::string stringOf(const Poco::JSON::Object& object, const std::string& name) {
    const auto value = object.get(name);
    return value.isString() ? value.convert<std::string>() : std::string();
}

/// N of the first 'statements.N… in a warning. The name of an unknown key comes before it and may look alike.
std::optional<std::size_t> indexIn(const std::string& warning) {
    constexpr std::string_view kMark = "in 'statements.";
    const bool unknownKeys = warning.rfind("Unknown keys", 0) == 0;
    const auto at = unknownKeys ? warning.rfind(kMark) : warning.find(kMark);
    if (at == std::string::npos) return std::nullopt;
    std::size_t index = 0;
    const char* const begin = warning.data() + at + kMark.size();
    const auto [end, error] = std::from_chars(begin, warning.data() + warning.size(), index);
    if (error != std::errc() || end == begin) return std::nullopt;
    return index;
}

}  // namespace

std::string ErrorBody::words() const {
    std::string text = message;
    for (const auto& warning : warnings) text += (text.empty() ? "" : "; ") + warning;
    return text;
}

ErrorBody parseErrorBody(const std::string& body) {
    ErrorBody error;
    const auto value = parse(body);
    if (value.isEmpty() || value.type() != typeid(Poco::JSON::Object::Ptr)) return error;
    const auto object = value.extract<Poco::JSON::Object::Ptr>();
    error.errorId = stringOf(*object, "errorId");
    error.message = stringOf(*object, "message");
    if (const auto warnings = object->getArray("warnings"))
        for (const auto& warning : *warnings)
            if (warning.isString()) error.warnings.push_back(warning.convert<std::string>());
    return error;
}

std::optional<std::vector<std::string>> parseIds(const std::string& body) {
    const auto value = parse(body);
    if (value.isEmpty() || value.type() != typeid(Poco::JSON::Array::Ptr)) return std::nullopt;
    std::vector<std::string> ids;
    for (const auto& id : *value.extract<Poco::JSON::Array::Ptr>()) {
        if (!id.isString()) return std::nullopt;
        ids.push_back(lowerCase(id.convert<std::string>()));
    }
    return ids;
}

bool blamesVersionHeader(const ErrorBody& error) {
    return std::any_of(error.warnings.begin(), error.warnings.end(), [](const std::string& warning) {
        return warning.find("'header.X-Experience-API-Version'") != std::string::npos;
    });
}

bool blamesRequest(const ErrorBody& error) {
    const auto startsWith = [&error](std::string_view words) { return error.message.rfind(words, 0) == 0; };
    return blamesVersionHeader(error) || startsWith("Content-Type (") || startsWith("Cannot use unknown params");
}

std::vector<PostOutcome::Culprit> culprits(int status, const ErrorBody& error, const std::vector<std::string>& ids,
                                           const std::vector<std::string>& secrets) {
    std::map<std::size_t, PostOutcome::Culprit> found;
    for (const auto& warning : error.warnings) {
        const auto index = indexIn(warning);
        if (!index || *index >= ids.size()) continue;
        auto& culprit = found.try_emplace(*index, PostOutcome::Culprit{*index, {}, false}).first->second;
        culprit.reason += (culprit.reason.empty() ? "" : "; ") + warning;
    }
    if (!error.message.empty()) {
        const std::string message = lowerCase(error.message);
        const bool duplicated = message.find(" is duplicated ") != std::string::npos;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const std::string id = lowerCase(ids[i]);
            if (id.empty() || message.find(id) == std::string::npos) continue;
            // Of the same id twice in a batch the first may stay.
            if (duplicated && seen.insert(id).second && std::count(ids.begin(), ids.end(), ids[i]) > 1) continue;
            found.try_emplace(i, PostOutcome::Culprit{i, error.message, status == 409});
        }
    }
    std::vector<PostOutcome::Culprit> result;
    for (auto& [index, culprit] : found) {
        culprit.reason = answerText(culprit.reason, kReason, secrets);
        result.push_back(std::move(culprit));
    }
    return result;
}

std::optional<std::chrono::seconds> retryAfter(const host::sdk::OutboundResponse& response) {
    const std::string text = response.header("retry-after");
    if (text.empty()) return std::nullopt;
    std::chrono::seconds wait{0};
    if (text.find_first_not_of("0123456789") == std::string::npos) {
        wait = text.size() > 9 ? kLongestRetryAfter : std::chrono::seconds(std::stol(text));
    } else {
        const auto until = common::parseHttpDate(text);
        if (!until) return std::nullopt;
        const auto theirNow = common::parseHttpDate(response.header("date"));
        const auto now =
            theirNow ? *theirNow : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        wait = *until - now;
    }
    return std::clamp(wait, std::chrono::seconds(0), kLongestRetryAfter);
}

}  // namespace plugin::lrs
