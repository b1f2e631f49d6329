#include "common/xlsx/XlsxReader.h"
#include "host/sdk/Error.h"
#include "plugin/tables/Sheets.h"
#include "tests/support/TempDir.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <random>
#include <sys/resource.h>

namespace {

using namespace plugin::tables;
using Read = common::xlsx::Cell;

class XlsxSheetTest : public testing::Test {
protected:
    std::unique_ptr<XlsxSheet> sheet(const std::vector<std::string>& titles) {
        return std::make_unique<XlsxSheet>(folder / "a.xlsx", "results", titles, zone, folder / "",
                                           1'759'395'900'000'000);
    }
    std::vector<std::vector<Read>> rows() {
        std::ifstream file(folder / "a.xlsx", std::ios::binary);
        common::xlsx::XlsxReader reader(file);
        std::vector<std::vector<Read>> all;
        reader.read(0, [&](std::size_t, const std::vector<Read>& cells) {
            all.push_back(cells);
            return true;
        });
        return all;
    }
    static Cell text(std::string_view value) { return {Cell::Type::Text, 0, 0, value}; }

    tests::TempDir folder;
    plugin::footprint::ZoneTime zone{"Europe/Moscow"};
};

TEST_F(XlsxSheetTest, everyCellIsOfItsType) {
    auto xlsx = sheet({"a", "b", "c", "d", "e", "f", "g", "h", "i"});
    const std::vector<Cell> cells{text("=1+2"),
                                  {Cell::Type::Identifier, 50001, 0, {}},
                                  {Cell::Type::Integer, -3, 0, {}},
                                  {Cell::Type::Number, 0, 8.5, {}},
                                  {Cell::Type::Yes, 0, 0, {}},
                                  {Cell::Type::Time, 1'759'395'900'000'000, 0, {}},
                                  {Cell::Type::Duration, 848, 0, {}},
                                  {},
                                  {Cell::Type::Integer, 9'223'372'036'854'775'807, 0, {}}};
    xlsx->row(cells);
    xlsx->finish();
    xlsx->publish();
    const auto read = rows();
    ASSERT_EQ(read.size(), 2u);
    const auto& row = read[1];
    EXPECT_EQ(row[0].type, Read::Type::Text);
    EXPECT_EQ(row[0].text, "=1+2");
    EXPECT_EQ(row[1].type, Read::Type::Text);
    EXPECT_EQ(row[1].text, "50001");
    EXPECT_EQ(row[2].type, Read::Type::Number);
    EXPECT_EQ(row[2].number, -3);
    EXPECT_EQ(row[3].number, 8.5);
    EXPECT_EQ(row[4].text, "да");
    EXPECT_EQ(row[5].type, Read::Type::Date);
    EXPECT_EQ(row[5].text, "2025-10-02T12:05:00");
    EXPECT_EQ(row[6].text, "PT14M8S");
    EXPECT_EQ(row[7].type, Read::Type::Empty);
    EXPECT_EQ(row[8].text, "9223372036854775807");
}

TEST_F(XlsxSheetTest, everyTextReadsBackEqual) {
    std::vector<std::string> texts{"=cmd|' /C calc'!A0",
                                   "00012345678901234567",
                                   " lead and trail ",
                                   "a\r\nb\tc",
                                   "_x000D_ и _x005F_",
                                   "<&>\"'",
                                   "😀🇷🇺",
                                   "-1",
                                   std::string(32'767, 'x')};
    std::mt19937 random(2035);
    for (int i = 0; i < 500; ++i) {
        std::string one;
        static const std::vector<std::string> pieces{"_",  "x", "0", "00", "D", "_x", "\r",
                                                     "\n", "a", "ё", "😀",  " ", "&"};
        for (int n = static_cast<int>(random() % 20) + 1; n > 0; --n) one += pieces[random() % pieces.size()];
        texts.push_back(one);
    }
    auto xlsx = sheet({"text"});
    for (const std::string& one : texts) xlsx->row(std::vector<Cell>{text(one)});
    xlsx->finish();
    xlsx->publish();
    const auto read = rows();
    ASSERT_EQ(read.size(), texts.size() + 1);
    for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(read[i + 1].at(0).text, texts[i]);
}

TEST_F(XlsxSheetTest, aFullDiskIsToldAndLeavesNothingBehind) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    // Every size at which one of libxlsxwriter's files ends early: its rows, their copy, the zip.
    for (const rlim_t limit : {rlim_t{100}, rlim_t{4'000}, rlim_t{40'000}, rlim_t{400'000}, rlim_t{447'500}}) {
        rlimit small = before;
        small.rlim_cur = limit;
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
        std::string code;
        try {
            auto xlsx = sheet({"text"});
            std::mt19937 random(1);
            for (int i = 0; i < 8'000; ++i) xlsx->row(std::vector<Cell>{text(std::to_string(random()))});
            xlsx->finish();
        } catch (const host::sdk::AppError& error) {
            code = error.code();
        }
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
        EXPECT_EQ(code, "tables.write") << limit;
        EXPECT_TRUE(std::filesystem::is_empty(folder / "")) << limit;
    }
}

TEST_F(XlsxSheetTest, isTheSameForTheSameRows) {
    std::string sums[2];
    for (std::string& sum : sums) {
        auto xlsx = sheet({"text"});
        xlsx->row(std::vector<Cell>{text("раз")});
        xlsx->finish();
        sum = xlsx->sha256();
    }
    EXPECT_EQ(sums[0].size(), 64u);
    EXPECT_EQ(sums[0], sums[1]);
}

}  // namespace
