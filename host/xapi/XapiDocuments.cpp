#include "host/xapi/XapiDocuments.h"

#include "common/Json.h"
#include "common/Text.h"
#include "common/Uuid.h"
#include "common/XapiText.h"
#include "host/records/StrictJson.h"
#include "host/xapi/LrsAnswers.h"
#include "host/xapi/StatementCheck.h"

#include <Poco/Data/LOB.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/SHA1Engine.h>
#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <vector>

namespace host::xapi {
namespace {

using namespace Poco::Data::Keywords;
using BLOB = Poco::Data::BLOB;
using Poco::Data::Session;
using Poco::Data::Statement;
using Resource = XapiDocuments::Resource;
using sdk::AppError;
using sdk::Response;

constexpr std::size_t kMaxDocument = 1024 * 1024;
constexpr std::int64_t kMaxDocuments = 200'000;  ///< of one source

std::string etagOf(const std::string& content) {
    Poco::SHA1Engine engine;
    engine.update(content);
    return "\"" + Poco::DigestEngine::digestToHex(engine.digest()) + "\"";
}

/// Who an agent is, whatever else is told of it.
std::string agentOf(const LrsRequest& request) {
    const auto agent = records::parseStrict(request.required("agent"));
    const auto text = [](const rapidjson::Value& in, const char* name) -> std::string {
        const auto member = in.FindMember(name);
        if (member == in.MemberEnd() || !member->value.IsString()) return {};
        return {member->value.GetString(), member->value.GetStringLength()};
    };
    if (agent.IsObject()) {
        for (const char* name : {"mbox", "mbox_sha1sum", "openid"})
            if (const auto value = text(agent, name); !value.empty()) return fmt::format("{}={}", name, value);
        const auto account = agent.FindMember("account");
        if (account != agent.MemberEnd() && account->value.IsObject())
            if (const auto name = text(account->value, "name"); !name.empty())
                return fmt::format("account={}\n{}", text(account->value, "homePage"), name);
    }
    throw AppError::badRequest(
        "The parameter 'agent' is not an agent: it has none of mbox, mbox_sha1sum, openid and "
        "account.");
}

std::string activityOf(const LrsRequest& request) {
    auto activity = request.required("activityId");
    if (!common::isIri(activity)) throw AppError::badRequest("The parameter 'activityId' is not an IRI.");
    return activity;
}

std::string placeOf(Resource resource, const LrsRequest& request) {
    if (resource == Resource::ActivityProfile) return "activity\n" + activityOf(request);
    if (resource == Resource::AgentProfile) return "agent\n" + agentOf(request);
    const auto registration = request.parameter("registration").value_or("");
    if (!registration.empty() && !common::Uuid::isValid(registration))
        throw AppError::badRequest("The parameter 'registration' is not a UUID.");
    return fmt::format("state\n{}\n{}\n{}", activityOf(request), common::toLowerAscii(registration), agentOf(request));
}

/// The members of `content` over those of `before`; both must be JSON objects.
std::string merged(const std::string& before, const std::string& content) {
    auto whole = records::parseStrict(before);
    const auto more = records::parseStrict(content);
    if (!whole.IsObject() || !more.IsObject())
        throw AppError::badRequest("POST merges JSON objects, and one of the two is none; replace it with PUT.");
    auto& allocator = whole.GetAllocator();
    for (const auto& member : more.GetObject()) {
        rapidjson::Value value(member.value, allocator);
        const auto there = whole.FindMember(member.name);
        if (there != whole.MemberEnd())
            there->value = std::move(value);
        else
            whole.AddMember(rapidjson::Value(member.name, allocator), value, allocator);
    }
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    whole.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

void checkConditions(Resource resource, const LrsRequest& request, const std::string& etag) {
    const auto match = request.header("if-match"), none = request.header("if-none-match");
    if (!match.empty() && match != etag && !(match == "*" && !etag.empty()))
        throw AppError(412, "precondition-failed", "The document is another by now; read it again.");
    if (!none.empty() && !etag.empty() && (none == "*" || none == etag))
        throw AppError(412, "precondition-failed", "The document is there already.");
    if (resource != Resource::State && match.empty() && none.empty() && request.method == "PUT") {
        if (!etag.empty())
            throw AppError::conflict("xapi.document", "The document is there; send If-Match with its ETag.");
        throw AppError::badRequest("A profile is put with If-Match or If-None-Match.");
    }
}

}  // namespace

std::optional<XapiDocuments::Document> XapiDocuments::find(std::int64_t source, const std::string& place,
                                                           const std::string& name) {
    std::optional<Document> found;
    database_.read([&](Session& session) {
        found.reset();
        std::vector<std::string> types, etags;
        std::vector<BLOB> contents;
        std::vector<std::int64_t> changed;
        std::string in = place, key = name;
        session
            << "SELECT content_type, content, etag, changed_at FROM xapi_document WHERE source_id = ? AND place = ? "
               "AND name = ?",
            into(types), into(contents), into(etags), into(changed), use(source), use(in), use(key), now;
        if (types.empty()) return;
        const auto& bytes = contents[0].content();
        found = Document{types[0], std::string(bytes.begin(), bytes.end()), etags[0], changed[0]};
    });
    return found;
}

Response XapiDocuments::names(std::int64_t source, const std::string& place, const LrsRequest& request) {
    sdk::Micros since = -1;
    if (const auto text = request.parameter("since")) {
        const auto time = statementTime(*text);
        if (!time) throw AppError::badRequest("The parameter 'since' is not a time.");
        since = *time;
    }
    std::vector<std::string> all;
    database_.read([&](Session& session) {
        all.clear();
        std::string in = place;
        session << "SELECT name FROM xapi_document WHERE source_id = ? AND place = ? AND changed_at > ? ORDER BY name",
            into(all), use(source), use(in), use(since), now;
    });
    common::JsonWriter json;
    json.array();
    for (const auto& one : all) json.value(one);
    return Response::json(json.end().take());
}

void XapiDocuments::put(std::int64_t source, Resource resource, const std::string& place, const std::string& name,
                        const LrsRequest& request) {
    if (request.body.size() > kMaxDocument || name.size() > 2000 || place.size() > 8000)
        throw AppError(413, "xapi.document-size", "A document takes up to 1 MiB.");
    auto type = request.header("content-type");
    if (type.empty()) type = "application/octet-stream";
    database_.write([&](Session& session) {
        std::vector<std::string> etags, types;
        std::vector<BLOB> contents;
        std::string in = place, key = name, kept = type, content = request.body;
        session << "SELECT etag, content_type, content FROM xapi_document WHERE source_id = ? AND place = ? AND name = "
                   "?",
            into(etags), into(types), into(contents), use(source), use(in), use(key), now;
        checkConditions(resource, request, etags.empty() ? std::string() : etags[0]);
        std::int64_t count = 0;
        if (etags.empty())
            session << "SELECT COUNT(*) FROM xapi_document WHERE source_id = ?", into(count), use(source), now;
        if (count >= kMaxDocuments)
            throw AppError(413, "xapi.documents", "This source keeps as many documents as it may.");
        if (request.method == "POST" && etags.empty()) {
            if (!records::parseStrict(content).IsObject())
                throw AppError::badRequest("POST takes a JSON object; send other content with PUT.");
        } else if (request.method == "POST") {
            const auto& bytes = contents[0].content();
            content = merged(std::string(bytes.begin(), bytes.end()), content);
        }
        auto etag = etagOf(content);
        BLOB bytes(reinterpret_cast<const unsigned char*>(content.data()), content.size());
        std::int64_t moment = clock_.now();
        session << "INSERT INTO xapi_document (source_id, place, name, content_type, content, etag, changed_at) VALUES "
                   "(?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, place, name) DO UPDATE SET content_type = "
                   "excluded.content_type, content = excluded.content, etag = excluded.etag, changed_at = "
                   "excluded.changed_at",
            use(source), use(in), use(key), use(kept), use(bytes), use(etag), use(moment), now;
    });
}

void XapiDocuments::erase(std::int64_t source, Resource resource, const std::string& place,
                          const std::optional<std::string>& name, const LrsRequest& request) {
    if (!name && resource != Resource::State) request.required("profileId");
    database_.write([&](Session& session) {
        std::string in = place, key = name.value_or("");
        if (!name) {
            session << "DELETE FROM xapi_document WHERE source_id = ? AND place = ?", use(source), use(in), now;
            return;
        }
        std::vector<std::string> etags;
        session << "SELECT etag FROM xapi_document WHERE source_id = ? AND place = ? AND name = ?", into(etags),
            use(source), use(in), use(key), now;
        checkConditions(resource, request, etags.empty() ? std::string() : etags[0]);
        session << "DELETE FROM xapi_document WHERE source_id = ? AND place = ? AND name = ?", use(source), use(in),
            use(key), now;
    });
}

Response XapiDocuments::answer(const ActiveSource& source, Resource resource, const LrsRequest& request) {
    const auto id = source.source.id;
    const auto place = placeOf(resource, request);
    const char* const nameOf = resource == Resource::State ? "stateId" : "profileId";
    const auto name = request.parameter(nameOf);
    if (request.method == "GET" && !name) return names(id, place, request);
    if (request.method == "GET") {
        auto document = find(id, place, *name);
        if (!document) throw AppError::notFound("There is no such document.");
        Response response;
        response.contentType = document->contentType;
        response.body = std::move(document->content);
        response.header("ETag", document->etag);
        return response.header("Last-Modified", httpDate(document->changedAt));
    }
    if (request.method == "DELETE")
        erase(id, resource, place, name, request);
    else
        put(id, resource, place, request.required(nameOf), request);
    return Response::noContent();
}

}  // namespace host::xapi
