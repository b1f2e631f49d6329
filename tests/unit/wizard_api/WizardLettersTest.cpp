#include "tests/unit/wizard_api/WizardFixture.h"

using namespace tests;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

namespace {

class WizardLetters : public WizardFixture {
protected:
    FakeRouter::Answer send(const std::string& kind, const std::string& key = "", const std::string& language = "ru") {
        FakeCall call{"", {}, language};
        if (!key.empty()) call.headers = {{"idempotency-key", key}};
        return host.router_.call(Method::Post, path("/letters/" + kind + "/send"), asAdmin("demo"), call);
    }
    static AppError inDoubt() { return {504, "mail.in-doubt", "The mail server did not say."}; }
};

TEST_F(WizardLetters, areSentOnceUnderOneKeyAndCountAsCopied) {
    post("/open");
    host.mail_.at_ = host.clock_.now();

    const auto sent = send("test-access", "k1");
    const auto again = send("test-access", "k1");

    ASSERT_EQ(sent.status, 202) << sent.body;
    EXPECT_EQ(sent.body,
              R"({"sent":true,"to":"apps@2035.university","from":"lms@example.org","at":"2026-03-01T00:00:00Z"})");
    EXPECT_EQ(again.body, sent.body);
    ASSERT_THAT(host.mail_.tried(), SizeIs(1));
    const auto letter = host.mail_.tried()[0];
    EXPECT_EQ(letter.organization, "demo");
    EXPECT_THAT(letter.subject, HasSubstr("Доступ к тестовому External LRS"));
    EXPECT_EQ(letter.body, get("/letters/test-access").json()->getValue<std::string>("body"));
    EXPECT_EQ(stage(1)->getObject("reminder")->getValue<std::string>("copiedAt"), "2026-03-01T00:00:00Z");
    EXPECT_THAT(host.journal_.actions(), Contains("integration.letter-sent"));
}

TEST_F(WizardLetters, withoutAKeyEveryPressIsALetter) {
    post("/open");

    send("test-access");
    send("test-access");

    ASSERT_THAT(host.mail_.tried(), SizeIs(2));
    EXPECT_NE(host.mail_.tried()[0].id, host.mail_.tried()[1].id);
}

TEST_F(WizardLetters, aKeyIsOfOneLetter) {
    post("/open");
    send("test-access", "k1");

    EXPECT_EQ(send("storage-access", "k1").status, 422);
    EXPECT_THAT(host.mail_.tried(), SizeIs(1));
}

TEST_F(WizardLetters, whatTheMailRefusesIsTheReasonOnBothSides) {
    post("/open");
    host.mail_.whyNot_ = "Сервер не отправляет писем организаций.";
    host.mail_.whyNotInEnglish_ = "The server sends no letters of organizations.";

    const auto russian = get("/letters/test-access").json();
    const auto english = get("/letters/test-access", "en").json();

    EXPECT_FALSE(russian->getValue<bool>("canSend"));
    EXPECT_EQ(russian->getValue<std::string>("cannotSend"), host.mail_.whyNot_);
    EXPECT_EQ(english->getValue<std::string>("cannotSend"), host.mail_.whyNotInEnglish_);
    const auto refused = send("test-access", "k1");
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr(host.mail_.whyNot_));
    EXPECT_THAT(host.mail_.tried(), IsEmpty());

    host.mail_.whyNot_.clear();
    EXPECT_TRUE(get("/letters/test-access").json()->getValue<bool>("canSend"));
    EXPECT_FALSE(get("/letters/test-access").json()->has("cannotSend"));
    EXPECT_EQ(send("test-access", "k1").status, 202);
}

TEST_F(WizardLetters, nothingGoesBeforeTheCardIsOpenedNorAfterItIsActive) {
    EXPECT_EQ(send("test-access").status, 409);
    toActive();
    EXPECT_EQ(send("production-access").status, 409);
    EXPECT_FALSE(get("/letters/production-access").json()->getValue<bool>("canSend"));
    EXPECT_THAT(host.mail_.tried(), IsEmpty());
}

TEST_F(WizardLetters, thoseForTheSignInTakeWhatItsSettingsHaveAndSayWhereTheAddressDiffers) {
    post("/open");
    plugin::store::SsoClientRow client;
    client.organization = "demo";
    client.contour = "test";
    client.base = "https://sso.u2035test.ru";
    client.clientId = "vysota";
    client.redirectUri = "https://lms.example.org/u2035/sso/demo/test/callback";
    ASSERT_TRUE(sso.putClient(client, std::nullopt));

    const auto letter = get("/letters/sso-test").json();
    const auto other =
        get("/letters/sso-test?redirectUri=https://lms.example.org/u2035/sso/demo/test/callback/").json();

    EXPECT_THAT(letter->getValue<std::string>("body"),
                HasSubstr("(redirect_uri): https://lms.example.org/u2035/sso/demo/test/callback\n"));
    EXPECT_THAT(letter->getValue<std::string>("body"), HasSubstr("(client_id): vysota"));
    EXPECT_THAT(letter->getValue<std::string>("body"), HasSubstr("(url): https://lms.example.org\n"));
    const auto codes = [](const Poco::JSON::Object::Ptr& of) {
        std::vector<std::string> found;
        for (const auto& one : *of->getArray("findings"))
            if (one.extract<Poco::JSON::Object::Ptr>()->getValue<bool>("wrong"))
                found.push_back(one.extract<Poco::JSON::Object::Ptr>()->getValue<std::string>("code"));
        return found;
    };
    EXPECT_THAT(codes(letter), IsEmpty());
    EXPECT_THAT(codes(other), testing::Contains("slash"));
}

TEST_F(WizardLetters, thoseForTheSignInGoWhetherTheIntegrationIsThereOrNot) {
    plugin::store::SsoClientRow client;
    client.organization = "demo";
    client.contour = "test";
    client.base = "https://sso.u2035test.ru";
    client.clientId = "vysota";
    client.redirectUri = "https://lms.example.org/u2035/sso/demo/test/callback";
    ASSERT_TRUE(sso.putClient(client, std::nullopt));

    EXPECT_TRUE(get("/letters/sso-test").json()->getValue<bool>("canSend")) << get("/letters/sso-test").body;
    EXPECT_EQ(send("sso-test").status, 202) << "before the card is opened";
    EXPECT_EQ(get("").json()->getValue<std::string>("status"), "not-done") << "the set-up has not begun by it";
    EXPECT_EQ(post("/letters/sso-test/copied").status, 200);
    toActive();
    EXPECT_EQ(send("sso-test").status, 202) << "after it is active";
    EXPECT_EQ(post("/letters/sso-test/copied").status, 200);
    EXPECT_EQ(get("").json()->getValue<std::string>("status"), "active");
    EXPECT_THAT(host.mail_.tried(), SizeIs(2));
}

TEST_F(WizardLetters, aLetterWithAGapIsNotSent) {
    post("/open");
    host.organizations_.organizations_[0].legalName = "";

    const auto refused = send("test-access");

    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("Юридическое наименование"));
    EXPECT_THAT(host.mail_.tried(), IsEmpty());
}

TEST_F(WizardLetters, oneInDoubtGoesOutAgainAsTheSameLetter) {
    post("/open");
    host.mail_.failure_ = inDoubt();
    EXPECT_EQ(send("test-access", "k1").status, 504);
    EXPECT_FALSE(stage(1)->has("reminder")) << "nobody knows that it went";

    host.mail_.failure_.reset();
    EXPECT_EQ(send("test-access", "k2").status, 202);

    ASSERT_THAT(host.mail_.tried(), SizeIs(2));
    EXPECT_EQ(host.mail_.tried()[0].id, host.mail_.tried()[1].id);
    EXPECT_THAT(host.journal_.actions(), Contains("integration.letter-in-doubt"));
}

TEST_F(WizardLetters, oneThatFailedLeavesNothingBehind) {
    post("/open");
    host.mail_.failure_ = AppError(503, "mail.unavailable", "Почта сервера сейчас не работает.");

    const auto failed = send("test-access", "k1");

    EXPECT_EQ(failed.status, 503);
    EXPECT_THAT(failed.body, HasSubstr("Почта сервера сейчас не работает"));
    EXPECT_FALSE(stage(1)->has("reminder"));
    EXPECT_THAT(host.journal_.actions(), Not(Contains("integration.letter-sent")));
    host.mail_.failure_.reset();
    EXPECT_EQ(send("test-access", "k1").status, 202);
}

TEST_F(WizardLetters, oneOnItsWayIsNotSentBesideItselfUntilItsProcessIsLost) {
    post("/open");
    const plugin::store::LetterOrder order{{"demo", "bas"}, "test-access", "anna", "k1"};
    const auto lost = sentLetters.begin(order);

    EXPECT_EQ(send("test-access", "k1").status, 409);
    EXPECT_EQ(send("test-access", "k2").status, 409);
    host.clock_.advance(std::chrono::minutes(1));
    EXPECT_EQ(send("test-access", "k2").status, 202);

    EXPECT_EQ(host.mail_.tried().at(0).id, lost.id) << "it may have arrived";
}

TEST_F(WizardLetters, oneThatAnEarlierProcessWasSendingGoesOutAgainAtOnceAsTheSameLetter) {
    post("/open");
    const auto lost = sentLetters.begin({{"demo", "bas"}, "test-access", "anna", "k1"});

    sentLetters.doubtLeftOver();

    EXPECT_EQ(send("test-access", "k1").status, 202);
    EXPECT_EQ(host.mail_.tried().at(0).id, lost.id) << "it may have arrived";
}

TEST_F(WizardLetters, onlyAnAdministratorSends) {
    post("/open");

    const auto answer = host.router_.call(Method::Post, path("/letters/test-access/send"),
                                          withRole("demo", host::sdk::Role::Methodist), {});

    EXPECT_EQ(answer.status, 403);
    EXPECT_THAT(host.mail_.tried(), IsEmpty());
}

}  // namespace
