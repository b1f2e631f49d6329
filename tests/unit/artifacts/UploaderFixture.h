#pragma once
/// The uploader over a real connection to a storage that follows a script.

#include "common/Sha256.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/TempDir.h"
#include "tests/support/UploadRig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

using namespace plugin;
using artifacts::UploadEnd;

inline constexpr std::size_t kKiB = 1024;

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

inline std::string errorXml(const std::string& code) {
    return "<Error><Code>" + code + "</Code></Error>";
}

class UploaderFixture : public testing::Test {
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
        rig_.store.want({wanted}, UploadRig::kRun);
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
        for (auto text = ScriptedServer::readRequest(socket); !text.empty();
             text = ScriptedServer::readRequest(socket)) {
            Asked asked{text.substr(0, text.find(" HTTP/")), text.substr(text.find("\r\n\r\n") + 4)};
            if (text.find("\r\nAuthorization:") == std::string::npos)
                asked.line = "ANONYMOUS" + asked.line.substr(asked.line.find(' '));
            const auto reply = replyTo(asked);
            const auto length = reply.length >= 0 ? reply.length : static_cast<std::int64_t>(reply.body.size());
            ScriptedServer::write(socket, "HTTP/1.1 " + std::to_string(reply.status) + " X\r\n" + reply.headers +
                                              "Content-Length: " + std::to_string(length) + "\r\n\r\n" + reply.body);
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

    TempDir folder_;
    ScriptedServer server_{[this](Poco::Net::StreamSocket& socket, int) { serve(socket); }};
    UploadRig rig_{folder_.path(), settings()};
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

}  // namespace tests
