// What becomes of a record that is no longer as it was sent.

#include "tests/unit/footprint/FootprintTestKit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace kit;
using testing::IsEmpty;

/// A night that was delivered, and the record of a mark.
struct Delivered : testing::Test {
    Delivered() { c.deliver(c.plan()); }

    const StatementDraft* cancellation(const Plan& plan) {
        for (const auto& d : plan.drafts)
            if (d.record.kind == "statement") return &d;
        return nullptr;
    }
    void decide(const std::string& kind, RecordId id, Decision decision, RecordId letter = 9201) {
        Known& told = c.told(kind, id);
        told.decision = decision;
        told.decidedRevision = 2;
        told.letterFileId = letter;
    }
    void markChanges() {
        c.result(1041).raw = 9;
        c.result(1041).revision = 2;
    }

    Case c;
};

TEST_F(Delivered, isHeldForAPersonWhereTheProfileSaysSo) {
    markChanges();
    const Plan plan = c.plan();
    EXPECT_EQ(plan.codeOf("result", 1041), "changed-after-sending");
    EXPECT_THAT(plan.drafts, IsEmpty());
}

TEST_F(Delivered, isCancelledWithItsLetterWhenAPersonSaysSo) {
    markChanges();
    decide("learner.grade", 1041, Decision::Cancel);
    const std::string sent = c.told("learner.grade", 1041).statementId;

    const Plan plan = c.plan();

    ASSERT_EQ(plan.drafts.size(), 1u) << "the mark itself waits until the cancellation is accepted";
    const StatementDraft& draft = plan.drafts[0];
    EXPECT_EQ(draft.kind, "methodist.cancel");
    EXPECT_EQ(draft.dependsOn, sent);
    EXPECT_EQ(draft.learnerId, 0) << "the methodist's: it goes before the learners'";
    const auto json = parsed(draft.bytes);
    EXPECT_EQ(rapidjson::Pointer("/object/id").Get(json)->GetString(), sent);
    EXPECT_EQ(rapidjson::Pointer("/attachments/0/fileUrl").Get(json)->GetString(), c.sample.files.at(9201).url);
    EXPECT_EQ(rapidjson::Pointer("/context/extensions/https:~1~1api.2035.university~1el_id").Get(json)->GetString(),
              "https://lms.example.org/of/" + sent);
    EXPECT_EQ(c.counts.cancellations, 1);
}

TEST_F(Delivered, isNotCancelledWithoutTheOfficialLetter) {
    markChanges();
    decide("learner.grade", 1041, Decision::Cancel, 0);
    EXPECT_EQ(c.plan().codeOf("result", 1041), "no-letter");
    decide("learner.grade", 1041, Decision::Cancel, 9299);
    EXPECT_EQ(c.plan().codeOf("result", 1041), "file-not-in-storage");
}

TEST_F(Delivered, goesAnewUnderAnotherIdOnceTheCancellationIsAccepted) {
    markChanges();
    Known& told = c.told("learner.grade", 1041);
    told.cancelled = true;
    told.cancels = 1;
    const std::string before = told.statementId;

    const Plan plan = c.plan();

    ASSERT_EQ(plan.drafts.size(), 1u);
    EXPECT_EQ(plan.drafts[0].kind, "learner.grade");
    EXPECT_NE(plan.drafts[0].statementId, before);
    EXPECT_EQ(rapidjson::Pointer("/result/score/raw").Get(parsed(plan.drafts[0].bytes))->GetDouble(), 9);
}

TEST_F(Delivered, aCancelledStatementIsNeverRepeatedUnderItsOwnId) {
    Known& told = c.told("learner.grade", 1041);
    told.cancelled = true;
    told.cancels = 1;
    const std::string before = told.statementId;
    const Plan plan = c.plan();
    ASSERT_EQ(plan.drafts.size(), 1u) << "its revision has not grown, so only the cancellation tells them apart";
    EXPECT_NE(plan.drafts[0].statementId, before);
}

TEST_F(Delivered, isCancelledAndNothingElseWhenTheRecordIsDeleted) {
    c.result(1041).deleted = true;
    c.result(1041).revision = 2;
    EXPECT_EQ(c.plan().codeOf("result", 1041), "deleted-after-sending");
    decide("learner.grade", 1041, Decision::Cancel);
    EXPECT_NE(cancellation(c.plan()), nullptr);
    c.told("learner.grade", 1041).cancelled = true;
    EXPECT_THAT(c.plan().drafts, IsEmpty());
}

TEST_F(Delivered, staysAsItWasWhenAPersonSaysSoUntilItChangesAgain) {
    markChanges();
    decide("learner.grade", 1041, Decision::Keep);
    const Plan plan = c.plan();
    EXPECT_EQ(plan.codeOf("result", 1041), "");
    EXPECT_EQ(c.counts.kept, 1);

    c.result(1041).revision = 3;
    EXPECT_EQ(c.plan().codeOf("result", 1041), "changed-after-sending");
}

TEST_F(Delivered, whatWasToldOfAnotherPersonIsNeverKept) {
    decide("learner.grade", 1041, Decision::Keep);
    c.told("learner.grade", 1041).decidedRevision = 1;
    c.sample.learners[0].untiId = "100777";
    EXPECT_EQ(c.plan().codeOf("result", 1041), "changed-after-sending");
}

TEST_F(Delivered, anElementThatLearnersReferToIsNotCancelled) {
    c.element(41).title = "Другое название";
    c.element(41).revision = 2;
    decide("methodist.assessment.theme", 41, Decision::Cancel);
    c.told("methodist.assessment.theme", 41).referred = true;
    EXPECT_EQ(c.plan().codeOf("element", 41), "referred-by-learners");

    c.told("methodist.assessment.theme", 41).referred = false;
    EXPECT_NE(cancellation(c.plan()), nullptr);
}

TEST_F(Delivered, isCancelledByTheProfilesPolicyOnceThereIsALetter) {
    c.changed = profiles().get("bas");
    c.changed->policies.corrections = CorrectionPolicy::CancelAndResend;
    markChanges();
    EXPECT_EQ(c.plan().codeOf("result", 1041), "no-letter");
    c.told("learner.grade", 1041).letterFileId = 9201;
    EXPECT_NE(cancellation(c.plan()), nullptr);
}

TEST_F(Delivered, isHeldWhereTheProfileHasNoCancellation) {
    Case other;
    other.profile = "digital-professions";
    other.deliver(other.plan());
    other.result(1041).revision = 2;
    other.told("learner.grade", 1041).decision = Decision::Cancel;
    EXPECT_EQ(other.plan().codeOf("result", 1041), "changed-after-sending");
}

TEST_F(Delivered, viewsStayAsTheyAreWhenAnotherResultComes) {
    Result later = c.result(1041);
    later.id = 9999;
    later.raw = 1;
    later.success = false;
    later.attempt = 2;
    c.sample.results.push_back(later);
    const Plan plan = c.plan();
    EXPECT_THAT(plan.refused, IsEmpty()) << plan.refused.front().record.kind << " " << plan.refused.front().reason;
    EXPECT_EQ(plan.drafts.size(), 1u);
}

TEST_F(Delivered, aMaterialThatCameLaterIsAChangeOfItsVideo) {
    c.element(31).fileIds = {9101, 9102};
    c.element(31).revision = 2;
    EXPECT_EQ(c.plan().codeOf("element", 31), "changed-after-sending");
}

TEST_F(Delivered, whatWasToldAnewUnderAnotherKindIsGuardedAsTheFirstWas) {
    const Known first = c.told("learner.grade", 1041);
    c.known[{"learner.final-work", 1041}] = {1, "11111111-2222-5333-8444-555555555555", first.digest, 9000};
    Known& cancelled = c.told("learner.grade", 1041);
    cancelled.cancelled = true;
    cancelled.cancels = 1;
    markChanges();
    EXPECT_EQ(c.plan().codeOf("result", 1041), "changed-after-sending");
    EXPECT_THAT(c.plan().drafts, IsEmpty());

    c.result(1041).deleted = true;
    EXPECT_EQ(c.plan().codeOf("result", 1041), "deleted-after-sending");
}

TEST_F(Delivered, aWordToCancelIsNoneOnAChangeThatCameLater) {
    markChanges();
    decide("learner.grade", 1041, Decision::Cancel);
    c.result(1041).revision = 3;
    const Plan plan = c.plan();
    EXPECT_EQ(cancellation(plan), nullptr);
    EXPECT_EQ(plan.codeOf("result", 1041), "changed-after-sending");
}

TEST_F(Delivered, aWordToKeepAChangeIsNoneOnALearnersDeletion) {
    markChanges();
    decide("learner.grade", 1041, Decision::Keep);
    c.told("learner.grade", 1041).decidedOn = DecidedOn::Change;
    ASSERT_EQ(c.plan().codeOf("result", 1041), "");
    for (auto& learner : c.sample.learners)
        if (learner.id == c.result(1041).learnerId) learner.deleted = true;
    EXPECT_EQ(c.plan().codeOf("result", 1041), "deleted-after-sending");
}

TEST_F(Delivered, nothingNewRefersToAnElementThatIsBeingCancelled) {
    c.element(41).title = "Другое название";
    c.element(41).revision = 2;
    decide("methodist.assessment.theme", 41, Decision::Cancel);
    c.known.erase({"learner.grade", 1041});
    const Plan plan = c.plan();
    EXPECT_NE(cancellation(plan), nullptr);
    EXPECT_EQ(plan.draftOf("learner.grade", 1041), nullptr);
    EXPECT_EQ(plan.codeOf("result", 1041), "refers-to-unsendable");
}

TEST(DeliveredOnce, aVideoWithoutAFileIsNoChangeOfItselfAfterOneThatHasAFile) {
    Case c;
    Element bare = c.element(31);
    bare.id = 3100;
    bare.fileIds.clear();
    c.sample.structure.elements.push_back(bare);
    c.deliver(c.plan());
    ASSERT_EQ(c.known.count({"methodist.video", 3100}), 1u);
    // A night that has nothing to tell of the first video leaves nothing of its file behind.
    c.element(31).deleted = true;
    c.known.erase({"methodist.video", 31});

    EXPECT_EQ(c.plan().codeOf("element", 3100), "");
}

TEST_F(Delivered, aStorageThatIsAwayForANightChangesNothing) {
    for (auto& [id, file] : c.sample.files) file.url.clear();
    const Plan plan = c.plan();
    EXPECT_THAT(plan.refused, IsEmpty()) << plan.refused.front().record.kind << " " << plan.refused.front().reason;
}

}  // namespace
