#pragma once
/// Whether two statements with one id are the same: what xAPI 1.0.3 (part 2, 2.3.1, and part 3, 2.1.1) lets differ is
/// left out or written in one way. Pure; thread-safe.
///
/// May differ: the order of properties; id, stored, authority and version of the statement; verbs' display and
/// activities' definitions, which belong to the verb and the activity; times of the same moment; durations within a
/// hundredth of a second; how a number is written; the case of UUIDs and hashes; "Agent" and "Activity" where they may
/// be left out; one context activity alone or in an array; the order of members of a group and of context activities.

#include <rapidjson/document.h>

#include <string>

namespace host::xapi {

/// 32 hex digits. The statement must have passed checkStatement.
std::string digestOf(const rapidjson::Value& statement);

}  // namespace host::xapi
