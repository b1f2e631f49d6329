#include "host/connectors/files/FilesApi.h"

#include "common/Cursor.h"
#include "common/Json.h"
#include "common/JsonReader.h"
#include "common/Rfc3339.h"
#include "host/connections/ConnectionJson.h"
#include "host/connections/Diagnosis.h"
#include "host/connectors/files/FilesKind.h"
#include "host/http/Lists.h"

#include <fmt/format.h>

namespace host::connectors {

using common::JsonWriter;
using connections::Connection;
using sdk::AppError;
using sdk::Method;
using sdk::Request;
using sdk::Response;
using sdk::Role;

namespace {

constexpr const char* kArrival =
    R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"way":{"enum":["upload","folder"]},"size":{"type":"integer"},"sha256":{"type":"string"},"state":{"enum":["taken","done","failed","duplicate"]},"run":{"type":["string","null"]},"duplicateOf":{"type":["string","null"],"description":"an earlier file of the same content that was done"},"takenBy":{"type":"string"},"takenAt":{"type":"string","format":"date-time"},"finishedAt":{"type":["string","null"],"format":"date-time"},"reason":{"type":"string"},"rejected":{"type":["integer","null"],"description":"rows that its run refused; null: not known"},"repeatOf":{"type":["string","null"],"description":"the file whose bytes are read again"},"repeatedBy":{"type":["string","null"],"description":"the file as which its bytes were read again"},"repeat":{"type":"object","description":"whether its bytes can be read again: of a file that failed or was taken in part, as long as the server has them","properties":{"possible":{"type":"boolean"},"code":{"type":["string","null"],"description":"why not: file.being-read, file.whole, file.duplicate, file.repeated or file.gone"},"reason":{"type":"string"}}}}})";
constexpr const char* kArrivalExample =
    R"({"id":"5c7c5a9e-6f0e-4a55-9d3b-0a4f7c1f2d10","name":"grades.csv","way":"upload","size":1234,"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","state":"taken","run":"0b7c5a9e-6f0e-4a55-9d3b-0a4f7c1f2d10","duplicateOf":null,"takenBy":"anna","takenAt":"2026-03-01T00:00:00Z","finishedAt":null,"reason":"","rejected":null,"repeatOf":null,"repeatedBy":null,"repeat":{"possible":false,"code":"file.being-read","reason":"It is being read; wait for its end."}})";

sdk::RouteOptions options(const char* id, const char* summary, const char* description, Role least) {
    sdk::RouteOptions route;
    route.least = least;
    route.serverAdminToo = true;
    route.operation.id = id;
    route.operation.tag = "Connections";
    route.operation.summary = summary;
    route.operation.description = description;
    return route;
}

}  // namespace

FilesApi::FilesApi(sdk::Router& router, Parts parts) : p_(std::move(parts)) {
    const std::string one = "/api/v1/organizations/{org}/connections/{connection}/routes/{route}";
    auto upload =
        options("uploadToRoute", "Upload a file to a route",
                "The body is the file: CSV, XLSX, JSON or XML, as the route says. The answer comes when it is "
                "safe on the disk; GET …/runs/{run} shows what becomes of it. 409 'route.running' while another "
                "file is read.",
                Role::Methodist);
    upload.maxBody = p_.maxUpload;
    upload.streamBody = true;
    upload.operation.requestContentType = "application/octet-stream";
    upload.operation.responseSchema = kArrival;
    upload.operation.responseExample = kArrivalExample;
    upload.operation.successStatus = 202;
    upload.operation.queryParameters = {
        {"name", "Name of the file, for people"},
        {"confirmDeletions", "true: more may be deleted than the route allows without a person's word"}};
    routes_.push_back(router.add(Method::Post, one + "/upload", std::move(upload),
                                 [this](const Request& request) { return this->upload(request); }));
    auto repeat =
        options("repeatRouteFile", "Read a file again that failed or was taken in part",
                "From the bytes that the server has still, as a file of its own in the list. What was brought "
                "in before is not brought in twice; of a file that was repeated already the answer is the "
                "repeated one. 409 file.gone when the bytes are gone.",
                Role::Methodist);
    repeat.operation.requestSchema =
        R"({"type":"object","properties":{"confirmDeletions":{"type":"boolean","description":"more may be deleted than the route allows without a person's word"}}})";
    repeat.operation.requestExample = "{}";
    repeat.operation.responseSchema = kArrival;
    repeat.operation.responseExample = kArrivalExample;
    repeat.operation.successStatus = 202;
    routes_.push_back(router.add(Method::Post, one + "/files/{file}/repeat", std::move(repeat),
                                 [this](const Request& request) { return this->repeat(request); }));
    auto list = options("listRouteFiles", "List files that arrived at a route, the latest first",
                        "Uploaded, or found in its watched folder.", Role::Viewer);
    list.operation.responseSchema = http::listSchema(kArrival);
    list.operation.responseExample = http::listExample(kArrivalExample);
    list.operation.queryParameters = http::listParameters();
    routes_.push_back(router.add(Method::Get, one + "/files", std::move(list),
                                 [this](const Request& request) { return this->list(request); }));
}

Connection FilesApi::connection(const Request& request) {
    const auto& org = request.parameter("org");
    if (!p_.organizations.find(org)) throw AppError::notFound("There is no such organization.");
    return p_.store.get(org, request.parameter("connection"));
}

Response FilesApi::upload(const Request& request) {
    const auto owner = connection(request);
    const auto route = p_.store.route(owner.id, request.parameter("route"));
    if (owner.kind != FilesKind::kName)
        throw AppError::conflict(
            "connection.not-files",
            fmt::format("The connection is of the kind '{}'; files go to those of the kind 'files'.", owner.kind));
    if (request.bodyStream == nullptr) throw AppError::badRequest("The body is missing; send the file as the body.");
    connections::RunOrder order;
    order.confirmDeletions = request.queryValue("confirmDeletions").value_or("") == "true";
    const auto taken = p_.arrivals.upload(owner, route, request.queryValue("name").value_or(route.name),
                                          *request.bodyStream, order, request.principal.login);
    p_.journal.append({owner.organization, request.principal.login, request.clientAddress, "route.file-uploaded",
                       fmt::format("connections/{}/routes/{}", owner.name, route.name),
                       fmt::format(R"({{"sha256":"{}","run":"{}"}})", taken.arrival.sha256, taken.run.id),
                       request.requestId});
    return Response::json(textOf(owner, route, taken.arrival, request.language), 202)
        .header("Location", fmt::format("/api/v1/organizations/{}/connections/{}/routes/{}/runs/{}", owner.organization,
                                        owner.name, route.name, taken.run.id));
}

std::string FilesApi::textOf(const Connection& connection, const connections::Route& route, const Arrival& arrival,
                             const std::string& language) const {
    const auto why = p_.arrivals.whyNoRepeat(connection, route, arrival);
    JsonWriter json;
    writeArrival(json, arrival);
    json.key("repeat").object().member("possible", !why);
    json.member("code", why ? std::optional(why->code) : std::nullopt);
    json.member("reason", why ? connections::inLanguage(why->reason, language) : "");
    return json.end().end().take();
}

Response FilesApi::repeat(const Request& request) {
    const auto owner = connection(request);
    const auto route = p_.store.route(owner.id, request.parameter("route"));
    connections::RunOrder order;
    if (!request.body.empty()) {
        common::JsonReader in(common::parseJsonObject(request.body));
        order.confirmDeletions = in.boolean("confirmDeletions").value_or(false);
        in.refuseUnknown();
        in.finish("The request to repeat a file is not valid");
    }
    const auto& id = request.parameter("file");
    Arrivals::Repeated repeated;
    try {
        repeated = p_.arrivals.repeat(owner, route, id, order, request.principal.login);
    } catch (const AppError& error) {
        if (!error.code().starts_with("file.")) throw;
        throw AppError::conflict(error.code(), connections::inLanguage(error.what(), request.language));
    }
    const auto& again = repeated.arrival;
    if (repeated.isNew)
        p_.journal.append({owner.organization, request.principal.login, request.clientAddress, "route.file-repeated",
                           fmt::format("connections/{}/routes/{}", owner.name, route.name),
                           fmt::format(R"({{"file":"{}","as":"{}","run":"{}"}})", id, again.id, again.runId),
                           request.requestId});
    return Response::json(textOf(owner, route, again, request.language), 202)
        .header("Location", fmt::format("/api/v1/organizations/{}/connections/{}/routes/{}/runs/{}", owner.organization,
                                        owner.name, route.name, again.runId));
}

Response FilesApi::list(const Request& request) {
    const auto owner = connection(request);
    const auto route = p_.store.route(owner.id, request.parameter("route"));
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"), 2);
    std::optional<ArrivalStore::Key> after;
    if (!page.after.empty()) after = ArrivalStore::Key{page.afterNumber(), page.after[1]};
    auto arrivals = p_.arrivals.store().list(route.id, after, page.limit + 1);
    const bool more = arrivals.size() > page.limit;
    if (more) arrivals.resize(page.limit);
    http::ListPage list;
    list.columns = {"id",          "name",    "way",     "size",   "sha256",   "state",   "run",
                    "duplicateOf", "takenBy", "takenAt", "reason", "rejected", "repeatOf"};
    for (const auto& one : arrivals) {
        list.items.push_back(textOf(owner, route, one, request.language));
        list.rows.push_back({one.id, one.name, one.way, std::to_string(one.size), one.sha256, one.state, one.runId,
                             one.duplicateOf, one.takenBy, common::Rfc3339::utc(one.takenAt), one.reason,
                             one.rejected ? std::to_string(*one.rejected) : "", one.repeatOf});
    }
    if (more) list.next = common::Cursor::encode({std::to_string(arrivals.back().takenAt), arrivals.back().id});
    return http::listResponse(request, std::move(list));
}

}  // namespace host::connectors
