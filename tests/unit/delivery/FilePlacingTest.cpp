// Files in a night: which are wanted, what waits for them, what is told. The storage here only keeps what it is given;
// a real one is met by the functional night and the integration tests of the uploads.
#include "tests/unit/delivery/LrsAndStorage.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace plugin::delivery;
using namespace tests;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

struct FilePlacing : testing::Test, NightWorld {
    FilePlacing() {
        http = &both;
        connect();
        integrations.active_[0].storage =
            store::Storage{kEndpoint, "provider", "AKID", host::sdk::SecretString("storage-secret"), true};
        file.id = 9001;
        file.name = "Работа.pdf";
        file.contentType = "application/pdf";
        file.size = static_cast<std::int64_t>(bytes.size());
        file.sha256 = common::Sha256::hex(bytes);
        host.records_.files_ = {file};
        host.files_.bytes_[file.sha256] = bytes;
    }

    std::string listed(const std::string& code) {
        for (const auto& row : runs.unsendable(
                 {.organization = sample.organization.id, .project = {}, .code = code, .kind = {}, .origin = {}}, 0,
                 10))
            return row.why.reason + " " + row.why.fix;
        return {};
    }
    std::string url() const {
        return kEndpoint + "/provider/bas/flow" + std::to_string(*sample.structure.flow.u2035Id) + "/final-work/" +
               owner() + "-" + file.sha256.substr(0, 16) + ".pdf";
    }
    std::string owner() const {
        for (const auto& learner : sample.learners)
            if (learner.id == sample.results[5].learnerId) return learner.untiId;
        return {};
    }

    const std::string bytes = "%PDF-1.4 a work";
    host::sdk::File file;
    LrsAndStorage both{lrs};
};

TEST_F(FilePlacing, placesAWorkBeforeTheStatementThatNamesIt) {
    const auto report = run();

    EXPECT_EQ(report.counts.at("files.wanted"), 1);
    EXPECT_EQ(report.counts.at("files.placed"), 1);
    EXPECT_EQ(both.objects[url()], bytes);
    EXPECT_EQ(listed("file-not-in-storage"), "");
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_statement WHERE bytes LIKE '%" + url() + "%'"), 1);
    EXPECT_EQ(report.counts.at("delivered"), report.counts.at("queued"));
}

TEST_F(FilePlacing, wantsNothingASecondTime) {
    run();
    const auto asked = both.asked.size();

    EXPECT_EQ(run().counts.at("files.wanted"), 0);
    EXPECT_THAT(std::vector(both.asked.begin() + static_cast<std::ptrdiff_t>(asked), both.asked.end()),
                ElementsAre(HasSubstr("?prefix=bas%2F&uploads=")));
}

TEST_F(FilePlacing, countsInADryRunWhatTheNightThenSends) {
    NightArguments dry;
    dry.dryRun = true;
    const auto planned = run(dry);

    EXPECT_EQ(planned.counts.at("files.wanted"), 1);
    EXPECT_THAT(both.asked, IsEmpty());
    EXPECT_THAT(artifacts.list({.organization = sample.organization.id, .project = {}, .state = {}}, 0, 10), IsEmpty());
    EXPECT_EQ(run().counts.at("queued"), planned.counts.at("planned"));
}

TEST_F(FilePlacing, holdsTheStatementOfAFileThatIsNotTheOneThatCameIn) {
    host.files_.bytes_[file.sha256] = "%PDF-1.4 another";

    const auto report = run();

    EXPECT_EQ(report.counts.at("files.failed"), 1);
    EXPECT_THAT(both.objects, IsEmpty());
    EXPECT_THAT(listed("file-not-in-storage"), HasSubstr("он длиннее, чем записано"));
    EXPECT_EQ(lastRun().state, "done");
}

TEST_F(FilePlacing, tellsARefusingStorageOnceAndSendsEverythingElse) {
    both.putStatus = 403;

    const auto report = run();

    EXPECT_EQ(lastRun().state, "incomplete");
    EXPECT_THAT(lastRun().message, HasSubstr("Secret Key"));
    EXPECT_EQ(report.counts.at("files.waiting"), 1);
    EXPECT_GT(report.counts.at("delivered"), 20);
    EXPECT_THAT(listed("file-not-in-storage"), HasSubstr("Secret Key"));

    both.putStatus = 200;
    EXPECT_EQ(run().counts.at("files.placed"), 1);
    EXPECT_EQ(listed("file-not-in-storage"), "");
}

TEST_F(FilePlacing, saysThatNoStorageIsSetUp) {
    integrations.active_[0].storage.reset();

    run();

    EXPECT_THAT(both.asked, IsEmpty());
    EXPECT_THAT(listed("no-storage"), HasSubstr("в мастере настройки"));
}

TEST_F(FilePlacing, sendsNothingWhereNoStatementCouldNameIt) {
    integrations.active_[0].storage->endpoint = "http://s3.example.net:80";

    const auto report = run();

    EXPECT_EQ(report.counts.at("files.waiting"), 1);
    EXPECT_THAT(both.asked, IsEmpty());
    EXPECT_THAT(lastRun().message, HasSubstr("public_base"));
    EXPECT_THAT(listed("file-not-in-storage"), HasSubstr("public_base"));

    settings.storage.publicBase = "https://files.example.net/{bucket}";
    EXPECT_EQ(run().counts.at("files.wanted"), 1);
}

struct NotWanted {
    const char* name;
    void (*make)(FilePlacing&);
};
class Unwanted : public FilePlacing, public testing::WithParamInterface<NotWanted> {};
TEST_P(Unwanted, isNotPlaced) {
    GetParam().make(*this);
    EXPECT_EQ(run().counts.at("files.wanted"), 0);
    EXPECT_THAT(both.objects, IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(
    Table, Unwanted,
    testing::Values(NotWanted{"underReview", [](FilePlacing& w) { w.host.records_.results_[5].graded = false; }},
                    NotWanted{"deleted", [](FilePlacing& w) { w.host.records_.results_[5].deleted = true; }},
                    NotWanted{"ofNobody",
                              [](FilePlacing& w) {
                                  for (auto& learner : w.host.records_.learners_) learner.untiId.clear();
                              }},
                    NotWanted{"leftOut",
                              [](FilePlacing& w) {
                                  w.integrations.scope_.leftOutLearners[w.sample.results[5].learnerId] = "просил";
                              }},
                    NotWanted{
                        "byTables",
                        [](FilePlacing& w) { w.integrations.scope_.channels[w.sample.structure.flow.id] = "tables"; }}),
    [](const auto& given) { return given.param.name; });

TEST_F(FilePlacing, sendsAgainToAnotherStorageOnlyWhatWasNotTold) {
    run();
    integrations.active_[0].storage->bucket = "another";

    EXPECT_EQ(run().counts.at("files.wanted"), 0);
}

}  // namespace
