// Uploads to a real Ceph RADOS Gateway. Needs ceph-mon, ceph-osd and radosgw; see tests/peers/radosgw.
#include "common/Sha256.h"
#include "plugin/s3/SigV4.h"
#include "tests/support/Peer.h"
#include "tests/support/UploadRig.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/URI.h>
#include <date/date.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <random>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using plugin::artifacts::RunReport;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

constexpr std::int64_t kMiB = 1024 * 1024;
/// 20 by default; --full of tests/run.sh asks for more.
const int kKills = std::getenv("LMSD_FULL") != nullptr ? 60 : 20;

class ArtifactUpload : public testing::Test {
protected:
    static void SetUpTestSuite() { peer_ = std::make_unique<tests::Peer>("radosgw"); }
    static void TearDownTestSuite() { peer_.reset(); }

    static plugin::s3::Settings settings() {
        plugin::s3::Settings result;
        result.endpoint = (*peer_)["endpoint"];
        result.bucket = (*peer_)["bucket"];
        result.accessKeyId = (*peer_)["accessKeyId"];
        result.secretKey = host::sdk::SecretString((*peer_)["secretKey"]);
        return result;
    }

    /// A file of pseudo-random bytes under its hash, wanted under a key of its own; gives the key.
    std::string want(tests::UploadRig& rig, std::int64_t size, unsigned seed) {
        std::mt19937_64 random(seed);
        common::Sha256 digest;
        const auto path = folder_ / "new";
        {
            std::ofstream out(path, std::ios::binary);
            std::vector<std::uint64_t> block(32 * 1024);
            for (std::int64_t left = size; left > 0;) {
                for (auto& word : block) word = random();
                const auto part = static_cast<std::size_t>(
                    std::min<std::int64_t>(left, static_cast<std::int64_t>(block.size() * sizeof block[0])));
                const std::string_view bytes(reinterpret_cast<const char*>(block.data()), part);
                digest.update(bytes);
                out << bytes;
                left -= static_cast<std::int64_t>(part);
            }
        }
        const auto sha256 = digest.finishHex();
        std::filesystem::rename(path, folder_ / sha256);
        const std::string key = "bas/flow7/final-work/123-" + sha256.substr(0, 16) + ".pdf";
        rig.store.want({rig.wanted(key, sha256, size)}, tests::UploadRig::kRun);
        return key;
    }

    /// SHA-256 of what anybody gets under the address a statement would carry.
    static std::string publicSha256(const std::string& url) {
        const Poco::URI address(url);
        Poco::Net::HTTPClientSession session(address.getHost(), address.getPort());
        Poco::Net::HTTPRequest request("GET", address.getPathAndQuery(), "HTTP/1.1");
        session.sendRequest(request);
        Poco::Net::HTTPResponse response;
        auto& body = session.receiveResponse(response);
        if (response.getStatus() != 200) return "HTTP " + std::to_string(response.getStatus());
        common::Sha256 digest;
        std::vector<char> block(256 * 1024);
        while (body.read(block.data(), static_cast<std::streamsize>(block.size())) || body.gcount() > 0)
            digest.update({block.data(), static_cast<std::size_t>(body.gcount())});
        return digest.finishHex();
    }

    void expectThere(tests::UploadRig& rig, const std::string& key) {
        const auto row = rig.row(key);
        EXPECT_EQ(row.state, "proven") << row.failure.cause;
        EXPECT_EQ(publicSha256(row.url), row.wanted.sha256);
        EXPECT_THAT(rig.store.parts(row.id), IsEmpty());
        EXPECT_EQ(row.uploadId, "");
    }
    static std::vector<plugin::s3::Upload> uploadsOf(tests::UploadRig& rig) {
        return rig.client.listUploads("", {}).value.value();
    }

    /// A bucket of its own that forbids something about public access: "BlockPublicAcls", "IgnorePublicAcls".
    static plugin::s3::Settings bucketThat(const std::string& rule) {
        auto own = settings();
        own.bucket = "bucket-" + std::to_string(rule.size());
        sendToBucket(own, {}, "");
        sendToBucket(
            own, {{"publicAccessBlock", ""}},
            "<PublicAccessBlockConfiguration><" + rule + ">true</" + rule + "></PublicAccessBlockConfiguration>");
        return own;
    }
    static void sendToBucket(const plugin::s3::Settings& to, std::vector<std::pair<std::string, std::string>> query,
                             const std::string& body) {
        plugin::s3::SigV4Request signedRequest;
        signedRequest.method = "PUT";
        signedRequest.path = "/" + to.bucket;
        signedRequest.query = std::move(query);
        signedRequest.payloadHash = common::Sha256::hex(body);
        signedRequest.time =
            date::format("%Y%m%dT%H%M%SZ", date::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
        host::sdk::OutboundRequest request;
        request.method = "PUT";
        request.url = to.endpoint + signedRequest.path;
        if (!signedRequest.query.empty()) request.url += "?" + plugin::s3::canonicalQuery(signedRequest.query);
        request.headers = {{"x-amz-date", signedRequest.time}, {"x-amz-content-sha256", signedRequest.payloadHash}};
        signedRequest.headers = request.headers;
        signedRequest.headers.emplace_back("host", to.endpoint.substr(to.endpoint.find("//") + 2));
        request.headers.emplace_back(
            "Authorization", plugin::s3::SigV4(to.accessKeyId, to.secretKey, to.region).authorization(signedRequest));
        request.body = body;
        host::base::HttpPool pool{{}};
        const auto response = pool.send(request);
        ASSERT_EQ(response.status, 200) << response.body;
    }

    tests::TempDir folder_;

    static inline std::unique_ptr<tests::Peer> peer_;
};

class SizedUpload : public ArtifactUpload, public testing::WithParamInterface<std::int64_t> {};

/// Runs the program that uploads until it ends, or dies at an event; gives the status of waitpid.
int runChild(const std::filesystem::path& folder, const plugin::s3::Settings& settings, int events) {
    std::vector<std::string> words{UPLOAD_CHILD,          folder.string(),      settings.endpoint,
                                   settings.bucket,       settings.accessKeyId, settings.secretKey.reveal(),
                                   std::to_string(events)};
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t pid = 0;
    if (::posix_spawn(&pid, words[0].c_str(), nullptr, nullptr, arguments.data(), environ) != 0)
        throw std::runtime_error("the program can't be started");
    int status = 0;
    ::waitpid(pid, &status, 0);
    return status;
}

}  // namespace

TEST_P(SizedUpload, isThereWholeAndOpensWithoutAKey) {
    tests::UploadRig rig(folder_.path(), settings());
    const auto key = want(rig, GetParam(), static_cast<unsigned>(GetParam()));

    const auto report = rig.run();

    EXPECT_EQ(report.proven, 1) << report.reason;
    expectThere(rig, key);
    EXPECT_THAT(uploadsOf(rig), IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(Sizes, SizedUpload, testing::Values(1, 5 * kMiB, 64 * kMiB - 1, 64 * kMiB));

TEST_F(ArtifactUpload, takesAGigabyte) {
    if (std::getenv("LMSD_FULL") == nullptr) GTEST_SKIP() << "LMSD_FULL is not set";
    tests::UploadRig rig(folder_.path(), settings());
    const auto key = want(rig, 1024 * kMiB, 3);
    EXPECT_EQ(rig.run().proven, 1);
    expectThere(rig, key);
}

TEST_F(ArtifactUpload, sendsNothingTwice) {
    tests::UploadRig rig(folder_.path(), settings());
    const auto key = want(rig, kMiB, 4);
    ASSERT_EQ(rig.run().proven, 1);
    rig.database.write([](Poco::Data::Session& session) {
        session << "UPDATE u2035_artifact SET state = 'wanted', url = ''", Poco::Data::Keywords::now;
    });
    // Nothing could be sent any more: only what is there can be proved.
    std::filesystem::remove(folder_ / rig.row(key).wanted.sha256);

    EXPECT_EQ(rig.run().proven, 1);
}

TEST_F(ArtifactUpload, isWholeHoweverOftenTheProcessIsKilled) {
    const unsigned seed = 20'350;
    std::mt19937 random(seed);
    std::vector<std::string> keys;
    {
        tests::UploadRig rig(folder_.path(), settings());
        keys.push_back(want(rig, 160 * kMiB + 12'345, 5));
        keys.push_back(want(rig, 3 * kMiB, 6));
        keys.push_back(want(rig, 72 * kMiB, 7));
    }
    for (int kills = 0; kills < kKills;) {
        const int status = runChild(folder_.path(), settings(), 1 + static_cast<int>(random() % 40));
        if (WIFSIGNALED(status)) {
            ASSERT_EQ(WTERMSIG(status), SIGKILL);
            ++kills;
            continue;
        }
        // It was ready: more to do, so that every kill meets an upload.
        tests::UploadRig rig(folder_.path(), settings());
        keys.push_back(want(rig, 80 * kMiB, 100 + static_cast<unsigned>(keys.size())));
    }
    EXPECT_EQ(runChild(folder_.path(), settings(), 0), 0) << "seed " << seed;

    tests::UploadRig rig(folder_.path(), settings());
    for (const auto& key : keys) expectThere(rig, key);
    EXPECT_THAT(uploadsOf(rig), IsEmpty());
}

TEST_F(ArtifactUpload, abortsAnUploadThatNobodyWroteDown) {
    tests::UploadRig rig(folder_.path(), settings());
    const auto key = want(rig, kMiB, 8);
    ASSERT_TRUE(rig.client.createUpload(key, {"application/pdf", "public-read", {}}, {}));
    ASSERT_TRUE(rig.client.createUpload("bas/flow1/video/another-servers.mp4", {}, {}));

    rig.run();

    EXPECT_EQ(rig.orphans, 1);
    const auto left = uploadsOf(rig);
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].key, "bas/flow1/video/another-servers.mp4");
    rig.client.abortUpload(left[0].key, left[0].id, {});
}

TEST_F(ArtifactUpload, goesOnWithThePartsTheStorageHas) {
    tests::UploadRig rig(folder_.path(), settings());
    const auto key = want(rig, 80 * kMiB, 9);
    const auto row = rig.row(key);
    const auto upload = rig.client.createUpload(key, plugin::artifacts::traitsOf(row), {});
    ASSERT_TRUE(upload);
    rig.store.uploadCreated(row.id, *upload.value, 8 * kMiB);
    std::string bytes = tests::TempDir::read(folder_ / row.wanted.sha256);
    for (const int number : {1, 2, 5}) {
        const auto part = bytes.substr(static_cast<std::size_t>((number - 1) * 8 * kMiB), 8 * kMiB);
        const auto sha256 = common::Sha256::hex(part);
        const auto etag = rig.client.uploadPart(key, *upload.value, number, part, sha256, {});
        ASSERT_TRUE(etag);
        rig.store.partDone(row.id, {number, *etag.value, 8 * kMiB, sha256});
    }

    EXPECT_EQ(rig.run().proven, 1);

    expectThere(rig, key);
    EXPECT_THAT(uploadsOf(rig), IsEmpty());
}

TEST_F(ArtifactUpload, isRefusedWithCauseAndFixWhereTheBucketForbidsPublicAcls) {
    tests::UploadRig rig(folder_.path(), bucketThat("BlockPublicAcls"));
    for (const auto size : {kMiB, 64 * kMiB}) {
        const auto key = want(rig, size, 20);

        EXPECT_THAT(rig.run().reason, HasSubstr("public-read"));
        EXPECT_EQ(rig.row(key).failure.code, "acl-refused") << size;
    }
}

TEST_F(ArtifactUpload, provesNothingThatDoesNotOpenWithoutAKeyAndPutsItAgainOnceItMay) {
    tests::UploadRig rig(folder_.path(), bucketThat("IgnorePublicAcls"));
    const auto key = want(rig, kMiB, 21);

    EXPECT_THAT(rig.run().reason, HasSubstr("не открывается"));
    EXPECT_EQ(rig.row(key).failure.code, "not-public");
    EXPECT_EQ(rig.row(key).state, "uploaded");

    sendToBucket(rig.settings, {{"publicAccessBlock", ""}}, "<PublicAccessBlockConfiguration/>");
    EXPECT_EQ(rig.run().proven, 1);
    expectThere(rig, key);
}

struct WrongSetting {
    const char* name;
    void (*make)(tests::UploadRig&, plugin::s3::Settings&);
    const char* code;
    const char* words;
};
class WrongStorage : public ArtifactUpload, public testing::WithParamInterface<WrongSetting> {};
TEST_P(WrongStorage, isToldWithCauseAndFixAndLosesNothing) {
    for (const auto size : {kMiB, 64 * kMiB}) {
        auto wrong = settings();
        tests::UploadRig probe(folder_.path(), wrong);
        GetParam().make(probe, wrong);
        tests::UploadRig rig(folder_.path(), wrong);
        rig.clock.set(probe.clock.now());
        const auto key = want(rig, size, 10 + static_cast<unsigned>(size / kMiB));

        const auto report = rig.run();

        EXPECT_THAT(report.reason, HasSubstr(GetParam().words)) << size;
        EXPECT_EQ(rig.row(key).failure.code, GetParam().code) << size;
        EXPECT_THAT(rig.row(key).failure.fix, Not(IsEmpty()));
        EXPECT_NE(rig.row(key).state, "proven");
        EXPECT_NE(rig.row(key).state, "failed") << "it goes when the settings are mended";
    }
}
INSTANTIATE_TEST_SUITE_P(
    Table, WrongStorage,
    testing::Values(
        WrongSetting{"secret",
                     [](tests::UploadRig&, plugin::s3::Settings& s) { s.secretKey = host::sdk::SecretString("wrong"); },
                     "wrong-secret", "Secret Key"},
        WrongSetting{"bucket", [](tests::UploadRig&, plugin::s3::Settings& s) { s.bucket = "no-such-bucket"; },
                     "no-bucket", "бакета"},
        WrongSetting{"clock",
                     [](tests::UploadRig& rig, plugin::s3::Settings&) { rig.clock.advance(std::chrono::minutes(20)); },
                     "clock-skew", "расходятся"}),
    [](const auto& given) { return given.param.name; });
