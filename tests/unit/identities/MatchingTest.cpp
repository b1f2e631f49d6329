#include "plugin/identities/Matching.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::identities;
using host::sdk::Learner;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

Learner aLearner(host::sdk::RecordId id, const std::string& last, const std::string& first,
                 const std::string& unti = "") {
    Learner learner;
    learner.id = id;
    learner.externalId = "l" + std::to_string(id);
    learner.lastName = last;
    learner.firstName = first;
    learner.untiId = unti;
    return learner;
}

/// Flow 1 is 7001 of course 501, flow 2 is 7002 of course 502.
struct School {
    std::map<host::sdk::RecordId, std::vector<Learner>> flows;
    MatchOptions options{.keys = {Field::LastName, Field::FirstName}, .hasStatus = true, .hasCourse = true};

    std::vector<RowVerdict> match(const std::vector<ListRow>& rows) const {
        return Matcher(options, {{1, 7001, 501}, {2, 7002, 502}},
                       [this](host::sdk::RecordId id) {
                           const auto it = flows.find(id);
                           return it == flows.end() ? std::vector<Learner>() : it->second;
                       })
            .match(rows);
    }
};

ListRow aRow(const std::string& unti, const std::string& last, const std::string& first,
             const std::string& flow = "7001") {
    ListRow row;
    row.untiId = unti;
    row.flowId = flow;
    row.status = "Одобрена";
    row.keys = {last, first};
    return row;
}

std::string told(const RowVerdict& verdict) {
    return std::string(toString(verdict.state)) + (verdict.code.empty() ? "" : " " + verdict.code);
}
std::vector<std::string> told(const std::vector<RowVerdict>& verdicts) {
    std::vector<std::string> all;
    for (const auto& one : verdicts) all.push_back(told(one));
    return all;
}

}  // namespace

TEST(Matching, findsTheOneLearnerOfTheFlow) {
    School school{{{1, {aLearner(1, "Семёнов", "Пётр"), aLearner(2, "Орлова", "Анна-Мария")}}}};

    const auto verdicts = school.match({aRow("100", "СЕМЕНОВ", " Петр "), aRow("200", "Орлова", "Анна Мария")});

    EXPECT_THAT(told(verdicts), ElementsAre("matched", "matched"));
    EXPECT_EQ(verdicts[0].learnerExternalId, "l1");
}

TEST(Matching, looksInTheRowsFlowOnly) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр")}}, {2, {}}}};

    EXPECT_THAT(
        told(school.match({aRow("100", "Орлов", "Пётр", "7002"), aRow("100", "Орлов", "Пётр", "7009"),
                           aRow("100", "Орлов", "Пётр", ""), aRow("100", "Орлов", "Пётр", "поток 1")})),
        ElementsAre("unmatched no-learner", "unmatched unknown-flow", "unmatched no-flow-id", "unmatched no-flow-id"));
}

TEST(Matching, noticesAFlowOfAnotherCourse) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр")}}}};
    auto row = aRow("100", "Орлов", "Пётр");
    row.courseId = "502";

    EXPECT_THAT(told(school.match({row})), ElementsAre("unmatched other-course"));
}

TEST(Matching, doesNotChooseBetweenNamesakes) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр"), aLearner(2, "орлов", "Петр")}}}};

    const auto verdict = school.match({aRow("100", "Орлов", "Пётр")})[0];

    EXPECT_EQ(told(verdict), "ambiguous several-learners");
    EXPECT_THAT(verdict.reason, HasSubstr("l1, l2"));
    EXPECT_EQ(verdict.learnerId, 0);
}

TEST(Matching, comparesEveryChosenColumn) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр"), aLearner(2, "Орлов", "Пётр")}}}};
    school.flows[1][0].email = "P@example.org";
    school.flows[1][1].email = "other@example.org";
    school.options.keys = {Field::LastName, Field::Email};

    EXPECT_EQ(school.match({aRow("100", "Орлов", "p@example.org ")})[0].learnerId, 1);
}

TEST(Matching, takesAMissingPatronymicForNoneOnly) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр")}}}};
    school.options.keys.push_back(Field::MiddleName);
    auto without = aRow("100", "Орлов", "Пётр");
    without.keys.emplace_back("");
    auto with = aRow("200", "Орлов", "Пётр");
    with.keys.emplace_back("Ильич");

    EXPECT_THAT(told(school.match({without})), ElementsAre("matched"));
    EXPECT_THAT(told(school.match({with})), ElementsAre("unmatched no-learner"));
}

TEST(Matching, anEmptyCellMatchesNobody) {
    School school{{{1, {aLearner(1, "", "Пётр")}}}};

    EXPECT_THAT(told(school.match({aRow("100", "", "Пётр")})), ElementsAre("unmatched empty-cell"));
}

TEST(Matching, matchesTheWholeNameInOneColumn) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр"), aLearner(2, "Кузнецов", "Илья")}}}};
    school.flows[1][0].middleName = "Ильич";
    school.options.keys = {Field::FullName};
    ListRow whole = aRow("100", "Орлов Пётр Ильич", "");
    ListRow without = aRow("200", "Кузнецов  Илья", "");

    EXPECT_THAT(told(school.match({whole, without})), ElementsAre("matched", "matched"));
}

TEST(Matching, leavesOutWhatIsNotApproved) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр")}}}};
    auto row = aRow("100", "Орлов", "Пётр");
    row.status = "На рассмотрении";
    auto empty = row;
    empty.status.clear();

    EXPECT_THAT(told(school.match({row, empty})), ElementsAre("left-out other-status", "left-out other-status"));
    school.options.anyStatus = true;
    EXPECT_THAT(told(school.match({row})), ElementsAre("matched"));
}

TEST(Matching, refusesABadUntiId) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр")}}}};
    auto lost = aRow("15000000000000000", "Орлов", "Пётр");
    lost.untiLostDigits = true;

    EXPECT_THAT(told(school.match(
                    {aRow("", "Орлов", "Пётр"), aRow("0100", "Орлов", "Пётр"), aRow("x", "Орлов", "Пётр"), lost})),
                ElementsAre("bad-unti-id no-unti-id", "bad-unti-id bad-unti-id", "bad-unti-id bad-unti-id",
                            "bad-unti-id lost-digits"));
}

TEST(Matching, tellsWhatTheLearnerHas) {
    School school{
        {{1,
          {aLearner(1, "Орлов", "Пётр", "100"), aLearner(2, "Кузнецов", "Илья", "900"), aLearner(3, "Новый", "Лев")}},
         {2, {aLearner(4, "Другой", "Лев", "300")}}}};

    const auto verdicts =
        school.match({aRow("100", "Орлов", "Пётр"), aRow("200", "Кузнецов", "Илья"), aRow("300", "Новый", "Лев")});

    EXPECT_THAT(told(verdicts), ElementsAre("same", "conflicting has-another", "taken taken"));
    EXPECT_EQ(verdicts[1].previous, "900");
    EXPECT_THAT(verdicts[2].reason, HasSubstr("l4"));
}

TEST(Matching, looksAtTheTestContoursOwn) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр", "100")}}}};
    school.options.test = true;

    EXPECT_THAT(told(school.match({aRow("900", "Орлов", "Пётр")})), ElementsAre("matched"));
}

TEST(Matching, ignoresDeletedLearners) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр", "100")}}}};
    school.flows[1][0].deleted = true;

    EXPECT_THAT(told(school.match({aRow("100", "Орлов", "Пётр")})), ElementsAre("unmatched no-learner"));
}

TEST(Matching, refusesAListThatContradictsItself) {
    School school{{{1, {aLearner(1, "Орлов", "Пётр"), aLearner(2, "Кузнецов", "Илья"), aLearner(3, "Новый", "Лев")}}}};

    EXPECT_THAT(told(school.match({aRow("100", "Орлов", "Пётр"), aRow("101", "Орлов", "Пётр"),
                                   aRow("200", "Кузнецов", "Илья"), aRow("200", "Новый", "Лев")})),
                ElementsAre("ambiguous two-unti-ids", "ambiguous two-unti-ids", "ambiguous two-learners",
                            "ambiguous two-learners"));
}

TEST(Matching, takesAPersonOfTwoFlowsOnce) {
    const auto learner = aLearner(1, "Орлов", "Пётр");
    School school{{{1, {learner}}, {2, {learner}}}};

    EXPECT_THAT(told(school.match({aRow("100", "Орлов", "Пётр"), aRow("100", "Орлов", "Пётр", "7002")})),
                ElementsAre("matched", "repeated repeated"));
}
