/// Files that are wrong or made to hurt: each is refused with a reason, in bounded memory.

#include "common/Text.h"
#include "common/xlsx/XlsxReader.h"
#include "host/sdk/Error.h"
#include "tests/support/XlsxFile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace common::xlsx;
using host::sdk::AppError;
using testing::HasSubstr;
using tests::XlsxFile;

namespace {

std::string refusalOf(const std::string& bytes, const Limits& limits = {}) {
    std::istringstream file(bytes);
    try {
        XlsxReader reader(file, limits);
        for (std::size_t i = 0; i < reader.sheets().size(); ++i)
            reader.read(i, [](std::size_t, const std::vector<Cell>&) { return true; });
    } catch (const AppError& e) {
        EXPECT_EQ(e.code(), "xlsx.invalid");
        return e.what();
    }
    return "";
}

std::string aRow() {
    return "<row><c><v>1</v></c></row>";
}

}  // namespace

TEST(HostileXlsx, namesWhatIsNoXlsx) {
    EXPECT_THAT(refusalOf(""), HasSubstr("it is empty"));
    EXPECT_THAT(refusalOf("Unti ID;Курс\n1;2\n"), HasSubstr("no .xlsx file at all"));
    EXPECT_THAT(refusalOf("PK\x03\x04"), HasSubstr("cut off or damaged"));
}

TEST(HostileXlsx, namesAnOldWorkbookAndAnEncryptedOne) {
    const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(5000, '\0');
    std::string encrypted = ole + std::string(64 * 1024, 'x');
    for (const char c : std::string("EncryptedPackage")) encrypted += c, encrypted += '\0';

    EXPECT_THAT(refusalOf(ole), HasSubstr("old kind (.xls)"));
    EXPECT_THAT(refusalOf(encrypted), HasSubstr("protected by a password"));
}

TEST(HostileXlsx, namesAnotherKindOfSpreadsheet) {
    EXPECT_THAT(refusalOf(XlsxFile()
                              .part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
                              .part("content.xml", "<x/>")
                              .bytes()),
                HasSubstr("(.ods)"));
    EXPECT_THAT(refusalOf(XlsxFile()
                              .part("_rels/.rels",
                                    "<R><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.bin'/></R>")
                              .bytes()),
                HasSubstr("(.xlsb)"));
    EXPECT_THAT(refusalOf(XlsxFile().part("_rels/.rels", "").part("xl/workbook.xml", "").bytes()),
                HasSubstr("holds no workbook"));
}

TEST(HostileXlsx, refusesEveryTruncationOfAFile) {
    XlsxFile file;
    file.rows(aRow());
    const std::string bytes = file.bytes();

    for (std::size_t size = 0; size < bytes.size(); ++size) ASSERT_NE(refusalOf(bytes.substr(0, size)), "") << size;
}

TEST(HostileXlsx, survivesEveryChangedByte) {
    XlsxFile file;
    file.strings("<si><t>текст</t></si>").rows("<row r='1'><c r='A1' t='s'><v>0</v></c></row>");
    const std::string bytes = file.bytes();

    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const int flip : {0x01, 0x80, 0xFF}) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ flip);
            refusalOf(changed);
        }
    }
}

TEST(HostileXlsx, noticesDataThatItsChecksumDoesNotFit) {
    XlsxFile file;
    file.rows("<row><c><v>12345</v></c></row>");
    std::string bytes = file.bytes();
    const auto directory = bytes.find("PK\x01\x02");
    bytes[directory + 16] = static_cast<char>(bytes[directory + 16] ^ 1);

    EXPECT_NE(refusalOf(bytes), "");
}

TEST(HostileXlsx, stopsABombAtItsLimit) {
    XlsxFile file;
    file.rows("<row><c t='str'><v>a</v></c></row>" + std::string(8 * 1024 * 1024, ' '));
    Limits limits;
    limits.partBytes = 1024 * 1024;

    EXPECT_THAT(refusalOf(file.bytes(), limits), HasSubstr("longer than 1 MB when unpacked"));
    EXPECT_EQ(refusalOf(file.bytes()), "");
}

TEST(HostileXlsx, refusesEntitiesAndDoctypes) {
    const std::string nested =
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><worksheet><sheetData><row><c "
        "t='str'><v>&b;</v></c></row></sheetData></worksheet>";
    const std::string external = "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><worksheet><sheetData/></worksheet>";

    for (const auto& xml : {nested, external}) {
        XlsxFile file;
        file.part("xl/worksheets/sheet1.xml", xml);
        EXPECT_THAT(refusalOf(file.bytes()), HasSubstr("document type declaration"));
    }
}

TEST(HostileXlsx, refusesDeepXml) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    XlsxFile file;
    file.rows(deep);

    EXPECT_THAT(refusalOf(file.bytes()), HasSubstr("nested deeper than 64"));
}

TEST(HostileXlsx, refusesAbsurdPlaces) {
    const auto refusalOfRows = [](const std::string& rows) { return refusalOf(XlsxFile().rows(rows).bytes()); };

    EXPECT_THAT(refusalOfRows("<row r='999999999'/>"), HasSubstr("at most 1048576 are read"));
    EXPECT_THAT(refusalOfRows("<row r='1000000000'/>"), HasSubstr("number that is none"));
    EXPECT_THAT(refusalOfRows("<row r='1'><c r='A1000000000'><v>1</v></c></row>"), HasSubstr("place that is none"));
    EXPECT_THAT(refusalOfRows("<row r='1'><c r='ZZZZZZ1'><v>1</v></c></row>"), HasSubstr("beyond column BXX"));
}

TEST(HostileXlsx, takesASheetThatIsOnlyFormattedFarOut) {
    EXPECT_EQ(refusalOf(XlsxFile().rows("<row r='1'><c r='A1'><v>1</v></c><c r='XFD1' s='1'/></row>").bytes()), "");
}

TEST(HostileXlsx, countsGapsAsCells) {
    std::string rows;
    for (int i = 1; i <= 100; ++i)
        rows += "<row r='" + std::to_string(i) + "'><c r='ALL" + std::to_string(i) + "'><v>1</v></c></row>";
    Limits limits;
    limits.cells = 50'000;

    EXPECT_THAT(refusalOf(XlsxFile().rows(rows).bytes(), limits), HasSubstr("more cells than 50000"));
}

TEST(HostileXlsx, refusesALongTextATagAndATableOfTexts) {
    const std::string megabytes(3 * 1024 * 1024, 'x');
    Limits limits;
    limits.stringBytes = 1000;
    std::string items;
    for (int i = 0; i < 100; ++i) items += "<si><t>text</t></si>";

    EXPECT_THAT(refusalOf(XlsxFile().rows("<row><c t='str'><v>" + megabytes + "</v></c></row>").bytes()),
                HasSubstr("a text is longer"));
    EXPECT_THAT(refusalOf(XlsxFile().rows("<row a='" + megabytes + "'/>").bytes()), HasSubstr("tag or comment longer"));
    EXPECT_THAT(refusalOf(XlsxFile().strings(items).bytes(), limits), HasSubstr("its texts take more"));
}

TEST(HostileXlsx, refusesAWorkbookWithoutTheSheetThatItLists) {
    EXPECT_THAT(refusalOf(XlsxFile().part("xl/worksheets/sheet1.xml", "").bytes()),
                HasSubstr("sheet 'Лист1': the file does not hold it"));
    EXPECT_THAT(refusalOf(XlsxFile().part("xl/_rels/workbook.xml.rels", "").bytes()),
                HasSubstr("and does not hold it"));
}

TEST(HostileXlsx, refusesTwoPartsOfOneName) {
    XlsxFile file;
    file.part("xl/Workbook.xml", "<workbook/>");

    EXPECT_THAT(refusalOf(file.bytes()), HasSubstr("holds a part twice: 'xl/workbook.xml'"));
}

TEST(HostileXlsx, quotesWholeCharactersOfAWrongValue) {
    const auto refusal = refusalOf(XlsxFile().rows("<row><c><v>1ёёёёёёёёёёёёёёёёёёёёёёёёё</v></c></row>").bytes());

    EXPECT_THAT(refusal, HasSubstr("it is no number: '1ёё"));
    EXPECT_TRUE(common::isUtf8(refusal));
}
