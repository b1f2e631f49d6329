#include "host/sdk/Error.h"
#include "plugin/identities/Columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::identities;
using host::sdk::AppError;
using testing::HasSubstr;

namespace {

const std::vector<std::string> kTitles = {"Unti ID", "ID курса", "ID потока", "Статус", "Фамилия", "Имя", "E-mail"};

std::string refusalOf(const std::vector<std::string>& titles, const std::vector<std::string>& match) {
    try {
        choose(titles, parsePairs(match));
    } catch (const AppError& e) {
        EXPECT_EQ(e.status(), 422);
        std::string all;
        for (const auto& error : e.errors()) all += error.reason + ". " + error.fix + "\n";
        return all;
    }
    return "";
}

}  // namespace

TEST(Columns, recognisesUniversitysOwnOfBothEditions) {
    EXPECT_EQ(recognize("ID потока"), Field::FlowId);
    EXPECT_EQ(recognize("Идентификатор потока"), Field::FlowId);
    EXPECT_EQ(recognize("Unti ID"), Field::UntiId);
    EXPECT_EQ(recognize("Номер потока"), std::nullopt);
}

TEST(Columns, takesUniversitysColumnsByThemselvesAndThePersonsAsChosen) {
    const auto choice = choose(kTitles, parsePairs({"lastName:Фамилия", "firstName: имя "}));

    EXPECT_EQ(choice.own.at(Field::UntiId), 0U);
    EXPECT_EQ(choice.own.at(Field::FlowId), 2U);
    EXPECT_THAT(choice.keys, testing::ElementsAre(std::pair(Field::LastName, 4U), std::pair(Field::FirstName, 5U)));
}

TEST(Columns, neverMatchesByEmailAlone) {
    EXPECT_THAT(refusalOf(kTitles, {"email:E-mail"}), HasSubstr("does not verify addresses"));
    EXPECT_EQ(refusalOf(kTitles, {"email:E-mail", "lastName:Фамилия"}), "");
}

TEST(Columns, refusesAPartOfANameAlone) {
    for (const char* part : {"lastName:Фамилия", "firstName:Имя"})
        EXPECT_THAT(refusalOf(kTitles, {part}), HasSubstr("a part of a name is not a person")) << part;
}

TEST(Columns, asksForAChoice) {
    EXPECT_THAT(refusalOf(kTitles, {}), HasSubstr("names no column that tells who the learner is"));
}

TEST(Columns, namesWhatTheFileLacks) {
    EXPECT_THAT(refusalOf({"A", "Leader ID"}, {"leaderId:Leader ID"}),
                testing::AllOf(HasSubstr("no column 'Unti ID'"), HasSubstr("no column 'ID потока'")));
    EXPECT_THAT(refusalOf(kTitles, {"leaderId:Leader ID"}), HasSubstr("which the file does not have"));
}

TEST(Columns, refusesATitleThatStandsTwice) {
    EXPECT_THAT(refusalOf({"Unti ID", "Unti ID", "ID потока", "X", "X"}, {"leaderId:X"}),
                testing::AllOf(HasSubstr("more than once"), HasSubstr("which of 2 columns is 'untiId'")));
}

TEST(Columns, refusesWhatIsNoPair) {
    for (const char* bad : {"Фамилия", "surname:Фамилия", "lastName:", ":Фамилия", ""})
        EXPECT_NE(refusalOf(kTitles, {bad}), "") << bad;
    EXPECT_THAT(refusalOf(kTitles, {"lastName:Фамилия", "lastName:Имя"}), HasSubstr("twice"));
}
