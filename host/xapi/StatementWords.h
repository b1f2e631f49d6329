#pragma once
/// How values stand in statements, and which properties each kind of object has: xAPI 1.0.3 part 2. Pure.

#include "host/sdk/Clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace host::xapi {

/// RFC 5646 as far as a rule can tell: subtags of 1 to 8 letters and digits, the first of letters.
bool isLanguage(std::string_view tag);
/// "mailto:" and an address.
bool isMailbox(std::string_view text);
/// Hexadecimal digits only.
bool isHex(std::string_view text);

/// ISO 8601 as statements have it: date, "T", time, fraction, "Z" or an offset with or without its colon or minutes;
/// a time without offset is of UTC. nullopt for anything else, and for the offset -00:00, which xAPI forbids.
std::optional<sdk::Micros> statementTime(std::string_view text);

/// A place in a statement, written out only when something is wrong there. Each refers to the one above it.
struct At {
    const At* up = nullptr;
    std::string_view name;

    std::string pointer() const;  ///< JSON pointer
};

namespace keys {

inline constexpr std::string_view kStatement[] = {
    "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version", "attachments"};
inline constexpr std::string_view kSubStatement[] = {"objectType", "actor",   "verb",      "object",
                                                     "result",     "context", "timestamp", "attachments"};
inline constexpr std::string_view kAgent[] = {"objectType", "name", "mbox", "mbox_sha1sum", "openid", "account"};
inline constexpr std::string_view kGroup[] = {"objectType", "name",    "mbox",  "mbox_sha1sum",
                                              "openid",     "account", "member"};
inline constexpr std::string_view kAccount[] = {"homePage", "name"};
inline constexpr std::string_view kVerb[] = {"id", "display"};
inline constexpr std::string_view kActivity[] = {"objectType", "id", "definition"};
inline constexpr std::string_view kReference[] = {"objectType", "id"};
inline constexpr std::string_view kDefinition[] = {
    "name",    "description", "type",   "moreInfo", "extensions", "interactionType", "correctResponsesPattern",
    "choices", "scale",       "source", "target",   "steps"};
inline constexpr std::string_view kInteractions[] = {"true-false",  "choice",     "fill-in", "long-fill-in", "matching",
                                                     "performance", "sequencing", "likert",  "numeric",      "other"};
inline constexpr std::string_view kComponent[] = {"id", "description"};
inline constexpr std::string_view kResult[] = {"score", "success", "completion", "response", "duration", "extensions"};
inline constexpr std::string_view kScore[] = {"scaled", "raw", "min", "max"};
inline constexpr std::string_view kContext[] = {"registration",      "instructor", "team",
                                                "contextActivities", "revision",   "platform",
                                                "language",          "statement",  "extensions"};
inline constexpr std::string_view kContextActivities[] = {"parent", "grouping", "category", "other"};
inline constexpr std::string_view kAttachment[] = {"usageType", "display", "description", "contentType",
                                                   "length",    "sha2",    "fileUrl"};

}  // namespace keys

}  // namespace host::xapi
