// What stands where an S3 storage should be: lists, uploads in parts, refusals, and the wizard's probe. A list always
// ends, nothing sends us to another host, every failure can be explained, no text holds the secret.
#include "common/Sha256.h"
#include "plugin/s3/ErrorXml.h"
#include "plugin/s3/Failures.h"
#include "plugin/s3/S3Probe.h"
#include "tests/fuzz/RawAnswers.h"
#include "tests/support/FakeClock.h"

using fuzz::require;
using fuzz::requireShown;
using namespace plugin::s3;

namespace {

const std::string kSecret = "s3cr3tOfTheStorage";
constexpr std::size_t kText = 2048;

void checkFailure(const Failure& failure) {
    require(!failure.code.empty(), "a failure has a code");
    requireShown(failure.code, 100, kSecret);
    requireShown(failure.message, kText, kSecret);
    requireShown(failure.detail, 200, kSecret);
    const auto explanation = explain(failure);
    requireShown(explanation.code, 100, kSecret);
    requireShown(explanation.cause, 2 * kText, kSecret);
    requireShown(explanation.fix, kText, kSecret);
    require(!explanation.code.empty() && !explanation.cause.empty() && !explanation.fix.empty(),
            "every failure is explained", failure.code);
    require(troubleOf(failure) != Trouble::Stopped || failure.noAnswer.has_value(), "nobody but we stop us");
    if (failure.retryAfter)
        require(failure.retryAfter->count() >= 0 && failure.retryAfter->count() <= 600, "short waits");
}

template <class T>
bool checkAnswer(const Answer<T>& answer) {
    if (!answer) checkFailure(answer.failure);
    return static_cast<bool>(answer);
}

void checkProbe(fuzz::RawAnswers& http, const tests::FakeClock& clock, Settings settings, bool bucketKnown) {
    if (!bucketKnown) settings.bucket.clear();
    const auto report = S3Probe(http, clock, settings).check(std::chrono::seconds(5), {});
    require(!report.steps.empty() && report.steps.size() < 10, "a probe has a few steps");
    bool all = true;
    for (const auto& step : report.steps) {
        requireShown(step.answer, kText, kSecret);
        requireShown(step.cause, 2 * kText, kSecret);
        requireShown(step.fix, kText, kSecret);
        require(!step.code.empty(), "a step has its code");
        all = all && (step.passed || step.warning);
    }
    require(!report.passed || (all && !report.bucket.empty()), "passed only when all did");
    if (!bucketKnown)
        require(report.bucket.empty() || isBucketName(report.bucket), "a bucket found is one", report.bucket);
    for (const auto& choice : report.choices) require(isBucketName(choice), "a choice is a bucket", choice);
}

void uploadStream(const S3Client& given, const std::string& text) {
    auto& client = const_cast<S3Client&>(given);
    VerifiedBody body(
        [at = std::size_t{0}, &text](char* to, std::size_t most) mutable {
            const auto n = std::min(most, text.size() - at);
            std::copy_n(text.data() + at, n, to);
            at += n;
            return n;
        },
        {text.size(), common::Sha256::hex(text)});
    checkAnswer(client.put("k/1", body, {"text/plain", "public-read", common::Sha256::hex(text)}, {}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const unsigned what = in.byte() % 13;
    Settings settings;
    settings.endpoint = "https://s3.example.org";
    settings.bucket = "b";
    settings.accessKeyId = "id";
    settings.secretKey = host::sdk::SecretString(kSecret);
    fuzz::RawAnswers http(in, "s3.example.org");
    const tests::FakeClock clock;
    S3Client client(http, clock, settings);
    switch (what) {
        case 0:
            if (const auto names = client.listBuckets({}); checkAnswer(names))
                for (const auto& name : *names.value) require(common::isUtf8(name), "a bucket's name is UTF-8");
            break;
        case 1:
            if (const auto id = client.createUpload("k/1", {"text/plain", "public-read", {}}, {}); checkAnswer(id))
                require(!id.value->empty(), "an upload has an id");
            break;
        case 2:
            if (const auto etag = client.uploadPart("k/1", "u", 1, "abc", {}, {}); checkAnswer(etag))
                require(!etag.value->empty(), "a part has an ETag");
            break;
        case 3:
            checkAnswer(client.listParts("k/1", "u", {}));
            require(http.asked() <= 1001, "a list ends");
            break;
        case 4:
            if (checkAnswer(client.completeUpload("k/1", "u", {{1, "\"e\"", 3}}, {})))
                require(!parseErrorXml(http.last().body), "a late failure is no success", http.last().body);
            break;
        case 5:
            checkAnswer(client.listUploads("k/", {}));
            require(http.asked() <= 1001, "a list ends");
            break;
        case 6:
            if (const auto head = client.head("k/1", {}); checkAnswer(head) && head.value->length)
                require(http.last().status / 100 == 2, "a length is of a success");
            break;
        case 7:
            if (const auto body = client.anonymousGet("k/1", {}); checkAnswer(body))
                require(*body.value == http.last().body, "an object comes as it is");
            break;
        case 8:
            checkAnswer(client.put("k/1", "abc", "text/plain", "public-read", {}));
            checkAnswer(client.abortUpload("k/1", "u", {}));
            break;
        case 9:
            uploadStream(client, "abc");
            break;
        default:
            settings.pathStyle = what != 12;
            checkProbe(http, clock, settings, what == 10);
            break;
    }
    return 0;
}
