#include "plugin/identities/Suggestions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace plugin::identities;
using testing::IsEmpty;
using testing::SizeIs;

host::sdk::Learner learner(std::int64_t id, std::string leaderId, std::string email = {}) {
    host::sdk::Learner one;
    one.id = id;
    one.leaderId = std::move(leaderId);
    one.email = std::move(email);
    return one;
}

TEST(Suggestions, takeATitleToTheCharacterBeforeAFoldedOne) {
    const std::vector<Titled> all{{Matched::Programme, 1, "Оператор БПЛА", "", {}},
                                  {Matched::Programme, 2, "оператор  бпла — 2", "", {}}};
    const std::vector<KnownId> known{{Matched::Programme, 501, "Оператор БПЛА", 0},
                                     {Matched::Programme, 502, "Оператор БПЛА - 2", 0}};

    const auto lists = suggest(all, known);

    ASSERT_THAT(lists[0], SizeIs(1));
    EXPECT_EQ(lists[0][0].value, "501");
    EXPECT_EQ(lists[0][0].why, Why::SameTitle);
    EXPECT_TRUE(lists[0][0].unique);
    ASSERT_THAT(lists[1], SizeIs(1));
    EXPECT_EQ(lists[1][0].why, Why::SameTitleFold);
}

TEST(Suggestions, areNotUniqueWhenAnythingElseFits) {
    const std::vector<Titled> twice{{Matched::Module, 1, "Введение", "А", {}},
                                    {Matched::Module, 2, "Введение", "Б", {}}};
    const auto sameId = suggest(twice, std::vector<KnownId>{{Matched::Module, 7, "Введение", 0}});
    const std::vector<Titled> once{{Matched::Module, 1, "Введение", "А", {}}};
    const auto twoIds =
        suggest(once, std::vector<KnownId>{{Matched::Module, 7, "Введение", 0}, {Matched::Module, 8, "Введение", 0}});

    EXPECT_FALSE(sameId[0][0].unique);
    EXPECT_FALSE(sameId[1][0].unique);
    ASSERT_THAT(twoIds[0], SizeIs(2));
    EXPECT_FALSE(twoIds[0][0].unique);
}

TEST(Suggestions, keepKindsApartAndLeaveOutIdsThatAreHeld) {
    const std::vector<Titled> all{{Matched::Programme, 1, "Тема", "", {}}, {Matched::Programme, 2, "Другая", "", 501}};

    EXPECT_THAT(suggest(all, std::vector<KnownId>{{Matched::Theme, 7, "Тема", 0}})[0], IsEmpty());
    EXPECT_THAT(suggest(all, std::vector<KnownId>{{Matched::Programme, 501, "Тема", 0}})[0], IsEmpty());
    EXPECT_THAT(suggest(all, std::vector<KnownId>{{Matched::Programme, 502, "Другая", 0}})[1], IsEmpty());
}

TEST(Suggestions, takeTheRecordThatATableNamesAndNoOtherOfThatTitle) {
    const std::vector<Titled> all{{Matched::Theme, 1, "Итог", "", {}}, {Matched::Theme, 2, "Итог", "", {}}};
    const auto lists = suggest(all, std::vector<KnownId>{{Matched::Theme, 9, "Итог", 2}});

    EXPECT_THAT(lists[0], IsEmpty());
    ASSERT_THAT(lists[1], SizeIs(1));
    EXPECT_EQ(lists[1][0].why, Why::NamedInTable);
    EXPECT_TRUE(lists[1][0].unique);
}

TEST(Suggestions, findLearnersByLeaderIdAndHintByEmail) {
    const std::vector<host::sdk::Learner> without{learner(1, "22"), learner(2, "", "A@Example.org"), learner(3, "")};
    const std::vector<SpareRow> rows{
        {"100", "22", "", "r1"}, {"200", "", "a@example.org", "r2"}, {"300", "", "", "r3"}};

    const auto lists = suggest(without, rows, {});

    ASSERT_THAT(lists[0], SizeIs(1));
    EXPECT_EQ(lists[0][0].why, Why::SameLeaderId);
    EXPECT_TRUE(lists[0][0].unique);
    ASSERT_THAT(lists[1], SizeIs(1));
    EXPECT_EQ(lists[1][0].why, Why::SameEmail);
    EXPECT_THAT(lists[2], IsEmpty());
}

TEST(Suggestions, takeTheLearnerThatATableNamesAndNothingElseThatFits) {
    const std::vector<host::sdk::Learner> without{learner(1, "22"), learner(2, "33")};
    const std::vector<SpareRow> rows{{"100", "22", "", "r1", 0}, {"200", "", "", "Орлов", 1}};

    const auto lists = suggest(without, rows, {});

    ASSERT_THAT(lists[0], SizeIs(1));
    EXPECT_EQ(lists[0][0].value, "200");
    EXPECT_EQ(lists[0][0].why, Why::NamedInTable);
    EXPECT_TRUE(lists[0][0].unique);
    EXPECT_THAT(lists[1], IsEmpty());
}

TEST(Suggestions, neverNameAnUntiIdThatALearnerHas) {
    const std::vector<host::sdk::Learner> without{learner(1, "22")};
    const std::vector<SpareRow> rows{{"100", "22", "", "r1"}};

    EXPECT_THAT(suggest(without, rows, {"100"})[0], IsEmpty());
}

TEST(Suggestions, leaveOutWhatAPersonRejectedAndThenAnotherStandsAlone) {
    const std::vector<Titled> all = {{Matched::Module, 1, "Введение", "", {}},
                                     {Matched::Module, 2, "Введение", "", {}}};
    const std::vector<KnownId> known = {{Matched::Module, 7, "Введение", 0}};
    const auto lists = suggest(all, known, {{Matched::Module, {{1, "7"}}}, {Matched::Theme, {{2, "7"}}}});
    EXPECT_THAT(lists[0], IsEmpty());
    ASSERT_EQ(lists[1].size(), 1U);
    EXPECT_TRUE(lists[1][0].unique);
    host::sdk::Learner learner;
    learner.id = 5;
    learner.leaderId = "22";
    const std::vector<SpareRow> rows = {{"100", "22", "", ""}, {"101", "22", "", ""}};
    const auto left = suggest(std::vector<host::sdk::Learner>{learner}, rows, {}, {{5, "100"}, {6, "101"}});
    ASSERT_EQ(left[0].size(), 1U);
    EXPECT_EQ(left[0][0].value, "101");
}

}  // namespace
