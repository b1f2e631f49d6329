#include "tests/unit/wizard_api/WizardFixture.h"

using namespace tests;
using testing::HasSubstr;
using testing::Not;

/// A check of a stage where fields are left out.
class WizardStored : public WizardFixture {
protected:
    Poco::JSON::Object::Ptr storage() { return get().json()->getObject("credentials")->getObject("storage"); }
    std::string sealed(const std::string& name) { return host.secrets_.all().at("demo/bas/" + name); }
};

TEST_F(WizardStored, basicIsUsedWhereItIsLeftOut) {
    toStage2();
    post("/stages/2/check", basicBody());

    EXPECT_EQ(post("/stages/2/check", "{}").status, 202);

    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "passed");
    EXPECT_EQ(host.http_.seen().back().header("Authorization"), "Basic " + common::toBase64("test-key:secret-of-it"));
    EXPECT_TRUE(canContinue(2));
}

TEST_F(WizardStored, nothingIsTakenFromACheckThatFailed) {
    toStage2();
    peers.lrsStatus = 401;
    post("/stages/2/check", basicBody());

    const auto answer = post("/stages/2/check", "{}");

    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("/basic"));
}

TEST_F(WizardStored, productionFieldsAreUsedWhereOneIsChanged) {
    toStage4();
    post("/stages/4/check", productionBody());

    EXPECT_EQ(post("/stages/4/check", R"({"userId":"user-8"})").status, 202);

    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "passed") << lastCheck()->get("steps").toString();
    EXPECT_EQ(storage()->getValue<std::string>("userId"), "user-8");
    EXPECT_EQ(storage()->getValue<std::string>("bucket"), "works");
    EXPECT_EQ(sealed("s3-secret-key"), "s3-secret-value");
    EXPECT_EQ(sealed("production-basic"), common::toBase64("production-key:secret-of-it"));
}

TEST_F(WizardStored, secretOfTheStorageIsReplacedAlone) {
    toStage4();
    post("/stages/4/check", productionBody());

    post("/stages/4/check", R"({"secretKey":"another-secret"})");

    EXPECT_EQ(sealed("s3-secret-key"), "another-secret");
    EXPECT_EQ(storage()->getValue<std::string>("userId"), "user-7");
}

TEST_F(WizardStored, basicGoesToNoAddressButItsOwn) {
    toStage4();
    post("/stages/4/check", productionBody());
    const auto sent = host.http_.seen().size();

    const auto answer = post("/stages/4/check", R"({"endpoint":"https://elsewhere.example.org/xAPI"})");

    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("только по тому адресу"));
    EXPECT_THAT(answer.body, Not(HasSubstr("/secretKey")));
    EXPECT_EQ(host.http_.seen().size(), sent);
}

TEST_F(WizardStored, unchangedFieldsLeaveAPassedStagesButtonInactive) {
    toStage4();

    post("/stages/2/check", "{}");

    EXPECT_FALSE(canContinue(2));
    EXPECT_EQ(post("/stages/2/continue").code(), "integration.nothing-changed");
}

TEST_F(WizardStored, aBucketThatWasFoundIsTheSameWhenItIsSentAgain) {
    toStage4();
    peers.buckets = {"only-one"};
    std::string body = productionBody();
    body.replace(body.find("/works"), 6, "");
    post("/stages/4/check", body);
    const auto state = integrations.load({"demo", "bas"});

    post("/stages/4/check", "{}");

    EXPECT_EQ(storage()->getValue<std::string>("bucket"), "only-one");
    EXPECT_EQ(integrations.load({"demo", "bas"}).stage(4).checkedFingerprint, state.stage(4).checkedFingerprint);
}

TEST_F(WizardStored, optionalStorageStaysUnlessItsFieldsAreEmptied) {
    facts.s3 = plugin::integration::S3Requirement::Optional;
    begin();
    toStage4();
    post("/stages/4/check", productionBody());

    post("/stages/4/check", "{}");
    EXPECT_EQ(storage()->getValue<std::string>("bucket"), "works");

    post("/stages/4/check", R"({"userId":"","accessKeyId":"","secretKey":"","storageUrl":"","bucket":""})");
    EXPECT_TRUE(get().json()->getObject("credentials")->isNull("storage"));
}

TEST_F(WizardStored, emptiedRequiredFieldsAreMissing) {
    toStage4();
    post("/stages/4/check", productionBody());

    const auto answer = post("/stages/4/check", R"({"secretKey":"","basic":""})");

    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("/secretKey"));
    EXPECT_THAT(answer.body, HasSubstr("/basic"));
}
