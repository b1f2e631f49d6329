#include "common/xlsx/XlsxReader.h"
#include "host/sdk/Error.h"
#include "tests/support/XlsxFile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace common::xlsx;
using host::sdk::AppError;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::XlsxFile;

namespace {

using Table = std::vector<std::pair<std::size_t, std::vector<Cell>>>;

Table tableOf(const std::string& bytes, std::size_t sheet = 0) {
    std::istringstream file(bytes);
    XlsxReader reader(file);
    Table table;
    reader.read(sheet, [&](std::size_t row, const std::vector<Cell>& cells) {
        table.emplace_back(row, cells);
        return true;
    });
    return table;
}

Table tableOf(const XlsxFile& file) {
    return tableOf(file.bytes());
}

std::vector<std::string> texts(const std::vector<Cell>& cells) {
    std::vector<std::string> out;
    for (const auto& cell : cells) out.push_back(cell.text);
    return out;
}

std::string refusalOf(const XlsxFile& file) {
    try {
        tableOf(file);
    } catch (const AppError& e) {
        EXPECT_EQ(e.status(), 422);
        EXPECT_EQ(e.code(), "xlsx.invalid");
        return e.what();
    }
    return "";
}

}  // namespace

TEST(XlsxReader, readsSharedAndInlineStrings) {
    XlsxFile file;
    file.strings("<si><t>Unti ID</t></si><si><t>ё</t></si>")
        .rows(
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>Курс</t></is></c>"
            "<c r='C1' t='s'><v>1</v></c></row>");

    EXPECT_THAT(texts(tableOf(file)[0].second), ElementsAre("Unti ID", "Курс", "ё"));
}

TEST(XlsxReader, joinsTheRunsOfARichTextAndLeavesPhoneticHintsOut) {
    XlsxFile file;
    file.strings(
            "<si><r><rPr><b/></rPr><t>Ива</t></r><r><t xml:space='preserve'>нов </t></r><rPh sb='0' "
            "eb='1'><t>x</t></rPh></si>")
        .rows("<row r='1'><c r='A1' t='s'><v>0</v></c></row>");

    EXPECT_EQ(tableOf(file)[0].second[0].text, "Иванов ");
}

TEST(XlsxReader, keepsWhiteSpaceAtTheEndsOnlyWhereTheFileSaysSo) {
    XlsxFile file;
    file.strings("<si><t> a </t></si><si><t xml:space='preserve'> b </t></si><si><t>c_x000A_</t></si>")
        .rows("<row r='1'><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row>");

    EXPECT_THAT(texts(tableOf(file)[0].second), ElementsAre("a", " b ", "c\n"));
}

TEST(XlsxReader, countsCellsAndRowsThatDoNotSayWhereTheyAre) {
    XlsxFile file;
    file.rows(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r='4'><c "
        "r='C4'><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>");

    const auto table = tableOf(file);

    ASSERT_EQ(table.size(), 3U);
    EXPECT_EQ(table[0].first, 0U);
    EXPECT_THAT(texts(table[0].second), ElementsAre("1", "2"));
    EXPECT_EQ(table[1].first, 3U);
    EXPECT_THAT(texts(table[1].second), ElementsAre("", "", "3", "4"));
    EXPECT_EQ(table[2].first, 4U);
}

TEST(XlsxReader, leavesNothingOfARowInTheNext) {
    XlsxFile file;
    file.rows("<row><c t='b'><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row><c/><c><v>4</v></c></row>");

    const auto row = tableOf(file)[1].second;

    EXPECT_THAT(texts(row), ElementsAre("", "4"));
    EXPECT_EQ(row[0].type, Cell::Type::Empty);
}

TEST(XlsxReader, givesEachKindOfCell) {
    XlsxFile file;
    file.styles(
            "<numFmts><numFmt numFmtId='164' formatCode='dd\\.mm\\.yyyy'/></numFmts><cellStyleXfs><xf "
            "numFmtId='14'/></cellStyleXfs>"
            "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs>")
        .rows(
            "<row><c><v>1.5</v></c><c s='1'><v>45966</v></c><c t='b'><v>0</v></c><c t='e'><f>NA()</f><v>#N/A</v></c>"
            "<c t='str'><f>A1</f><v>text</v></c><c t='d'><v>2025-11-05</v></c><c><f>A1+1</f></c></row>");

    const auto row = tableOf(file)[0].second;

    using Type = Cell::Type;
    std::vector<Type> types;
    for (const auto& cell : row) types.push_back(cell.type);
    EXPECT_THAT(types,
                ElementsAre(Type::Number, Type::Date, Type::Boolean, Type::Text, Type::Text, Type::Date, Type::Empty));
    EXPECT_THAT(texts(row), ElementsAre("1.5", "2025-11-05", "FALSE", "#N/A", "text", "2025-11-05", ""));
    EXPECT_EQ(row[3].doubt, Cell::Doubt::Failed);
    EXPECT_EQ(row[6].doubt, Cell::Doubt::NotComputed);
}

TEST(XlsxReader, countsDaysFrom1904WhereTheWorkbookDoes) {
    XlsxFile file;
    file.part(
            "xl/workbook.xml",
            "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet name='A' r:id='rId1'/></sheets></workbook>")
        .styles("<cellXfs><xf numFmtId='14'/></cellXfs>")
        .rows("<row><c s='0'><v>44504</v></c></row>");

    EXPECT_EQ(tableOf(file)[0].second[0].text, "2025-11-05");
}

TEST(XlsxReader, takesTheSheetsInTheOrderOfTheirTabsWhereverTheyLie) {
    XlsxFile file;
    file.part("xl/_rels/workbook.xml.rels",
              "<Relationships><Relationship Id='a' "
              "Type='http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet' Target='/xl/other/Second.xml'/>"
              "<Relationship Id='b' Type='x/chartsheet' Target='chart.xml'/>"
              "<Relationship Id='c' Type='x/worksheet' Target='../xl/./worksheets/sheet1.xml'/></Relationships>")
        .part(
            "xl/workbook.xml",
            "<x:workbook xmlns:x='y' xmlns:q='z'><x:sheets><x:sheet name='Второй' q:id='a'/>"
            "<x:sheet name='График' q:id='b'/><x:sheet name='Первый' q:id='c' state='hidden'/></x:sheets></x:workbook>")
        .part(
            "xl/other/second.xml",
            "<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>")
        .rows("<row><c><v>1</v></c></row>");
    std::istringstream bytes(file.bytes());

    EXPECT_THAT(XlsxReader(bytes).sheets(), ElementsAre("Второй", "Первый"));
    EXPECT_EQ(tableOf(file.bytes(), 0)[0].second[0].text, "2");
    EXPECT_EQ(tableOf(file.bytes(), 1)[0].second[0].text, "1");
}

TEST(XlsxReader, readsAFileWrittenAsAStream) {
    XlsxFile file;
    file.rows("<row><c><v>7</v></c></row>");

    EXPECT_EQ(tableOf(file.bytes(true))[0].second[0].text, "7");
}

TEST(XlsxReader, endsWhenItIsToldTo) {
    XlsxFile file;
    file.rows("<row><c><v>1</v></c></row><row><c><v>2</v></c></row><row><c><v>no number</v></c></row>");
    std::istringstream bytes(file.bytes());
    XlsxReader reader(bytes);
    std::size_t rows = 0;

    reader.read(0, [&](std::size_t, const std::vector<Cell>&) { return ++rows < 2; });

    EXPECT_EQ(rows, 2U);
}

TEST(XlsxReader, readsAgainAfterItWasEnded) {
    XlsxFile file;
    file.rows("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>");
    std::istringstream bytes(file.bytes());
    XlsxReader reader(bytes);
    std::size_t rows = 0;

    reader.read(0, [](std::size_t, const std::vector<Cell>&) { return false; });
    reader.read(0, [&](std::size_t, const std::vector<Cell>&) { return ++rows > 0; });

    EXPECT_EQ(rows, 2U);
}

TEST(XlsxReader, letsTheErrorOfItsCallerThrough) {
    XlsxFile file;
    file.rows("<row><c><v>1</v></c></row>");
    std::istringstream bytes(file.bytes());
    XlsxReader reader(bytes);

    EXPECT_THROW(reader.read(0, [](std::size_t, const std::vector<Cell>&) -> bool { throw Poco::IOException("disk"); }),
                 Poco::IOException);
}

TEST(XlsxReader, namesSheetAndCellOfAWrongValue) {
    XlsxFile file;
    file.rows("<row r='17'><c r='B17'><v>много</v></c></row>");

    EXPECT_THAT(refusalOf(file), testing::AllOf(HasSubstr("sheet 'Лист1', cell B17: it is no number: 'много'"),
                                                HasSubstr("save it as .xlsx")));
}

TEST(XlsxReader, refusesATextThatTheFileDoesNotHold) {
    for (const char* index : {"1", "-1", "x", "99999999999999999999999"}) {
        XlsxFile file;
        file.strings("<si><t>a</t></si>").rows(std::string("<row><c t='s'><v>") + index + "</v></c></row>");

        EXPECT_THAT(refusalOf(file), HasSubstr("names a text that the file does not hold")) << index;
    }
}

TEST(XlsxReader, refusesRowsAndCellsThatContradictThemselves) {
    for (const char* rows :
         {"<row r='2'/><row r='2'/>", "<row r='2'/><row r='1'/>", "<row r='0'/>", "<row r='x'/>",
          "<row r='1'><c r='A2'><v>1</v></c></row>", "<row><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
          "<row><c t='new'><v>1</v></c></row>", "<row><c t='b'><v>2</v></c></row>"}) {
        XlsxFile file;
        file.rows(rows);
        EXPECT_NE(refusalOf(file), "") << rows;
    }
}
