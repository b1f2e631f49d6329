#include "common/Rfc3339.h"
#include "common/Sha256.h"
#include "host/xapi/StatementCounts.h"
#include "tests/unit/xapi/XapiFixture.h"

#include <gmock/gmock.h>

namespace {

using namespace host::xapi;
using tests::XapiFixture;

class XapiIntake : public XapiFixture {};

const char* const kPlain =
    R"({"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"http://example.org/asked"},"object":{"id":"http://example.org/a"})";

std::string plain(const std::string& id, const std::string& more = "") {
    return kPlain + (",\"id\":\"" + id + "\"") + more + "}";
}
const std::string kId = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee";

TEST_F(XapiIntake, aStatementIsKeptByteForByteAndBecomesARecordOnce) {
    fillStructure();
    const auto body = " " + statement("l1", 50) + "\n";
    const auto first = send(body);
    EXPECT_EQ(db.text("SELECT body FROM xapi_original"), statement("l1", 50));
    EXPECT_EQ(count("mapped"), 1);
    EXPECT_EQ(results(), 1);
    EXPECT_EQ(send(body), first) << "the plugin repeats a request whose answer it lost";
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM xapi_statement"), 1);
    EXPECT_EQ(db.number("SELECT revision FROM record_results"), 1);
}

TEST_F(XapiIntake, anotherBodyWithTheSameIdIsRefusedAndNothingOfTheRequestIsKept) {
    send(plain(kId));
    EXPECT_EQ(refusal(plain(kId)), "");
    EXPECT_EQ(refusal("[" + statement("l1", 5) + "," + plain(kId, R"(,"result":{"success":true})") + "]"),
              "xapi.conflict");
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM xapi_statement"), 1);
}

TEST_F(XapiIntake, theSameStatementInOtherWordsIsTakenAndTheFirstIsKept) {
    send(plain(kId));
    const auto other = "{\"id\":\"" + kId + "\", " + (kPlain + 1) + R"(,"stored":"2026-02-01T10:00:00Z"})";
    EXPECT_EQ(refusal(other), "");
    EXPECT_EQ(db.text("SELECT body FROM xapi_original"), plain(kId));
}

TEST_F(XapiIntake, oneWrongStatementRefusesTheRequestWithItsPlace) {
    try {
        send("[" + statement("l1", 5) + R"(,{"actor":{"mbox":"a@example.org"}}])");
        FAIL();
    } catch (const host::sdk::AppError& error) {
        EXPECT_EQ(error.status(), 400);
        ASSERT_EQ(error.errors().size(), 1U);
        EXPECT_EQ(error.errors()[0].pointer, "/1/actor/mbox");
    }
    EXPECT_EQ(refusal("[" + plain(kId) + "," + plain(kId) + "]"), "xapi.statement") << "one id twice";
    EXPECT_EQ(refusal("[" + plain(kId) + ",]"), "bad-json");
    EXPECT_EQ(refusal(plain(kId).substr(0, 60)), "bad-json") << "cut in the middle";
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM xapi_statement"), 0);
}

TEST_F(XapiIntake, whatRefersToSomethingUnknownWaitsAndIsTriedAgain) {
    send(statement("l1", 50));
    EXPECT_EQ(count("waiting"), 1);
    EXPECT_THAT(db.text("SELECT reason FROM xapi_trouble"), testing::HasSubstr("names no record"));
    EXPECT_EQ(db.text("SELECT place FROM xapi_trouble"), "who");
    const auto missing = missingRecord(troublesOf(db.database, source()->source.id, {}, {}).items.front().second);
    ASSERT_TRUE(missing) << "as RecordWriter says it";
    EXPECT_EQ(missing->kind, host::records::RecordKind::Learner);
    EXPECT_EQ(missing->externalId, "l1");
    again.run({});
    EXPECT_EQ(count("waiting"), 1);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM xapi_trouble"), 1);

    fillStructure();
    again.run({});
    EXPECT_EQ(count("mapped"), 1);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM xapi_trouble"), 0);
    EXPECT_EQ(results(), 1);
}

TEST(XapiMissing, theRecordIsReadFromTheReasonWhateverItsIdHolds) {
    const auto id = [](const std::string& reason, const std::string& place) {
        const auto found = missingRecord({"rule", place, "", reason, ""});
        return found ? found->externalId : "none";
    };
    EXPECT_EQ(id("names no record of 'elements': https://x.example/a': (b) (field 'element')", "object"),
              "https://x.example/a': (b)");
    EXPECT_EQ(id("names no record of 'elements': a (field 'element')", "element"), "a (field 'element')")
        << "the place is the field: it isn't named behind";
    EXPECT_EQ(id("names a deleted record of 'learners'", "who"), "none");
    EXPECT_EQ(id("is missing, and the learner is enrolled in no flow of the programme", "flow"), "none");
}

TEST_F(XapiIntake, theLatestByItsTimestampCountsWhenSeveralSpeakOfOneRecord) {
    fillStructure();
    send(statement("l1", 70, "2026-02-03T10:00:00Z"));
    send(statement("l1", 50, "2026-02-01T10:00:00Z"));
    EXPECT_EQ(raw(), 70);
    EXPECT_EQ(count("superseded"), 1);
    send("[" + statement("l1", 90, "2026-02-05T10:00:00Z") + "," + statement("l1", 80, "2026-02-04T10:00:00Z") + "]");
    EXPECT_EQ(raw(), 90);
    EXPECT_EQ(results(), 1);
    EXPECT_EQ(count("mapped"), 1);
    EXPECT_EQ(count("superseded"), 3);
}

TEST_F(XapiIntake, aTimestampInTheFutureDoesNotOutdoLaterCorrections) {
    fillStructure();
    send(statement("l1", 70, "2999-01-01T00:00:00Z"));
    db.clock.advance(std::chrono::hours(1));
    send(statement("l1", 50, common::Rfc3339::utc(db.clock.now())));
    EXPECT_EQ(raw(), 50);
}

TEST_F(XapiIntake, aRequestThatRepeatsOneStatementAmongNewOnesBringsTheNewOnes) {
    fillStructure();
    const auto known = plain(kId);
    send(known);
    send("[" + statement("l1", 70) + "," + known + "]");
    EXPECT_EQ(results(), 1);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM xapi_statement"), 2);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM xapi_original"), 2);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results"), 1) << "what was begun before was taken back";
}

TEST_F(XapiIntake, whatNoRuleFitsAndWhatARuleLeavesOutAreCounted) {
    send("[" + plain(kId) + R"(,{"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"http://example.org/looked"},
         "object":{"id":"http://example.org/a","definition":{"type":"http://example.org/t"}}}])");
    EXPECT_EQ(count("unmatched"), 1);
    EXPECT_EQ(count("ignored"), 1);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM xapi_form"), 2);
}

TEST_F(XapiIntake, otherRulesReadAllAgainAndTakeBackWhatNobodySaysAnyMore) {
    fillStructure();
    send("[" + statement("l1", 70) + "," + plain(kId) + "]");
    const auto revision = db.number("SELECT revision FROM record_results");
    sources.startRemap(source()->source);
    again.run({});
    EXPECT_EQ(db.number("SELECT revision FROM record_results"), revision) << "the same rules change nothing";
    EXPECT_FALSE(sources.remapFrom(source()->source.id));

    auto changed = source()->source;
    changed.rules = std::string(tests::kRules);
    changed.rules.replace(changed.rules.find("{who}-{what}"), 12, "{what}-{who}");
    sources.replace(changed, {}, "anna");
    again.run({});
    EXPECT_EQ(results(), 1);
    EXPECT_EQ(db.text("SELECT external_id FROM record_results WHERE deleted_at IS NULL"), "e1-l1");
}

TEST_F(XapiIntake, aVoidedStatementIsNoRecordAnyMoreAndTheOneBeforeItCountsAgain) {
    fillStructure();
    send(statement("l1", 50, "2026-02-01T10:00:00Z"));
    const auto id = send(statement("l1", 70, "2026-02-03T10:00:00Z")).front();
    const auto voids = [](const std::string& target) {
        return R"({"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},
                   "object":{"objectType":"StatementRef","id":")" +
               target + "\"}}";
    };
    send(voids(id));
    EXPECT_EQ(count("voided"), 1);
    EXPECT_EQ(results(), 1) << "a night in between would tell a deletion";
    EXPECT_EQ(raw(), 50);
    EXPECT_EQ(count("superseded"), 0);
    EXPECT_FALSE(sources.remapFrom(source()->source.id)) << "nothing is left to be found by reading all again";
    EXPECT_EQ(count("unmatched"), 0) << "the voiding statement said all it has to say";
    const auto revision = db.number("SELECT revision FROM record_results");
    again.run({});
    EXPECT_EQ(db.number("SELECT revision FROM record_results"), revision);
    send(statement("l1", 40, "2026-01-31T10:00:00Z"));
    EXPECT_EQ(raw(), 50) << "an older one counts no more than before";

    send(voids(kId));
    send(plain(kId));
    EXPECT_EQ(count("voided"), 2) << "it was voided before it came";
}

TEST_F(XapiIntake, attachmentsComeWithTheirBytesOrAnAddress) {
    const std::string bytes = "diary";
    const auto sha2 = common::Sha256::hex(bytes);
    const auto with = [&](const std::string& extra) {
        return plain(
            kId,
            R"(,"attachments":[{"usageType":"http://example.org/u","display":{"en":"d"},"contentType":"text/plain","length":5,"sha2":")" +
                sha2 + "\"" + extra + "}]");
    };
    EXPECT_EQ(refusal(with("")), "xapi.statement") << "its bytes are nowhere";
    EXPECT_THROW(send(with(""), {{sha2, "text/plain", "other"}}), host::sdk::AppError);
    EXPECT_THROW(send(plain(kId), {{sha2, "text/plain", bytes}}), host::sdk::AppError);
    send(with(""), {{sha2, "text/plain", bytes}});
    EXPECT_EQ(db.text("SELECT sha2 FROM xapi_attachment"), sha2);
    EXPECT_TRUE(std::filesystem::exists(files.path("demo", sha2)));
}

TEST_F(XapiIntake, keyAndSecretOpenTheSourceAndARotatedSecretStaysAWhile) {
    XapiSource wanted;
    wanted.organization = "other";
    wanted.name = "plugin";
    wanted.rules = tests::kRules;
    const auto made = sources.create(wanted, "anna");
    const auto secret = made.secret.reveal();
    ASSERT_TRUE(sources.authenticate(made.source.key, secret));
    EXPECT_EQ(sources.authenticate(made.source.key, secret)->source.organization, "other");
    EXPECT_FALSE(sources.authenticate(made.source.key, secret + "x"));
    EXPECT_FALSE(sources.authenticate("x", secret));
    EXPECT_EQ(db.text("SELECT secret_hash FROM xapi_source WHERE id = 2").find(secret), std::string::npos);

    const auto next = sources.rotate(made.source, db.clock.now() + 60'000'000, "anna");
    EXPECT_TRUE(sources.authenticate(made.source.key, secret));
    EXPECT_TRUE(sources.authenticate(made.source.key, next.secret.reveal()));
    db.clock.advance(std::chrono::seconds(61));
    EXPECT_FALSE(sources.authenticate(made.source.key, secret));

    auto off = next.source;
    off.enabled = false;
    sources.replace(off, {}, "anna");
    EXPECT_FALSE(sources.authenticate(made.source.key, next.secret.reveal()));
}

TEST_F(XapiIntake, aRemovedSourceTakesItsStatementsWithItAndLeavesTheRecords) {
    fillStructure();
    send("[" + statement("l1", 70) + "," + plain(kId) + "]");
    sources.erase(source()->source, {});
    for (const char* table : {"xapi_source", "xapi_statement", "xapi_original", "xapi_form", "xapi_latest"})
        EXPECT_EQ(db.number(std::string("SELECT COUNT(*) FROM ") + table), 0) << table;
    EXPECT_EQ(results(), 1);
}

}  // namespace
