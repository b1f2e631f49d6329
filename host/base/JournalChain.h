#pragma once
/// The journal's hash chain: each row holds the hash of the row before and its own, and a head row holds how many there
/// are and the last hash. Whoever changes, removes or puts in a row by another way than JournalStore breaks it.
///
/// The hash has no key: who can write the database's file runs as the server and could read the key as well, and a key
/// that is rotated could prove nothing old. Against one who hashes the whole chain anew a head noted elsewhere helps
/// (the server logs it daily): give it to `verifyJournal` as the anchor.

#include "host/base/JournalStore.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace host::base {

/// SHA-256, in hex, of the hash before and every field with its length before it.
std::string journalHash(const std::string& previous, const JournalRow& row);

struct JournalHead {
    std::int64_t lastId = 0;
    std::int64_t rows = 0;
    std::string hash;  ///< of the last row; empty when there is none
};

/// AppError 500 "journal.no-head" when somebody removed it.
JournalHead readJournalHead(Poco::Data::Session& session);

/// Chains the rows that an older build wrote, and has SQLite refuse to change or remove a row. For every start, after
/// the migrations.
void prepareJournal(sdk::Database& database);

struct JournalProblem {
    std::int64_t row = 0;
    std::string kind;  ///< "changed", "removed" or "inserted"
    std::string detail;
};

struct JournalProof {
    std::int64_t rows = 0;  ///< looked at
    JournalHead head;
    std::vector<JournalProblem> problems;  ///< the first of them
    std::int64_t problemCount = 0;
};

/// A row and the hash it had when somebody noted it outside the database.
struct JournalAnchor {
    std::int64_t row = 0;
    std::string hash;
};

/// Reads the whole journal, a page at a time and each in a short read, as far as the head stood at the call.
JournalProof verifyJournal(sdk::Database& database, const std::optional<JournalAnchor>& anchor = std::nullopt);

}  // namespace host::base
