#include "host/connectors/sql/SqlConfig.h"
#include "tests/support/TempDir.h"

#include <gmock/gmock.h>

namespace {

using namespace host::connectors::sql;
using host::base::Config;
using ::testing::HasSubstr;

TEST(SqlConfig, readsFoldersAndConnectionStrings) {
    tests::TempDir folder;
    folder.write("odbc",
                 "# ours\n\nmssql = Driver={D};Server={address},{port}\n  oracle=DBQ=//{address}:{port}/{database}\n");
    const auto file =
        folder.write("lmsd.conf", "sources.folders = /srv/moodledata, /srv/sqlite\nsources.odbc_file = odbc\n");
    auto config = Config::load(sqlConfigKeys(), {.file = file, .environment = {}, .options = {}});

    const auto settings = sqlSettings(config, {}, "ca.pem");

    EXPECT_EQ(config.report(), "");
    EXPECT_THAT(settings.folders, ::testing::ElementsAre("/srv/moodledata", "/srv/sqlite"));
    EXPECT_EQ(settings.odbc.at("mssql"), "Driver={D};Server={address},{port}");
    EXPECT_EQ(settings.odbc.at("oracle"), "DBQ=//{address}:{port}/{database}");
    EXPECT_EQ(settings.caFile, "ca.pem");
}

TEST(SqlConfig, tellsWhatIsWrong) {
    tests::TempDir folder;
    folder.write("odbc", "Driver={D}\n");
    const auto file = folder.write("lmsd.conf", "sources.folders = data\nsources.odbc_file = odbc\n");
    auto config = Config::load(sqlConfigKeys(), {.file = file, .environment = {}, .options = {}});

    sqlSettings(config, {}, "");

    EXPECT_THAT(config.report(), HasSubstr("'data', which is no absolute path"));
    EXPECT_THAT(config.report(), HasSubstr("has no name in line 1"));
}

}  // namespace
