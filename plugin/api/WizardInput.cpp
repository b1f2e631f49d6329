#include "plugin/api/WizardInput.h"

#include "common/JsonReader.h"
#include "common/Sha256.h"
#include "common/Text.h"
#include "plugin/integration/Contours.h"
#include "plugin/s3/S3Client.h"

#include <Poco/URI.h>

#include <charconv>

namespace plugin::api {

using common::JsonReader;
using host::sdk::AppError;
using host::sdk::SecretString;
using integration::Candidate;
using integration::EndpointOverrides;
using integration::IntegrationState;
using integration::ProjectFacts;
using integration::S3Requirement;

namespace {

constexpr std::size_t kMaxField = 2000;

JsonReader readerOf(const std::string& body) {
    return JsonReader(common::parseJsonObject(body.empty() ? "{}" : body));
}

/// Takes over the field errors of a parser that throws.
template <class Fn>
void collecting(JsonReader& in, Fn&& fn) {
    try {
        fn();
    } catch (const AppError& e) {
        for (const auto& error : e.errors()) in.wrong(error.pointer.substr(1), error.reason, error.fix);
        if (e.errors().empty()) throw;
    }
}

/// An address as a person types it; whether it may be reached is judged when it is.
std::string address(JsonReader& in, const std::string& name, const std::string& text) {
    const char* fix = "write it as https://host/path";
    std::string trimmed(common::trim(text));
    try {
        Poco::URI uri(trimmed);
        if (uri.getScheme() != "https" && uri.getScheme() != "http")
            in.wrong(name, "it is not an https address", fix);
        else if (uri.getHost().empty())
            in.wrong(name, "it names no host", fix);
        else if (!uri.getUserInfo().empty())
            in.wrong(name, "it has credentials in it", "leave them out; they go into their own fields");
        else if (!uri.getRawQuery().empty() || !uri.getFragment().empty())
            in.wrong(name, "it has a query or a fragment", "leave out everything from '?' or '#' on");
    } catch (const Poco::Exception&) {
        in.wrong(name, "it is not an address", fix);
    }
    return trimmed;
}

/// `stored` stands for one that is left out; `fix`: what to do where there is neither.
std::optional<lrs::Basic> readBasic(JsonReader& in, std::optional<lrs::Basic> stored = {},
                                    const char* fix = "paste the Basic of the letter, or its Key and Secret") {
    std::optional<lrs::Basic> basic;
    auto pasted = in.text("basic", kMaxField);
    auto key = in.text("key", kMaxField);
    auto secret = in.text("secret", kMaxField);
    if (pasted && (key || secret)) {
        in.wrong("basic", "it stands beside key and secret", "give either basic, or key and secret");
    } else if (pasted) {
        collecting(in, [&] { basic = lrs::parseBasic(*pasted); });
    } else if (key || secret) {
        if (!key) in.wrong("key", "it is missing", "give key and secret together");
        if (!secret) in.wrong("secret", "it is missing", "give key and secret together");
        if (key && secret) collecting(in, [&] { basic = lrs::basicFrom(*key, *secret); });
    } else if (stored) {
        basic = std::move(stored);
    } else {
        in.wrong("basic", "it is missing", fix);
    }
    return basic;
}

integration::CredentialFacts factsOf(const SecretString& secret) {
    return {secret.lastFour(), common::Sha256::hex(secret.reveal())};
}

/// `stored` stands for one that is left out.
std::string required(JsonReader& in, const std::string& name, const std::string& stored = {}) {
    auto text = in.text(name, kMaxField);
    if (!text && !stored.empty()) return stored;
    std::string trimmed(common::trim(text.value_or("")));
    if (trimmed.empty()) in.wrong(name, "it is missing", "take it from the letter with the data of the S3 storage");
    return trimmed;
}

/// The sealed secret that the state knows as `facts`.
std::optional<SecretString> known(const std::optional<SecretString>& sealed,
                                  const integration::CredentialFacts& facts) {
    if (!sealed || facts.empty() || factsOf(*sealed).fingerprint != facts.fingerprint) return std::nullopt;
    return sealed;
}

void readStorage(JsonReader& in, CheckInput& input, const integration::StorageFacts& before,
                 const std::optional<SecretString>& sealed) {
    auto& storage = input.candidate.storage;
    storage.userId = required(in, "userId", before.userId);
    storage.accessKeyId = required(in, "accessKeyId", before.accessKeyId);
    const auto storedKey = known(sealed, before.secretKey);
    SecretString secret(required(in, "secretKey", storedKey ? storedKey->reveal() : std::string()));
    storage.secretKey = factsOf(secret);
    input.secretKey = std::move(secret);
    std::string url = required(in, "storageUrl", before.endpoint);
    auto bucket = in.text("bucket", 255);
    if (!url.empty()) {
        std::size_t faults = in.errors().size();
        address(in, "storageUrl", url);
        if (in.errors().size() > faults) return;
        collecting(in, [&] {
            s3::StorageUrl parts = s3::parseStorageUrl(url);
            storage.endpoint = parts.endpoint;
            storage.bucket = parts.bucket;
        });
    }
    if (bucket && !bucket->empty()) {
        if (!storage.bucket.empty() && storage.bucket != *bucket)
            in.wrong("bucket", "the storage URL names another bucket", "leave it out, or correct the URL");
        storage.bucket = *bucket;
    } else if (!bucket && storage.bucket.empty()) {
        storage.bucket = before.bucket;
    }
}

enum class Given { Nothing, Emptied, Something };

/// Whether any of the S3 fields is there, or all that are there are empty.
Given storageGiven(JsonReader& in) {
    Given given = Given::Nothing;
    for (const char* name : {"userId", "accessKeyId", "secretKey", "storageUrl", "bucket"}) {
        auto text = in.has(name) ? in.text(name, kMaxField) : std::nullopt;
        if (!text) continue;
        if (!common::trim(*text).empty()) return Given::Something;
        given = Given::Emptied;
    }
    return given;
}

void readProductionEndpoint(JsonReader& in, const ProjectFacts& facts, const IntegrationState& state,
                            Candidate& candidate) {
    auto typed = in.text("endpoint", kMaxField);
    bool given = typed && !common::trim(*typed).empty();
    if (!state.overrides.production.empty()) {
        candidate.endpoint = state.overrides.production;
        candidate.endpointTyped = true;
    } else {
        candidate.endpoint = facts.productionEndpoint;
    }
    // An address set by the server's administrator is his word; what it leads to is shown, and nothing is sent there.
    const auto refuseTest = [&](const char* fix) {
        if (state.overrides.production.empty() &&
            integration::isTestAddress(candidate.endpoint, facts.testEndpoint, state.overrides.test))
            in.wrong("endpoint", "it is the address of the test contour; what is sent there has to be sent again", fix);
    };
    if (!candidate.endpoint.empty()) {
        refuseTest("the profile names one address for both contours; tell the server's administrator");
        if (given) in.wrong("endpoint", "the address of this project's production LRS is known", "leave it out");
    } else if (!typed && state.productionEndpointTyped) {
        candidate.endpoint = state.productionEndpoint;
        candidate.endpointTyped = true;
        refuseTest("take the «xAPI Endpoint» from the letter about the production contour");
    } else if (!given) {
        in.wrong("endpoint", "it is missing", "take the «xAPI Endpoint» from the letter");
    } else {
        candidate.endpoint = address(in, "endpoint", *typed);
        candidate.endpointTyped = true;
        refuseTest("take the «xAPI Endpoint» from the letter about the production contour");
    }
}

void takeBasic(CheckInput& input) {
    if (input.basic) input.candidate.basic = {input.basic->token().lastFour(), input.basic->fingerprint()};
}

std::optional<lrs::Basic> storedBasic(const StoredSecrets& stored, const integration::CredentialFacts& facts) {
    if (!stored.basic || facts.empty()) return std::nullopt;
    auto basic = lrs::parseBasic(stored.basic->reveal());
    if (basic.fingerprint() != facts.fingerprint) return std::nullopt;
    return basic;
}

void readProduction(JsonReader& in, const ProjectFacts& facts, const IntegrationState& state,
                    const StoredSecrets& stored, CheckInput& input) {
    readProductionEndpoint(in, facts, state, input.candidate);
    // Whoever may type an address must not have a secret sent there that they can't read.
    const bool elsewhere = !state.productionBasic.empty() && input.candidate.endpoint != state.productionEndpoint;
    if (elsewhere)
        input.basic = readBasic(in, {}, "the stored one goes only to the address it was checked with; paste it again");
    else
        input.basic = readBasic(in, storedBasic(stored, state.productionBasic));
    const Given given = storageGiven(in);
    if (facts.s3 == S3Requirement::None) {
        if (given == Given::Something)
            in.wrong("accessKeyId", "this project has no S3 storage", "leave the S3 fields out");
    } else if (given == Given::Something || facts.s3 == S3Requirement::Required ||
               (given == Given::Nothing && state.storage.present())) {
        readStorage(in, input, state.storage, stored.secretKey);
    }
}

}  // namespace

CheckInput readCheck(const std::string& body, int stage, const ProjectFacts& facts, const IntegrationState& state,
                     const StoredSecrets& stored) {
    JsonReader in = readerOf(body);
    CheckInput input;
    if (stage == 2) {
        input.basic = readBasic(in, storedBasic(stored, state.testBasic));
        input.candidate.endpoint = state.overrides.test.empty() ? facts.testEndpoint : state.overrides.test;
        input.candidate.endpointTyped = !state.overrides.test.empty();
    } else {
        readProduction(in, facts, state, stored, input);
    }
    takeBasic(input);
    in.refuseUnknown();
    in.finish("The data to be checked are not complete");
    input.candidate.fieldsFingerprint = integration::fingerprintOf(input.candidate);
    return input;
}

ReplaceInput readReplace(const std::string& body, const IntegrationState& state) {
    JsonReader in = readerOf(body);
    ReplaceInput input;
    Candidate& candidate = input.check.candidate;
    auto credential = in.requiredText("credential", 20);
    if (credential == "basic") {
        input.check.basic = readBasic(in);
        takeBasic(input.check);
        candidate.endpoint = state.productionEndpoint;
        candidate.endpointTyped = state.productionEndpointTyped;
    } else if (credential == "s3") {
        input.purpose = integration::CheckPurpose::ReplaceStorage;
        candidate.storage = state.storage;
        candidate.storage.accessKeyId = required(in, "accessKeyId");
        if (auto userId = in.text("userId", kMaxField)) candidate.storage.userId = *userId;
        SecretString secret(required(in, "secretKey"));
        candidate.storage.secretKey = factsOf(secret);
        input.check.secretKey = std::move(secret);
    } else if (!credential.empty()) {
        in.wrong("credential", "it is neither \"basic\" nor \"s3\"", "name the credential to be replaced");
    }
    in.refuseUnknown();
    in.finish("The key can't be replaced with these data");
    candidate.fieldsFingerprint = integration::fingerprintOf(candidate);
    return input;
}

store::StoreWord readStoreWord(const std::string& body) {
    JsonReader in = readerOf(body);
    store::StoreWord word;
    word.sameStore = in.boolean("sameStore");
    word.store = in.text("store", 36).value_or("");
    word.expected = in.integer("expected", 0);
    word.confirm = in.boolean("confirm").value_or(false);
    if (!word.store.empty() && !word.sameStore.value_or(false))
        in.wrong("store", "it names an earlier store, and sameStore is not true",
                 "leave it out, or say that it is the same");
    in.refuseUnknown();
    in.finish("The stage can't be finished with these data");
    return word;
}

void readDisconnect(const std::string& body) {
    JsonReader in = readerOf(body);
    auto confirm = in.boolean("confirm");
    in.refuseUnknown();
    in.finish("The integration can't be disconnected with these data");
    if (!confirm.value_or(false))
        throw AppError(422, "integration.confirm-required", "Disconnecting wipes everything; confirm it.",
                       {{"/confirm", "it is not true", "send {\"confirm\": true}"}});
}

EndpointOverrides readEndpoints(const std::string& body) {
    JsonReader in = readerOf(body);
    EndpointOverrides overrides;
    for (auto [name, place] : {std::pair{"test", &overrides.test}, std::pair{"production", &overrides.production}})
        if (auto text = in.text(name, kMaxField); text && !text->empty()) *place = address(in, name, *text);
    in.refuseUnknown();
    in.finish("The endpoints can't be used");
    return overrides;
}

namespace {

host::sdk::RecordId recordId(JsonReader& in, const std::string& name) {
    std::string text = in.requiredText(name, 20);
    host::sdk::RecordId id = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (!text.empty() && (fault != std::errc() || end != text.data() + text.size() || id <= 0))
        in.wrong(name, "it is not an id of a record", "take it from the records API");
    return id;
}

}  // namespace

store::Scope readScope(const std::string& body) {
    JsonReader in = readerOf(body);
    store::Scope scope;
    auto all = in.boolean("allFlows");
    if (!all && in.errors().empty()) in.wrong("allFlows", "it is missing", "say true for every flow of the project");
    scope.allFlows = all.value_or(true);
    for (const auto& text : in.texts("flows").value_or(std::vector<std::string>{})) {
        host::sdk::RecordId id = 0;
        auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
        if (fault != std::errc() || end != text.data() + text.size())
            in.wrong("flows", fmt::format("'{}' is not an id of a record", text), "take it from the records API");
        scope.flows.insert(id);
    }
    if (scope.allFlows && !scope.flows.empty())
        in.wrong("flows", "all flows are covered already", "leave it out, or set allFlows to false");
    auto channels = in.array("channels", 10000);
    for (std::size_t i = 0; channels && i < channels->size(); ++i) {
        auto one = in.item("channels", channels, i);
        if (!one) continue;
        auto flow = recordId(*one, "flow");
        std::string channel = one->requiredText("channel", 10);
        if (!channel.empty() && channel != "lrs" && channel != "tables")
            one->wrong("channel", "it is neither \"lrs\" nor \"tables\"", "choose one of the two");
        one->refuseUnknown();
        scope.channels[flow] = channel;
    }
    auto learners = in.array("leftOutLearners", 10000);
    for (std::size_t i = 0; learners && i < learners->size(); ++i) {
        auto one = in.item("leftOutLearners", learners, i);
        if (!one) continue;
        auto learner = recordId(*one, "learner");
        scope.leftOutLearners[learner] = one->requiredText("reason", 1000);
        one->refuseUnknown();
    }
    in.refuseUnknown();
    in.finish("The scope can't be used");
    return scope;
}

}  // namespace plugin::api
