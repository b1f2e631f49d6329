#include "common/Sha256.h"
#include "common/Uuid.h"
#include "plugin/api/WizardApi.h"
#include "plugin/api/WizardDocs.h"

namespace plugin::api {

using host::sdk::Access;
using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;
using host::sdk::RouteOptions;
using integration::CheckPurpose;
using integration::IntegrationState;

namespace {

RouteOptions forAdmins(host::sdk::Operation operation, bool change) {
    RouteOptions o;
    o.access = Access::Organization;
    o.least = Role::OrganizationAdmin;
    o.requireIfMatch = change;
    o.maxBody = 64 * 1024;
    o.operation = std::move(operation);
    return o;
}

}  // namespace

void WizardApi::addChecks() {
    add(Method::Post, "/{project}/stages/{n}/check", forAdmins(docs::checkStage(), true), [this](const Request& r) {
        Subject subject = subjectOf(r);
        const std::string& text = r.parameter("n");
        if (text != "2" && text != "4") throw AppError::notFound("Only stages 2 and 4 have a check.");
        int stage = text == "2" ? 2 : 4;
        auto& integrations = services_.integrations;
        StoredSecrets stored{integrations.secret(subject.key, stage == 2 ? store::kTestBasic : store::kProductionBasic),
                             {}};
        if (stage == integration::kStages) stored.secretKey = integrations.secret(subject.key, store::kS3SecretKey);
        CheckInput input = readCheck(r.body, stage, subject.facts, integrations.load(subject.key), stored);
        return startCheck(r, subject, stage, CheckPurpose::Stage, std::move(input));
    });
    add(Method::Post, "/{project}/credentials/replace", forAdmins(docs::replaceCredential(), true),
        [this](const Request& r) {
            Subject subject = subjectOf(r);
            if (!settings_.replaceKeys)
                throw AppError(403, "integration.replace-off", "Replacing keys is switched off on this server.");
            ReplaceInput input = readReplace(r.body, services_.integrations.load(subject.key));
            return startCheck(r, subject, integration::kStages, input.purpose, std::move(input.check));
        });
    add(Method::Get, "/{project}/checks/{id}", forAdmins(docs::getCheck(), false), [this](const Request& r) {
        return Response::json(
            checkJson(check(subjectOf(r).key, r.parameter("id")), integration::languageOf(r.language)));
    });
    add(Method::Get, "/{project}/checks/{id}/events", forAdmins(docs::followCheck(), false),
        [this](const Request& r) { return checkEvents(r); });
}

store::CheckRow WizardApi::check(const store::IntegrationKey& key, const std::string& id) const {
    services_.checks.failOverdue(key);
    auto check = services_.integrations.findCheck(key, id);
    if (!check) throw AppError::notFound("There is no such check.");
    return *check;
}

Response WizardApi::checkEvents(const Request& request) const {
    const auto& id = request.parameter("id");
    return services_.streams.answer(request, topicOf(id),
                                    [this, id, key = subjectOf(request).key,
                                     language = integration::languageOf(request.language)]() -> StreamedState {
                                        const auto row = check(key, id);
                                        return {checkJson(row, language), row.state != "running"};
                                    });
}

/// What the LRS is asked for, to tell which store it is: of the active one when its key is replaced, else of the
/// newest.
std::vector<KnownStatements> WizardApi::knownStatements(const store::IntegrationKey& key, bool replaced) const {
    constexpr std::size_t kStores = 4, kStatements = 5;
    const auto active = services_.integrations.load(key).storeId;
    std::vector<KnownStatements> known;
    for (const auto& row : services_.integrations.stores(key)) {
        if (replaced && row.id != active) continue;
        auto ids = services_.stores.knownIds(row.id, kStatements);
        if (!ids.empty()) known.push_back({row.id, row.isTest(), replaced, std::move(ids)});
        if (known.size() == kStores) break;
    }
    return known;
}

/// Before anything is sent there.
void WizardApi::refuseTestStore(const store::IntegrationKey& key, const integration::Candidate& candidate) const {
    for (const auto& row : services_.integrations.stores(key))
        if (row.isTest() && row.isDeclared() && row.basicFingerprint == candidate.basic.fingerprint &&
            integration::isSameAddress(row.endpoint, candidate.endpoint))
            throw AppError(422, "integration.declared-test",
                           "The Basic opens a store that was declared the test contour.",
                           {{"/basic", "it opens a store that was declared the test contour",
                             "paste the Basic of the letter about the production contour"}});
}

Response WizardApi::startCheck(const Request& request, const Subject& subject, int stage, CheckPurpose purpose,
                               CheckInput input) {
    services_.checks.failOverdue(subject.key);
    if (stage == integration::kStages) refuseTestStore(subject.key, input.candidate);
    store::CheckRow row;
    row.id = common::Uuid::v4();
    row.stage = stage;
    row.purpose = toString(purpose);
    row.state = "running";
    row.requestedBy = request.principal.login;
    row.idempotencyKey = request.header("idempotency-key").value_or("");
    if (row.idempotencyKey.size() > 200)
        throw AppError::badRequest("Idempotency-Key is longer than 200 characters; send a shorter one.");
    // Of what was sent: what stands for fields left out may be another by the time of a retry.
    row.fieldsFingerprint = common::Sha256::hex(request.body);
    row.startedAt = services_.clock.now();
    row.deadline = row.startedAt + std::chrono::microseconds(CheckRunner::kLimit).count();
    auto started = services_.integrations.startCheck(subject.key, host::sdk::ifMatch(request), row, input.candidate);
    if (!started.replayed) {
        journal(request, subject, "integration.check-started",
                fmt::format(R"({{"check":"{}","stage":{},"purpose":"{}"}})", row.id, stage, row.purpose));
        CheckJob job;
        job.key = subject.key;
        job.checkId = row.id;
        job.stage = stage;
        job.purpose = purpose;
        job.actor = request.principal.login;
        job.clientAddress = request.clientAddress;
        job.requestId = request.requestId;
        const auto& candidate = input.candidate;
        if (input.basic) {
            job.lrs = lrs::Settings{candidate.endpoint, *input.basic, candidate.endpointTyped};
            job.secrets.emplace_back(
                store::secretName(subject.key, stage == 2 ? store::kTestBasic : store::kProductionBasic),
                input.basic->token());
        }
        if (stage == 2) job.guidPointer = subject.facts.guidPointer;
        if (stage == integration::kStages && input.basic)
            job.known = knownStatements(subject.key, purpose == CheckPurpose::ReplaceBasic);
        if (input.secretKey) {
            s3::Settings storage;
            static_cast<s3::Options&>(storage) = settings_.storage;
            storage.endpoint = candidate.storage.endpoint;
            storage.bucket = candidate.storage.bucket;
            storage.accessKeyId = candidate.storage.accessKeyId;
            storage.secretKey = *input.secretKey;
            storage.typedByPerson = true;
            job.storage = storage;
            job.secrets.emplace_back(store::secretName(subject.key, store::kS3SecretKey), *input.secretKey);
        }
        services_.checks.start(std::move(job));
    }
    auto check = services_.integrations.findCheck(subject.key, started.checkId);
    Response response = Response::json(checkJson(check.value(), integration::languageOf(request.language)), 202);
    response.header("Location", fmt::format("/api/v1/organizations/{}/u2035/integrations/{}/checks/{}",
                                            subject.key.organization, subject.key.project, started.checkId));
    response.etag(services_.integrations.load(subject.key).version);
    return response;
}

}  // namespace plugin::api
