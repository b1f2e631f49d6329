#include "plugin/delivery/NightlyRun.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <mutex>

using namespace plugin;
using namespace plugin::delivery;
using namespace tests;
using testing::HasSubstr;
using testing::SizeIs;

namespace {

struct Nights : testing::Test, NightWorld {};

TEST_F(Nights, deliversEverythingThatIsDueAndListsWhatIsNot) {
    connect();

    auto report = run();

    EXPECT_TRUE(report.failed.empty());
    EXPECT_GT(report.counts["queued"], 20);
    EXPECT_EQ(report.counts["delivered"], report.counts["queued"]);
    EXPECT_THAT(lrs.stored(), SizeIs(static_cast<std::size_t>(report.counts["queued"])));
    EXPECT_EQ(report.counts["unsendable.no-storage"], 1);
    EXPECT_THAT(
        runs.unsendable({.organization = sample.organization.id, .project = {}, .code = {}, .kind = {}, .origin = {}},
                        0, 100),
        SizeIs(static_cast<std::size_t>(report.counts["unsendable"])));
    EXPECT_EQ(lastRun().state, "done");
}

TEST_F(Nights, sendsNothingNewOnASecondNight) {
    connect();
    run();
    auto posts = lrs.posts().size();
    db.clock.advance(std::chrono::hours(24));

    auto second = run();

    EXPECT_EQ(second.counts["queued"], 0);
    EXPECT_THAT(lrs.posts(), SizeIs(posts));
}

TEST_F(Nights, sendsOnlyWhatIsNewTheNextNight) {
    connect();
    host.records_.results_.erase(host.records_.results_.begin());
    run();
    host.records_.results_ = sample.results;

    EXPECT_EQ(run().counts["delivered"], 1);
}

TEST_F(Nights, withoutAnIntegrationWritesTablesForUploadAndSendsNothing) {
    auto report = run();

    EXPECT_THAT(lrs.posts(), SizeIs(0));
    EXPECT_EQ(inState("waiting"), 0);
    EXPECT_GT(report.counts["tableRows"], 0);
    auto exported = runs.exports(sample.organization.id, 0, 10);
    ASSERT_THAT(exported, SizeIs(1));
    EXPECT_EQ(exported[0].rows, report.counts["tableRows"]);
}

TEST_F(Nights, keepsAFlowWhoseChannelIsTablesAwayFromTheLrs) {
    connect();
    integrations.scope_.channels[sample.structure.flow.id] = "tables";

    auto report = run();

    EXPECT_THAT(lrs.posts(), SizeIs(0));
    EXPECT_GT(report.counts["tableRows"], 0);
}

TEST_F(Nights, coversOnlyTheFlowsOfANarrowedScope) {
    connect();
    integrations.scope_.allFlows = false;

    auto report = run();

    EXPECT_EQ(report.counts["planned"], 0);
    EXPECT_EQ(report.counts["tableRows"], 0);
}

TEST_F(Nights, aDryRunCountsAndKeepsNothing) {
    connect();
    NightArguments arguments;
    arguments.dryRun = true;

    auto report = run(arguments);

    EXPECT_GT(report.counts["planned"], 20);
    EXPECT_GT(report.counts["unsendable"], 0);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_outbox"), 0);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_unsendable"), 0);
    EXPECT_THAT(lrs.posts(), SizeIs(0));
    EXPECT_TRUE(runs.exports(sample.organization.id, 0, 10).empty());
}

TEST_F(Nights, theTestContourWritesTablesWithTestIdsAndSendsNothing) {
    connect();
    for (auto& learner : host.records_.learners_) {
        learner.untiId.clear();
        learner.testUntiId = "777001";
    }
    NightArguments arguments;
    arguments.contour = footprint::Contour::Test;

    auto report = run(arguments);

    EXPECT_THAT(lrs.posts(), SizeIs(0));
    EXPECT_GT(report.counts["tableRows"], 0);
    EXPECT_EQ(runs.exports(sample.organization.id, 0, 1).at(0).contour, "test");
}

TEST_F(Nights, theTestContoursReasonsNeverReplaceTheProductions) {
    host.records_.learners_[0].untiId.clear();
    run();
    store::UnsendableFilter shown;
    shown.organization = sample.organization.id;
    const auto before = runs.unsendableByCode(shown);
    host.records_.learners_[0].testUntiId.clear();
    NightArguments arguments;
    arguments.contour = footprint::Contour::Test;

    run(arguments);

    EXPECT_EQ(runs.unsendableByCode(shown), before);
    shown.origin = "test-tables";
    EXPECT_FALSE(runs.unsendableByCode(shown).empty());
}

TEST_F(Nights, oneOrganizationsFailureDoesNotStopTheOthers) {
    auto broken = anOrganization("broken");
    broken.timeZone = "Nowhere/Atall";
    host.organizations_.organizations_.insert(host.organizations_.organizations_.begin(), broken);

    auto report = run();

    ASSERT_THAT(report.failed, SizeIs(1));
    EXPECT_THAT(report.failed[0], HasSubstr("broken"));
    EXPECT_EQ(runs.list("broken", 0, 1).at(0).state, "failed");
    EXPECT_EQ(lastRun().state, "done");
    EXPECT_GT(report.counts["tableRows"], 0);
}

/// Answers for one host only when the other's statements have come.
class SlowHost : public host::sdk::OutboundHttp {
public:
    explicit SlowHost(SimulatedLrs& lrs) : lrs_(lrs) {}
    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        if (request.url.find("//slow.") != std::string::npos) {
            fast_.wait();
        } else {
            std::call_once(once_, [this] { fast_.count_down(); });
        }
        return lrs_.send(request);
    }

private:
    SimulatedLrs& lrs_;
    std::latch fast_{1};
    std::once_flag once_;
};

TEST_F(Nights, aSlowDestinationHoldsUpNobodyElses) {
    auto other = sample.organization;
    other.id = "zz-other";
    add(other);
    connect("https://slow.example.org/data/xAPI");
    auto second = integrations.active_.front();
    second.organization = other.id;
    second.storeId = "22222222-2222-4222-8222-222222222222";
    second.endpoint = "https://quick.example.org/data/xAPI";
    integrations.active_.push_back(second);
    SlowHost slow(lrs);
    http = &slow;
    settings.organizationsAtOnce = 2;

    auto report = run();

    EXPECT_EQ(report.organizations, 2);
    EXPECT_TRUE(report.failed.empty());
    EXPECT_EQ(report.counts["delivered"], report.counts["queued"]);
    EXPECT_EQ(runs.list(other.id, 0, 1).at(0).state, "done");
    EXPECT_EQ(lastRun().state, "done");
}

TEST_F(Nights, replacesTheListOfTheUnsendable) {
    connect();
    host.records_.learners_[0].untiId.clear();
    auto first = run();
    host.records_.learners_ = sample.learners;

    auto second = run();

    EXPECT_GT(first.counts["unsendable.no-unti-id"], 0);
    auto shown = runs.unsendableByCode(
        {.organization = sample.organization.id, .project = {}, .code = {}, .kind = {}, .origin = {}});
    EXPECT_EQ(shown["no-unti-id"], 0);
    EXPECT_GT(second.counts["delivered"], 0) << "what was missing yesterday goes today";
}

TEST_F(Nights, withdrawsAStatementWhoseRecordWasDeletedBeforeItWasEverTried) {
    connect();
    integrations.stillActive_ = false;  // planned, not sent
    run();
    const auto planned = inState("waiting");
    host.records_.results_[0].deleted = true;
    host.records_.results_[0].revision = 2;
    integrations.stillActive_ = true;

    run();

    EXPECT_EQ(inState("withdrawn"), 1);
    EXPECT_EQ(inState("accepted"), planned - 1);
}

TEST_F(Nights, holdsARecordThatChangedAfterItWasSent) {
    connect();
    run();
    host.records_.results_[0].raw = 1;
    host.records_.results_[0].revision = 2;

    auto second = run();

    EXPECT_EQ(second.counts["queued"], 0);
    EXPECT_EQ(second.counts["unsendable.changed-after-sending"], 1);
}

TEST_F(Nights, aDecisionFromAnOldListIsOfWhatWasToldThenAndOfNoOtherOrganization) {
    connect();
    run();
    host.records_.results_[0].raw = 1;
    host.records_.results_[0].revision = 2;
    db.clock.advance(std::chrono::hours(24));
    host.clock_.advance(std::chrono::hours(24));
    run();
    const auto record = std::to_string(host.records_.results_[0].id);
    const auto told = db.number("SELECT seq FROM u2035_outbox WHERE record_kind = 'result' AND record_id = " + record);
    // Told anew since the list was made; the list still shows the change.
    db.clock.advance(std::chrono::hours(1));
    auto anew = aGrade(host.records_.results_[0].id, "", 2);
    outbox.add({integrations.active_[0].storeId, sample.organization.id, sample.project.id}, "p", "1", 2, {anew});
    db.execute("UPDATE u2035_outbox SET state = 'accepted' WHERE statement_id = '" + anew.statementId + "'");

    plugin::store::CorrectionFilter filter;
    filter.organization = "another";
    filter.code = "changed-after-sending";
    EXPECT_EQ(corrections.decide(filter, plugin::footprint::Decision::Cancel, 1, "", "a"), 0);
    filter.organization = sample.organization.id;
    EXPECT_EQ(corrections.decide(filter, plugin::footprint::Decision::Cancel, 1, "", "a"), 1);
    EXPECT_EQ(db.number("SELECT seq FROM u2035_correction"), told);
}

TEST_F(Nights, endsIncompleteWithTheReasonWhenTheDestinationIsPaused) {
    connect();
    lrs.always(SimulatedLrs::Fault{SimulatedLrs::Fault::Kind::Status, 401});

    auto report = run();

    EXPECT_EQ(lastRun().state, "incomplete");
    EXPECT_THAT(lastRun().message, HasSubstr("paused"));
    EXPECT_THAT(host.logger_.text(), HasSubstr("not everything went")) << "who reads the log in the morning sees it";
    EXPECT_GT(report.counts["waiting"], 20);
    EXPECT_EQ(report.counts["tableRows"], 0) << "an lrs flow's tables hold only what was delivered";
}

TEST_F(Nights, anInterruptedRunIsNamedAndItsListNeverShown) {
    auto id = runs.queue("demo", "schedule", "", "{}");
    runs.start(id, "host");
    footprint::Unsendable why;
    why.code = "no-mark";
    runs.addUnsendable("demo", id, "statements", "bas", {why});
    store::UnsendableFilter all;
    all.organization = "demo";
    EXPECT_TRUE(runs.unsendable(all, 0, 10).empty()) << "still running";

    EXPECT_EQ(runs.interruptLeftOver(), 1);

    EXPECT_EQ(runs.find("demo", id)->state, "interrupted");
    EXPECT_TRUE(runs.unsendable(all, 0, 10).empty());
}

TEST_F(Nights, keepsTheNewestExportsOnly) {
    settings.keepExports = 2;
    for (int i = 0; i < 4; ++i) run();

    EXPECT_THAT(runs.exports(sample.organization.id, 0, 10), SizeIs(2));
    int folders = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(host.files_.moduleFolder() / "exports" / sample.organization.id))
        ++folders;
    EXPECT_EQ(folders, 2);
}

TEST_F(Nights, stopsWhereItIsAskedToAndGoesOnTheNextNight) {
    connect();
    settings.maxStatements = 5;
    lrs.onPost_ = [this] { stop.request_stop(); };
    run();
    EXPECT_EQ(lastRun().state, "stopped");
    EXPECT_EQ(inState("accepted"), 5);
    stop = std::stop_source();
    lrs.onPost_ = nullptr;

    run();

    EXPECT_EQ(inState("waiting"), 0);
    EXPECT_EQ(lastRun().state, "done");
}

class NightCrash : public Nights, public testing::WithParamInterface<const char*> {};

TEST_P(NightCrash, losesAndRepeatsNothingWhereverItDies) {
    connect();
    settings.maxStatements = 5;
    crashAt = GetParam();
    run();
    EXPECT_EQ(lastRun().state, "failed");

    crashAt.clear();
    auto report = run();

    EXPECT_TRUE(report.failed.empty());
    const auto all = static_cast<std::size_t>(db.number("SELECT COUNT(*) FROM u2035_outbox"));
    EXPECT_EQ(inState("accepted"), static_cast<std::int64_t>(all));
    EXPECT_THAT(lrs.stored(), SizeIs(all));
    EXPECT_GT(all, 20u);
    EXPECT_EQ(runs.exports(sample.organization.id, 0, 10).at(0).runId, lastRun().id);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, NightCrash,
                         testing::Values("outbox-added", "planned", "before-send", "before-sending-persisted",
                                         "sending-persisted", "answered", "answer-persisted", "tables-staged",
                                         "tables-committed"));

}  // namespace
