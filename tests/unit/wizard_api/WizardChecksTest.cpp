#include "plugin/store/DestinationStore.h"
#include "tests/unit/wizard_api/WizardFixture.h"

using namespace tests;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

using WizardChecks = WizardFixture;

TEST_F(WizardChecks, answerWithTheirAddress) {
    toStage2();

    auto answer = post("/stages/2/check", basicBody());

    EXPECT_EQ(answer.status, 202);
    std::string location = answer.header("Location");
    auto check = host.router_.call(Method::Get, location, asAdmin("demo")).json();
    EXPECT_EQ(check->getValue<std::string>("state"), "passed");
    EXPECT_EQ(check->getValue<std::string>("deadline"), "2026-03-01T00:01:00Z");
    EXPECT_EQ(check->getArray("steps")->size(), 2u);
    EXPECT_EQ(check->getArray("steps")->getObject(1)->getValue<std::string>("name"), "lrs.post");
}

TEST_F(WizardChecks, areStreamedUntilTheyEnd) {
    toStage2();
    std::vector<std::string> rung;
    integrations.onCheckChange([&](const std::string& check) { rung.push_back(check); });
    const auto location = post("/stages/2/check", basicBody()).header("Location");

    const auto events = host.router_.call(Method::Get, location + "/events", asAdmin("demo"));

    EXPECT_EQ(events.contentType, "text/event-stream");
    EXPECT_EQ(events.body, "event: state\nid: final\ndata: " +
                               host.router_.call(Method::Get, location, asAdmin("demo")).body + "\n\n");
    EXPECT_THAT(rung, SizeIs(3)) << "each of its steps, and its end";
    EXPECT_EQ(host.router_.call(Method::Get, location + "x/events", asAdmin("demo")).status, 404);
}

TEST_F(WizardChecks, sendGetAndPostWithTheProtocolsHeaders) {
    toStage2();
    post("/stages/2/check", basicBody());

    auto seen = host.http_.seen();
    ASSERT_THAT(seen, SizeIs(2));
    EXPECT_EQ(seen[0].method, "GET");
    EXPECT_EQ(seen[0].url, "https://test.example.org/data/xAPI/statements?limit=1");
    EXPECT_EQ(seen[1].method, "POST");
    EXPECT_EQ(seen[1].body, R"({"Test":"\u0442\u0435\u0441\u0442"})");
    EXPECT_EQ(seen[1].header("Authorization"), "Basic " + common::toBase64("test-key:secret-of-it"));
    EXPECT_EQ(seen[1].header("X-Experience-API-Version"), "1.0.3");
}

TEST_F(WizardChecks, takeTheGuidFromThePost) {
    toStage2();
    post("/stages/2/check", basicBody());

    EXPECT_EQ(get().json()->getValue<std::string>("guid"), Peers::kGuid);
    EXPECT_TRUE(canContinue(2));
}

TEST_F(WizardChecks, tellWhenTheProfilesGuidIsNotInTheAnswer) {
    facts.guidPointer = "/guid";
    begin();
    toStage2();
    post("/stages/2/check", basicBody());

    EXPECT_TRUE(canContinue(2));
    EXPECT_TRUE(get().json()->isNull("guid"));
    EXPECT_EQ(lastCheck()->getArray("steps")->getObject(2)->getValue<std::string>("state"), "warning");
}

TEST_F(WizardChecks, setDataErrorWhenTheyFail) {
    toStage2();
    peers.lrsStatus = 401;
    post("/stages/2/check", basicBody());

    EXPECT_EQ(status(), "data-error");
    EXPECT_EQ(get().json()->getValue<std::string>("statusText"), "Ошибка данных");
    EXPECT_FALSE(canContinue(2));
    auto step = lastCheck()->getArray("steps")->getObject(0);
    EXPECT_EQ(step->getValue<std::string>("code"), "unauthorized");
    EXPECT_THAT(step->getValue<std::string>("fix"), HasSubstr("Basic"));
    EXPECT_EQ(stage(2)->getObject("tried")->getValue<std::string>("lastFour").size(), 4u);
}

TEST_F(WizardChecks, speakEnglishWhenAsked) {
    toStage2();
    peers.lrsStatus = 401;
    post("/stages/2/check", basicBody());

    auto step = get("", "en").json()->getObject("lastCheck")->getArray("steps")->getObject(0);

    EXPECT_EQ(step->getValue<std::string>("code"), "unauthorized");
    EXPECT_EQ(step->getValue<std::string>("title"), "Read from the LRS (GET)");
    EXPECT_EQ(step->getValue<std::string>("cause"), "Basic is wrong, or of the other contour");
    EXPECT_THAT(step->getValue<std::string>("observed"), HasSubstr("HTTP 401 in "));
}

TEST_F(WizardChecks, storeNoSecretWhenTheyFail) {
    toStage2();
    peers.lrsStatus = 401;
    post("/stages/2/check", basicBody());

    EXPECT_THAT(host.secrets_.all(), SizeIs(0));
}

TEST_F(WizardChecks, keepTheirSuccessThroughARestart) {
    toStage2();
    post("/stages/2/check", basicBody());
    begin();

    EXPECT_TRUE(canContinue(2));
}

TEST_F(WizardChecks, leaveThePassedStagesButtonInactiveUntilBasicIsAnother) {
    toStage4();
    EXPECT_FALSE(canContinue(2));

    post("/stages/2/check", basicBody());
    EXPECT_FALSE(canContinue(2));
    EXPECT_EQ(post("/stages/2/continue").code(), "integration.nothing-changed");

    post("/stages/2/check", basicBody("another-key"));
    EXPECT_TRUE(canContinue(2));
}

TEST_F(WizardChecks, runOneAtATime) {
    toStage2();
    host.scheduler_.hold_ = true;
    post("/stages/2/check", basicBody());

    auto second = post("/stages/2/check", basicBody("another"));

    EXPECT_EQ(second.code(), "integration.check-running");
    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "running");
    host.scheduler_.runHeld();
    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "passed");
}

TEST_F(WizardChecks, becomeFailedWhenTheServerIsRestarted) {
    toStage2();
    host.scheduler_.hold_ = true;
    post("/stages/2/check", basicBody());

    begin();
    host.scheduler_.runHeld();

    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "failed");
    EXPECT_EQ(lastCheck()->getArray("steps")->getObject(0)->getValue<std::string>("code"), "server-restarted");
    EXPECT_EQ(status(), "data-error");
    EXPECT_TRUE(stage(2)->getValue<bool>("canCheck"));
}

TEST_F(WizardChecks, endWhenNobodyRunsThemAnyMore) {
    toStage2();
    host.scheduler_.hold_ = true;
    post("/stages/2/check", basicBody());
    host.scheduler_.held_.clear();
    host.clock_.advance(std::chrono::seconds(71));

    EXPECT_EQ(get("/checks/" + lastCheck()->getValue<std::string>("id")).json()->getValue<std::string>("state"),
              "failed");
    EXPECT_EQ(status(), "data-error");
}

TEST_F(WizardChecks, failClearlyWhenNoWorkerIsFree) {
    toStage2();
    host.scheduler_.full_ = true;

    EXPECT_EQ(post("/stages/2/check", basicBody()).status, 503);
    EXPECT_EQ(lastCheck()->getArray("steps")->getObject(0)->getValue<std::string>("code"), "busy");
    EXPECT_TRUE(stage(2)->getValue<bool>("canCheck"));
}

TEST_F(WizardChecks, restoreNothingAfterADisconnect) {
    toStage2();
    host.scheduler_.hold_ = true;
    post("/stages/2/check", basicBody());
    EXPECT_EQ(post("/disconnect", R"({"confirm":true})").status, 200);

    host.scheduler_.runHeld();

    EXPECT_EQ(status(), "not-done");
    EXPECT_THAT(host.secrets_.all(), SizeIs(0));
}

TEST_F(WizardChecks, areTheSameForTheSameIdempotencyKey) {
    toStage2();

    std::string before = get().etag();
    auto call = [&] {
        return host.router_.call(Method::Post, path("/stages/2/check"), asAdmin("demo"),
                                 {basicBody(), {{"if-match", before}, {"idempotency-key", "k-1"}}});
    };
    auto first = call();
    auto second = call();

    EXPECT_EQ(second.status, 202);
    EXPECT_EQ(first.header("Location"), second.header("Location"));
    EXPECT_THAT(host.http_.seen(), SizeIs(2));
    EXPECT_EQ(post("/stages/2/check", basicBody("other"), {{"idempotency-key", "k-1"}}).code(),
              "idempotency-key.reused");
}

TEST_F(WizardChecks, tellTheOtherContoursBasicBeforeSending) {
    toStage4();
    auto sent = host.http_.seen().size();

    auto answer = post("/stages/4/check", productionBody("test-key"));

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.code(), "integration.same-basic");
    EXPECT_THAT(answer.body, HasSubstr("другого контура"));
    EXPECT_EQ(host.http_.seen().size(), sent);
}

TEST_F(WizardChecks, nameEveryWrongField) {
    toStage4();

    auto answer =
        post("/stages/4/check", R"({"basic":"not base64!","endpoint":"https://u:p@x.example.org/","secretKey":"s"})");

    EXPECT_EQ(answer.status, 422);
    for (const char* pointer : {"/basic", "/endpoint", "/userId", "/accessKeyId", "/storageUrl"})
        EXPECT_THAT(answer.body, HasSubstr(std::string("\"") + pointer + "\"")) << pointer;
}

TEST_F(WizardChecks, refuseBasicWithoutAColonOrWithOneInTheSecret) {
    toStage2();

    EXPECT_EQ(post("/stages/2/check", R"({"basic":")" + common::toBase64("nocolon") + "\"}").status, 422);
    EXPECT_EQ(post("/stages/2/check", R"({"basic":")" + common::toBase64("key:sec:ret") + "\"}").status, 422);
    EXPECT_EQ(post("/stages/2/check", "{}").status, 422);
    EXPECT_EQ(post("/stages/2/check", R"({"basic":"x","unknown":1})").status, 422);
    EXPECT_EQ(post("/stages/2/check", "{nonsense").status, 400);
    EXPECT_EQ(status(), "in-progress");
}

TEST_F(WizardChecks, nameWrongFieldsInThePersonsLanguage) {
    toStage2();
    std::string body = R"({"basic":")" + common::toBase64("key:sec:ret") + "\"}";
    auto call = [&](const std::string& language) {
        return host.router_.call(Method::Post, path("/stages/2/check"), asAdmin("demo"),
                                 {body, {{"if-match", get().etag()}}, language});
    };

    EXPECT_THAT(call("ru").body, HasSubstr("в Secret есть двоеточие, LRS такой не примет"));
    EXPECT_THAT(call("en").body, HasSubstr("the secret has a colon in it"));
}

TEST_F(WizardChecks, proveTheStorageOnStage4) {
    toStage4();
    post("/stages/4/check", productionBody());

    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "passed") << lastCheck()->get("steps").toString();
    auto seen = host.http_.seen();
    EXPECT_TRUE(std::any_of(seen.begin(), seen.end(), [](const auto& r) { return r.method == "PUT"; }));
    EXPECT_TRUE(std::all_of(seen.begin() + 2, seen.end(), [](const auto& r) { return r.typedByPerson; }));
    EXPECT_EQ(get().json()->getObject("credentials")->getObject("storage")->getValue<std::string>("bucket"), "works");
    EXPECT_EQ(host.secrets_.all().at("demo/bas/s3-secret-key"), "s3-secret-value");
}

TEST_F(WizardChecks, askTheStorageAsTheUploadsWill) {
    storage.region = "ru-central1";
    storage.publicBase = "https://files.example.org/{bucket}";
    begin();
    toStage4();
    post("/stages/4/check", productionBody());

    auto seen = host.http_.seen();
    EXPECT_TRUE(std::any_of(seen.begin(), seen.end(), [](const auto& r) {
        return r.method == "PUT" && r.header("Authorization").find("/ru-central1/s3/") != std::string::npos;
    }));
    EXPECT_TRUE(std::any_of(seen.begin(), seen.end(), [](const auto& r) {
        return r.method == "GET" && r.url.starts_with("https://files.example.org/works/");
    }));
}

TEST_F(WizardChecks, useTheOnlyBucketWhereNoneIsNamed) {
    toStage4();
    peers.buckets = {"only-one"};
    std::string body = productionBody();
    body.replace(body.find("/works"), 6, "");

    post("/stages/4/check", body);

    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "passed") << lastCheck()->get("steps").toString();
    EXPECT_EQ(get().json()->getObject("credentials")->getObject("storage")->getValue<std::string>("bucket"),
              "only-one");
}

TEST_F(WizardChecks, askForTheBucketWhereThereAreSeveral) {
    toStage4();
    peers.buckets = {"one", "two"};
    std::string body = productionBody();
    body.replace(body.find("/works"), 6, "");

    post("/stages/4/check", body);

    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "failed");
    auto steps = lastCheck()->getArray("steps");
    EXPECT_EQ(steps->getObject(static_cast<unsigned>(steps->size() - 1))->getArray("choices")->size(), 2u);
    EXPECT_FALSE(canContinue(4));
}

TEST_F(WizardChecks, leaveTheStorageOutWhereItIsOptionalAndNotGiven) {
    facts.s3 = plugin::integration::S3Requirement::Optional;
    begin();
    toStage4();

    post("/stages/4/check", R"({"key":"p","secret":"secret-of-it","endpoint":"https://lrs.example.org/xAPI"})");

    EXPECT_TRUE(canContinue(4));
    EXPECT_TRUE(get().json()->getObject("credentials")->isNull("storage"));
}

TEST_F(WizardChecks, checkAnOptionalStorageThatIsGiven) {
    facts.s3 = plugin::integration::S3Requirement::Optional;
    begin();
    toStage4();

    auto partial =
        post("/stages/4/check", R"({"key":"p","secret":"s","endpoint":"https://lrs.example.org/xAPI","userId":"u"})");
    EXPECT_EQ(partial.status, 422);
    post("/stages/4/check", productionBody());
    EXPECT_FALSE(get().json()->getObject("credentials")->isNull("storage"));
}

TEST_F(WizardChecks, takeTheProfilesProductionEndpointWhereItHasOne) {
    facts.productionEndpoint = "https://production.example.org/xAPI";
    facts.s3 = plugin::integration::S3Requirement::None;
    begin();
    toStage4();

    EXPECT_EQ(post("/stages/4/check", R"({"key":"p","secret":"s","endpoint":"https://lrs.example.org/xAPI"})").status,
              422);
    post("/stages/4/check", R"({"key":"p","secret":"secret"})");
    EXPECT_EQ(host.http_.seen().back().url, "https://production.example.org/xAPI/statements");
    EXPECT_FALSE(host.http_.seen().back().typedByPerson);
}

TEST_F(WizardChecks, replaceAKeyOfAnActiveIntegration) {
    toActive();
    std::string store = get().json()->getValue<std::string>("storeId");

    auto answer = post("/credentials/replace", R"({"credential":"basic","key":"new-key","secret":"secret-of-it"})");

    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(host.secrets_.all().at("demo/bas/production-basic"), common::toBase64("new-key:secret-of-it"));
    EXPECT_EQ(get().json()->getValue<std::string>("storeId"), store);
    EXPECT_EQ(status(), "active");
    EXPECT_EQ(host.journal_.actions().back(), "integration.key-replaced");
}

TEST_F(WizardChecks, aDestinationThatRefusedTheOldKeyIsAskedAtOnceWithTheNewOne) {
    toActive();
    plugin::store::DestinationStore destinations(database, host.clock_);
    const auto store = get().json()->getValue<std::string>("storeId");
    destinations.rest({{store, "demo", "bas"}, plugin::store::Rest::Refused, 0, 4'000'000'000'000'000, 3, 401, "401"});
    peers.lrsStatus = 401;
    post("/credentials/replace", R"({"credential":"basic","key":"bad-key","secret":"secret-of-it"})");
    EXPECT_EQ(destinations.find(store)->probeAt, 4'000'000'000'000'000) << "a key that fails changes nothing";
    peers.lrsStatus = 200;

    post("/credentials/replace", R"({"credential":"basic","key":"new-key","secret":"secret-of-it"})");

    EXPECT_EQ(destinations.find(store)->probeAt, 0);
}

TEST_F(WizardChecks, keepTheOldKeyWhenTheNewOneFails) {
    toActive();
    peers.lrsStatus = 401;

    post("/credentials/replace", R"({"credential":"basic","key":"new-key","secret":"secret-of-it"})");

    EXPECT_EQ(host.secrets_.all().at("demo/bas/production-basic"), common::toBase64("production-key:secret-of-it"));
    EXPECT_EQ(status(), "active");
    EXPECT_EQ(host.journal_.actions().back(), "integration.key-replacement-failed");
}

TEST_F(WizardChecks, replaceTheStoragesKey) {
    toActive();

    post("/credentials/replace", R"({"credential":"s3","accessKeyId":"AKIA-0002","secretKey":"new-s3-secret"})");

    EXPECT_EQ(host.secrets_.all().at("demo/bas/s3-secret-key"), "new-s3-secret");
    EXPECT_EQ(get().json()->getObject("credentials")->getObject("storage")->getValue<std::string>("accessKeyId"),
              "0002");
}

TEST_F(WizardChecks, replaceNothingWhereTheServersConfigurationForbidsIt) {
    toActive();
    begin(false);

    EXPECT_EQ(post("/credentials/replace", R"({"credential":"basic","key":"n","secret":"s"})").code(),
              "integration.replace-off");
    EXPECT_FALSE(get().json()->getValue<bool>("canReplaceKey"));
}
