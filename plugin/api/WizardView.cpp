#include "plugin/api/WizardView.h"

#include "common/Json.h"
#include "plugin/api/SsoView.h"
#include "plugin/api/StepTexts.h"

namespace plugin::api {

using common::JsonWriter;
using integration::IntegrationState;
using integration::Language;
using integration::Status;

namespace {

constexpr int kReminderDays = 3;

void credential(JsonWriter& json, const char* name, const integration::CredentialFacts& facts) {
    json.key(name);
    if (facts.empty())
        json.null();
    else
        json.object().member("lastFour", facts.lastFour).end();
}

void credentials(JsonWriter& json, const IntegrationState& s) {
    json.key("credentials").object();
    credential(json, "testBasic", s.testBasic);
    credential(json, "productionBasic", s.productionBasic);
    json.key("storage");
    if (s.storage.present()) {
        json.object().member("userId", s.storage.userId);
        json.member("accessKeyId", host::sdk::SecretString(s.storage.accessKeyId).lastFour());
        credential(json, "secretKey", s.storage.secretKey);
        json.member("storageUrl", s.storage.endpoint).member("bucket", s.storage.bucket).end();
    } else {
        json.null();
    }
    json.end();
}

/// Three working days after the letter of a stage was copied.
void reminder(JsonWriter& json, const WizardView& view, const char* letter) {
    auto it = view.state.lettersCopied.find(letter);
    if (it == view.state.lettersCopied.end()) return;
    auto at = integration::afterWorkingDays(it->second, kReminderDays, view.timeZone);
    json.key("reminder")
        .object()
        .member("letter", letter)
        .timeMember("copiedAt", it->second)
        .timeMember("remindAt", at);
    json.member("due", view.now >= at).end();
}

void stage(JsonWriter& json, const WizardView& view, int n) {
    const IntegrationState& s = view.state;
    auto state = integration::stageStateOf(s, n);
    json.object().member("number", n).member("title", integration::stageTitle(n, view.language));
    json.member("state", toString(state)).member("statusText", integration::stageStatusText(state, view.language));
    json.member("text", integration::stageText(n, view.facts, view.language));
    json.member("canSelect", !s.active && n <= s.opened).member("canContinue", integration::canContinue(s, n));
    json.member("continueText", integration::continueText(n, view.language));
    const auto& progress = s.stage(n);
    json.timeMember("openedAt", progress.openedAt).timeMember("passedAt", progress.passedAt).key("passedBy");
    progress.passedBy.empty() ? json.null() : json.value(progress.passedBy);
    if (n == 2 || n == 4) {
        json.member("canCheck", integration::canCheck(s, n))
            .member("checkText", integration::checkText(n, view.language));
        json.member("lastCheck", toString(s.stage(n).lastCheck));
        credential(json, "tried", s.stage(n).tried);
    }
    if (n == 1) {
        json.member("letter", "test-access").member("ssoLetter", "sso-test");
        reminder(json, view, "test-access");
    }
    if (n == 3) {
        json.member("letter", "production-access").member("storageLetter", "storage-access");
        json.member("ssoLetter", "sso-production");
        reminder(json, view, "production-access");
    }
    json.end();
}

/// The address that working footprints go to, or would: before «Все отлично» the one that was typed and passed.
std::string productionAddress(const integration::ProjectFacts& facts, const IntegrationState& s) {
    if (s.active) return s.productionEndpoint;
    if (!s.overrides.production.empty()) return s.overrides.production;
    return facts.productionEndpoint.empty() ? s.productionEndpoint : facts.productionEndpoint;
}

void endpoints(JsonWriter& json, const integration::ProjectFacts& facts, const IntegrationState& s) {
    auto one = [&](const char* name, const std::string& address, const std::string& profile,
                   const std::string& override) {
        json.key(name).object().member("address", address);
        json.member("source", !override.empty() ? "administrator" : profile.empty() ? "letter" : "profile");
    };
    json.key("endpoints").object();
    one("test", s.overrides.test.empty() ? facts.testEndpoint : s.overrides.test, facts.testEndpoint, s.overrides.test);
    json.end();
    const auto production = productionAddress(facts, s);
    one("production", production, facts.productionEndpoint, s.overrides.production);
    if (!production.empty())
        json.member("contour", integration::isTestAddress(production, facts.testEndpoint, s.overrides.test)
                                   ? integration::kTestContour
                                   : integration::kProductionContour);
    json.end().end();
}

/// Shown loudly on every card: what leads to the test contour sends nothing.
bool leadsToTest(const WizardView& view) {
    if (integration::isTestAddress(productionAddress(view.facts, view.state), view.facts.testEndpoint,
                                   view.state.overrides.test))
        return true;
    return std::any_of(view.stores.begin(), view.stores.end(), [&](const store::StoreRow& row) {
        return view.state.active && row.id == view.state.storeId && row.isTest();
    });
}

/// Earlier stores a person would be asked about on «Все отлично».
void earlierStores(JsonWriter& json, const WizardView& view) {
    json.key("earlierStores").array();
    for (const auto& row : view.stores) {
        if (row.id == view.state.storeId) continue;
        json.object().member("id", row.id).member("endpoint", row.endpoint).member("contour", row.contour);
        json.timeMember("createdAt", row.createdAt).timeMember("closedAt", row.closedAt).end();
    }
    json.end();
}

void cardMembers(JsonWriter& json, const WizardView& view) {
    const IntegrationState& s = view.state;
    Status status = integration::statusOf(s);
    json.member("project", view.facts.project).member("title", view.facts.title).member("status", toString(status));
    json.member("statusText", cardStatusText(s, view.language));
    json.member("canOpen", status != Status::Active).member("canDisconnect", s.opened > 0);
    if (s.active) json.member("hint", integration::activeHint(view.language));
    const bool test = leadsToTest(view);
    if (s.active || test) json.member("contour", test ? integration::kTestContour : integration::kProductionContour);
    if (test)
        json.member("warning",
                    integration::testContourWarning(productionAddress(view.facts, view.state), view.language));
}

}  // namespace

std::string cardStatusText(const IntegrationState& state, Language language) {
    Status status = integration::statusOf(state);
    std::string text = integration::statusText(status, language);
    return status == Status::InProgress ? fmt::format("{} {}/{}", text, state.opened, integration::kStages) : text;
}

std::string cardJson(const WizardView& view) {
    JsonWriter json;
    json.object();
    cardMembers(json, view);
    json.member("stage", view.state.opened).member("stages", integration::kStages);
    json.member("version", view.state.version).end();
    return json.take();
}

std::string wizardJson(const WizardView& view) {
    const IntegrationState& s = view.state;
    JsonWriter json;
    json.object();
    cardMembers(json, view);
    json.member("stage", s.chosen).member("opened", s.opened).key("stages").array();
    for (int n = 1; n <= integration::kStages; ++n) stage(json, view, n);
    json.end().key("guid");
    if (s.guid.empty())
        json.null();
    else
        json.value(s.guid);
    credentials(json, s);
    endpoints(json, view.facts, s);
    json.member("s3", toString(view.facts.s3));
    json.key("runningCheck");
    if (s.running)
        json.object()
            .member("id", s.running->id)
            .member("stage", s.running->stage)
            .timeMember("deadline", s.running->deadline)
            .end();
    else
        json.null();
    json.key("lastCheck");
    if (view.lastCheck)
        json.raw(checkJson(*view.lastCheck, view.language));
    else
        json.null();
    json.member("canReplaceKey", s.active && view.replaceAllowed && !s.running);
    json.key("storeId");
    if (s.storeId.empty())
        json.null();
    else
        json.value(s.storeId);
    earlierStores(json, view);
    json.member("version", s.version).end();
    return json.take();
}

std::string checkJson(const store::CheckRow& check, Language language) {
    JsonWriter json;
    json.object().member("id", check.id).member("stage", check.stage).member("purpose", check.purpose);
    json.member("state", check.state).timeMember("startedAt", check.startedAt).timeMember("deadline", check.deadline);
    json.timeMember("finishedAt", check.finishedAt).rawMember("steps", stepsIn(language, check.steps)).end();
    return json.take();
}

std::string letterJson(const integration::Letter& letter, const std::string& whyNot,
                       const std::vector<sso::Finding>& findings, bool russian) {
    JsonWriter json;
    json.object().member("to", letter.to).member("from", letter.from).member("subject", letter.subject);
    json.member("body", letter.body).key("missing").array();
    for (const auto& m : letter.missing)
        json.object()
            .member("name", m.name)
            .member("title", m.title)
            .member("where", m.where)
            .member("pointer", m.pointer)
            .end();
    json.end().key("findings");
    writeFindings(json, findings, russian);
    json.member("canSend", whyNot.empty()).memberIfSet("cannotSend", whyNot).end();
    return json.take();
}

std::string endpointsJson(const integration::ProjectFacts& facts, const IntegrationState& state) {
    JsonWriter json;
    json.object().member("project", facts.project);
    endpoints(json, facts, state);
    json.member("version", state.version).end();
    return json.take();
}

}  // namespace plugin::api
