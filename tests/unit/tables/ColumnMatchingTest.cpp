#include "plugin/tables/CellText.h"
#include "plugin/tables/ColumnMatching.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace plugin::footprint;
using namespace plugin::tables;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Table& assessment() {
    static const ProfileSet set = ProfileSet::load(LMSD_SOURCE_DIR "/config/profiles");
    const auto& tables = set.get("bas").tables;
    return *std::find_if(tables.begin(), tables.end(), [](const Table& t) { return t.name == "assessment-results"; });
}

TEST(ColumnMatching, foldsCaseBlanksPunctuationAndYo) {
    EXPECT_EQ(foldTitle("  Зачёт (да/нет) "), foldTitle("ЗАЧЕТ ДА НЕТ"));
    EXPECT_EQ(foldTitle("unti_id"), foldTitle("UNTI ID"));
    EXPECT_EQ(foldTitle("№ попытки — 1"), "попытки1");
    EXPECT_EQ(foldTitle("«» — ()"), "");
}

TEST(ColumnMatching, findsFieldsByTitlesAndSynonyms) {
    EXPECT_THAT(fieldsOf("unti_id", assessment()), ElementsAre("learner.untiId"));
    EXPECT_THAT(fieldsOf("ОЦЕНКА", assessment()), ElementsAre("result.raw"));
    EXPECT_THAT(fieldsOf("Город", assessment()), IsEmpty());
    EXPECT_THAT(fieldsOf("", assessment()), IsEmpty());
}

TEST(ColumnMatching, twoColumnsThatMeanOneFieldAreLeftToAPerson) {
    const auto columns = matchColumns({"Балл", "UNTI ID", "Оценка"}, assessment());
    EXPECT_EQ(columns[0].field, "");
    EXPECT_EQ(columns[1].field, "learner.untiId");
    EXPECT_EQ(columns[2].field, "");
}

TEST(ColumnMatching, anUndecidedColumnAndADroppedRequiredFieldAreAProblem) {
    const auto made = templateColumns(matchColumns({"UNTI ID", "Город"}, assessment()), {}, assessment());
    EXPECT_THAT(made.problem, HasSubstr("«Город»"));
    EXPECT_THAT(made.problem, HasSubstr("«Балл»"));
}

TEST(ColumnMatching, whatAPersonLeftOutIsNoProblem) {
    std::vector<std::string> leftOut;
    for (const TableColumn& column : assessment().columns)
        if (column.name != Name::LearnerUntiId) leftOut.emplace_back(placeholder(column.name).text);
    const std::vector<MappedColumn> columns{{"Слушатель", "learner.untiId", false}, {"Город", "", true}};
    const auto made = templateColumns(columns, leftOut, assessment());
    EXPECT_EQ(made.problem, "");
    ASSERT_EQ(made.columns.size(), 2u);
    EXPECT_EQ(made.columns[1].name, Name::Count);
}

TEST(ColumnMatching, aTableOfResultsHasNoFieldsOfViews) {
    EXPECT_TRUE(isTableField("result.raw", assessment()));
    EXPECT_FALSE(isTableField("view.percent", assessment()));
    EXPECT_FALSE(isTableField("statement.id", assessment()));
    EXPECT_FALSE(isTableField("", assessment()));
}

TEST(CellText, countsAsExcelDoes) {
    std::string emoji;
    for (int i = 0; i < 16'384; ++i) emoji += "😀";
    EXPECT_EQ(faultOf(std::string(32'767, 'x'), true), TextFault::None);
    EXPECT_EQ(faultOf(std::string(32'768, 'x'), true), TextFault::TooLong);
    EXPECT_EQ(faultOf(std::string(32'768, 'x'), false), TextFault::None);
    EXPECT_EQ(faultOf(emoji, true), TextFault::TooLong);
    EXPECT_EQ(faultOf(emoji.substr(4), true), TextFault::None);
}

TEST(CellText, namesWhatXmlCantHold) {
    EXPECT_EQ(faultOf("a\x01", true), TextFault::Control);
    EXPECT_EQ(faultOf("a\xef\xbf\xbf", true), TextFault::Control);
    EXPECT_EQ(faultOf("a\tb\r\nc \xef\xbb\xbf", true), TextFault::None);
    EXPECT_EQ(faultOf("\xff", true), TextFault::NotUtf8);
}

TEST(CellText, escapesWhatLooksLikeAnEscape) {
    std::string scratch;
    EXPECT_EQ(spreadsheetText("a_b", scratch), "a_b");
    EXPECT_EQ(spreadsheetText("_x000D_ и _x00_", scratch), "_x005F_x000D_ и _x00_");
    EXPECT_EQ(spreadsheetText("_x000d__xABCD_", scratch), "_x005F_x000d__x005F_xABCD_");
    // The return is written as _x000D_ and would end what stands before it.
    EXPECT_EQ(spreadsheetText("_xD000\r", scratch), "_x005F_xD000\r");
}

}  // namespace
