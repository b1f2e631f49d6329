#include "plugin/tables/ArchiveNames.h"
#include "plugin/tables/ZipFile.h"
#include "plugin/tables/ZipReader.h"
#include "tests/support/TempDir.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace {

using namespace plugin::tables;

class ZipFileTest : public testing::Test {
protected:
    void add(ZipFile& zip, const std::string& name, bool deflated, const std::string& bytes) {
        zip.begin(name, dosTime(1'759'406'700'000'000), deflated, bytes.size());
        zip.write(bytes);
        zip.end();
    }
    /// Info-ZIP, which knows nothing of us.
    int unzip(const std::string& arguments) const {
        return std::system(("unzip " + arguments + " >/dev/null 2>&1").c_str());
    }
    std::string path(const std::string& name) const { return (folder / name).string(); }
    std::string text(const std::string& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    tests::TempDir folder;
};

TEST_F(ZipFileTest, infoZipReadsWhatWasStoredAndDeflated) {
    const std::string large(3'000'000, 'x');
    ZipFile zip(folder / "a.zip");
    add(zip, "stored.jpg", false, large);
    add(zip, "deflated.txt", true, large);
    add(zip, "empty.txt", true, "");
    zip.finish();
    zip.publish();
    ASSERT_EQ(unzip("-t " + path("a.zip")), 0);
    ASSERT_EQ(unzip("-d " + path("out") + " " + path("a.zip")), 0);
    EXPECT_EQ(text("out/stored.jpg"), large);
    EXPECT_EQ(text("out/deflated.txt"), large);
    EXPECT_EQ(text("out/empty.txt"), "");
    const ZipReader reader(folder / "a.zip");
    EXPECT_EQ(reader.find("stored.jpg")->packed, large.size());
    EXPECT_LT(reader.find("deflated.txt")->packed, 10'000u);
    EXPECT_EQ(static_cast<std::int64_t>(std::filesystem::file_size(folder / "a.zip")), zip.bytes());
}

TEST_F(ZipFileTest, fieldsOfZip64AreReadByInfoZipAndByUs) {
    ZipFile zip(folder / "a.zip", 5'000);
    add(zip, "small.txt", true, "раз");
    add(zip, "large.jpg", false, std::string(20'000, 'y'));
    add(zip, "late.txt", false, "три");
    zip.finish();
    zip.publish();
    ASSERT_EQ(unzip("-t " + path("a.zip")), 0);
    const ZipReader reader(folder / "a.zip");
    EXPECT_EQ(reader.find("large.jpg")->size, 20'000u);
    EXPECT_TRUE(reader.endsWith(*reader.find("late.txt"), "три"));
}

TEST_F(ZipFileTest, moreEntriesThanThePlainDirectoryCounts) {
    ZipFile zip(folder / "a.zip");
    for (int i = 0; i < 70'000; ++i) add(zip, std::to_string(i), false, "x");
    zip.finish();
    zip.publish();
    EXPECT_EQ(ZipReader(folder / "a.zip").entries().size(), 70'000u);
    EXPECT_EQ(unzip("-tqq " + path("a.zip")), 0);
}

TEST_F(ZipFileTest, whatIsTakenBackLeavesNoTrace) {
    for (const std::size_t size : {std::size_t{10}, std::size_t{2'000'000}}) {
        ZipFile plain(folder / "plain.zip"), taken(folder / "taken.zip");
        for (ZipFile* zip : {&plain, &taken}) add(*zip, "a.txt", true, "a");
        add(taken, "b.jpg", false, std::string(size, 'b'));
        taken.begin("c.txt", 0, true, size);
        taken.write(std::string(size, 'c'));
        taken.rollback(1);
        for (ZipFile* zip : {&plain, &taken}) {
            add(*zip, "d.txt", true, "d");
            zip->finish();
            zip->publish();
        }
        EXPECT_EQ(text("taken.zip"), text("plain.zip"));
    }
}

TEST_F(ZipFileTest, anEntryIsCopiedAsItIsPacked) {
    ZipFile first(folder / "first.zip"), second(folder / "second.zip");
    add(first, "a.txt", true, std::string(5'000'000, 'a'));
    add(first, "b.jpg", false, std::string(2'000'000, 'b'));
    first.finish();
    first.publish();
    const ZipReader reader(folder / "first.zip");
    for (const ZipEntry& entry : reader.entries()) second.copy(reader, entry);
    second.finish();
    second.publish();
    EXPECT_EQ(text("second.zip"), text("first.zip"));
}

TEST_F(ZipFileTest, aHalfOfAnArchiveIsNoArchive) {
    ZipFile zip(folder / "a.zip");
    add(zip, "a.txt", true, std::string(5'000, 'a'));
    zip.finish();
    zip.publish();
    std::filesystem::resize_file(folder / "a.zip", std::filesystem::file_size(folder / "a.zip") / 2);
    EXPECT_ANY_THROW(ZipReader(folder / "a.zip"));
}

TEST_F(ZipFileTest, leavesNothingBehindWhenItIsNotPublished) {
    {
        ZipFile zip(folder / "a.zip");
        add(zip, "a.txt", true, "a");
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder / ""));
}

RowFile fileOf(const std::string& name) {
    return {name, "", 1, "71662bd35817bc32c9214911f0c7233f4e415cb8742e95725c54750b1db6b824"};
}

TEST(ArchiveNames, areReadableLatinWithPersonAndHash) {
    EXPECT_EQ(archiveName("100001", fileOf("Работа Иванова.PDF")), "100001-rabota-ivanova-71662bd35817bc32.pdf");
    EXPECT_EQ(archiveName("100001", fileOf("Ёж, щи & съёмка №2.tar.gz")),
              "100001-ezh-shchi-semka-2-tar-71662bd35817bc32.gz");
    EXPECT_EQ(archiveName("1", fileOf("../../etc/passwd")), "1-etc-passwd-71662bd35817bc32");
    EXPECT_EQ(archiveName("1", fileOf("报告.документ")), "1-dokument-71662bd35817bc32");
    EXPECT_EQ(archiveName("1", fileOf("😀")), "1-71662bd35817bc32");
    std::string endless(5'000, 'x');
    endless.append(".pdf");
    EXPECT_LT(archiveName("1", fileOf(endless)).size(), 100u);
}

TEST(ArchiveNames, filmsAndPicturesAreStored) {
    EXPECT_TRUE(isCompressed(fileOf("a.MP4")));
    EXPECT_TRUE(isCompressed({"без расширения", "video/mp4", 1, ""}));
    EXPECT_FALSE(isCompressed(fileOf("a.txt")));
    EXPECT_FALSE(isCompressed(fileOf("a.pdf")));
}

TEST(DosTime, isTheMomentInTwoSecondsAndNeverBefore1980) {
    EXPECT_EQ(dosTime(0), (1U << 21) | (1U << 16));
    // 2025-10-02T12:05:00 of the organization's clock
    EXPECT_EQ(dosTime(1'759'406'700'000'000), (45U << 25) | (10U << 21) | (2U << 16) | (12U << 11) | (5U << 5));
}

}  // namespace
