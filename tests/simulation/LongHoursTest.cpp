// Days of the server in seconds: the real schedule drives the real night by a clock that is turned, through outages,
// an expired key, both changes of daylight saving, the end of a month, downtime and a clock that is set back.

#include "common/Rfc3339.h"
#include "host/schedule/JobScheduler.h"
#include "tests/simulation/Rig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <mutex>

using namespace tests::simulation;
using common::Rfc3339;
using host::sdk::Micros;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;

namespace {

const char* const kNight = "u2035.nightly";

/// Two organizations, each with a server of University 2035's to itself, nights at 02:30 in Berlin, and no trouble but
/// what the test makes.
struct LongHours : testing::Test {
    LongHours() {
        rig.faults.calm();
        rig.world.heal(true);
        rig.settings.patience = minutes(2);
        rig.world.bind(first(), "lrs-a.example.org");
        rig.world.bind(second(), "lrs-b.example.org");
    }

    TrueOrganization& first() { return rig.world.organizations[0]; }
    TrueOrganization& second() { return rig.world.organizations[1]; }

    static Micros at(const char* text) { return Rfc3339::parse(text).value(); }

    /// The server's process begins.
    void start() {
        rig.start();
        scheduler = std::make_unique<host::schedule::JobScheduler>(rig.database, rig.clock, rig.host.logger_);
        job = scheduler->cron({kNight, "Night", "30 2 * * *", "Europe/Berlin"}, [this](host::sdk::TaskContext& task) {
            begun.push_back(Rfc3339::zoned(rig.clock.now(), *common::TimeZone::find("Europe/Berlin")));
            rig.oracle.beginStep(++step);
            rig.http.beginNight();
            rig.night({}, task.stop());
            rig.oracle.afterNight(rig.outbox);
        });
        between = scheduler->cron({"u2035.delivery", "Follow-up", "*/5 * * * *", "Europe/Berlin"},
                                  [this](host::sdk::TaskContext& task) {
                                      rig.oracle.beginStep(++step);
                                      rig.http.beginNight();
                                      rig.followUp(task.stop());
                                  });
    }
    void end() {
        job.reset();
        between.reset();
        scheduler.reset();
    }

    /// Looks at the clock every five minutes, as the scheduler's thread would.
    void goUntil(const char* time) {
        while (rig.clock.now() < at(time)) {
            constexpr Micros kStep = 300'000'000;
            rig.clock.advance(std::chrono::microseconds(kStep - rig.clock.now() % kStep));
            scheduler->runDue(rig.clock.now());
            ASSERT_TRUE(scheduler->waitIdle(std::chrono::minutes(2)));
        }
    }
    void newRecords() {
        for (auto* org : {&first(), &second()})
            for (int i = 0; i < 3; ++i) rig.world.addRecord(*org);
    }

    std::size_t told(TrueOrganization& org) { return rig.world.locker.store(org.binding.lrsStore).statements.size(); }
    /// Learners' records that are due and not told yet.
    int missing(TrueOrganization& org) {
        std::set<std::string> times;
        for (const auto& [id, one] : rig.world.locker.store(org.binding.lrsStore).statements)
            if (one.isLearners()) times.insert(one.timestamp);
        int due = 0;
        for (const auto& record : org.truth) due += rig.world.current(org, record).empty() ? 0 : 1;
        return due - static_cast<int>(times.size());
    }
    /// Codes of the alarms that are open.
    std::vector<std::string> alarms() {
        std::vector<std::string> codes;
        for (const auto& [key, alarm] : rig.host.alarms_.open()) codes.push_back(alarm.code);
        return codes;
    }
    /// Everything due is told once, and a further night has nothing to send.
    void expectAllIsWell() {
        const auto before = rig.http.posts();
        rig.oracle.beginStep(++step);
        rig.http.beginNight();
        rig.night({}, {});
        EXPECT_EQ(rig.http.posts(), before);
        rig.oracle.atTheEnd(rig.parts());
        EXPECT_THAT(rig.oracle.violations(), ElementsAre()) << rig.story.text(30);
    }

    Rig rig{1, {}, 2};
    std::unique_ptr<host::schedule::JobScheduler> scheduler;
    host::sdk::Registration job, between;
    std::vector<std::string> begun;
    int step = 0;
};

TEST_F(LongHours, fiveDaysOverAnOutageAnExpiredKeyTheMissingHourAndTheEndOfAMonth) {
    rig.clock.set(at("2026-03-27T12:00:00Z"));
    start();
    newRecords();
    rig.world.loseHost("lrs-a.example.org", at("2026-03-28T05:00:00Z"));
    goUntil("2026-03-28T04:55:00Z");
    EXPECT_EQ(told(first()), 0U) << "nobody has been there since midnight";
    EXPECT_EQ(missing(second()), 0) << "another organization's server is another matter";
    EXPECT_THAT(alarms(), ElementsAre("destination-silent")) << "two hours of silence are worth one message";
    goUntil("2026-03-28T05:40:00Z");
    EXPECT_EQ(missing(first()), 0) << "within the longest rest after the outage, not a night later";
    EXPECT_THAT(alarms(), ElementsAre());

    newRecords();
    goUntil("2026-03-29T12:00:00Z");
    EXPECT_EQ(missing(first()), 0);

    rig.world.expireKey(first());
    newRecords();
    const auto before = told(first());
    goUntil("2026-03-31T12:00:00Z");
    EXPECT_EQ(told(first()), before);
    EXPECT_EQ(missing(second()), 0);
    EXPECT_THAT(alarms(), ElementsAre("destination-paused")) << "one cause is one alarm, however often it is met";

    rig.world.replaceKey(first());
    goUntil("2026-03-31T13:05:00Z");
    EXPECT_THAT(alarms(), ElementsAre());
    newRecords();
    goUntil("2026-04-01T12:00:00Z");
    EXPECT_EQ(missing(first()), 0) << "nothing of the two nights is lost";
    EXPECT_THAT(begun,
                ElementsAre("2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00",
                            "2026-03-31T02:30:00+02:00", "2026-04-01T02:30:00+02:00"));
    end();
    expectAllIsWell();
}

TEST_F(LongHours, theHourThatComesTwiceHasOneNightAndDowntimeLosesNone) {
    rig.clock.set(at("2026-10-24T12:00:00Z"));
    start();
    newRecords();
    goUntil("2026-10-26T00:30:00Z");
    EXPECT_THAT(begun, ElementsAre("2026-10-25T02:30:00+02:00"));

    newRecords();
    goUntil("2026-10-26T01:45:00Z");
    rig.clock.set(rig.clock.now() - 3'600'000'000);  // somebody sets the clock back, and the night's time comes again
    goUntil("2026-10-26T20:00:00Z");
    EXPECT_THAT(begun, ElementsAre("2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"));

    newRecords();
    end();  // the server is down from the evening to the morning
    rig.clock.advance(hours(11));
    start();
    goUntil("2026-10-27T12:00:00Z");
    EXPECT_EQ(begun.size(), 3U) << "the missed night runs once, when the server is back";
    EXPECT_EQ(missing(first()), 0);
    EXPECT_EQ(missing(second()), 0);
    end();
    expectAllIsWell();
}

TEST_F(LongHours, aServerThatTakesForEverHoldsUpNobodyElse) {
    rig.clock.set(at("2026-05-30T12:00:00Z"));
    rig.settings.organizationsAtOnce = 2;
    std::promise<void> secondIsAsked;
    auto asked = secondIsAsked.get_future().share();
    std::atomic<int> late{0};
    std::once_flag once;
    rig.http.arriving = [&](const host::sdk::OutboundRequest& request) {
        if (request.url.find("lrs-b") != std::string::npos)
            std::call_once(once, [&] { secondIsAsked.set_value(); });
        else if (asked.wait_for(std::chrono::seconds(30)) != std::future_status::ready)
            ++late;
    };
    start();
    newRecords();
    goUntil("2026-05-31T05:00:00Z");

    EXPECT_EQ(late, 0) << "the second organization sends while the first one's POST hangs";
    EXPECT_EQ(missing(first()), 0);
    EXPECT_EQ(missing(second()), 0);
    end();
    expectAllIsWell();
}

TEST_F(LongHours, aServerThatAnswersInEightySecondsIsFinishedByTheMorning) {
    rig.clock.set(at("2026-05-30T12:00:00Z"));
    start();
    rig.http.slow["lrs-a.example.org"] = std::chrono::seconds(80);
    newRecords();
    goUntil("2026-05-31T05:00:00Z");

    EXPECT_EQ(missing(first()), 0);
    EXPECT_EQ(missing(second()), 0);
    EXPECT_EQ(begun.size(), 1U);
    end();
    expectAllIsWell();
}

}  // namespace
