#pragma once
/// The wizard over REST (spec: rest.md, wizard.md): HTTP to values and back; the rules are in plugin/integration.
///
/// An organisation's administrator sees and changes it; the server's administrator may override endpoints and nothing
/// else. Every change carries If-Match and is journaled, never with a secret. Thread-safe. Its routes are taken back
/// when it goes; it must not outlive what it refers to.

#include "host/sdk/HostServices.h"
#include "plugin/api/CheckRunner.h"
#include "plugin/api/StateStream.h"
#include "plugin/api/WizardInput.h"
#include "plugin/api/WizardView.h"
#include "plugin/integration/Letters.h"
#include "plugin/store/IntegrationStore.h"
#include "plugin/store/LetterStore.h"
#include "plugin/store/SsoStore.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace plugin::api {

struct WizardServices {
    host::sdk::Router& router;
    host::sdk::Organizations& organizations;
    host::sdk::Records& records;
    host::sdk::Journal& journal;
    const host::sdk::Clock& clock;
    store::IntegrationStore& integrations;
    store::StoreRegistry& stores;
    CheckRunner& checks;
    const integration::Letters& letters;
    StateStreams& streams;
    host::sdk::Mail& mail;
    store::LetterStore& sentLetters;
    store::SsoStore& sso;
};

struct WizardSettings {
    /// What a project's profile says; nullopt when its profile isn't there.
    std::function<std::optional<integration::ProjectFacts>(const host::sdk::Project&)> factsOf;
    bool replaceKeys = true;  ///< «Заменить ключ» is offered
    s3::Options storage;      ///< a check uses what the uploads will use
};

class WizardApi {
public:
    WizardApi(WizardServices services, WizardSettings settings);

    /// What `streams` is to be rung by when the check changes.
    static std::string topicOf(const std::string& checkId) { return "check/" + checkId; }

    /// Ends checks that an earlier process left running, then registers the routes.
    void registerRoutes();

private:
    /// What a request is about, checked for existence.
    struct Subject {
        store::IntegrationKey key;
        host::sdk::Organization organization;
        integration::ProjectFacts facts;
    };
    using Handling = std::function<host::sdk::Response(const host::sdk::Request&)>;

    void add(host::sdk::Method method, const std::string& path, host::sdk::RouteOptions options, Handling handling);
    void addReading();
    void addLetters();
    void addSteps();
    void addChecks();
    void addScope();
    void addEndpoints();

    std::optional<integration::ProjectFacts> factsOf(const std::string& project) const;
    Subject subjectOf(const host::sdk::Request& request) const;
    WizardView viewOf(const Subject& subject, const integration::IntegrationState& state,
                      const std::string& language) const;
    host::sdk::Response wizard(const Subject& subject, const integration::IntegrationState& state,
                               const host::sdk::Request& request, int status = 200) const;
    host::sdk::Response changed(const host::sdk::Request& request, const Subject& subject, const std::string& action,
                                const std::string& details, const store::IntegrationStore::Command& command);
    void journal(const host::sdk::Request& request, const Subject& subject, const std::string& action,
                 const std::string& details) const;

    host::sdk::Response listCards(const host::sdk::Request& request) const;
    host::sdk::Response letter(const host::sdk::Request& request) const;
    host::sdk::Response sendLetter(const host::sdk::Request& request);
    integration::Letter written(const host::sdk::Request& request, const Subject& subject,
                                const integration::IntegrationState& state) const;
    std::vector<sso::Finding> redirectFindings(const host::sdk::Request& request, const Subject& subject) const;
    std::string whyNotSent(const host::sdk::Request& request, const Subject& subject,
                           const integration::IntegrationState& state, const integration::Letter& letter) const;
    static host::sdk::Response sentAnswer(const store::LetterRow& row);
    host::sdk::Response finishStage(const host::sdk::Request& request, const Subject& subject, int stage);
    std::vector<KnownStatements> knownStatements(const store::IntegrationKey& key, bool replaced) const;
    void refuseTestStore(const store::IntegrationKey& key, const integration::Candidate& candidate) const;
    host::sdk::Response startCheck(const host::sdk::Request& request, const Subject& subject, int stage,
                                   integration::CheckPurpose purpose, CheckInput input);
    store::CheckRow check(const store::IntegrationKey& key, const std::string& id) const;
    host::sdk::Response checkEvents(const host::sdk::Request& request) const;
    host::sdk::Response scopeAnswer(const Subject& subject, const store::Scope& scope) const;
    void requireKnown(const Subject& subject, const store::Scope& scope) const;

    WizardServices services_;
    WizardSettings settings_;
    std::vector<host::sdk::Registration> registrations_;
};

}  // namespace plugin::api
