// Corner cases of the protocol. What the storage does when all goes well is tested with a real one.
#include "tests/unit/artifacts/UploaderFixture.h"

using namespace tests;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

namespace {

class ArtifactUploaderTest : public UploaderFixture {};

struct Change {
    const char* name;
    void (*make)(const std::filesystem::path&);
    const char* code;
};
class ChangedFile : public ArtifactUploaderTest, public testing::WithParamInterface<std::tuple<Change, std::size_t>> {};
TEST_P(ChangedFile, neverBecomesAnObject) {
    const auto& [change, size] = GetParam();
    const auto key = wantFile(textOf(size));
    change.make(place(key));

    const auto outcome = upload(key);

    EXPECT_EQ(outcome.end, UploadEnd::Failed);
    EXPECT_EQ(outcome.failure.code, change.code);
    EXPECT_EQ(rig_.row(key).state, "failed");
    EXPECT_EQ(rig_.row(key).uploadId, "");
    EXPECT_THAT(rig_.row(key).failure.fix, Not(IsEmpty()));
    // Neither a whole PUT nor a completed upload; and what was begun is aborted.
    for (const auto& line : lines()) {
        EXPECT_FALSE(line.starts_with("PUT") && line.find("partNumber") == std::string::npos) << line;
        EXPECT_FALSE(line.starts_with("POST") && line.find("uploadId") != std::string::npos) << line;
    }
    if (size < small_.multipartFrom) return;
    EXPECT_THAT(lines(), Contains(StartsWith("DELETE /b/" + key + "?uploadId=u1")));
}
INSTANTIATE_TEST_SUITE_P(
    Table, ChangedFile,
    testing::Combine(
        testing::Values(Change{"shrank",
                               [](const std::filesystem::path& p) {
                                   std::filesystem::resize_file(p, std::filesystem::file_size(p) - 1);
                               },
                               "file-changed"},
                        Change{"grew",
                               [](const std::filesystem::path& p) {
                                   std::filesystem::resize_file(p, std::filesystem::file_size(p) + 1);
                               },
                               "file-changed"},
                        Change{"changed",
                               [](const std::filesystem::path& p) {
                                   std::fstream(p, std::ios::in | std::ios::out | std::ios::binary).write("#", 1);
                               },
                               "file-changed"},
                        Change{"vanished", [](const std::filesystem::path& p) { std::filesystem::remove(p); },
                               "file-unreadable"}),
        testing::Values(std::size_t{5}, 1'500 * kKiB, 2'500 * kKiB)),
    [](const auto& given) { return std::get<0>(given.param).name + std::to_string(std::get<1>(given.param)); });

TEST_F(ArtifactUploaderTest, sendsOneRequestForASmallFileAndProvesIt) {
    const auto key = wantFile("hello");

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);

    EXPECT_THAT(lines(), ElementsAre("HEAD /b/" + key, "PUT /b/" + key, "ANONYMOUS /b/" + key));
    EXPECT_EQ(rig_.row(key).url, server_.url("/b/" + key));
    EXPECT_TRUE(rig_.row(key).provenAt);
}

TEST_F(ArtifactUploaderTest, sendsPartsThatMakeUpTheFile) {
    const auto bytes = textOf(2'500 * kKiB + 1);
    const auto key = wantFile(bytes);

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);

    std::map<int, std::string> parts;
    for (int number = 1; number <= 10; ++number)
        parts[number] = bodiesOf("partNumber=" + std::to_string(number) + "&").at(0);
    std::string all;
    for (const auto& [number, part] : parts) all += part;
    EXPECT_EQ(all, bytes);
    EXPECT_EQ(bodiesOf("POST /b/" + key + "?uploadId=u1").size(), 1u);
    EXPECT_THAT(bodiesOf("POST /b/" + key + "?uploadId=u1").at(0), HasSubstr("<PartNumber>10</PartNumber>"));
}

TEST_F(ArtifactUploaderTest, growsThePartsOfAFileThatWouldHaveTooMany) {
    small_.maxParts = 2;
    artifacts::ArtifactUploader uploader(parts_, small_);
    const auto bytes = textOf(3'000 * kKiB);
    const auto key = wantFile(bytes);

    EXPECT_EQ(uploader.upload(rig_.row(key), {}).end, UploadEnd::Proven);

    EXPECT_EQ(bodiesOf("partNumber=1&").at(0) + bodiesOf("partNumber=2&").at(0), bytes);
    EXPECT_THAT(bodiesOf("partNumber=3&"), IsEmpty());
}

TEST_F(ArtifactUploaderTest, takesA200WithAnErrorInItForAFailure) {
    const auto key = wantFile(textOf(2'500 * kKiB));
    on("?uploadId=u1", {.body = errorXml("InternalError")}, 0);
    on("POST /b/" + key + "?uploadId=u1", {.body = errorXml("InternalError")}, 2);

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(bodiesOf("POST /b/" + key + "?uploadId=u1").size(), 3u) << "asked again, the parts were not sent again";
    EXPECT_EQ(bodiesOf("partNumber=1&").size(), 1u);
}

TEST_F(ArtifactUploaderTest, postponesAFileWhoseCompletionOnlyFails) {
    const auto key = wantFile(textOf(2'500 * kKiB));
    on("POST /b/" + key + "?uploadId=u1", {.body = errorXml("InternalError")});

    EXPECT_EQ(upload(key).end, UploadEnd::Postponed);
    EXPECT_EQ(rig_.row(key).uploadId, "u1") << "the next night goes on with its parts";
    EXPECT_EQ(rig_.store.parts(rig_.row(key).id).size(), 10u);
}

TEST_F(ArtifactUploaderTest, findsTheObjectWhoseCompletionWasNotAnswered) {
    const auto key = wantFile(textOf(2'500 * kKiB));
    const auto row = rig_.row(key);
    on("HEAD /b/" + key, {.headers = "x-amz-meta-sha256: " + row.wanted.sha256 + "\r\n", .length = row.wanted.size});
    on("HEAD /b/" + key, {.status = 404}, 1);
    on("POST /b/" + key + "?uploadId=u1", {.status = 404, .body = errorXml("NoSuchUpload")});

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(bodiesOf("?uploads=").size(), 1u);
}

TEST_F(ArtifactUploaderTest, beginsAnewWhenThePartsDoNotFitTogether) {
    const auto key = wantFile(textOf(2'500 * kKiB));
    on("POST /b/" + key + "?uploadId=u1", {.status = 400, .body = errorXml("InvalidPart")}, 1);

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);

    EXPECT_EQ(bodiesOf("DELETE /b/" + key).size(), 1u);
    EXPECT_EQ(bodiesOf("partNumber=1&").size(), 2u);
}

TEST_F(ArtifactUploaderTest, waitsAsLongAsAnOverloadedStorageAsks) {
    const auto key = wantFile("hello");
    on("PUT /b/", {.status = 503, .body = errorXml("SlowDown"), .headers = "Retry-After: 7\r\n"}, 1);
    on("PUT /b/", {.status = 500}, 1);

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_THAT(rig_.waits, ElementsAre(std::chrono::milliseconds(1), std::chrono::seconds(7)));
}

TEST_F(ArtifactUploaderTest, losesNothingWhenTroubleLasts) {
    const auto key = wantFile("hello");
    on("PUT /b/", {.status = 503, .body = errorXml("SlowDown")});

    EXPECT_EQ(upload(key).end, UploadEnd::Postponed);
    EXPECT_EQ(rig_.row(key).state, "uploading");
    EXPECT_EQ(rig_.row(key).failure.code, "server-trouble");
    EXPECT_EQ(bodiesOf("PUT /b/").size(), 3u);
}

TEST_F(ArtifactUploaderTest, endsWhenItIsAskedToAndMarksNothing) {
    std::stop_source stop;
    parts_.wait = [&](std::chrono::milliseconds, std::stop_token) { stop.request_stop(); };
    artifacts::ArtifactUploader uploader(parts_, small_);
    for (const auto size : {std::size_t{5}, 2'500 * kKiB}) {
        const auto key = wantFile(textOf(size));
        on("PUT /b/", {.status = 503, .body = errorXml("SlowDown")});
        EXPECT_EQ(uploader.upload(rig_.row(key), stop.get_token()).end, UploadEnd::Stopped);
        EXPECT_EQ(rig_.row(key).failure.code, "");
    }
}

struct Proof {
    const char* name;
    Reply reply;
    UploadEnd end;
    const char* code;
    const char* state;
};
class Unproven : public ArtifactUploaderTest, public testing::WithParamInterface<Proof> {};
TEST_P(Unproven, isNeverNamedByAStatement) {
    const auto key = wantFile("hello");
    on("ANONYMOUS", GetParam().reply);

    EXPECT_EQ(upload(key).end, GetParam().end);
    EXPECT_EQ(rig_.row(key).failure.code, GetParam().code);
    EXPECT_EQ(rig_.row(key).state, GetParam().state);
    EXPECT_EQ(rig_.row(key).url, "");
}
INSTANTIATE_TEST_SUITE_P(
    Table, Unproven,
    testing::Values(Proof{"shorter", {.length = 4}, UploadEnd::Failed, "other-length", "failed"},
                    Proof{"closed", {.status = 403}, UploadEnd::StorageFailed, "not-public", "uploaded"},
                    Proof{"elsewhere", {.status = 404}, UploadEnd::StorageFailed, "wrong-public-address", "uploaded"},
                    Proof{"broken", {.status = 502}, UploadEnd::Postponed, "server-trouble", "uploaded"},
                    Proof{"moved", {.status = 301}, UploadEnd::StorageFailed, "wrong-endpoint", "uploaded"}),
    [](const auto& given) { return given.param.name; });

TEST_F(ArtifactUploaderTest, sendsNothingWhoseMediaTypeTheLrsRefuses) {
    const auto key = wantFile("hello", "font/woff2");

    EXPECT_EQ(upload(key).failure.code, "media-type");
    EXPECT_THAT(lines(), IsEmpty());
}

TEST_F(ArtifactUploaderTest, believesAnObjectOfTheSameLengthOnlyWithItsHash) {
    const auto key = wantFile("hello");
    on("HEAD /b/" + key, {.headers = "x-amz-meta-sha256: other\r\n", .length = 5});

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(bodiesOf("PUT /b/").size(), 1u);
}

}  // namespace
