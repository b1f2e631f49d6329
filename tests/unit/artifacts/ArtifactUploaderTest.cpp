// Corner cases of the protocol, over a real connection to a server that follows a script. What the storage does when
// all goes well is tested with a real one.
#include "common/Sha256.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/TempDir.h"
#include "tests/support/UploadRig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using artifacts::UploadEnd;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

namespace {

constexpr std::size_t kKiB = 1024;

struct Asked {
    std::string line;  ///< "PUT /bucket/key?partNumber=1&uploadId=u"
    std::string body;
};
struct Reply {
    int status = 200;
    std::string body = {};
    std::string headers = {};  ///< each with its line's end
    std::int64_t length = -1;  ///< of a HEAD
};

std::string errorXml(const std::string& code) {
    return "<Error><Code>" + code + "</Code></Error>";
}

class ArtifactUploaderTest : public testing::Test {
protected:
    /// What the storage says; the first whose text is in the request's line and that isn't used up. Default: success.
    void on(const std::string& text, Reply reply, int times = 1'000'000) {
        const std::lock_guard lock(mutex_);
        rules_.insert(rules_.begin(), {text, std::move(reply), times});
    }

    std::string wantFile(const std::string& bytes, const std::string& type = "application/pdf") {
        const auto sha256 = common::Sha256::hex(bytes);
        folder_.write(sha256, bytes);
        auto wanted = rig_.wanted("bas/flow7/final-work/1-" + sha256.substr(0, 16) + ".pdf", sha256,
                                  static_cast<std::int64_t>(bytes.size()));
        wanted.contentType = type;
        rig_.store.want({wanted}, tests::UploadRig::kRun);
        on("ANONYMOUS", {.length = wanted.size});
        on("HEAD /b/" + wanted.key, {.status = 404});
        return wanted.key;
    }
    std::filesystem::path place(const std::string& key) { return folder_ / rig_.row(key).wanted.sha256; }

    artifacts::UploadOutcome upload(const std::string& key, std::stop_token stop = {}) {
        return uploader_.upload(rig_.row(key), stop);
    }

    /// The requests that came whole, without query of the key's own.
    std::vector<std::string> lines() {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> all;
        for (const auto& one : asked_) all.push_back(one.line);
        return all;
    }
    std::vector<std::string> bodiesOf(const std::string& text) {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> all;
        for (const auto& one : asked_)
            if (one.line.find(text) != std::string::npos) all.push_back(one.body);
        return all;
    }
    static std::string textOf(std::size_t size) {
        std::string bytes(size, '\0');
        for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>('a' + (i * 7 + i / 251) % 26);
        return bytes;
    }

private:
    struct Rule {
        std::string text;
        Reply reply;
        int times;
    };

    Reply replyTo(const Asked& asked) {
        const std::lock_guard lock(mutex_);
        asked_.push_back(asked);
        for (auto& rule : rules_)
            if (rule.times > 0 && asked.line.find(rule.text) != std::string::npos) {
                --rule.times;
                return rule.reply;
            }
        if (asked.line.ends_with("?uploads="))
            return {.body = "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"};
        if (asked.line.starts_with("POST"))
            return {.body = "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>"};
        if (asked.line.find("partNumber=") != std::string::npos)
            return {.headers = "ETag: \"e" + common::Sha256::hex(asked.body).substr(0, 4) + "\"\r\n"};
        return {};
    }

    void serve(Poco::Net::StreamSocket& socket) {
        for (auto text = tests::ScriptedServer::readRequest(socket); !text.empty();
             text = tests::ScriptedServer::readRequest(socket)) {
            Asked asked{text.substr(0, text.find(" HTTP/")), text.substr(text.find("\r\n\r\n") + 4)};
            if (text.find("\r\nAuthorization:") == std::string::npos) asked.line = "ANONYMOUS" + asked.line.substr(asked.line.find(' '));
            const auto reply = replyTo(asked);
            const auto length = reply.length >= 0 ? reply.length : static_cast<std::int64_t>(reply.body.size());
            tests::ScriptedServer::write(socket, "HTTP/1.1 " + std::to_string(reply.status) + " X\r\n" + reply.headers +
                                                     "Content-Length: " + std::to_string(length) + "\r\n\r\n" +
                                                     reply.body);
        }
    }

    std::mutex mutex_;
    std::vector<Rule> rules_;
    std::vector<Asked> asked_;

protected:
    s3::Settings settings() const {
        s3::Settings given;
        given.endpoint = server_.url("");
        given.bucket = "b";
        given.accessKeyId = "AKIDEXAMPLE";
        given.secretKey = host::sdk::SecretString("storage-secret");
        return given;
    }

    tests::TempDir folder_;
    tests::ScriptedServer server_{[this](Poco::Net::StreamSocket& socket, int) { serve(socket); }};
    tests::UploadRig rig_{folder_.path(), settings()};
    /// 2 MiB in one piece, more in parts of 256 KiB.
    artifacts::UploaderSettings small_{
        .multipartFrom = 2'048 * kKiB, .partSize = 256 * kKiB, .maxParts = 10'000, .buffers = 2, .attempts = 3};
    artifacts::UploaderParts parts_{
        rig_.client, rig_.files, rig_.store,
        [this](std::chrono::milliseconds time, std::stop_token) { rig_.waits.push_back(time); },
        [](int attempt, std::optional<std::chrono::seconds> after) {
            return after ? std::chrono::milliseconds(*after) : std::chrono::milliseconds(attempt);
        }};
    artifacts::ArtifactUploader uploader_{parts_, small_};
};

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

class Resumed : public ArtifactUploaderTest {
protected:
    /// An upload of ten parts, of which the record knows 1, 2 and 3; gives the key.
    std::string begun() {
        const auto bytes = textOf(2'500 * kKiB);
        const auto key = wantFile(bytes);
        const auto id = rig_.row(key).id;
        rig_.store.uploadCreated(id, "u1", 256 * kKiB);
        for (int number = 1; number <= 3; ++number)
            rig_.store.partDone(
                id,
                {number, "\"e\"", 256 * kKiB,
                 common::Sha256::hex(bytes.substr((static_cast<std::size_t>(number) - 1) * 256 * kKiB, 256 * kKiB))});
        return key;
    }
    static Reply listed(const std::vector<std::string>& etags) {
        std::string xml = "<ListPartsResult><IsTruncated>false</IsTruncated>";
        for (std::size_t i = 0; i < etags.size(); ++i)
            xml += "<Part><PartNumber>" + std::to_string(i + 1) + "</PartNumber><ETag>" + etags[i] + "</ETag><Size>" +
                   std::to_string(256 * kKiB) + "</Size></Part>";
        return {.body = xml + "</ListPartsResult>"};
    }
    std::size_t sent(int number) { return bodiesOf("partNumber=" + std::to_string(number) + "&").size(); }
};

TEST_F(Resumed, sendsWhatTheStorageDoesNotHave) {
    const auto key = begun();
    on("GET /b/" + key + "?uploadId=u1", listed({"\"e\"", "\"e\""}));

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);

    EXPECT_EQ(sent(1) + sent(2), 0u);
    EXPECT_EQ(sent(3), 1u);
    EXPECT_EQ(sent(10), 1u);
    EXPECT_THAT(bodiesOf("?uploads="), IsEmpty());
}

TEST_F(Resumed, sendsAPartAgainThatTheStorageHasOtherwise) {
    const auto key = begun();
    on("GET /b/" + key + "?uploadId=u1", listed({"\"e\"", "\"other\"", "\"e\""}));

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(sent(2), 1u);
    EXPECT_EQ(sent(1) + sent(3), 0u);
}

TEST_F(Resumed, sendsAPartAgainThatTheDiskHadOtherwise) {
    const auto key = begun();
    rig_.store.partDone(rig_.row(key).id, {2, "\"e\"", 256 * kKiB, std::string(64, '0')});
    on("GET /b/" + key + "?uploadId=u1", listed({"\"e\"", "\"e\"", "\"e\""}));

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(sent(2), 1u);
    EXPECT_EQ(sent(1) + sent(3), 0u);
}

TEST_F(Resumed, beginsAnewWhenTheStorageHasForgottenTheUpload) {
    const auto key = begun();
    on("GET /b/" + key + "?uploadId=u1", {.status = 404, .body = errorXml("NoSuchUpload")});

    EXPECT_EQ(upload(key).end, UploadEnd::Proven);
    EXPECT_EQ(sent(1), 1u);
    EXPECT_EQ(bodiesOf("?uploads=").size(), 1u);
}

TEST_F(Resumed, abortsAnUploadWhoseFileHasChangedSince) {
    const auto key = begun();
    on("GET /b/" + key + "?uploadId=u1", listed({"\"e\"", "\"e\"", "\"e\""}));
    std::fstream(place(key), std::ios::in | std::ios::out | std::ios::binary).write("#", 1);

    EXPECT_EQ(upload(key).failure.code, "file-changed");
    EXPECT_THAT(lines(), Contains("DELETE /b/" + key + "?uploadId=u1"));
    EXPECT_EQ(rig_.row(key).uploadId, "");
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

class UploadRunTest : public ArtifactUploaderTest {
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
