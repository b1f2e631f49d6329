#include "host/records/NamedRecords.h"
#include "tests/unit/records/RecordsFixture.h"

#include <gmock/gmock.h>

namespace tests {
namespace {

using host::sdk::RecordId;
using host::sdk::RecordMention;
using testing::ElementsAre;
using testing::IsEmpty;

class NamedRecords : public RecordsFixture {
protected:
    NamedRecords() {
        fillStructure();
        const auto answer = batch(
            R"({"kind":"flows","externalId":"f2","programme":"p1","key":"f-2","title":"Поток 2"},
            {"kind":"learners","externalId":"l-7","untiId":"777","lastName":"Семёнова","firstName":"Анна","middleName":"Петровна"},
            {"kind":"results","externalId":"r1","learner":"l1","element":"e1","flow":"f1","attempt":1,"raw":70},
            {"kind":"views","externalId":"w1","learner":"l1","element":"v1","flow":"f1","percent":90},
            {"kind":"reflections","externalId":"g1","learner":"l1","flow":"f1","module":"m1","text":"Узнал много нового"})");
        EXPECT_EQ(answer.json()->getObject("counts")->getValue<int>("rejected"), 0) << answer.body;
    }
    RecordId id(host::records::RecordKind kind, const std::string& externalId) {
        return store.findExternal("demo", kind, "lms", externalId)->id;
    }
    std::vector<RecordId> like(const std::string& part, const std::string& organization = "demo") {
        return named.learnersLike(organization, part, 0, 100);
    }

    host::records::NamedRecords named{db.database};
};

using Kind = host::records::RecordKind;

TEST_F(NamedRecords, tellLearnerFlowElementAndModule) {
    const auto flow = id(Kind::Flow, "f2"), learner = id(Kind::Learner, "l-7");
    const std::vector<RecordMention> asked{{"result", id(Kind::Result, "r1"), flow, learner},
                                           {"view", id(Kind::View, "w1"), flow, 0},
                                           {"reflection", id(Kind::Reflection, "g1"), 0, 0},
                                           {"theme", id(Kind::Theme, "t1"), 0, 0},
                                           {"result", 4711, 4712, 4713}};

    const auto names = named.names("demo", asked);

    ASSERT_EQ(names.size(), asked.size());
    EXPECT_EQ(names[0].learner, "Семёнова Анна Петровна");
    EXPECT_EQ(names[0].learnerExternalId, "l-7");
    EXPECT_EQ(names[0].flow, "Поток 2");
    EXPECT_EQ(names[0].element, "Тест");
    EXPECT_EQ(names[0].module, "Модуль") << "by its theme";
    EXPECT_EQ(names[1].element, "Видео");
    EXPECT_EQ(names[1].learner, "");
    EXPECT_EQ(names[2].module, "Модуль");
    EXPECT_EQ(names[2].element, "");
    EXPECT_EQ(names[3].module, "Модуль");
    for (const auto& nothing : {names[4].learner, names[4].flow, names[4].element, names[4].module})
        EXPECT_EQ(nothing, "");
}

TEST_F(NamedRecords, tellNothingOfAnotherOrganization) {
    const auto learner = id(Kind::Learner, "l-7");

    EXPECT_EQ(named.names("other", std::vector<RecordMention>{{"learner", 0, 0, learner}})[0].learner, "");
    EXPECT_THAT(like("анна", "other"), IsEmpty());
}

TEST_F(NamedRecords, findLearnersHoweverTheNameIsWritten) {
    const auto anna = id(Kind::Learner, "l-7");

    for (const auto* part : {"СЕМЕНОВА анна", "ёнов", "L-7", "77", " петровна "})
        EXPECT_THAT(like(part), ElementsAre(anna)) << part;
    EXPECT_THAT(like("Иванов"), IsEmpty());
    EXPECT_THAT(named.learnersLike("demo", "", 0, 1), ElementsAre(id(Kind::Learner, "l1")));
    EXPECT_THAT(named.learnersLike("demo", "", id(Kind::Learner, "l1"), 5), ElementsAre(anna));
}

TEST_F(NamedRecords, areWhatTheListOfLearnersIsSearchedBy) {
    const auto names = [this](const std::string& query) {
        const auto answer = call(Method::Get, "/records/learners?q=" + query + "&source=lms&limit=1");
        std::vector<std::string> found;
        const auto items = answer.json()->getArray("items");
        for (unsigned i = 0; i < items->size(); ++i)
            found.push_back(items->getObject(i)->getValue<std::string>("externalId"));
        return found;
    };

    EXPECT_THAT(names("семенова"), ElementsAre("l-7"));
    EXPECT_THAT(names("СОКОЛ"), ElementsAre("l1"));
    EXPECT_THAT(names("никто"), IsEmpty());
    EXPECT_EQ(call(Method::Get, "/records/flows?q=x").status, 400);
}

}  // namespace
}  // namespace tests
