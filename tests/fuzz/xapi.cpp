// The body of a request to /data/xAPI/statements: one statement, an array, or multipart with attachments. What is taken
// is JSON that another reader reads, compares equal with itself, and is given back whole; what is not has its place.
#include "common/Text.h"
#include "host/records/StrictJson.h"
#include "host/xapi/JsonSlices.h"
#include "host/xapi/LrsAnswers.h"
#include "host/xapi/Multipart.h"
#include "host/xapi/RuleSet.h"
#include "host/xapi/StatementCheck.h"
#include "host/xapi/StatementDigest.h"
#include "host/xapi/StatementMapping.h"
#include "tests/fuzz/Fuzz.h"

using fuzz::require;
using namespace host::xapi;

namespace {

const RuleSet& rules() {
    static const auto kRules =
        RuleSet::parse("fuzz",
                       R"({"title":{"ru":"т","en":"t"},"rules":[{"name":"a","verbs":["http://example.org/v"],
            "columns":{"who":{"path":["$.actor.account.name","$.actor.mbox"],"strip":"mailto:"},"id":{"path":"$.object.id","query":"id"},
                       "part":{"path":"$.object.id","after":"/mod/","until":"/"},"s":{"path":"$.result.duration","as":"seconds"},
                       "p":{"path":"$.result.score.scaled","as":"percent"},
                       "g":{"path":"$.context.contextActivities.grouping[?(@.id=='http://example.org/g')].id"}},
            "mapping":{"target":"views","externalId":{"template":"{who}-{id}"},
                       "fields":{"learner":{"column":"who"},"element":{"column":"id"},"percent":{"column":"p"},
                                 "watchedSeconds":{"column":"s"},"at":{"column":"timestamp"}}}}]})",
                       "fuzz", "lms");
    return *kRules;
}

void take(std::string_view json) {
    const auto slices = elementsOf(json);
    if (!slices) return;
    for (const auto slice : *slices) {
        const auto statement = host::records::parseStrict(slice);
        if (const auto error = checkStatement(statement)) {
            require(!error->reason.empty() && common::isUtf8(error->pointer), "what is refused has its place");
            continue;
        }
        const auto digest = digestOf(statement);
        StatementRow row;
        row.statementId = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee";
        const auto whole = host::records::parseStrict(completed(row, slice, R"({"mbox":"mailto:a@example.org"})"));
        const auto wrong = checkStatement(whole);
        require(!wrong, "what is given back is a statement", wrong ? wrong->pointer + " " + wrong->reason : "");
        // A time that was not given is ours then.
        if (statement.HasMember("timestamp"))
            require(digestOf(whole) == digest, "what is given back says the same", slice);
        const auto reading = rules().read(statement, factsOf(statement, row.statementId, 1));
        require(reading.state != State::Rejected || !reading.why.empty(), "what is rejected has a reason");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const bool multipart = in.byte() % 2 == 1;
    const auto body = in.rest();
    fuzz::accepted([&] {
        if (!multipart) return take(body);
        for (const auto& part : partsOf(body, "multipart/mixed; boundary=b")) {
            require(
                part.bytes.data() >= body.data() && part.bytes.data() + part.bytes.size() <= body.data() + body.size(),
                "a part lies in the body");
            take(part.bytes);
        }
    });
    return 0;
}
