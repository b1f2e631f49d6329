#include "common/Uuid.h"
#include "plugin/footprint/FlowPlanner.h"
#include "plugin/footprint/Reasons.h"
#include "tests/unit/footprint/FootprintTestKit.h"

#include <gmock/gmock.h>

#include <set>

namespace {

using namespace kit;

std::string actorOf(const StatementDraft& draft) {
    const auto json = parsed(draft.bytes);
    return rapidjson::Pointer("/actor/account/name").Get(json)->GetString();
}

TEST(FlowPlanner, plansTheWholeSample) {
    Case c;
    const Plan plan = c.plan();

    EXPECT_EQ(plan.refused.size(), 0u);
    EXPECT_EQ(plan.drafts.size(), 34u);
    EXPECT_EQ(c.counts.due, 34);
}

TEST(FlowPlanner, idsAreUuid5OfTheDocumentedName) {
    Case c;
    c.result(1041).attempt = 2;
    c.result(1041).revision = 3;
    const Plan plan = c.plan();

    EXPECT_EQ(plan.draftOf("methodist.theme", 21)->statementId,
              common::Uuid::v5(c.sample.installationId, "demo|bas|2|methodist.theme|21|0|1"));
    EXPECT_EQ(plan.draftOf("learner.grade", 1041)->statementId,
              common::Uuid::v5(c.sample.installationId, "demo|bas|2|learner.grade|1041|2|3"));
    EXPECT_EQ(plan.draftOf("methodist.course", 2)->statementId,
              common::Uuid::v5(c.sample.installationId, "demo|bas|2|methodist.course|2|0|1"));
}

TEST(FlowPlanner, noTwoStatementsShareAnId) {
    Case c;
    std::set<std::string> ids;
    const Plan plan = c.plan();
    for (const auto& draft : plan.drafts) ids.insert(draft.statementId);
    EXPECT_EQ(ids.size(), plan.drafts.size());
}

TEST(FlowPlanner, sameInputGivesSameBytes) {
    Case c;
    const Plan one = c.plan(), two = c.plan();
    ASSERT_EQ(one.drafts.size(), two.drafts.size());
    for (std::size_t i = 0; i < one.drafts.size(); ++i) EXPECT_EQ(one.drafts[i].bytes, two.drafts[i].bytes);
}

TEST(FlowPlanner, structureComesBeforeLearnersByRank) {
    Case c;
    const Plan plan = c.plan();
    int methodist = -1, learner = 1000;
    for (const auto& draft : plan.drafts)
        if (draft.learnerId == 0)
            methodist = std::max(methodist, draft.rank);
        else
            learner = std::min(learner, draft.rank);
    EXPECT_LT(methodist, learner);
}

TEST(FlowPlanner, learnersStatementRefersToThePlannedMethodists) {
    Case c;
    const Plan plan = c.plan();
    const auto* grade = plan.draftOf("learner.grade", 1045);

    EXPECT_EQ(grade->dependsOn, plan.draftOf("methodist.assessment.final", 45)->statementId);
    const auto json = parsed(grade->bytes);
    EXPECT_EQ(grade->dependsOn, rapidjson::Pointer("/object/id").Get(json)->GetString());
}

TEST(FlowPlanner, learnersStatementRefersToTheMethodistsAsSent) {
    Case c;
    c.known[{"methodist.video", 31}] = {7, "0b0f6b0e-7c53-4f7e-8a11-0d6f2b5b1005", ""};
    const Plan plan = c.plan();

    EXPECT_EQ(plan.draftOf("learner.video", 1031)->dependsOn, "0b0f6b0e-7c53-4f7e-8a11-0d6f2b5b1005");
}

TEST(FlowPlanner, learnersStatementGoesNotWithoutTheMethodists) {
    Case c;
    c.element(45).documentType.clear();
    const Plan plan = c.plan();

    EXPECT_EQ(plan.codeOf("element", 45), "no-document-type");
    const auto* refusal = plan.refusalOf("result", 1045);
    ASSERT_NE(refusal, nullptr);
    EXPECT_EQ(refusal->code, "refers-to-unsendable");
    EXPECT_EQ(refusal->field, "ref.element");
    EXPECT_EQ(refusal->kind, "learner.grade");
    EXPECT_NE(refusal->reason.find("Итоговая аттестация"), std::string::npos);
    EXPECT_NE(refusal->reason.find("Не указан тип итогового документа"), std::string::npos);
}

TEST(FlowPlanner, aSecondRunHasNothingDue) {
    Case c;
    c.deliver(c.plan());
    const Plan again = c.plan();

    EXPECT_TRUE(again.drafts.empty());
    EXPECT_TRUE(again.refused.empty());
    EXPECT_EQ(c.counts.known, 34);
}

TEST(FlowPlanner, aResultThatChangedAfterSendingIsHeld) {
    Case c;
    c.deliver(c.plan());
    c.result(1041).raw = 9;
    c.result(1041).revision = 2;
    const Plan again = c.plan();

    EXPECT_TRUE(again.drafts.empty());
    EXPECT_EQ(again.codeOf("result", 1041), "changed-after-sending");
    EXPECT_EQ(again.refusalOf("result", 1041)->kind, "learner.grade");
}

TEST(FlowPlanner, aDeletedResultIsHeldWhenItWasSentAndForgottenWhenNot) {
    Case c;
    c.deliver(c.plan());
    for (const RecordId id : {1041, 1042}) {
        c.result(id).deleted = true;
        c.result(id).revision = 2;
    }
    c.known.erase({"learner.grade", 1042});
    const Plan again = c.plan();

    EXPECT_EQ(again.codeOf("result", 1041), "deleted-after-sending");
    EXPECT_EQ(again.codeOf("result", 1042), "");
}

TEST(FlowPlanner, anElementThatChangedAfterSendingIsHeldAndStillReferredTo) {
    Case c;
    c.deliver(c.plan());
    const std::string sent = c.known.at({"methodist.video", 31}).statementId;
    c.element(31).title = "Другое";
    c.element(31).revision = 2;
    c.known.erase({"learner.video", 1031});
    const Plan again = c.plan();

    EXPECT_EQ(again.codeOf("element", 31), "changed-after-sending");
    ASSERT_EQ(again.drafts.size(), 1u);
    EXPECT_EQ(again.drafts[0].dependsOn, sent);
}

TEST(FlowPlanner, aNewRevisionThatSaysTheSameIsNoChange) {
    Case c;
    c.deliver(c.plan());
    c.element(31).closedAt = c.sample.now - 1;
    c.element(31).revision = 2;
    c.sample.structure.flow.revision = 2;
    const Plan again = c.plan();

    EXPECT_TRUE(again.refused.empty());
    EXPECT_TRUE(again.drafts.empty());
}

TEST(FlowPlanner, withoutADigestANewRevisionIsAChange) {
    Case c;
    c.deliver(c.plan());
    for (auto& [key, known] : c.known) known.digest.clear();
    c.element(31).revision = 2;

    EXPECT_EQ(c.plan().codeOf("element", 31), "changed-after-sending");
}

TEST(FlowPlanner, whatWasSentUnderAnotherUntiIdIsHeldAndNamed) {
    Case c;
    c.deliver(c.plan());
    c.sample.learners[0].untiId = "100002";
    c.sample.learners[0].revision = 2;
    const Plan again = c.plan();

    EXPECT_TRUE(again.drafts.empty());
    for (const RecordId id : {1041, 1045, 1046}) EXPECT_EQ(again.codeOf("result", id), "changed-after-sending");
    EXPECT_EQ(again.codeOf("view", 1031), "changed-after-sending");
    EXPECT_NE(again.refusalOf("view", 1031)->reason.find("другой unti_id"), std::string::npos);
}

TEST(FlowPlanner, whatWasSentOfALearnerWhoIsGoneSinceIsNamed) {
    Case c;
    c.deliver(c.plan());
    c.sample.learners[0].deleted = true;
    EXPECT_EQ(c.plan().codeOf("result", 1041), "deleted-after-sending");

    c.sample.learners.clear();
    const Plan again = c.plan();
    EXPECT_EQ(again.codeOf("result", 1041), "changed-after-sending");
    EXPECT_NE(again.refusalOf("result", 1041)->reason.find("не зачислен"), std::string::npos);
}

TEST(FlowPlanner, aLearnerLeftOutAfterSendingIsNoChange) {
    Case c;
    c.deliver(c.plan());
    c.leftOut[501] = "по просьбе";
    EXPECT_TRUE(c.plan().refused.empty());
}

TEST(FlowPlanner, anotherMethodistAfterSendingIsNamedForEveryPartItWasSentAs) {
    Case c;
    c.deliver(c.plan());
    c.sample.structure.flow.methodistUntiId = "900002";
    c.sample.structure.flow.revision = 2;
    const Plan again = c.plan();

    EXPECT_TRUE(again.drafts.empty());
    for (const auto& [kind, id] : {std::pair{"flow", 2}, {"block", 3}, {"module", 11}, {"theme", 21}, {"element", 31}})
        EXPECT_EQ(again.codeOf(kind, id), "changed-after-sending") << kind;
    EXPECT_EQ(again.codeOf("result", 1041), "") << "the learner's own fact is as it was";
}

TEST(FlowPlanner, anotherIdOfFlowOrModuleAfterSendingIsNamedWhereverItWasTold) {
    Case c;
    c.deliver(c.plan());
    c.sample.structure.modules[0].u2035Id = 399;
    c.sample.structure.modules[0].revision = 2;
    const Plan module = c.plan();
    EXPECT_EQ(module.codeOf("theme", 21), "changed-after-sending");
    EXPECT_EQ(module.codeOf("element", 31), "changed-after-sending");
    EXPECT_EQ(module.codeOf("module", 11), "") << "a module's statement doesn't tell its id";

    c.sample.structure.flow.u2035Id = 7002;
    c.sample.structure.flow.revision = 2;
    const Plan flow = c.plan();
    EXPECT_EQ(flow.codeOf("block", 3), "changed-after-sending");
    EXPECT_EQ(flow.codeOf("result", 1041), "changed-after-sending");
    EXPECT_TRUE(flow.drafts.empty());
}

TEST(FlowPlanner, anElementMovedToAnotherModuleAfterSendingIsNamedWithItsResults) {
    Case c;
    c.deliver(c.plan());
    c.sample.structure.modules[1].position = 2;
    c.element(41).themeId = 22;
    c.element(41).revision = 2;
    const Plan again = c.plan();

    EXPECT_EQ(again.codeOf("element", 41), "changed-after-sending");
    EXPECT_EQ(again.codeOf("result", 1041), "changed-after-sending") << "it was told with the other module's number";
    EXPECT_TRUE(again.drafts.empty());
}

TEST(FlowPlanner, aResultMovedToAnotherFlowAfterSendingIsNotSentTwice) {
    Case c;
    c.deliver(c.plan());
    c.sample.structure.flow.id = 3;
    for (auto& result : c.sample.results) {
        result.flowId = 3;
        result.revision = 2;
    }
    const Plan again = c.plan();
    EXPECT_EQ(again.codeOf("result", 1041), "changed-after-sending");
}

TEST(FlowPlanner, anElementThatBecameAnotherKindIsAChangeNotANewOne) {
    Case c;
    c.deliver(c.plan());
    c.element(33).kind = ElementKind::Video;
    c.element(33).revision = 2;
    const Plan again = c.plan();

    EXPECT_EQ(again.codeOf("element", 33), "changed-after-sending");
    EXPECT_TRUE(again.drafts.empty());
}

TEST(FlowPlanner, aDeletedElementIsHeldAndItsResultsAreListed) {
    Case c;
    c.known[{"methodist.assessment.theme", 41}] = {1, "0b0f6b0e-7c53-4f7e-8a11-0d6f2b5b1005", ""};
    c.element(41).deleted = true;
    const Plan plan = c.plan();

    EXPECT_EQ(plan.codeOf("element", 41), "deleted-after-sending");
    EXPECT_EQ(plan.codeOf("result", 1041), "element-deleted");
}

TEST(FlowPlanner, whatLiesInADeletedModuleIsDeleted) {
    Case c;
    c.sample.structure.modules[1].deleted = true;
    const Plan plan = c.plan();

    EXPECT_EQ(plan.draftOf("methodist.module", 12), nullptr);
    EXPECT_EQ(plan.draftOf("methodist.practice", 34), nullptr);
    EXPECT_EQ(plan.codeOf("result", 1034), "element-deleted");
}

TEST(FlowPlanner, methodistsTimeIsTheMomentOfPlanningInTheOrganizationsZone) {
    Case c;
    c.sample.now += 123'456;
    c.sample.organization.timeZone = "Asia/Vladivostok";
    const Plan plan = c.plan();

    const auto json = parsed(plan.draftOf("methodist.course", 2)->bytes);
    EXPECT_STREQ(rapidjson::Pointer("/timestamp").Get(json)->GetString(), "2025-12-05T17:00:00+10:00");
    EXPECT_EQ(plan.draftOf("methodist.course", 2)->timestamp, c.sample.now - 123'456);
}

TEST(FlowPlanner, theProjectsValueWinsOverTheProfiles) {
    Case c;
    c.sample.project.projectValue = "БАС-2026";
    const Plan plan = c.plan();
    const auto json = parsed(plan.drafts[0].bytes);
    const auto* project = rapidjson::Pointer("/context/extensions/https:~1~1api.2035.university~1project").Get(json);
    EXPECT_STREQ(project->GetString(), "БАС-2026");
}

TEST(FlowPlanner, aResultUnderReviewWaits) {
    Case c;
    c.result(1041).graded = false;
    const Plan plan = c.plan();

    EXPECT_EQ(plan.draftOf("learner.grade", 1041), nullptr);
    EXPECT_EQ(plan.refusalOf("result", 1041), nullptr);
    EXPECT_EQ(c.counts.waiting, 1);
}

TEST(FlowPlanner, aHalfWatchedVideoWaitsUntilItsElementOrFlowCloses) {
    Case c;
    c.view(1031).percent = 84.9;
    EXPECT_EQ(c.plan().draftOf("learner.video", 1031), nullptr);
    EXPECT_EQ(c.counts.waiting, 1);

    c.element(31).closedAt = c.sample.now;
    EXPECT_NE(c.plan().draftOf("learner.video", 1031), nullptr);

    c.element(31).closedAt = c.sample.now + 1;
    EXPECT_EQ(c.plan().draftOf("learner.video", 1031), nullptr);

    c.sample.structure.flow.closedAt = c.sample.now - 1;
    EXPECT_NE(c.plan().draftOf("learner.video", 1031), nullptr);
}

TEST(FlowPlanner, aPercentageIsCutNeverRoundedUp) {
    Case c;
    c.view(1031).percent = 99.9;
    const Plan plan = c.plan();
    const auto json = parsed(plan.draftOf("learner.video", 1031)->bytes);
    EXPECT_EQ(rapidjson::Pointer("/result/extensions/https:~1~1id.2035.university~1xapi~1extension~1view-percentage")
                  .Get(json)
                  ->GetInt(),
              99);
}

TEST(FlowPlanner, watchedTimeIsLengthTimesPercentWhenNotRecorded) {
    Case c;
    c.view(1031).watchedSeconds.reset();
    c.view(1031).percent = 90;
    const Plan plan = c.plan();
    const auto json = parsed(plan.draftOf("learner.video", 1031)->bytes);
    EXPECT_STREQ(rapidjson::Pointer("/result/duration").Get(json)->GetString(), "PT1H25M30S");
}

TEST(FlowPlanner, testContourCarriesTestIdsOnly) {
    Case c;
    c.contour = Contour::Test;
    c.testMethodist = "77";
    c.sample.learners[0].testUntiId = "55";
    const Plan plan = c.plan();

    ASSERT_FALSE(plan.drafts.empty());
    for (const auto& draft : plan.drafts) EXPECT_EQ(actorOf(draft), draft.learnerId == 0 ? "77" : "55");
}

TEST(FlowPlanner, testContourNeverTakesAProductionId) {
    Case c;
    c.contour = Contour::Test;
    const Plan plan = c.plan();

    EXPECT_TRUE(plan.drafts.empty());
    EXPECT_EQ(plan.codeOf("flow", 2), "no-test-methodist");
    EXPECT_EQ(plan.codeOf("result", 1041), "no-test-unti-id");
}

TEST(FlowPlanner, productionNeverTakesATestId) {
    Case c;
    c.testMethodist = "77";
    c.sample.structure.flow.methodistUntiId.clear();
    c.sample.learners[0].untiId.clear();
    c.sample.learners[0].testUntiId = "55";
    const Plan plan = c.plan();

    EXPECT_TRUE(plan.drafts.empty());
    EXPECT_EQ(plan.codeOf("flow", 2), "no-methodist");
    EXPECT_EQ(plan.codeOf("result", 1041), "no-unti-id");
}

TEST(FlowPlanner, digitalProfessionsSendsAnActivityAndNoStructure) {
    Case c;
    c.profile = "digital-professions";
    const Plan plan = c.plan();

    ASSERT_NE(plan.draftOf("learner.grade", 1041), nullptr);
    for (const auto& draft : plan.drafts) {
        EXPECT_NE(draft.learnerId, 0);
        EXPECT_EQ(draft.dependsOn, "");
        const auto json = parsed(draft.bytes);
        EXPECT_STREQ(rapidjson::Pointer("/object/objectType").Get(json)->GetString(), "Activity");
    }
}

TEST(FlowPlanner, aFinalWorkCarriesItsFileAndGoesNotWithoutAllOfThem) {
    Case c;
    const Plan plan = c.plan();
    const auto json = parsed(plan.draftOf("learner.final-work", 1046)->bytes);
    EXPECT_EQ(rapidjson::Pointer("/attachments/0/fileUrl").Get(json)->GetString(), c.sample.files.at(9001).url);

    c.result(1046).fileIds = {9001, 9999};
    EXPECT_EQ(c.plan().codeOf("result", 1046), "file-not-in-storage");
}

TEST(FlowPlanner, onlyALearnerWithoutAFileIsAskedToUploadOne) {
    Case c;
    c.result(1046).fileIds = {9999};
    const Plan here = c.plan();
    EXPECT_EQ(here.codeOf("result", 1046), "file-not-in-storage");
    EXPECT_NE(here.refusalOf("result", 1046)->fix.find("заново не нужно"), std::string::npos);

    c.result(1046).fileIds.clear();
    EXPECT_EQ(c.plan().codeOf("result", 1046), "no-file");
}

TEST(FlowPlanner, aStatementLargerThanAPostIsListed) {
    Case c;
    c.element(31).description = std::string(600'000, 'x');
    EXPECT_EQ(c.plan().codeOf("element", 31), "too-large");
}

TEST(FlowPlanner, aStatementThatBreaksARuleIsListedWithTheRule) {
    Case c;
    c.sample.files.at(9001).url = "http://s3.example.net/work.pdf";
    const Plan plan = c.plan();
    const auto* refusal = plan.refusalOf("result", 1046);
    ASSERT_NE(refusal, nullptr);
    EXPECT_EQ(refusal->code, "invalid-statement");
    EXPECT_NE(refusal->reason.find("attachment"), std::string::npos);
}

/// One thing wrong in the sample, and how the record is listed.
struct Wrong {
    const char* name;
    void (*bend)(Case&);
    const char* record;
    RecordId id;
    const char* code;
    const char* field;
};
class PlannerLists : public testing::TestWithParam<Wrong> {};

TEST_P(PlannerLists, withCodeFieldReasonAndFix) {
    Case c;
    GetParam().bend(c);
    const Plan plan = c.plan();

    const auto* refusal = plan.refusalOf(GetParam().record, GetParam().id);
    ASSERT_NE(refusal, nullptr);
    EXPECT_EQ(refusal->code, GetParam().code);
    EXPECT_EQ(refusal->field, GetParam().field);
    EXPECT_FALSE(refusal->reason.empty());
    EXPECT_FALSE(refusal->fix.empty());
    EXPECT_EQ(refusal->flowId, 2);
}

Learner& learner(Case& c) {
    return c.sample.learners[0];
}
FlowStructure& structure(Case& c) {
    return c.sample.structure;
}

INSTANTIATE_TEST_SUITE_P(
    Table, PlannerLists,
    testing::Values(
        Wrong{"noUntiId", [](Case& c) { learner(c).untiId.clear(); }, "result", 1041, "no-unti-id", "learner.untiId"},
        Wrong{"badUntiId", [](Case& c) { learner(c).untiId = "007"; }, "result", 1041, "bad-unti-id", "learner.untiId"},
        Wrong{"leftOut", [](Case& c) { c.leftOut[501] = "по заявлению"; }, "view", 1031, "learner-left-out", "learner"},
        Wrong{"learnerDeleted", [](Case& c) { learner(c).deleted = true; }, "view", 1031, "learner-deleted", "learner"},
        Wrong{"unknownLearner", [](Case& c) { c.result(1041).learnerId = 9; }, "result", 1041, "unknown-learner",
              "learner"},
        Wrong{"unknownElement", [](Case& c) { c.result(1041).elementId = 9; }, "result", 1041, "unknown-element",
              "element"},
        Wrong{"wrongFlow", [](Case& c) { c.result(1041).flowId = 9; }, "result", 1041, "wrong-flow", "flow"},
        Wrong{"noMark", [](Case& c) { c.result(1041).raw.reset(); }, "result", 1041, "no-mark", "result.raw"},
        Wrong{"noSuccess", [](Case& c) { c.result(1041).success.reset(); }, "result", 1041, "no-success",
              "result.success"},
        Wrong{"noBounds",
              [](Case& c) {
                  c.result(1041).max.reset();
                  c.element(41).maxScore.reset();
              },
              "result", 1041, "no-score-bounds", "result.max"},
        Wrong{"equalBounds", [](Case& c) { c.result(1041).max = 0; }, "result", 1041, "bad-score-bounds", "result.max"},
        Wrong{"markOutside", [](Case& c) { c.result(1041).raw = 11; }, "result", 1041, "mark-out-of-range",
              "result.raw"},
        Wrong{"passMarkOutside", [](Case& c) { c.result(1041).passScore = 60; }, "result", 1041, "bad-pass-mark",
              "result.passMark"},
        Wrong{"attempt0", [](Case& c) { c.result(1041).attempt = 0; }, "result", 1041, "bad-attempt", "result.attempt"},
        Wrong{"negativeDuration", [](Case& c) { c.result(1041).durationSeconds = -1; }, "result", 1041, "bad-duration",
              "result.duration"},
        Wrong{"noTime", [](Case& c) { c.result(1041).at.reset(); }, "result", 1041, "no-time", "statement.timestamp"},
        Wrong{"future", [](Case& c) { c.result(1041).at = c.sample.now + 301'000'000; }, "result", 1041,
              "time-in-future", "statement.timestamp"},
        Wrong{"noPercent",
              [](Case& c) {
                  c.view(1031).percent.reset();
                  structure(c).flow.closedAt = 1;
              },
              "view", 1031, "no-view-percent", "view.percent"},
        Wrong{"badPercent", [](Case& c) { c.view(1031).percent = 101; }, "view", 1031, "bad-view-percent",
              "view.percent"},
        Wrong{"noWatchedTime",
              [](Case& c) {
                  c.view(1031).watchedSeconds.reset();
                  c.element(31).durationSeconds.reset();
              },
              "view", 1031, "no-watched-time", "view.watched"},
        Wrong{"noMethodist", [](Case& c) { structure(c).flow.methodistUntiId.clear(); }, "theme", 21, "no-methodist",
              "methodist.untiId"},
        Wrong{"badMethodist", [](Case& c) { structure(c).flow.methodistUntiId = "ivanov"; }, "flow", 2, "bad-methodist",
              "methodist.untiId"},
        Wrong{"noProgrammeId", [](Case& c) { structure(c).programme.u2035Id.reset(); }, "flow", 2, "no-programme-id",
              "programme.u2035Id"},
        Wrong{"noFlowId", [](Case& c) { structure(c).flow.u2035Id.reset(); }, "block", 3, "no-flow-id", "flow.u2035Id"},
        Wrong{"noModuleId", [](Case& c) { structure(c).modules[0].u2035Id.reset(); }, "theme", 21, "no-module-id",
              "module.u2035Id"},
        Wrong{"noThemeId", [](Case& c) { structure(c).themes[0].u2035Id.reset(); }, "element", 31, "no-theme-id",
              "theme.u2035Id"},
        Wrong{"noPosition", [](Case& c) { structure(c).themes[0].position = 0; }, "theme", 21, "no-theme-position",
              "theme.position"},
        Wrong{"noTitle", [](Case& c) { c.element(31).title.clear(); }, "element", 31, "no-element-title",
              "element.title"},
        Wrong{"noBase", [](Case& c) { c.sample.organization.activityBase.clear(); }, "flow", 2, "no-activity-base",
              "course.activityId"},
        Wrong{"noWebinarLink", [](Case& c) { c.element(32).webinarLink.clear(); }, "element", 32, "no-webinar-link",
              "element.webinarLink"},
        Wrong{"noAdmittance", [](Case& c) { c.element(34).admittanceForm.clear(); }, "element", 34,
              "no-admittance-form", "element.admittanceForm"},
        Wrong{"videoOnAModule",
              [](Case& c) {
                  c.element(31).themeId.reset();
                  c.element(31).moduleId = 11;
              },
              "element", 31, "no-template", "element.level"},
        Wrong{"resultOfAVideo", [](Case& c) { c.result(1041).elementId = 31; }, "result", 1041, "kind-not-in-profile",
              "element.kind"},
        Wrong{"badText", [](Case& c) { c.element(31).title = "\xff"; }, "element", 31, "bad-text", "element.title"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Reasons, haveDistinctCodes) {
    std::set<std::string> codes;
    for (const Reason* reason : allReasons()) EXPECT_TRUE(codes.insert(reason->code).second) << reason->code;
}

}  // namespace
