// All files of a night: what ends a run, and what doesn't.
#include "tests/unit/artifacts/UploaderFixture.h"

using namespace tests;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

class UploadRunTest : public UploaderFixture {
protected:
    artifacts::RunReport run(int sessions = 1) {
        return artifacts::UploadRun(uploader_, rig_.store, sessions, [this] { return mayGoOn_; })
            .run(rig_.storageId(), tests::UploadRig::kRun, {});
    }
    bool mayGoOn_ = true;
};

TEST_F(UploadRunTest, placesEverythingInSeveralSessions) {
    for (int i = 0; i < 300; ++i) wantFile("file " + std::to_string(100 + i));
    EXPECT_EQ(run(4).proven, 300);
    EXPECT_EQ(bodiesOf("PUT /b/").size(), 300u);
}

TEST_F(UploadRunTest, givesAStorageUpForTheNightOnItsFirstRefusalOfUs) {
    for (int i = 0; i < 10; ++i) wantFile("file " + std::to_string(i));
    on("PUT /b/", {.status = 403, .body = errorXml("SignatureDoesNotMatch")});

    const auto report = run();

    EXPECT_THAT(report.reason, HasSubstr("Secret Key"));
    EXPECT_EQ(bodiesOf("PUT /b/").size(), 1u);
    EXPECT_THAT(rig_.store.list({.organization = "org", .project = {}, .state = "failed"}, 0, 100), IsEmpty());
}

TEST_F(UploadRunTest, givesAStorageUpAfterTwoFilesInARowAreLeft) {
    for (int i = 0; i < 10; ++i) wantFile("file " + std::to_string(i));
    on("PUT /b/", {.status = 500});

    const auto report = run();

    EXPECT_EQ(report.postponed, 2);
    EXPECT_THAT(report.reason, Not(IsEmpty()));
}

TEST_F(UploadRunTest, goesOnAfterAFileThatAloneCanNotGo) {
    wantFile("font", "font/woff2");
    wantFile("hello");

    const auto report = run();

    EXPECT_EQ(report.failed, 1);
    EXPECT_EQ(report.proven, 1);
    EXPECT_EQ(report.reason, "");
}

TEST_F(UploadRunTest, endsWhenTheIntegrationWasSwitchedOff) {
    wantFile("hello");
    mayGoOn_ = false;

    EXPECT_EQ(run().proven, 0);
    EXPECT_THAT(lines(), IsEmpty());
}

}  // namespace
