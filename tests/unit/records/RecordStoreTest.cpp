#include "tests/unit/records/RecordsFixture.h"

namespace {

using tests::RecordsFixture;
using namespace host;

class RecordStoreTest : public RecordsFixture {
protected:
    void SetUp() override { fillStructure(); }
    sdk::RecordId flow() { return store.flows("demo", store.programmes("demo", "bas").front().id).front().id; }
    std::vector<sdk::Result> results() {
        std::vector<sdk::Result> all;
        store.results("demo", flow(), 0, [&](std::span<const sdk::Result> page) {
            all.insert(all.end(), page.begin(), page.end());
            return true;
        });
        return all;
    }
    sdk::Element element(const std::string& externalId) {
        const auto all = store.structure("demo", flow()).value();
        for (const auto& one : all.elements)
            if (one.externalId == externalId) return one;
        throw std::out_of_range(externalId);
    }
    static std::string result(const std::string& id, const std::string& more) {
        return R"({"kind":"results","externalId":")" + id + R"(","learner":"l1","element":"e1")" +
               (more.empty() ? "" : "," + more) + "}";
    }
};

TEST_F(RecordStoreTest, givesTheStructureOfAFlow) {
    const auto all = store.structure("demo", flow());
    ASSERT_TRUE(all);
    EXPECT_EQ(all->programme.title, "БПЛА");
    EXPECT_EQ(all->programme.u2035Id, 11);
    EXPECT_EQ(all->flow.key, "f-1");
    EXPECT_EQ(all->flow.instructorUntiIds, (std::vector<std::string>{"12", "13"}));
    ASSERT_EQ(all->elements.size(), 2U);
    EXPECT_EQ(all->elements[0].themeId, all->themes.at(0).id);
    EXPECT_EQ(all->elements[0].programmeId, all->programme.id);
    EXPECT_EQ(all->themes[0].moduleId, all->modules.at(0).id);
    EXPECT_EQ(all->modules[0].blockId, all->blocks.at(0).id);
    EXPECT_EQ(all->elements[0].kind, sdk::ElementKind::Test);
    EXPECT_FALSE(all->elements[0].required.has_value());
}

TEST_F(RecordStoreTest, knowsNothingOfAnotherOrganization) {
    EXPECT_TRUE(store.programmes("other", "").empty());
    EXPECT_FALSE(store.structure("other", flow()));
    EXPECT_TRUE(store.learners("other", flow()).empty());
}

TEST_F(RecordStoreTest, keepsTheRevisionOfAnUnchangedRecord) {
    batch(result("r1", R"("raw":70)"));
    const auto again = batch(result("r1", R"("raw":70)"));
    EXPECT_EQ(status(again, 0), "unchanged");
    EXPECT_EQ(results().at(0).revision, 1);
}

TEST_F(RecordStoreTest, raisesTheRevisionOfAChangedRecordAndKeepsItsId) {
    batch(result("r1", R"("raw":70)"));
    const auto before = results().at(0);
    db.clock.advance(std::chrono::seconds(5));
    EXPECT_EQ(status(batch(result("r1", R"("raw":71)")), 0), "updated");
    const auto after = results().at(0);
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.revision, 2);
    EXPECT_EQ(after.raw, 71);
    EXPECT_EQ(after.changedAt, before.changedAt + 5'000'000);
}

TEST_F(RecordStoreTest, showsTheElementsScaleWhereAResultHasNone) {
    batch(result("r1", R"("raw":70)") + "," + result("r2", R"("raw":7,"max":10,"passScore":6)"));
    const auto all = results();
    EXPECT_EQ(all[0].max, 100);
    EXPECT_EQ(all[0].passScore, 60);
    EXPECT_FALSE(all[0].success.has_value()) << "success is never computed";
    EXPECT_EQ(all[1].max, 10);
    EXPECT_EQ(all[1].passScore, 6);
}

TEST_F(RecordStoreTest, raisesResultsWhenTheScaleTheyShowChanges) {
    batch(result("r1", R"("raw":70)") + "," + result("r2", R"("raw":70,"passScore":50)"));
    batch(
        R"({"kind":"elements","externalId":"e1","theme":"t1","type":"test","title":"Тест","minScore":0,"maxScore":100,"passScore":65})");
    EXPECT_EQ(results()[0].revision, 2);
    EXPECT_EQ(results()[0].passScore, 65);
    EXPECT_EQ(results()[1].revision, 1) << "it has a pass mark of its own";
}

TEST_F(RecordStoreTest, findsTheFlowOfTheOnlyEnrolment) {
    EXPECT_EQ(status(batch(result("r1", "")), 0), "created");
    EXPECT_EQ(results().at(0).flowId, flow());
}

TEST_F(RecordStoreTest, refusesToGuessBetweenTwoFlows) {
    batch(R"({"kind":"flows","externalId":"f2","programme":"p1","key":"f-2"},
             {"kind":"enrollments","externalId":"n2","learner":"l1","flow":"f2","status":"enrolled"})");
    const auto answer = batch(result("r1", ""));
    EXPECT_EQ(status(answer, 0), "rejected");
    EXPECT_NE(firstError(answer, 0).find("/flow is missing, and the learner is enrolled in 2 flows"), std::string::npos)
        << firstError(answer, 0);
    EXPECT_EQ(status(batch(result("r1", R"("flow":"f2")")), 0), "created");
}

TEST_F(RecordStoreTest, takesTheFlowOfAnElementThatHasOne) {
    batch(R"({"kind":"flows","externalId":"f2","programme":"p1","key":"f-2"},
             {"kind":"elements","externalId":"e2","programme":"p1","flow":"f2","type":"final-work","title":"Работа"})");
    const auto answer = batch(R"({"kind":"results","externalId":"r1","learner":"l1","element":"e2"})");
    EXPECT_EQ(status(answer, 0), "created");
    const auto wrong = batch(R"({"kind":"results","externalId":"r2","learner":"l1","element":"e2","flow":"f1"})");
    EXPECT_EQ(pointer(wrong, 0), "/flow");
}

TEST_F(RecordStoreTest, refusesMarksOutsideTheElementsScale) {
    EXPECT_EQ(pointer(batch(result("r1", R"("raw":101)")), 0), "/raw");
}

TEST_F(RecordStoreTest, softDeletesAndRevives) {
    batch(result("r1", R"("raw":70)"));
    const auto id = results().at(0).id;
    store.remove("demo", records::RecordKind::Result, id, 1);
    EXPECT_TRUE(results().at(0).deleted);
    EXPECT_EQ(results().at(0).revision, 2);
    EXPECT_EQ(status(batch(result("r1", R"("raw":70)")), 0), "updated");
    EXPECT_FALSE(results().at(0).deleted);
    EXPECT_EQ(results().at(0).revision, 3);
    EXPECT_EQ(results().at(0).id, id);
}

TEST_F(RecordStoreTest, refusesAReferenceToADeletedRecord) {
    const auto learner = store.learners("demo", flow()).front();
    store.remove("demo", records::RecordKind::Learner, learner.id, std::nullopt);
    const auto answer = batch(result("r1", ""));
    EXPECT_NE(firstError(answer, 0).find("/learner names a deleted record"), std::string::npos)
        << firstError(answer, 0);
}

TEST_F(RecordStoreTest, pagesAThousandAtATimeWithNoSessionHeld) {
    std::string items;
    for (int i = 0; i < 2500; ++i) items += (i == 0 ? "" : ",") + result("r" + std::to_string(i), R"("raw":50)");
    ASSERT_EQ(batch(items).json()->getObject("counts")->getValue<int>("created"), 2500);
    std::vector<std::size_t> sizes;
    sdk::RecordId last = 0;
    store.results("demo", flow(), 0, [&](std::span<const sdk::Result> page) {
        sizes.push_back(page.size());
        EXPECT_GT(page.front().id, last);
        last = page.back().id;
        // A write in between would wait for itself if a session were held.
        db.execute("UPDATE record_programmes SET title = title");
        return true;
    });
    EXPECT_EQ(sizes, (std::vector<std::size_t>{1000, 1000, 500}));
    int pages = 0;
    store.results("demo", flow(), 0, [&](std::span<const sdk::Result>) { return ++pages < 2; });
    EXPECT_EQ(pages, 2);
}

TEST_F(RecordStoreTest, readsBackEveryFieldOfTheOtherKinds) {
    const auto answer = batch(
        R"({"kind":"views","externalId":"w1","learner":"l1","element":"v1","percent":96.5,"watchedSeconds":60,"recording":true,"at":"2026-02-02T10:00:00+03:00"},
           {"kind":"openings","externalId":"o1","learner":"l1","element":"v1","downloaded":true},
           {"kind":"reflections","externalId":"x1","learner":"l1","flow":"f1","module":"m1","text":"Понял,\nкак считать."})");
    ASSERT_EQ(answer.json()->getObject("counts")->getValue<int>("created"), 3) << answer.body;
    store.views("demo", flow(), 0, [&](std::span<const sdk::View> page) {
        EXPECT_EQ(page.front().percent, 96.5);
        EXPECT_EQ(page.front().recording, true);
        EXPECT_FALSE(page.front().attended.has_value());
        EXPECT_EQ(page.front().at, 1'770'015'600'000'000);
        return true;
    });
    store.openings("demo", flow(), 0, [&](std::span<const sdk::Opening> page) {
        EXPECT_TRUE(page.front().downloaded);
        EXPECT_FALSE(page.front().at.has_value());
        return true;
    });
    store.reflections("demo", flow(), 0, [&](std::span<const sdk::Reflection> page) {
        EXPECT_EQ(page.front().text, "Понял,\nкак считать.");
        EXPECT_TRUE(page.front().moduleId.has_value());
        return true;
    });
    EXPECT_EQ(store.enrollments("demo", flow()).front().status, "enrolled");
    EXPECT_EQ(store.learners("demo", flow()).front().untiId, "555");
}

TEST_F(RecordStoreTest, aMaterialBelongsToItsElementAndRaisesItsRevision) {
    const auto before = element("v1");

    const auto upload =
        call(tests::Method::Post, "/records/files?source=lms&externalId=m1&name=v.mp4&element=v1", "%PDF-1.4");

    ASSERT_EQ(upload.status, 201) << upload.body;
    const auto after = element("v1");
    EXPECT_EQ(after.revision, before.revision + 1);
    ASSERT_EQ(after.fileIds.size(), 1u);
    const auto files_ = store.files("demo", after.fileIds);
    EXPECT_EQ(files_.at(0).elementId, after.id);
    EXPECT_FALSE(files_.at(0).resultId.has_value());
    store.remove("demo", records::RecordKind::File, after.fileIds[0], std::nullopt);
    EXPECT_TRUE(element("v1").fileIds.empty());
    EXPECT_EQ(element("v1").revision, before.revision + 2);
}

TEST_F(RecordStoreTest, aFileOfTwoOwnersIsRefused) {
    batch(result("r1", ""));
    EXPECT_EQ(
        call(tests::Method::Post, "/records/files?source=lms&externalId=m1&name=v.mp4&element=v1&result=r1", "%PDF-1.4")
            .status,
        422);
}

TEST_F(RecordStoreTest, whoFixesAFactIsReadBackInOrder) {
    const std::string fact = R"({"kind":"elements","externalId":"e9","theme":"t1","type":"fact","title":"Полёт",)"
                             R"("fixationMethod":"Фиксация в LMS","bestResult":"max","fixationUntiIds":["21","22"],)";
    EXPECT_EQ(pointer(batch(fact + R"("fixationRoles":["Методист"]})"), 0), "/fixationRoles");
    ASSERT_EQ(status(batch(fact + R"("fixationRoles":["Методист","Инструктор"]})"), 0), "created");
    const auto read = element("e9");
    EXPECT_EQ(read.fixationUntiIds, (std::vector<std::string>{"21", "22"}));
    EXPECT_EQ(read.fixationRoles, (std::vector<std::string>{"Методист", "Инструктор"}));
    EXPECT_EQ(read.bestResult, "max");
}

}  // namespace
