// Whole nights against Learning Locker's own code. Needs node and npm; see tests/peers/learning-locker.
#include "host/base/outbound/HttpPool.h"
#include "plugin/store/ReadingStore.h"
#include "plugin/store/ReceiptStore.h"
#include "tests/support/Peer.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

using namespace tests;
using namespace plugin;
using testing::HasSubstr;

namespace {

/// Everything in `ours` is in `theirs` with the same value; an LRS adds members (stored, authority), never changes any.
bool isWithin(const rapidjson::Value& ours, const rapidjson::Value& theirs) {
    if (ours.IsObject()) {
        if (!theirs.IsObject()) return false;
        for (const auto& member : ours.GetObject()) {
            auto it = theirs.FindMember(member.name);
            if (it == theirs.MemberEnd() || !isWithin(member.value, it->value)) return false;
        }
        return true;
    }
    if (ours.IsArray()) {
        if (!theirs.IsArray() || ours.Size() != theirs.Size()) return false;
        for (rapidjson::SizeType i = 0; i < ours.Size(); ++i)
            if (!isWithin(ours[i], theirs[i])) return false;
        return true;
    }
    return ours == theirs;
}

struct RealLrs : testing::Test, NightWorld {
    static void SetUpTestSuite() { peer_ = std::make_unique<Peer>("learning-locker"); }
    static void TearDownTestSuite() { peer_.reset(); }

    RealLrs() {
        http = &pool;
        // Ids of its own for each test: the counterpart keeps what it has.
        static int installations = 0;
        sample.installationId = fmt::format("6f1ab7f4-9d0c-4a51-8d4e-{:012}", ++installations);
    }
    void connectToPeer() { connect((*peer_)["endpoint"], (*peer_)["basic"]); }
    lrs::LrsClient client() {
        return {pool, {.endpoint = (*peer_)["endpoint"], .basic = lrs::parseBasic((*peer_)["basic"])}};
    }

    host::base::HttpPool pool{{}};
    static inline std::unique_ptr<Peer> peer_;
};

TEST_F(RealLrs, acceptsANightWholeAndGivesItBackEqualInMeaning) {
    connectToPeer();

    auto report = run();

    EXPECT_EQ(report.counts["delivered"], report.counts["queued"]);
    EXPECT_EQ(report.counts["refused"], 0);
    auto reader = client();
    const auto all = db.number("SELECT COUNT(*) FROM u2035_outbox");
    ASSERT_GT(all, 20);
    for (std::int64_t seq = 1; seq <= all; ++seq) {
        auto detail = outbox.detail(sample.organization.id, seq);
        auto stored = reader.get(detail->row.statementId, {});
        ASSERT_EQ(stored.state, lrs::ReadBack::State::Found) << detail->row.kind;
        rapidjson::Document ours, theirs;
        ours.Parse(detail->bytes.c_str());
        theirs.Parse(stored.statement.c_str());
        EXPECT_TRUE(isWithin(ours, theirs)) << detail->bytes << "\n" << stored.statement;
    }
}

TEST_F(RealLrs, sendsNothingNewOnASecondNight) {
    connectToPeer();
    run();

    auto second = run();

    EXPECT_EQ(second.counts["queued"], 0);
    EXPECT_EQ(second.counts["posts"], 0);
}

TEST_F(RealLrs, takesTheSameBytesAgainAfterALostAnswer) {
    connectToPeer();
    crashAt = "answered";  // the LRS has stored the batch, nobody wrote the answer down
    run();
    crashAt.clear();

    auto report = run();

    EXPECT_GT(report.counts["recovered"], 0);
    EXPECT_EQ(report.counts["refused"], 0);
    EXPECT_EQ(inState("accepted"), db.number("SELECT COUNT(*) FROM u2035_outbox"));
}

TEST_F(RealLrs, quarantinesWhatItNamesAndDeliversTheRest) {
    connectToPeer();
    integrations.stillActive_ = false;
    run();  // planned only
    integrations.stillActive_ = true;
    const auto planned = inState("waiting");
    const auto seq = db.number("SELECT MAX(seq) FROM u2035_outbox WHERE kind = 'learner.grade'");
    // Damaged as no planner would: the verb is gone.
    db.execute("UPDATE u2035_statement SET bytes = REPLACE(bytes, '\"verb\":', '\"verv\":') WHERE seq = " +
               std::to_string(seq));

    auto report = run();

    EXPECT_EQ(report.counts["refused"], 1);
    EXPECT_EQ(inState("accepted"), planned - 1);
    EXPECT_THAT(outbox.detail(sample.organization.id, seq)->refusal->reason, HasSubstr("verb"));
}

TEST_F(RealLrs, pausesOnAWrongCredentialAndGoesOnWithTheRightOne) {
    connect((*peer_)["endpoint"], "d3Jvbmc6d3Jvbmc=");
    run();
    EXPECT_EQ(lastRun().state, "incomplete");
    EXPECT_THAT(destinations.list(""), testing::SizeIs(1));

    connectToPeer();
    destinations.probeNow(integrations.active_[0].storeId);
    auto report = run();

    EXPECT_EQ(lastRun().state, "done");
    EXPECT_EQ(report.counts["delivered"], db.number("SELECT COUNT(*) FROM u2035_outbox"));
    EXPECT_THAT(destinations.list(""), testing::SizeIs(0));
}

/// What the receipts say, against an LRS of each test's own: it is lost, misled and forbidden here.
struct RealReadBack : RealLrs {
    RealReadBack() {
        settings.readBack.mode = delivery::ReadBackSettings::Mode::Whole;
        connectTo(*own, "");
    }
    /// `credential`: "" may everything; else one of the peer's clients.
    void connectTo(const Peer& peer, const std::string& credential) {
        connect(peer["endpoint"], credential.empty() ? peer["basic"] : peer.inside(credential, "basic"));
    }
    std::int64_t all() { return db.number("SELECT COUNT(*) FROM u2035_outbox"); }
    store::ParsedReceipt lastReceipt() {
        return *store::parseReceipt(receipts.list({.organization = sample.organization.id}, 0, 1).at(0).text);
    }

    std::unique_ptr<Peer> own = std::make_unique<Peer>("learning-locker");
    store::ReceiptStore receipts{db};
};

TEST_F(RealReadBack, confirmsEveryKindOfStatement) {
    auto report = run();

    EXPECT_EQ(report.counts["confirmed"], all());
    EXPECT_EQ(inState("confirmed"), all());
    EXPECT_EQ(db.text("SELECT COALESCE(MAX(place), '') FROM u2035_reading"), "");
    EXPECT_EQ(lastRun().state, "done");
    EXPECT_FALSE(receipts.verify(sample.organization.id).brokenNumber);
}

TEST_F(RealReadBack, aWriteOnlyKeyIsToldAsSuchAndMissesNothing) {
    connectTo(*own, "writeOnly");

    auto report = run();

    EXPECT_EQ(report.counts["delivered"], all());
    EXPECT_EQ(report.counts["missing"], 0);
    EXPECT_EQ(inState("accepted"), all());
    EXPECT_EQ(lastReceipt().mode, "not-allowed");
    EXPECT_THAT(lastReceipt().note, HasSubstr("403"));
    EXPECT_EQ(lastRun().state, "done");
}

TEST_F(RealReadBack, whatTheLrsLostGoesThereAgainWithTheSameBytes) {
    settings.readBack.mode = delivery::ReadBackSettings::Mode::Sample;
    settings.readBack.sample = 5;
    run();
    own.reset();  // everything was in its memory
    own = std::make_unique<Peer>("learning-locker");
    connectTo(*own, "");
    db.clock.advance(std::chrono::hours(24));

    auto missed = run();
    EXPECT_EQ(missed.counts["missing"], all());
    EXPECT_EQ(inState("in_doubt"), all());
    db.clock.advance(std::chrono::hours(24));
    settings.readBack.mode = delivery::ReadBackSettings::Mode::Whole;
    auto again = run();

    EXPECT_EQ(again.counts["delivered"], all());
    EXPECT_EQ(again.counts["confirmed"], all());  // equal to the bytes that were frozen first
    EXPECT_EQ(inState("confirmed"), all());
    EXPECT_FALSE(receipts.verify(sample.organization.id).brokenNumber);
}

TEST_F(RealReadBack, aCorruptedStatementIsFoundAndNotSentAgain) {
    settings.readBack.mode = delivery::ReadBackSettings::Mode::None;
    integrations.stillActive_ = false;
    run();  // planned only
    integrations.stillActive_ = true;
    const auto id = db.text("SELECT statement_id FROM u2035_outbox WHERE kind = 'learner.grade' LIMIT 1");
    // The other side keeps a damaged copy and says 200 to ours: by fact 2 that can't be told from outside, so the copy
    // is put there under the id, and the outbox believes in an acceptance.
    rapidjson::Document ours;
    ours.Parse(outbox.bytesOf(integrations.active_[0].storeId, id).c_str());
    rapidjson::Pointer("/verb/display/ru-RU").Set(ours, "\xD0\xA3\xEF\xBF\xBDрок");
    rapidjson::StringBuffer damaged;
    rapidjson::Writer<rapidjson::StringBuffer> writer(damaged);
    ours.Accept(writer);
    lrs::LrsClient client(pool, {.endpoint = (*own)["endpoint"], .basic = lrs::parseBasic((*own)["basic"])});
    ASSERT_EQ(client.post({damaged.GetString()}, {id}, {}).outcome, lrs::PostOutcome::Class::Accepted);
    run();
    ASSERT_EQ(inState("quarantined"), 1) << "409: the id is there with other content";
    db.execute("UPDATE u2035_outbox SET state = 'accepted' WHERE state = 'quarantined'");
    db.execute("UPDATE u2035_batch SET outcome = 'accepted'");
    settings.readBack.mode = delivery::ReadBackSettings::Mode::Whole;

    auto report = run();

    EXPECT_EQ(report.counts["differs"], 1);
    EXPECT_EQ(report.counts["confirmed"], all() - 1);
    EXPECT_EQ(report.counts["posts"], 0);
    const auto reading =
        store::ReadingStore(db, db.clock).find(db.number("SELECT MAX(seq) FROM u2035_outbox WHERE state = 'accepted'"));
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->place, "/verb/display/ru-RU");
    EXPECT_THAT(reading->theirs, HasSubstr("\xEF\xBF\xBD"));
}

TEST_F(RealReadBack, aCancelledStatementIsFoundAsAVoidedOne) {
    run();
    const auto id = db.text("SELECT statement_id FROM u2035_outbox WHERE kind = 'learner.grade' LIMIT 1");
    const auto cancel = idOf("cancel-" + id);
    lrs::LrsClient client(pool, {.endpoint = (*own)["endpoint"], .basic = lrs::parseBasic((*own)["basic"])});
    const auto voiding = fmt::format(
        R"({{"id":"{}","actor":{{"mbox":"mailto:a@example.org"}},"verb":{{"id":"http://adlnet.gov/expapi/verbs/voided"}},)"
        R"("object":{{"objectType":"StatementRef","id":"{}"}}}})",
        cancel, id);
    ASSERT_EQ(client.post({voiding}, {cancel}, {}).outcome, lrs::PostOutcome::Class::Accepted);
    ASSERT_EQ(client.get(id, {}).state, lrs::ReadBack::State::Missing);
    ASSERT_EQ(client.get(id, {}, lrs::LrsClient::Ask::Voided).state, lrs::ReadBack::State::Found);

    auto theirs = run();  // nobody here asked for that
    EXPECT_EQ(theirs.counts["voided"], 1);
    EXPECT_EQ(theirs.counts["missing"], 0);

    auto draft = anElement(900, 1);
    draft.record = {"statement", 1, 1};
    draft.flowId = sample.structure.flow.id;
    draft.dependsOn = id;
    outbox.add({integrations.active_[0].storeId, sample.organization.id, sample.project.id}, "bas", "1", 3, {draft});
    db.execute("UPDATE u2035_outbox SET state = 'accepted' WHERE record_kind = 'statement'");
    auto ours = run();
    EXPECT_EQ(ours.counts["voided"], 0);
    EXPECT_EQ(db.text("SELECT state FROM u2035_outbox WHERE statement_id = '" + id + "'"), "confirmed");
}

}  // namespace
