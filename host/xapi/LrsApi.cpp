#include "host/xapi/LrsApi.h"

#include "common/Json.h"
#include "common/Rfc3339.h"
#include "common/Text.h"
#include "common/Uuid.h"
#include "host/http/Problem.h"
#include "host/http/RussianTexts.h"
#include "host/xapi/LrsAnswers.h"
#include "host/xapi/Multipart.h"
#include "host/xapi/StatementCheck.h"
#include "host/xapi/XapiTexts.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/StreamCopier.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace host::xapi {
namespace {

using namespace Poco::Data::Keywords;
using sdk::AppError;
using sdk::Method;
using sdk::Response;

constexpr std::uint64_t kMaxBody = 32 * 1024 * 1024;
constexpr std::size_t kMostShown = 500;
constexpr std::int64_t kAttachmentsShown = 64 * 1024 * 1024;

/// Not in the OpenAPI document: plugins know these addresses by the standard, and docs/sources.md names what is there.
sdk::RouteOptions optionsOf(Method method) {
    sdk::RouteOptions options;
    options.access = sdk::Access::Public;
    options.maxBody = kMaxBody;
    // Bodies are of any type: multipart and forms beside JSON.
    if (method != Method::Get) options.operation.requestContentType = "*/*";
    return options;
}

std::vector<SentAttachment> attachmentsOf(const std::vector<BodyPart>& parts) {
    std::vector<SentAttachment> all;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto& part = parts[i];
        const auto encoding = common::toLowerAscii(part.header("content-transfer-encoding"));
        if (encoding != "binary")
            throw AppError::badRequest("A part's Content-Transfer-Encoding is not binary; send its bytes as they are.");
        const auto hash = part.header("x-experience-api-hash");
        if (hash.empty()) throw AppError::badRequest("A part of the request has no X-Experience-API-Hash.");
        all.push_back({common::toLowerAscii(hash), std::string(part.header("content-type")), part.bytes});
    }
    return all;
}

std::string mediaType(std::string_view contentType) {
    return common::toLowerAscii(common::trim(contentType.substr(0, contentType.find(';'))));
}

sdk::Micros timeOf(const LrsRequest& request, const char* name, sdk::Micros otherwise) {
    const auto text = request.parameter(name);
    if (!text) return otherwise;
    if (const auto time = statementTime(*text)) return *time;
    throw AppError::badRequest(fmt::format("The parameter '{}' is not a time.", name));
}

std::int64_t numberOf(const LrsRequest& request, const char* name, std::int64_t otherwise) {
    const auto text = request.parameter(name);
    if (!text) return otherwise;
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (code == std::errc() && end == text->data() + text->size() && number >= 0) return number;
    throw AppError::badRequest(fmt::format("The parameter '{}' is not a number.", name));
}

}  // namespace

LrsApi::LrsApi(sdk::Router& router, Parts parts)
    : p_(parts), intake_(p_.database, p_.files, p_.clock), documents_(p_.database, p_.clock) {
    static const std::string about = "/data/xAPI/about";
    routes_.push_back(router.add(Method::Get, about, optionsOf(Method::Get), [this](const sdk::Request&) {
        return described(Response::json(R"({"version":["1.0.0","1.0.1","1.0.2","1.0.3"]})"));
    }));
    add(router, "statements",
        [this](const ActiveSource& source, const LrsRequest& request) { return statements(source, request); });
    const auto documents = [&](const char* name, XapiDocuments::Resource resource) {
        add(router, name, [this, resource](const ActiveSource& source, const LrsRequest& request) {
            return documents_.answer(source, resource, request);
        });
    };
    documents("activities/state", XapiDocuments::Resource::State);
    documents("activities/profile", XapiDocuments::Resource::ActivityProfile);
    documents("agents/profile", XapiDocuments::Resource::AgentProfile);
    for (const char* name : {"activities", "agents"})
        add(router, name, [](const ActiveSource&, const LrsRequest&) -> Response {
            throw AppError::notFound(
                "This store takes statements and gives them back by id; it keeps no descriptions "
                "of activities and agents.");
        });
}

void LrsApi::add(sdk::Router& router, const char* name, const Handle& handle) {
    for (const auto method : {Method::Get, Method::Post, Method::Put, Method::Delete})
        routes_.push_back(router.add(method, kPrefix + std::string(name), optionsOf(method),
                                     [this, handle](const sdk::Request& request) { return answer(request, handle); }));
}

/// What was answered is stored, and nothing is stored later: all is consistent up to now.
Response LrsApi::described(Response response) const {
    response.header("X-Experience-API-Version", std::string(kXapiVersion));
    return response.header("X-Experience-API-Consistent-Through", common::Rfc3339::utc(p_.clock.now()));
}

Response LrsApi::answer(const sdk::Request& request, const Handle& handle) {
    Response response;
    try {
        const auto asked = LrsRequest::of(request);
        asked.requireVersion();
        const auto credentials = asked.credentials();
        const auto source = credentials ? p_.sources.authenticate(credentials->first, credentials->second) : nullptr;
        if (!source)
            throw AppError::unauthorized(
                "Key and secret of an xAPI source are missing or wrong, or the source is disabled; send "
                "'Authorization: Basic' with both as the organization's administrator got them.");
        response = handle(*source, asked);
    } catch (const AppError& error) {
        if (error.status() >= 500) throw;
        response = http::problem(http::asksForRussian(request) ? xapiTexts().error(error) : error, request.path,
                                 request.requestId);
        if (error.status() == 401)
            for (auto& [name, value] : response.headers)
                if (name == "WWW-Authenticate") value = "Basic realm=\"xAPI\"";
    }
    return described(std::move(response));
}

std::string LrsApi::authority(const ActiveSource& source) {
    const auto organization = p_.organizations.find(source.source.organization);
    const auto home = organization && !organization->activityBase.empty() ? organization->activityBase
                                                                          : std::string("https://lmsd.invalid");
    common::JsonWriter json;
    json.object().member("objectType", "Agent").member("name", source.source.title);
    json.key("account").object().member("homePage", home).member("name", source.source.key).end();
    return json.end().take();
}

Response LrsApi::statements(const ActiveSource& source, const LrsRequest& request) {
    if (request.method == "POST" || request.method == "PUT") return take(source, request);
    if (request.method != "GET") throw AppError(405, "method-not-allowed", "Statements are not deleted; void them.");
    const auto id = request.parameter("statementId"), voided = request.parameter("voidedStatementId");
    if (id && voided) throw AppError::badRequest("statementId and voidedStatementId exclude each other.");
    if (!id && !voided) return many(source, request);
    for (const auto& [name, value] : request.parameters)
        if (name != "statementId" && name != "voidedStatementId" && name != "attachments" && name != "format")
            throw AppError::badRequest("Beside the id there may be attachments and format only.");
    return one(source, request, id ? *id : *voided, voided.has_value());
}

Response LrsApi::take(const ActiveSource& source, const LrsRequest& request) {
    const bool put = request.method == "PUT";
    for (const auto& [name, value] : request.parameters)
        if (!put || name != "statementId")
            throw AppError::badRequest(fmt::format("The parameter '{}' is not known here.", name));
    const auto id = put ? std::optional(request.required("statementId")) : std::nullopt;
    const auto contentType = request.header("content-type");
    const auto type = mediaType(contentType);
    std::vector<std::string> ids;
    if (type == "multipart/mixed") {
        const auto parts = partsOf(request.body, contentType);
        if (parts.empty() || mediaType(parts.front().header("content-type")) != "application/json")
            throw AppError::badRequest("The first part of the request is not application/json with the statements.");
        ids = intake_.take(source, parts.front().bytes, attachmentsOf(parts), id);
    } else if (type == "application/json" || type.empty()) {
        ids = intake_.take(source, request.body, {}, id);
    } else {
        throw AppError::badRequest("Content-Type is neither application/json nor multipart/mixed.");
    }
    if (put) return Response::noContent();
    common::JsonWriter json;
    json.array();
    for (const auto& one : ids) json.value(one);
    return Response::json(json.end().take());
}

Response LrsApi::shown(const ActiveSource& source, std::string json, const std::vector<AttachmentRow>& attachments) {
    std::int64_t size = 0;
    for (const auto& one : attachments) size += one.size;
    if (size > kAttachmentsShown)
        throw AppError(413, "xapi.attachments", "The attachments are too large for one answer; ask without them.");
    const auto boundary = common::Uuid::v4();
    Response response;
    response.contentType = "multipart/mixed; boundary=" + boundary;
    auto& body = response.body;
    body = fmt::format("--{}\r\nContent-Type: application/json\r\n\r\n{}\r\n", boundary, json);
    for (const auto& one : attachments) {
        body += fmt::format(
            "--{}\r\nContent-Type: {}\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {}\r\n\r\n",
            boundary, common::oneLine(one.contentType, 200), one.sha2);
        if (one.size > 0) Poco::StreamCopier::copyToString(*p_.files.open(source.source.organization, one.sha2), body);
        body += "\r\n";
    }
    body += "--" + boundary + "--\r\n";
    return response;
}

Response LrsApi::one(const ActiveSource& source, const LrsRequest& request, const std::string& id, bool voided) {
    std::optional<StatementRows::Stored> found;
    std::vector<AttachmentRow> attachments;
    p_.database.read([&](Poco::Data::Session& session) {
        StatementRows rows(session, source.source.id);
        found = rows.find(common::toLowerAscii(id));
        if (found) attachments = rows.attachments(found->row.id);
    });
    if (!found || found->row.voided != voided) throw AppError::notFound("There is no such statement.");
    auto json = completed(found->row, found->body, authority(source));
    auto response = request.parameter("attachments") == "true" ? shown(source, std::move(json), attachments)
                                                               : Response::json(std::move(json));
    return response.header("Last-Modified", httpDate(found->row.storedAt));
}

/// In the order in which they were stored, the latest first: enough for a plugin that tries its connection.
Response LrsApi::many(const ActiveSource& source, const LrsRequest& request) {
    for (const auto& [name, value] : request.parameters)
        if (name != "limit" && name != "since" && name != "until" && name != "ascending" && name != "cursor" &&
            name != "format" && name != "attachments")
            throw AppError::badRequest(fmt::format(
                "The parameter '{}' is not taken: this store takes statements and gives them back by id, or in order "
                "with limit, since, until and ascending.",
                name));
    const bool ascending = request.parameter("ascending") == "true";
    const auto since = timeOf(request, "since", INT64_MIN), until = timeOf(request, "until", INT64_MAX);
    const auto asked = static_cast<std::size_t>(numberOf(request, "limit", 0));
    const auto limit = asked == 0 ? std::size_t{100} : std::min(asked, kMostShown);
    const auto from = numberOf(request, "cursor", ascending ? 0 : INT64_MAX);
    std::vector<StatementRows::Stored> found;
    p_.database.read([&](Poco::Data::Session& session) {
        found = StatementRows(session, source.source.id).inOrder(from, since, until, ascending, limit + 1);
    });
    const bool more = found.size() > limit;
    if (more) found.resize(limit);
    const auto by = authority(source);
    common::JsonWriter json;
    json.object().key("statements").array();
    for (const auto& one : found) json.raw(completed(one.row, one.body, by));
    std::string next;
    if (more) {
        next =
            fmt::format("{}statements?limit={}&ascending={}&cursor={}", kPrefix, limit, ascending, found.back().row.id);
        for (const char* name : {"since", "until"})
            if (request.parameter(name))
                next += fmt::format("&{}={}", name, common::Rfc3339::utc(timeOf(request, name, 0)));
    }
    return Response::json(json.end().member("more", next).end().take());
}

}  // namespace host::xapi
