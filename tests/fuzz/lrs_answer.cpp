// What stands where an LRS should be: the answer to a batch, to a question and to the wizard's check. A batch is
// accepted only by its own ids, culprits are statements of the batch, no text holds the secret.
#include "plugin/lrs/LrsClient.h"
#include "tests/fuzz/RawAnswers.h"

#include <rapidjson/document.h>

using fuzz::require;
using fuzz::requireShown;
using plugin::lrs::LrsClient;
using plugin::lrs::PostOutcome;

namespace {

const std::string kSecret = "s3cr3tOfTheLrs";
const std::string kKey = "key";

const std::vector<std::string> kIds{"00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-00000000000A",
                                    "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-000000000002"};

/// By another reader of JSON than the client's.
bool isOurIds(const std::string& body) {
    rapidjson::Document json;
    json.Parse<rapidjson::kParseStopWhenDoneFlag | rapidjson::kParseIterativeFlag>(body.data(), body.size());
    if (json.HasParseError() || !json.IsArray() || json.Size() != kIds.size()) return false;
    for (rapidjson::SizeType i = 0; i < json.Size(); ++i)
        if (!json[i].IsString() ||
            common::toLowerAscii({json[i].GetString(), json[i].GetStringLength()}) != common::toLowerAscii(kIds[i]))
            return false;
    return true;
}

void checkPost(const PostOutcome& post, const host::sdk::OutboundResponse& answer) {
    using Class = PostOutcome::Class;
    requireShown(post.message, 2048, kSecret);
    requireShown(post.errorId, 100, kSecret);
    if (post.outcome == Class::Accepted)
        require(post.status == 200 && isOurIds(answer.body), "accepted only by its own ids", answer.body);
    else if (post.status != 0)
        require(post.status != 200 || post.outcome == Class::Configuration, "200 is no refusal of statements");
    require(post.outcome != Class::InDoubt || post.status == 0, "an answer leaves no doubt");
    require(post.culprits.empty() || post.outcome == Class::Data, "culprits are of a batch that was looked at");
    for (std::size_t i = 0; i < post.culprits.size(); ++i) {
        const auto& culprit = post.culprits[i];
        require(culprit.index < kIds.size(), "a culprit is a statement of the batch");
        require(i == 0 || post.culprits[i - 1].index < culprit.index, "each culprit once, in order");
        requireShown(culprit.reason, 500, kSecret);
    }
    if (post.retryAfter)
        require(post.retryAfter->count() >= 0 && post.retryAfter->count() <= 7 * 24 * 3600, "nobody waits for ever");
}

void checkReport(const plugin::lrs::CheckReport& report) {
    require(!report.steps.empty() && report.steps.size() <= 2, "a check has one step or two");
    for (const auto& step : report.steps) {
        requireShown(step.answer, 2048, kSecret);
        requireShown(step.errorId, 100, kSecret);
        requireShown(step.cause, 4096, kSecret);
        requireShown(step.fix, 4096, kSecret);
        require(!step.code.empty() && (step.code == "ok") == step.passed, "a step has its code", step.code);
    }
    require(report.passed == (report.steps.size() == 2 && report.steps.back().passed), "passed only when all did");
    requireShown(report.postAnswer, 64 * 1024, kSecret);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const plugin::lrs::Settings settings{"https://lrs.example.org/data/xAPI",
                                                plugin::lrs::basicFrom(kKey, kSecret)};
    fuzz::Input in(data, size);
    const unsigned what = in.byte() % 3;
    fuzz::RawAnswers http(in, "lrs.example.org");
    LrsClient client(http, settings);
    if (what == 0) {
        const std::vector<std::string_view> statements(kIds.size(), "{}");
        checkPost(client.post(statements, kIds, {}), http.last());
    } else if (what == 1) {
        const auto found = client.get(kIds.front(), {});
        requireShown(found.message, 2048, kSecret);
        using State = plugin::lrs::ReadBack::State;
        require(found.state != State::Found || http.last().status == 200, "found only by a 200");
        require(found.state != State::Missing || http.last().status == 404, "missing only by a 404");
    } else {
        checkReport(client.check(std::chrono::seconds(1), {}));
    }
    return 0;
}
