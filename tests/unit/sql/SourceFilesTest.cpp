#include "host/connectors/sql/SourceFiles.h"
#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace {

using host::connectors::sql::SourceFiles;
using ::testing::HasSubstr;

struct Filedir : ::testing::Test {
    Filedir() {
        folder.write("filedir/aa/f4/aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "hello");
        folder.write("filedir/bb/f4/bbf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "not what its name says");
        folder.write("filedir/works/a.txt", "a");
        folder.write("secret/passwords", "x");
        std::filesystem::create_symlink("../../secret/passwords", folder / "filedir/works/link");
        settings.folders = {folder / "filedir"};
    }
    SourceFiles files(bool moodle) const { return {settings, (folder / "filedir").string(), moodle}; }
    static std::string bytes(std::istream& in) { return {std::istreambuf_iterator<char>(in), {}}; }

    tests::TempDir folder;
    host::connectors::sql::SqlSettings settings;
};

TEST_F(Filedir, aFileIsFoundByItsHashAndIsWhatItSays) {
    EXPECT_EQ(bytes(*files(true).open("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")), "hello");
    EXPECT_REFUSED(files(true).open("bbf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"), Format, "damaged");
    EXPECT_REFUSED(files(true).open("ccf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"), NotThere,
                   "not in the connection's folder");
    EXPECT_REFUSED(files(true).open("../../secret/passwords"), Format, "not the SHA-1");
}

TEST_F(Filedir, aPathStaysInsideOfTheFolder) {
    EXPECT_EQ(bytes(*files(false).open("works/a.txt")), "a");
    EXPECT_REFUSED(files(false).open("works/../../secret/passwords"), Rights, "leads out");
    EXPECT_REFUSED(files(false).open("works/link"), Rights, "leads out");
    EXPECT_REFUSED(files(false).open("/etc/passwd"), Format, "not a path below");
    EXPECT_REFUSED(files(false).open("works"), NotThere, "not in the connection's folder");
}

TEST_F(Filedir, aFolderIsOneThatTheAdministratorNamed) {
    EXPECT_REFUSED(SourceFiles(settings, (folder / "secret").string(), true), Configuration, "administrator has named");
    EXPECT_REFUSED(SourceFiles(settings, "/", true), Configuration, "administrator has named");
    EXPECT_REFUSED(SourceFiles(settings, (folder / "filedir/none").string(), true), NotThere, "no folder");
    EXPECT_REFUSED(SourceFiles({}, (folder / "filedir").string(), true), Configuration, "sources.folders");
    EXPECT_REFUSED(SourceFiles(settings, "", true).open("aa"), NotThere, "names no folder");
}

}  // namespace
