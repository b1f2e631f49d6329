#pragma once
/// A receipt's text, and how it is hashed. The text is made once, kept, served and hashed byte by byte as it is:
///
///   hash      = SHA-256 of the text's UTF-8 bytes, in lower-case hex
///   previous  = hash of the organization's receipt before it (64 zeros in the first), a member of the text
///   statements.digest = SHA-256 of one line "FATE STATEMENT-ID DIGEST\n" per item, in the items' order (by fate, then
///                       by id); DIGEST is the SHA-256 of the statement's bytes as they were sent
///
/// So a later receipt vouches for every earlier one, and a receipt for every statement that it names. Pure.

#include "host/sdk/Clock.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::store {

/// One thing that happened to one statement. A statement may be sent and confirmed in the same receipt.
struct ReceiptItem {
    std::string fate;  ///< "sent", "refused", or a verdict of ReadingStore.h
    std::int64_t seq = 0;
    std::string statementId;
    std::string digest;  ///< SHA-256 of its bytes, hex
};

/// How a flow was read: "whole", "sample", "none" (switched off), "not-allowed", "paused" (the destination refuses our
/// credential), "unanswered" (the LRS fell silent), "out-of-time", "stopped" (with what was asked until then).
struct ReadFacts {
    std::string mode = "none";
    std::int64_t asked = 0;       ///< statements that an answer was got about
    std::int64_t of = 0;          ///< accepted ones that could be asked about
    std::int64_t unanswered = 0;  ///< asked about without an answer that counts
    std::int64_t late = 0;        ///< not there yet; asked again next night
    std::string note;             ///< the other side's words, where it refused or fell silent
};

/// What of a flow is not told by items: `flowId` 0 is the store as a whole, on a night without news.
struct ReceiptFacts {
    std::string organization;
    std::string project;
    std::string storeId;
    std::int64_t flowId = 0;
    std::int64_t runId = 0;
    host::sdk::Micros at = 0;
    std::int64_t uptoBatch = 0;  ///< POSTs up to here are told by now; not a part of the text
    ReadFacts read;
    // As it stands at the end of the sending:
    std::int64_t planned = 0;  ///< by this night
    std::int64_t waiting = 0;
    std::int64_t inDoubt = 0;
    std::int64_t quarantined = 0;
    std::int64_t unsendable = 0;
    std::int64_t accepted = 0;   ///< to date, the confirmed ones included
    std::int64_t confirmed = 0;  ///< to date
    std::int64_t differs = 0;    ///< to date, found and not settled
    std::int64_t lost = 0;
    std::int64_t voided = 0;
};

/// The first receipt's `previous`.
extern const std::string kNoReceipt;

/// Into the order in which they are hashed and shown.
void order(std::vector<ReceiptItem>& items);
/// Of items in order.
std::string digestLine(const ReceiptItem& item);
std::string digestOf(const std::vector<ReceiptItem>& items);

std::string receiptText(const ReceiptFacts& facts, const std::vector<ReceiptItem>& items, std::int64_t number,
                        const std::string& previous);

/// What a text says, for lists and checks.
struct ParsedReceipt {
    std::string organization, previous, project, storeId, flow, run, at, mode, note, digest;
    std::int64_t number = 0, items = 0;
    std::map<std::string, std::int64_t> counts;  ///< "sent", "read.asked", "totals.accepted", …
    std::int64_t count(const std::string& name) const;
};
/// nullopt when it is no text of ours.
std::optional<ParsedReceipt> parseReceipt(const std::string& text);

}  // namespace plugin::store
