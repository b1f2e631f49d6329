// What was read back counts everywhere as what was accepted: each question is asked with both states.
#include "plugin/store/RecordFates.h"
#include "plugin/store/XapiFileStore.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

using namespace plugin;
using namespace tests;

namespace {

struct Confirmed : testing::TestWithParam<const char*>, NightWorld {
    Confirmed() {
        connect();
        run();
        settle();
    }
    /// Whatever was accepted has the state that is asked about.
    void settle() {
        db.execute(std::string("UPDATE u2035_outbox SET state = '") + GetParam() +
                   "' WHERE state IN ('accepted', 'confirmed')");
    }
    std::int64_t all() { return db.number("SELECT COUNT(*) FROM u2035_outbox"); }
    std::int64_t recordOf(const std::string& kind) {
        return db.number("SELECT MIN(record_id) FROM u2035_outbox WHERE kind = '" + kind + "'");
    }
    std::string idOf(const std::string& kind) {
        return db.text("SELECT statement_id FROM u2035_outbox WHERE kind = '" + kind + "' ORDER BY record_id LIMIT 1");
    }
    std::string storeId() const { return integrations.active_[0].storeId; }
    host::sdk::RecordId flow() const { return sample.structure.flow.id; }
    /// A cancellation of a statement, in a state.
    void addCancellation(const std::string& id, const std::string& state) {
        auto draft = anElement(900, 1);
        draft.kind = "methodist.cancel";
        draft.record = {"statement", 1, 1};
        draft.flowId = flow();
        draft.dependsOn = id;
        outbox.add({storeId(), sample.organization.id, sample.project.id}, "bas", "1", 1, {draft});
        db.execute("UPDATE u2035_outbox SET state = '" + state + "' WHERE record_kind = 'statement'");
    }
    /// Rows of the last night's tables that need no upload.
    std::size_t alreadySent() {
        std::size_t rows = 0;
        const auto folder =
            host.files_.moduleFolder() / "exports" / sample.organization.id / std::to_string(lastRun().id);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.path().extension() != ".csv" || entry.path().string().find("already-sent/") == std::string::npos)
                continue;
            std::ifstream file(entry.path());
            std::string line;
            std::getline(file, line);
            while (std::getline(file, line)) ++rows;
        }
        return rows;
    }
};

TEST_P(Confirmed, isKnownToThePlannerAndNeverSentAgain) {
    auto second = run();

    EXPECT_EQ(second.counts["queued"], 0);
    EXPECT_EQ(second.counts["posts"], 0);
    EXPECT_EQ(second.counts["known"], all());
    EXPECT_EQ(inState(GetParam()), all());
}

TEST_P(Confirmed, isCountedAsAccepted) {
    EXPECT_EQ(outbox.counts(storeId()).accepted, all());
    EXPECT_EQ(outbox.counts(storeId()).waiting + outbox.counts(storeId()).blocked, 0);
}

TEST_P(Confirmed, letsGoWhatDependsOnIt) {
    db.execute("UPDATE u2035_outbox SET state = 'waiting', next_at = 0 WHERE learner_id <> 0");

    EXPECT_EQ(outbox.counts(storeId()).blocked, 0);
    EXPECT_TRUE(outbox.isAnyDue(storeId(), db.clock.now()));
    std::size_t due = 0;
    for (const auto kind : {store::DueKind::Learners, store::DueKind::OldRecords})
        due += outbox.due(storeId(), kind, db.clock.now(), {}, 10'000).size();
    EXPECT_EQ(static_cast<std::int64_t>(due), inState("waiting"));
}

TEST_P(Confirmed, isAcceptedForTablesAndReadiness) {
    store::DeliveredRecords delivered(db);
    const auto* found = delivered.find("result", recordOf("learner.grade"));
    ASSERT_NE(found, nullptr);
    EXPECT_TRUE(found->accepted);

    store::RecordFates fates(db, "");
    fates.load("result", {recordOf("learner.grade")});
    ASSERT_NE(fates.find(recordOf("learner.grade")), nullptr);
    EXPECT_EQ(fates.find(recordOf("learner.grade"))->state, "accepted");
}

TEST_P(Confirmed, needsNoUploadByTables) {
    integrations.scope_.channels[flow()] = "tables";

    run();

    EXPECT_GT(alreadySent(), 5u);
    EXPECT_EQ(static_cast<std::int64_t>(alreadySent()),
              db.number("SELECT COUNT(*) FROM u2035_outbox WHERE kind IN ('learner.grade', 'learner.diagnostics',"
                        " 'learner.final-work', 'learner.video', 'learner.webinar')"));
}

TEST_P(Confirmed, holdsItsRecordWhenThatChanges) {
    for (auto& result : host.records_.results_)
        if (result.id == recordOf("learner.grade")) {
            result.raw = 1;
            result.revision += 1;
        }

    auto second = run();

    EXPECT_EQ(second.counts["unsendable.changed-after-sending"], 1);
    EXPECT_EQ(second.counts["posts"], 0);
}

TEST_P(Confirmed, cancelsWhatItCancels) {
    const auto record = recordOf("learner.grade");
    addCancellation(idOf("learner.grade"), GetParam());

    store::KnownRecords known(db, storeId(), flow());
    store::DeliveredRecords delivered(db);
    store::RecordFates fates(db, "");
    fates.load("result", {record});

    EXPECT_TRUE(known.find("learner.grade", record)->cancelled);
    EXPECT_EQ(delivered.find("result", record), nullptr);
    EXPECT_EQ(fates.find(record), nullptr);
}

TEST_P(Confirmed, countsAsReferringUntilItIsCancelled) {
    const auto learners = db.text("SELECT MIN(statement_id) FROM u2035_outbox WHERE kind = 'learner.grade'");
    const auto methodists = db.text("SELECT depends_on FROM u2035_outbox WHERE statement_id = '" + learners + "'");
    const auto kind = db.text("SELECT kind FROM u2035_outbox WHERE statement_id = '" + methodists + "'");
    const auto record = db.number("SELECT record_id FROM u2035_outbox WHERE statement_id = '" + methodists + "'");
    EXPECT_TRUE(store::KnownRecords(db, storeId(), flow()).find(kind, record)->referred);

    db.execute("DELETE FROM u2035_outbox WHERE depends_on = '" + methodists + "' AND statement_id <> '" + learners +
               "'");
    addCancellation(learners, GetParam());

    EXPECT_FALSE(store::KnownRecords(db, storeId(), flow()).find(kind, record)->referred);
}

TEST_P(Confirmed, standsInFilesOfWhatWasAcceptedAndIsNotDue) {
    store::XapiFileStore files(db, db.clock);
    store::FileQuery query{.storeId = storeId(), .selection = store::FileSelection::Accepted, .methodist = false};
    const auto learners = db.number("SELECT COUNT(*) FROM u2035_outbox WHERE learner_id <> 0");

    EXPECT_EQ(static_cast<std::int64_t>(files.rows(query, {}, 10'000).size()), learners);
    query.selection = store::FileSelection::All;
    EXPECT_EQ(static_cast<std::int64_t>(files.rows(query, {}, 10'000).size()), learners);
    query.selection = store::FileSelection::Due;
    EXPECT_EQ(files.rows(query, {}, 10'000).size(), 0u);
}

TEST_P(Confirmed, isTakenOverByTheFilesStore) {
    store::XapiFileStore files(db, db.clock);
    const store::Target target{"22222222-2222-4222-8222-222222222222", sample.organization.id, sample.project.id};

    const auto accepted = all();

    EXPECT_EQ(files.adopt(storeId(), target, false), accepted);
}

TEST_P(Confirmed, isAcceptedByTheLrsInAnExportsHandover) {
    db.execute("INSERT INTO u2035_xapi_row (run_id, project, seq) SELECT 77, project, seq FROM u2035_outbox");
    store::XapiFileStore files(db, db.clock);

    const auto told = files.handovers(77);

    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].accepted, all());
    EXPECT_EQ(told[0].undecided + told[0].handedOver, 0);
    EXPECT_EQ(files.handOver(77, sample.project.id, "anna", ""), 0);
    EXPECT_EQ(inState(GetParam()), all());
}

TEST_P(Confirmed, changesNothingElseOfANight) {
    auto second = run();
    db.execute("UPDATE u2035_outbox SET state = 'accepted'");
    auto third = run();

    EXPECT_EQ(second.counts, third.counts);
}

INSTANTIATE_TEST_SUITE_P(States, Confirmed, testing::Values("accepted", "confirmed"),
                         [](const auto& state) { return std::string(state.param); });

}  // namespace
