#include "plugin/api/ReceiptDocs.h"

#include "plugin/api/Lists.h"

#include <fmt/format.h>

namespace plugin::api::docs {

using host::sdk::Operation;

namespace {

#define COUNT R"({"type":"integer","minimum":0})"
#define HASH R"({"type":"string","pattern":"^[0-9a-f]{64}$"})"
#define RECEIPT_SCHEMA                                                                                                 \
    R"({"type":"object","required":["format","organization","number","previous","project","store","flow","run","at",)" \
    R"("planned","sent","confirmed","missing","lost","differs","voided","cancelled","refused","waiting","inDoubt",)"   \
    R"("quarantined","unsendable","read","totals","statements"],"properties":{"format":{"const":"u2035-receipt-1"},)"  \
    R"("organization":{"type":"string"},"number":{"type":"integer","description":"in the organization's chain"},)"     \
    R"("previous":)" HASH R"(,"project":{"type":"string"},"store":{"type":"string"},)"                                 \
    R"("flow":{"type":["string","null"],"description":"null: the whole store, on a night without news"},)"             \
    R"("run":{"type":"string"},"at":{"type":"string","format":"date-time"},"planned":)" COUNT                          \
    R"(,"sent":{"type":"integer","description":"accepted since the flow's receipt before"},"confirmed":)" COUNT        \
    R"(,"missing":{"type":"integer","description":"not there: they are sent again"},)"                                 \
    R"("lost":{"type":"integer","description":"missing three times: listed, not sent again"},)"                        \
    R"("differs":{"type":"integer","description":"stored otherwise than sent: listed"},)"                              \
    R"("voided":{"type":"integer","description":"voided there by somebody else: listed"},)"                            \
    R"("cancelled":{"type":"integer","description":"cancelled by us, and gone"},"refused":)" COUNT                     \
    R"(,"waiting":)" COUNT R"(,"inDoubt":)" COUNT R"(,"quarantined":)" COUNT R"(,"unsendable":)" COUNT                 \
    R"(,"read":{"type":"object","required":["mode","asked","of","unanswered","late","note"],"properties":{)"           \
    R"("mode":{"enum":["whole","sample","none","not-allowed","paused","unanswered","out-of-time","stopped"]},)"        \
    R"("asked":)" COUNT R"(,"of":)" COUNT R"(,"unanswered":)" COUNT                                                    \
    R"(,"late":{"type":"integer","description":"not there yet, asked again next night"},)"                             \
    R"("note":{"type":"string","description":"the LRS's words where it refused or fell silent"}}},)"                   \
    R"("totals":{"type":"object","description":"of the flow, to date","required":["accepted","confirmed","differs",)"  \
    R"("lost","voided"],"properties":{"accepted":)" COUNT R"(,"confirmed":)" COUNT R"(,"differs":)" COUNT              \
    R"(,"lost":)" COUNT R"(,"voided":)" COUNT R"(}},"statements":{"type":"object","required":["count","digest"],)"     \
    R"("properties":{"count":)" COUNT R"(,"digest":)" HASH R"(}}}})"

#define RECEIPT_EXAMPLE                                                                                       \
    R"({"format":"u2035-receipt-1","organization":"demo","number":1,)"                                        \
    R"("previous":"0000000000000000000000000000000000000000000000000000000000000000","project":"bas",)"       \
    R"("store":"5a2f0d1e-3c1b-4d7e-9a55-2f0c6f1b7e01","flow":"3","run":"12","at":"2026-01-12T23:00:09Z",)"    \
    R"("planned":1204,"sent":1204,"confirmed":50,"missing":0,"lost":0,"differs":0,"voided":0,"cancelled":0,)" \
    R"("refused":0,"waiting":0,"inDoubt":0,"quarantined":0,"unsendable":3,)"                                  \
    R"("read":{"mode":"sample","asked":50,"of":1204,"unanswered":0,"late":0,"note":""},)"                     \
    R"("totals":{"accepted":1204,"confirmed":50,"differs":0,"lost":0,"voided":0},)"                           \
    R"("statements":{"count":1254,"digest":"5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"}})"
#define EXAMPLE_HASH "1c9e5b0f4a7d2e638b1f0c5d9a4e7b2068d3f1a95c7e0b4d2f8a6193e5c7d0b4"
#define SUMMARY "Передано и принято: 1204. Подтверждено чтением: 50 (прочитано 50 из 1204, выборка)."

const char* const kItemSchema =
    R"({"type":"object","required":["id","hash","summary","receipt"],"properties":{"id":{"type":"string"},"hash":)" HASH
    R"(,"summary":{"type":"string","description":"in Russian"},"receipt":)" RECEIPT_SCHEMA "}}";
const char* const kItemExample =
    R"({"id":"7","hash":")" EXAMPLE_HASH R"(","summary":")" SUMMARY R"(","receipt":)" RECEIPT_EXAMPLE "}";
const char* const kOneSchema =
    R"({"type":"object","required":["id","hash","summary","text","receipt"],"properties":{"id":{"type":"string"},)"
    R"("hash":)" HASH R"(,"summary":{"type":"string","description":"in Russian"},)"
    R"("text":{"type":"string","description":"what is hashed, byte by byte"},"receipt":)" RECEIPT_SCHEMA "}}";
const char* const kOneExample =
    R"({"id":"7","hash":")" EXAMPLE_HASH R"(","summary":")" SUMMARY
    R"(","text":"{\"format\":\"u2035-receipt-1\",\"organization\":\"demo\",\"number\":1, …}","receipt":)" RECEIPT_EXAMPLE
    "}";
const char* const kFates = R"(["sent","confirmed","missing","lost","differs","voided","cancelled","refused"])";
const char* const kStatementExample =
    R"({"items":[{"position":1,"fate":"confirmed","statementId":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001",)"
    R"("digest":"5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef","state":"confirmed"}],"next":null})";
#undef SUMMARY

const char* const kHowToCheck =
    "How to check receipts without this server: `hash` is the SHA-256 (lower-case hex) of the bytes of `text` in "
    "UTF-8; "
    "`previous` inside the text is the hash of the receipt whose number is one less (64 zeros in number 1); "
    "`statements.digest` is the SHA-256 of a line `FATE STATEMENT-ID DIGEST` and a line feed (0x0A) for each item of "
    "`…/receipts/{receipt}/statements` in the order of their positions, where DIGEST is the SHA-256 of the statement's "
    "bytes as they were sent. A hash noted elsewhere proves every receipt up to it.";

}  // namespace

Operation listReceipts() {
    return {.id = "listReceipts",
            .tag = "Receipts",
            .summary = "What each night told the LRS of each flow and found there, newest first",
            .description =
                "After the sending, statements are read back by their ids, as far as the store allows it. A "
                "flow without news has no receipt; a night without any has one of the store as a whole. "
                "`Accept: text/csv` gives the same list as CSV.",
            .responseSchema = listSchema(kItemSchema),
            .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kItemExample),
            .queryParameters = {{"run", "id of the night"},
                                {"flow", "flow id"},
                                {"project", "project id"},
                                {"limit", "at most 1000"},
                                {"cursor", "`next` of the page before"}}};
}

Operation getReceipt() {
    return {.id = "getReceipt",
            .tag = "Receipts",
            .summary = "One receipt, with the text that is hashed",
            .description = kHowToCheck,
            .responseSchema = kOneSchema,
            .responseExample = kOneExample};
}

Operation listReceiptStatements() {
    return {.id = "listReceiptStatements",
            .tag = "Receipts",
            .summary = "The statements that a receipt vouches for",
            .description =
                "In the order in which they are hashed; `state` is the statement's state now. `Accept: text/csv` "
                "gives the same list as CSV.",
            .responseSchema = listSchema(fmt::format(
                R"({{"type":"object","required":["position","fate","statementId","digest","state"],"properties":{{)"
                R"("position":{{"type":"integer"}},"fate":{{"enum":{}}},"statementId":{{"type":"string"}},)"
                R"("digest":{},"state":{{"enum":["waiting","sending","in_doubt","accepted","confirmed",)"
                R"("quarantined","withdrawn",""]}}}}}})",
                kFates, HASH)),
            .responseExample = kStatementExample,
            .queryParameters = {{"fate", "sent, confirmed, missing, lost, differs, voided, cancelled, refused"},
                                {"limit", "at most 1000"},
                                {"cursor", "`next` of the page before"}}};
}

Operation verifyReceipts() {
    return {
        .id = "verifyReceipts",
        .tag = "Receipts",
        .summary = "Check the organization's whole chain of receipts",
        .description = std::string("Hashes every text and every list of statements anew, and compares the chain's end "
                                   "with what is kept of it elsewhere in the database. Names the first broken "
                                   "receipt. ") +
                       kHowToCheck,
        .responseSchema =
            R"({"type":"object","required":["intact","receipts","hash","broken","summary"],"properties":{)"
            R"("intact":{"type":"boolean"},"receipts":{"type":"integer","description":"intact ones, from the first"},)"
            R"("hash":{"type":"string","description":"of the last receipt, as the head of the chain keeps it"},)"
            R"("broken":{"type":["object","null"],"required":["number","id","reason"],"properties":{)"
            R"("number":{"type":"integer"},"id":{"type":["string","null"],"description":"null: it is not there"},)"
            R"("reason":{"type":"string","description":"in Russian"}}},"summary":{"type":"string"}}})",
        .responseExample = R"({"intact":true,"receipts":41,"hash":")" EXAMPLE_HASH
                           R"(","broken":null,"summary":"Цепочка цела: проверено квитанций 41."})"};
}

}  // namespace plugin::api::docs
