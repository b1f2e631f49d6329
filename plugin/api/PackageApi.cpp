#include "plugin/api/PackageApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "common/Sha256.h"
#include "common/Uuid.h"
#include "plugin/api/Lists.h"
#include "plugin/api/PackageDocs.h"
#include "plugin/delivery/PackageReport.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::api {

using host::sdk::Access;
using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;
using host::sdk::RouteOptions;

struct PackageApi::Subject {
    store::IntegrationKey key;
    host::sdk::Organization organization;
    integration::ProjectFacts facts;
    integration::IntegrationState state;
};

struct PackageApi::Asked {
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
    std::string methodist;
    std::optional<s3::Settings> storage;
};

namespace {

constexpr const char* kWhat = "The package can't be sent as asked.";

RouteOptions options(host::sdk::Operation operation) {
    RouteOptions out;
    out.least = Role::OrganizationAdmin;
    out.maxBody = 16 * 1024;
    out.operation = std::move(operation);
    return out;
}

void writeHead(common::JsonWriter& json, const store::PackageRow& row) {
    json.member("id", row.id)
        .member("project", row.project)
        .member("contour", "test")
        .member("endpoint", row.endpoint)
        .member("flow", std::to_string(row.flowId))
        .member("learner", std::to_string(row.learnerId))
        .member("untiId", row.learner)
        .member("methodistUntiId", row.methodist.empty() ? std::nullopt : std::optional(row.methodist))
        .member("state", row.state)
        .member("stateText", delivery::packageStateText(row.state))
        .member("requestedBy", row.requestedBy)
        .timeMember("createdAt", row.createdAt)
        .timeMember("finishedAt", row.finishedAt)
        .member("message", row.message);
}

void writeRecord(common::JsonWriter& json, const footprint::RecordRef& record) {
    json.key("record")
        .object()
        .member("kind", record.kind)
        .member("id", std::to_string(record.id))
        .member("revision", record.revision)
        .end();
}

void writeKinds(common::JsonWriter& json, const std::vector<store::TestStatement>& statements) {
    std::vector<std::string> order;
    std::map<std::string, std::array<std::int64_t, 3>> counts;  // all, accepted, refused
    for (const auto& one : statements) {
        auto [it, fresh] = counts.try_emplace(one.kind);
        if (fresh) order.push_back(one.kind);
        ++it->second[0];
        if (one.state == "accepted") ++it->second[1];
        if (one.state == "refused") ++it->second[2];
    }
    json.key("kinds").array();
    for (const auto& kind : order)
        json.object()
            .member("kind", kind)
            .member("statements", counts[kind][0])
            .member("accepted", counts[kind][1])
            .member("refused", counts[kind][2])
            .end();
    json.end();
}

void writeStatements(common::JsonWriter& json, const std::vector<store::TestStatement>& statements) {
    json.key("statements").array();
    for (const auto& one : statements) {
        json.object().member("statementId", one.statementId).member("kind", one.kind);
        writeRecord(json, one.record);
        json.member("state", one.state)
            .member("status", one.status)
            .member("message", one.message)
            .member("errorId", one.errorId)
            .member("voided", one.voidState == "accepted")
            .memberIfSet("voidedBy", one.voidId)
            .rawMember("statement", one.bytes)
            .end();
    }
    json.end();
}

void writeUnsent(common::JsonWriter& json, const std::vector<footprint::Unsendable>& unsent) {
    json.key("unsent").array();
    for (const auto& why : unsent) {
        json.object();
        writeRecord(json, why.record);
        json.member("kind", why.kind)
            .member("code", why.code)
            .member("field", why.field)
            .member("reason", why.reason)
            .member("fix", why.fix)
            .end();
    }
    json.end();
}

bool isUntiId(const std::string& text) {
    return !text.empty() && text.size() <= 20 && text.find_first_not_of("0123456789") == std::string::npos &&
           text[0] != '0';
}

Response csvOf(const Request& request, const std::vector<store::PackageRow>& rows,
               const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name : {"id", "state", "flow", "learner", "untiId", "methodistUntiId", "endpoint", "requestedBy",
                             "createdAt", "finishedAt", "message"})
        csv.cell(name);
    csv.endRow();
    for (const auto& row : rows) {
        csv.cell(row.id).cell(row.state).cell(row.flowId).cell(row.learnerId).cell(row.learner).cell(row.methodist);
        csv.cell(row.endpoint)
            .cell(row.requestedBy)
            .time(row.createdAt)
            .time(row.finishedAt)
            .cell(row.message)
            .endRow();
    }
    return csvPage(request, csv, "full-packages.csv", next);
}

}  // namespace

void PackageApi::registerRoutes() {
    services_.runner.failLeftOver();
    const auto add = [this](Method method, const std::string& path, host::sdk::Operation operation,
                            Response (PackageApi::*handler)(const Request&)) {
        registrations_.push_back(
            services_.router.add(method, under("/integrations/{project}" + path), options(std::move(operation)),
                                 [this, handler](const Request& r) { return (this->*handler)(r); }));
    };
    add(Method::Post, "/stages/{n}/full-package", docs::beginPackage(), &PackageApi::begin);
    add(Method::Get, "/full-packages", docs::listPackages(), &PackageApi::list);
    add(Method::Get, "/full-packages/{package}", docs::getPackage(), &PackageApi::one);
    add(Method::Post, "/full-packages/{package}/void", docs::voidPackage(), &PackageApi::voidOne);
}

PackageApi::Subject PackageApi::subjectOf(const Request& request) const {
    const std::string& id = request.parameter("org");
    const std::string& name = request.parameter("project");
    auto organization = services_.organizations.find(id);
    if (!organization) throw AppError::notFound("There is no such organization.");
    const auto project = services_.organizations.project(name);
    const auto facts = project ? services_.factsOf(*project) : std::nullopt;
    const auto& open = organization->projects;
    if (!facts || std::find(open.begin(), open.end(), name) == open.end())
        throw AppError::notFound("There is no such project open to the organization.");
    store::IntegrationKey key{id, name};
    auto state = services_.integrations.load(key);
    return {std::move(key), std::move(*organization), *facts, std::move(state)};
}

delivery::TestContour PackageApi::contourOf(const Subject& subject) const {
    const auto& state = subject.state;
    const auto basic = services_.secrets.get(store::secretName(subject.key, store::kTestBasic));
    if (state.testBasic.empty() || !basic)
        throw AppError::conflict("package.no-test-access",
                                 "The test contour's Basic is not known; pass the check of stage 2 first.");
    // The wizard refuses such a Basic; should it ever be there, a trial would become a delivery.
    if (state.testBasic.fingerprint == state.productionBasic.fingerprint)
        throw AppError::conflict("package.production-store",
                                 "The Basic of stage 2 is the production contour's; a package goes to the test contour "
                                 "only.");
    lrs::Settings lrs{.endpoint = state.overrides.test.empty() ? subject.facts.testEndpoint : state.overrides.test,
                      .basic = lrs::parseBasic(basic->reveal()),
                      .typedByPerson = !state.overrides.test.empty()};
    return {std::move(lrs), std::nullopt};
}

PackageApi::Asked PackageApi::read(const std::string& body) {
    common::JsonReader in(common::parseJsonObject(body.empty() ? "{}" : body));
    Asked asked;
    asked.flowId = in.integer("flow", 1).value_or(0);
    asked.learnerId = in.integer("learner", 1).value_or(0);
    for (const auto* name : {"flow", "learner"})
        if (!in.has(name)) in.wrong(name, "it is missing", "Give the id as the API shows it.");
    asked.methodist = in.text("methodistTestUntiId", 40).value_or("");
    if (in.has("methodistTestUntiId") && !isUntiId(asked.methodist))
        in.wrong("methodistTestUntiId", "it is no unti_id", "Digits without a leading zero.");
    if (auto storage = in.object("storage")) {
        const auto url = storage->requiredText("storageUrl");
        const auto bucket = storage->text("bucket", 200);
        s3::Settings settings;
        settings.accessKeyId = storage->requiredText("accessKeyId", 200);
        settings.secretKey = host::sdk::SecretString(storage->requiredText("secretKey", 500));
        settings.typedByPerson = true;
        storage->refuseUnknown();
        try {
            const auto parsed = s3::parseStorageUrl(url);
            settings.endpoint = parsed.endpoint;
            settings.bucket = bucket.value_or(parsed.bucket);
            if (settings.bucket.empty()) storage->wrong("bucket", "no bucket is named", "Give it here or in the URL.");
        } catch (const AppError& error) {
            for (const auto& one : error.errors()) storage->wrong("storageUrl", one.reason, one.fix);
        }
        asked.storage = std::move(settings);
    }
    in.refuseUnknown();
    in.finish(kWhat);
    return asked;
}

Response PackageApi::begin(const Request& request) {
    if (request.parameter("n") != "2") throw AppError::notFound("Only stage 2 has a full package.");
    const auto subject = subjectOf(request);
    auto asked = read(request.body);
    auto contour = contourOf(subject);
    contour.storage = asked.storage;

    const auto structure = services_.records.structure(subject.key.organization, asked.flowId);
    std::vector<host::sdk::FieldError> errors;
    if (!structure || structure->programme.project != subject.key.project)
        errors.push_back({"/flow", "the project has no such flow", "Use the id of a flow of this project."});
    const auto learner = services_.records.learner(subject.key.organization, asked.learnerId);
    if (!learner)
        errors.push_back({"/learner", "there is no such learner", "Use the id of a learner of the flow."});
    else if (learner->testUntiId.empty())
        errors.push_back({"/learner", "the learner has no unti_id of the test contour",
                          "Ask University 2035 for one and enter it as the learner's testUntiId."});
    if (structure && !asked.methodist.empty() && asked.methodist == structure->flow.methodistUntiId &&
        (!learner || asked.methodist != learner->testUntiId))
        errors.push_back({"/methodistTestUntiId", "it is the methodist's unti_id of the production contour",
                          "Give the methodist's unti_id of the test contour."});
    if (!errors.empty()) throw AppError::validation(kWhat, std::move(errors));

    store::PackageRow row;
    row.id = common::Uuid::v4();
    row.organization = subject.key.organization;
    row.project = subject.key.project;
    row.flowId = asked.flowId;
    row.learnerId = asked.learnerId;
    row.methodist = asked.methodist;
    row.learner = learner->testUntiId;
    row.endpoint = contour.lrs.endpoint;
    row.storeId = delivery::testStore(services_.installationId, row.organization, row.project, contour.lrs.endpoint,
                                      contour.lrs.basic);
    row.requestedBy = request.principal.login;
    row.idempotencyKey = request.header("idempotency-key").value_or("");
    if (row.idempotencyKey.size() > 200)
        throw AppError::badRequest("The Idempotency-Key is longer than 200 characters; shorten it.");
    row.fields = common::Sha256::hex(request.body);
    auto begun = services_.packages.begin(std::move(row));
    if (!begun.replayed) {
        journal(request, subject, "integration.full-package", begun.row);
        services_.runner.send(begun.row, std::move(contour));
    }
    const auto now = services_.packages.find(subject.key.organization, subject.key.project, begun.row.id);
    auto response = answer(subject, now ? *now : begun.row, 202);
    response.header("Location", fmt::format("/api/v1/organizations/{}/u2035/integrations/{}/full-packages/{}",
                                            subject.key.organization, subject.key.project, begun.row.id));
    return response;
}

Response PackageApi::list(const Request& request) {
    const auto subject = subjectOf(request);
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto rows =
        services_.packages.list(subject.key.organization, subject.key.project, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.number; });
    if (wantsCsv(request)) return csvOf(request, rows, next);
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows) {
        json.object();
        writeHead(json, row);
        json.end();
    }
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response PackageApi::one(const Request& request) {
    const auto subject = subjectOf(request);
    const auto row =
        services_.packages.find(subject.key.organization, subject.key.project, request.parameter("package"));
    if (!row) throw AppError::notFound("There is no such package here.");
    if (request.header("accept").value_or("").find("text/plain") == std::string::npos)
        return answer(subject, *row, 200);
    Response response;
    response.contentType = "text/plain; charset=utf-8";
    response.body =
        delivery::packageText(subject.organization, subject.facts.title, *row, services_.packages.statements(*row));
    return response;
}

Response PackageApi::voidOne(const Request& request) {
    const auto subject = subjectOf(request);
    const auto row =
        services_.packages.find(subject.key.organization, subject.key.project, request.parameter("package"));
    if (!row) throw AppError::notFound("There is no such package here.");
    auto contour = contourOf(subject);
    if (delivery::testStore(services_.installationId, row->organization, row->project, contour.lrs.endpoint,
                            contour.lrs.basic) != row->storeId)
        throw AppError::conflict("package.other-store",
                                 "The package went to another test store (its endpoint or Basic was changed since); "
                                 "only what lies in the present one can be voided.");
    services_.packages.beginVoiding(*row);
    journal(request, subject, "integration.full-package-void", *row);
    services_.runner.voidAll(*row, std::move(contour));
    const auto now = services_.packages.find(subject.key.organization, subject.key.project, row->id);
    return answer(subject, now ? *now : *row, 202);
}

Response PackageApi::answer(const Subject& subject, const store::PackageRow& row, int status) const {
    const auto statements = services_.packages.statements(row);
    common::JsonWriter json;
    json.object();
    writeHead(json, row);
    writeKinds(json, statements);
    writeStatements(json, statements);
    writeUnsent(json, row.unsent);
    json.member("text", delivery::packageText(subject.organization, subject.facts.title, row, statements)).end();
    return Response::json(json.take(), status);
}

void PackageApi::journal(const Request& request, const Subject& subject, const std::string& action,
                         const store::PackageRow& row) const {
    services_.journal.append(
        {.organization = subject.key.organization,
         .actor = request.principal.login,
         .clientAddress = request.clientAddress,
         .action = action,
         .subject = "integrations/" + subject.key.project,
         .details = fmt::format(R"({{"package":"{}","flow":{},"learner":{}}})", row.id, row.flowId, row.learnerId),
         .requestId = request.requestId});
}

}  // namespace plugin::api
