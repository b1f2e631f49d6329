#include "host/xapi/LrsRequest.h"

#include "common/Text.h"

#include <Poco/Base64Decoder.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <algorithm>
#include <sstream>

namespace host::xapi {
namespace {

using sdk::AppError;

constexpr const char* kMethods[] = {"GET", "POST", "PUT", "DELETE"};

std::string decoded(std::string_view text) {
    std::string plain(text), out;
    for (auto& c : plain)
        if (c == '+') c = ' ';
    try {
        Poco::URI::decode(plain, out);
    } catch (const Poco::Exception&) {
        throw AppError::badRequest("The form is not encoded as application/x-www-form-urlencoded.");
    }
    return out;
}

std::string methodOf(sdk::Method method) {
    switch (method) {
        case sdk::Method::Get:
            return "GET";
        case sdk::Method::Post:
            return "POST";
        case sdk::Method::Put:
            return "PUT";
        case sdk::Method::Delete:
            return "DELETE";
        case sdk::Method::Patch:
            break;
    }
    return "PATCH";
}

bool isHeader(const std::string& lowered) {
    return lowered == "authorization" || lowered == "content-type" || lowered == "if-match" ||
           lowered == "if-none-match" || lowered.starts_with("x-experience-api-");
}

void readForm(LrsRequest& out, const std::string& form) {
    out.body.clear();
    out.headers["content-type"] = "application/json";
    for (const auto pair : common::split(form, '&')) {
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const auto name = decoded(pair.substr(0, equals));
        auto value = equals == std::string_view::npos ? std::string() : decoded(pair.substr(equals + 1));
        const auto lowered = common::toLowerAscii(name);
        if (name == "content")
            out.body = std::move(value);
        else if (isHeader(lowered))
            out.headers[lowered] = std::move(value);
        else if (lowered != "content-length")
            out.parameters[name] = std::move(value);
    }
}

}  // namespace

LrsRequest LrsRequest::of(const sdk::Request& request) {
    LrsRequest out;
    out.method = methodOf(request.method);
    for (const auto& [name, value] : request.query)
        if (!out.parameters.emplace(name, value).second)
            throw AppError::badRequest("A parameter is given twice: " + name + ".");
    for (const auto& [name, value] : request.headers) out.headers.emplace(name, value);
    const auto method = out.parameters.find("method");
    if (request.method != sdk::Method::Post || method == out.parameters.end()) {
        out.body = request.body;
        return out;
    }
    const auto wanted = common::toUpperAscii(method->second);
    if (std::find(std::begin(kMethods), std::end(kMethods), wanted) == std::end(kMethods))
        throw AppError::badRequest("The parameter 'method' is none of GET, POST, PUT and DELETE.");
    if (out.parameters.size() > 1)
        throw AppError::badRequest("Beside 'method' the address takes no parameter; they are fields of the form.");
    out.method = wanted;
    out.parameters.clear();
    readForm(out, request.body);
    return out;
}

std::string LrsRequest::header(const std::string& lowerCaseName) const {
    const auto found = headers.find(lowerCaseName);
    return found == headers.end() ? std::string() : found->second;
}

std::optional<std::string> LrsRequest::parameter(const std::string& name) const {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::nullopt : std::optional(found->second);
}

std::string LrsRequest::required(const std::string& name) const {
    auto value = parameter(name);
    if (!value || value->empty()) throw AppError::badRequest("The parameter '" + name + "' is missing.");
    return *value;
}

void LrsRequest::requireVersion() const {
    const auto version = header("x-experience-api-version");
    if (version.empty())
        throw AppError(400, "xapi.version",
                       "The header X-Experience-API-Version is missing; send the version of xAPI, 1.0.3.");
    if (version != "1.0" && !version.starts_with("1.0."))
        throw AppError(400, "xapi.version", "X-Experience-API-Version is none of 1.0 and 1.0.x, which are taken here.");
}

std::optional<std::pair<std::string, std::string>> LrsRequest::credentials() const {
    const auto authorization = header("authorization");
    if (authorization.size() < 7 || common::toLowerAscii(authorization.substr(0, 6)) != "basic ") return std::nullopt;
    std::istringstream in(std::string(common::trim(std::string_view(authorization).substr(6))));
    std::string text;
    try {
        Poco::Base64Decoder decoder(in);
        Poco::StreamCopier::copyToString(decoder, text);
    } catch (const Poco::Exception&) {
        return std::nullopt;
    }
    const auto colon = text.find(':');
    if (colon == std::string::npos) return std::nullopt;
    return std::pair(text.substr(0, colon), text.substr(colon + 1));
}

}  // namespace host::xapi
