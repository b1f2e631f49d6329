#pragma once
/// The wizard's REST in this process, on a real database, with University 2035's answers given by the test.

#include "common/Encoding.h"
#include "plugin/api/WizardApi.h"
#include "plugin/store/ModuleMigrations.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TempDir.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tests {

using host::sdk::Method;

/// An LRS and an S3 storage good enough for the wizard's check; what they really do is tested against the real ones.
class Peers {
public:
    static constexpr const char* kGuid = "aa9c8065-6884-48ac-adfd-b283f49e14ad";

    host::sdk::OutboundResponse answer(const host::sdk::OutboundRequest& request) {
        if (request.url.find("/statements") != std::string::npos) return lrs(request);
        return storage(request);
    }
    int lrsStatus = 200;
    std::string guid = kGuid;
    std::vector<std::string> buckets{"works"};
    std::set<std::string> known;  ///< ids of statements that the LRS has
    bool readable = true;         ///< it lets them be read back

private:
    host::sdk::OutboundResponse lrs(const host::sdk::OutboundRequest& request) {
        if (lrsStatus != 200) return ScriptedHttp::answer(lrsStatus, R"({"errorId":"e-1","message":"Unauthorized"})");
        if (auto at = request.url.find("statementId="); at != std::string::npos) {
            if (!readable) return ScriptedHttp::answer(403, R"({"errorId":"e-2","message":"Forbidden"})");
            const auto id = request.url.substr(at + 12);
            return known.count(id) != 0 ? ScriptedHttp::answer(200, R"({"id":")" + id + "\"}")
                                        : ScriptedHttp::answer(404, R"({"errorId":"e-3","message":"No such"})");
        }
        if (request.method == "GET") return ScriptedHttp::answer(200, R"({"more":"","statements":[]})");
        return ScriptedHttp::answer(
            400, R"({"errorId":")" + guid +
                     R"(","warnings":["Missing required value in 'statements.0.actor'","Missing required value in )"
                     R"('statements.0.verb'","Missing required value in 'statements.0.object'",)"
                     R"("Unknown keys (Test) set in 'statements.0'"]})");
    }
    host::sdk::OutboundResponse storage(const host::sdk::OutboundRequest& request) {
        std::string path = request.url.substr(request.url.find('/', 8));
        path = path.substr(0, path.find('?'));
        if (path == "/") {
            std::string names;
            for (const auto& b : buckets) names += "<Bucket><Name>" + b + "</Name></Bucket>";
            return ScriptedHttp::answer(
                200, "<ListAllMyBucketsResult><Buckets>" + names + "</Buckets></ListAllMyBucketsResult>",
                "application/xml");
        }
        if (request.method == "PUT") {
            objects_[path] = std::string(request.body);
            return ScriptedHttp::answer(200, "");
        }
        if (request.method == "DELETE") {
            objects_.erase(path);
            return ScriptedHttp::answer(204, "");
        }
        if (objects_.count(path) == 0)
            return ScriptedHttp::answer(404, "<Error><Code>NoSuchKey</Code></Error>", "application/xml");
        return ScriptedHttp::answer(200, objects_[path], "text/plain");
    }
    std::map<std::string, std::string> objects_;
};

class WizardFixture : public testing::Test {
protected:
    WizardFixture() {
        database->migrate("u2035", plugin::store::moduleMigrations());
        host.organizations_.add(anOrganization("demo"));
        host.organizations_.projects_ = {aProject("bas", "Кадры для БАС", "bas"),
                                         aProject("free", "Свободный", "free")};
        host.http_.answer_ = [this](const host::sdk::OutboundRequest& r) { return peers.answer(r); };
        facts.testEndpoint = "https://test.example.org/data/xAPI/";
        facts.s3 = plugin::integration::S3Requirement::Required;
        facts.participationFlag = "bas";
        facts.participationTariffs = {"individual", "professional"};
        begin();
    }
    /// A server's start; called again it is a restart on the same database.
    void begin(bool replaceKeys = true) {
        api.reset();
        runner.reset();
        runner = std::make_unique<plugin::api::CheckRunner>(plugin::api::CheckServices{
            host.http_, host.scheduler_, host.secrets_, host.journal_, host.logger_, host.clock_, integrations});
        plugin::api::WizardSettings settings;
        settings.replaceKeys = replaceKeys;
        settings.storage = storage;
        settings.factsOf =
            [this](const host::sdk::Project& project) -> std::optional<plugin::integration::ProjectFacts> {
            if (project.profile != "bas") return std::nullopt;
            auto made = facts;
            made.project = project.id;
            made.title = project.title;
            return made;
        };
        api = std::make_unique<plugin::api::WizardApi>(
            plugin::api::WizardServices{host.router_, host.organizations_, host.records_, host.journal_, host.clock_,
                                        integrations, stores, *runner, letters, streams, host.mail_, sentLetters, sso},
            settings);
        api->registerRoutes();
    }
    static plugin::integration::Letters shippedLetters() {
        std::map<std::string, std::string> all;
        for (const auto& kind : plugin::integration::Letters::kinds())
            all[kind] = TempDir::read(std::filesystem::path(LMSD_SOURCE_DIR) / "config/letters" / (kind + ".mustache"));
        return plugin::integration::Letters(all);
    }

    static std::string path(const std::string& rest = "") {
        return "/api/v1/organizations/demo/u2035/integrations/bas" + rest;
    }
    FakeRouter::Answer get(const std::string& rest = "", const std::string& language = "ru") {
        return host.router_.call(Method::Get, path(rest), asAdmin("demo"), {"", {}, language});
    }
    /// With the ETag the wizard has now.
    FakeRouter::Answer post(const std::string& rest, const std::string& body = "",
                            std::vector<std::pair<std::string, std::string>> headers = {}) {
        headers.emplace_back("if-match", get().etag());
        return host.router_.call(Method::Post, path(rest), asAdmin("demo"), {body, headers});
    }
    std::string status() { return get().json()->getValue<std::string>("status"); }
    Poco::JSON::Object::Ptr stage(int n) {
        return get().json()->getArray("stages")->getObject(static_cast<unsigned>(n - 1));
    }
    bool canContinue(int n) { return stage(n)->getValue<bool>("canContinue"); }
    Poco::JSON::Object::Ptr lastCheck() { return get().json()->getObject("lastCheck"); }

    static std::string basicBody(const std::string& key = "test-key") {
        return R"({"basic":"Basic )" + common::toBase64(key + ":secret-of-it") + "\"}";
    }
    static std::string productionBody(const std::string& key = "production-key",
                                      const std::string& endpoint = "https://lrs.example.org/data/xAPI") {
        return R"({"key":")" + key + R"(","secret":"secret-of-it","endpoint":")" + endpoint +
               R"(","userId":"user-7","accessKeyId":"AKIA-0001","secretKey":"s3-secret-value",)"
               R"("storageUrl":"https://s3.example.org/works"})";
    }
    void toStage2() {
        post("/open");
        post("/stages/1/continue");
    }
    void toStage4() {
        toStage2();
        post("/stages/2/check", basicBody());
        post("/stages/2/continue");
        post("/stages/3/continue");
    }
    void toActive(const std::string& key = "production-key") {
        toStage4();
        post("/stages/4/check", productionBody(key));
        post("/stages/4/continue");
    }

    TestDatabase database;
    FakeHostServices host{database};
    Peers peers;
    plugin::integration::ProjectFacts facts;
    plugin::s3::Options storage;  ///< taken at begin()
    plugin::integration::Letters letters = shippedLetters();
    plugin::store::IntegrationStore integrations{database, host.secrets_, host.clock_};
    plugin::store::StoreRegistry stores{database};
    std::unique_ptr<plugin::api::CheckRunner> runner;
    plugin::api::Changes changes;
    plugin::api::StateStreams streams{changes, host.clock_};
    plugin::store::LetterStore sentLetters{database, host.clock_};
    plugin::store::SsoStore sso{database, host.clock_};
    std::unique_ptr<plugin::api::WizardApi> api;
};

}  // namespace tests
