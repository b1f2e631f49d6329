#include "plugin/api/ResendDocs.h"

namespace plugin::api::docs {

namespace {

#define COUNTS                                                                                         \
    R"("testOnly":{"type":"integer"},"canGo":{"type":"integer"},"cannot":{"type":"object",)"           \
    R"("additionalProperties":{"type":"integer"},"description":"code of the unsendable to records"},)" \
    R"("notPlanned":{"type":"integer","description":"deleted, out of scope, not final, or of a flow that goes by tables"})"

constexpr const char* kSchema =
    R"({"type":"object","required":["project","expected","complete","total","byKind","byFlow","byLearner"],"properties":{)"
    R"("project":{"type":"string"},"dryRun":{"type":"boolean"},)"
    R"("expected":{"type":"integer","description":"to be sent back to confirm"},)"
    R"("complete":{"type":"boolean","description":"false: time was over, and what can and can't go is counted of a part"},)"
    R"("total":{"type":"object","properties":{)" COUNTS
    R"(}},"byKind":{"type":"array","items":{"type":"object","properties":{"kind":{"type":"string"},)" COUNTS
    R"(}}},"byFlow":{"type":"array","items":{"type":"object","properties":{"flow":{"type":"string"},)" COUNTS
    R"(}}},"byLearner":{"type":"array","items":{"type":"object","properties":{)"
    R"("learner":{"type":["string","null"],"description":"null: the methodist's"},"testOnly":{"type":"integer"}}}},)"
    R"("learnersLeftOut":{"type":"integer","description":"learners beyond the 1000 shown"},)"
    R"("fullPackages":{"type":"integer","description":"statements of full packages of stage 2, for information"},)"
    R"("run":{"type":"string","description":"path of the run that sends them"}}})";
constexpr const char* kExample =
    R"({"project":"bas","dryRun":true,"expected":1204,"complete":true,)"
    R"("total":{"testOnly":1204,"canGo":1201,"cannot":{"no-unti-id":3},"notPlanned":0},)"
    R"("byKind":[{"kind":"learner.grade","testOnly":1204,"canGo":1201,"cannot":{"no-unti-id":3},"notPlanned":0}],)"
    R"("byFlow":[{"flow":"7","testOnly":1204,"canGo":1201,"cannot":{"no-unti-id":3},"notPlanned":0}],)"
    R"("byLearner":[{"learner":"12","testOnly":1204}],"learnersLeftOut":0,"fullPackages":25})";

}  // namespace

host::sdk::Operation resend() {
    return {
        .id = "resendToProduction",
        .tag = "Stores",
        .summary = "Переотправить в промышленный контур · Send what went only to the test contour",
        .description =
            "`dryRun: true` counts, by kind of statement, flow and learner: what stores of the test contour have "
            "accepted and the production contour was told in no way, how much of it can go now, and why the rest "
            "can't. "
            "Nothing is kept or sent. The same with `expected`, the number of the dry run, starts a run that plans and "
            "sends it to the production store (202, `run`, Location); a number that has changed meanwhile is 409 "
            "resend.counts-changed with the new counts, none left is 409 resend.nothing. It needs an active "
            "integration "
            "with the production contour. Idempotency-Key is accepted.",
        .requestSchema = R"({"type":"object","required":["project"],"properties":{"project":{"type":"string"},)"
                         R"("dryRun":{"type":"boolean"},"expected":{"type":"integer","minimum":0}},)"
                         R"("additionalProperties":false})",
        .requestExample = R"({"project":"bas","dryRun":true})",
        .responseSchema = kSchema,
        .responseExample = kExample};
}

}  // namespace plugin::api::docs
