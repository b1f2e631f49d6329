#include "plugin/delivery/FollowUp.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace plugin::delivery;
using namespace tests;
using Fault = SimulatedLrs::Fault;
using testing::HasSubstr;
using testing::SizeIs;

namespace {

struct BetweenNights : testing::Test, NightWorld {
    NightlyRun nights{parts(), settings};
    FollowUp followUp{parts(), settings.breaker, nights};

    BetweenNights() { connect(); }

    NightReport goOn() { return followUp.run("host-run", stop.get_token()); }
    const std::string& store() { return integrations.active_.at(0).storeId; }
};

TEST_F(BetweenNights, nothingIsDoneWhenTheNightLeftNothing) {
    run();
    const auto posts = lrs.posts().size();

    EXPECT_EQ(goOn().organizations, 0);

    EXPECT_THAT(lrs.posts(), SizeIs(posts));
    EXPECT_EQ(lastRun().startedBy, "schedule") << "no row of history for nothing";
}

TEST_F(BetweenNights, anOutageEndsWithoutWaitingForTheNextNight) {
    lrs.always(Fault{Fault::Kind::Unreachable});
    run();
    ASSERT_EQ(lastRun().state, "incomplete");
    const auto waiting = inState("waiting");
    ASSERT_GT(waiting, 0);

    db.clock.advance(std::chrono::seconds(30));
    EXPECT_EQ(goOn().counts["probes"], 0) << "it rests";
    db.clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(goOn().counts["probes"], 1);
    EXPECT_EQ(destinations.find(store())->failures, 2);
    lrs.always(std::nullopt);
    db.clock.advance(std::chrono::minutes(2));
    auto report = goOn();

    EXPECT_EQ(report.counts["reopened"], 1);
    EXPECT_GE(report.counts["delivered"], waiting);
    EXPECT_FALSE(destinations.find(store()));
    EXPECT_EQ(lastRun().startedBy, "follow-up");
    EXPECT_EQ(lastRun().state, "done");
}

TEST_F(BetweenNights, aProbeStoresNothing) {
    lrs.always(Fault{Fault::Kind::Status, 429});
    run();
    lrs.always(std::nullopt);
    integrations.scope_.allFlows = false;
    run();  // withdraws what waited
    db.clock.advance(std::chrono::minutes(5));

    goOn();

    EXPECT_THAT(lrs.posts().back().ids, SizeIs(0));
    EXPECT_FALSE(destinations.find(store())) << "an answer of no statements reopens it where nothing is due";
}

TEST_F(BetweenNights, aReplacedKeyIsTriedAtOnce) {
    lrs.always(Fault{Fault::Kind::Status, 401});
    run();
    ASSERT_TRUE(host.alarms_.isOpen("destination-paused/" + store()));
    EXPECT_EQ(host.alarms_.open().at("destination-paused/" + store()).title,
              "Проект «Кадры для БАС» (bas): LRS отказывает, передача приостановлена");
    EXPECT_EQ(goOn().counts["probes"], 0);
    lrs.always(std::nullopt);
    destinations.probeNow(store());  // as the wizard does when a key was replaced

    EXPECT_GT(goOn().counts["delivered"], 0);

    EXPECT_THAT(host.alarms_.open(), SizeIs(0));
}

TEST_F(BetweenNights, whatADyingProcessLeftIsSentAtOnce) {
    crashAt = "answered";
    run();
    crashAt.clear();
    runs.interruptLeftOver();
    ASSERT_GT(inState("sending"), 0);

    // Rows in the middle of sending are due once somebody looks.
    EXPECT_GT(goOn().counts["delivered"], 0);

    EXPECT_EQ(inState("sending") + inState("in_doubt") + inState("waiting"), 0);
}

TEST_F(BetweenNights, aProjectWhoseLastProgrammeIsGoneIsLookedAfterAndAskedForNoLonger) {
    lrs.always(Fault{Fault::Kind::Status, 429});
    run();
    ASSERT_GT(inState("waiting"), 0);
    lrs.always(std::nullopt);
    host.records_.programmes_.clear();
    db.clock.advance(std::chrono::hours(1));

    goOn();
    EXPECT_EQ(inState("waiting"), 0) << "withdrawn: nobody plans it any more";
    db.clock.advance(std::chrono::minutes(5));

    EXPECT_EQ(goOn().organizations, 0);
}

TEST_F(BetweenNights, anLrsThatRefusesTheFormOfTheProbeIsAskedByOneStatement) {
    lrs.always(Fault{Fault::Kind::Unreachable});
    run();
    lrs.always(std::nullopt);
    lrs.next({Fault::Kind::Status, 400, "", R"({"errorId":"e","message":"An empty batch"})"});
    db.clock.advance(std::chrono::minutes(2));

    EXPECT_GT(goOn().counts["delivered"], 0);
}

TEST_F(BetweenNights, aNightThatCouldNotEvenPutItsFailureOnRecordIsToldAsInterrupted) {
    const auto lost = runs.queue(sample.organization.id, "schedule", "", "{}");
    runs.start(lost, "an earlier host run");  // its end could not be written: the disk was full

    goOn();

    EXPECT_EQ(runs.find(sample.organization.id, lost)->state, "interrupted");
}

TEST_F(BetweenNights, theAlarmsOfAClosedStoreEndWithIt) {
    host::sdk::Alarm alarm;
    alarm.key = "quarantine-large/" + store();
    host.alarms_.raise(alarm);
    db.execute(
        "INSERT INTO u2035_store (id, organization, project, contour, endpoint, basic_fingerprint, created_at,"
        " closed_at) VALUES ('" +
        store() + "', 'o', 'p', 'production', '', '', 1, 2)");

    goOn();

    EXPECT_THAT(host.alarms_.open(), SizeIs(0));
}

TEST_F(BetweenNights, aDisconnectedDestinationTakesItsAlarmWithIt) {
    lrs.always(Fault{Fault::Kind::Status, 401});
    run();
    integrations.active_.clear();

    goOn();

    EXPECT_THAT(host.alarms_.open(), SizeIs(0));
    EXPECT_THAT(destinations.list(""), SizeIs(0));
}

}  // namespace
