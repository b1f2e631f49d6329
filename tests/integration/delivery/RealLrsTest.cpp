// Whole nights against Learning Locker's own code. Needs node and npm; see tests/peers/learning-locker.
#include "host/base/outbound/HttpPool.h"
#include "tests/support/Peer.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

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

}  // namespace
