#include "host/base/BaseSchema.h"

namespace host::base {

std::vector<sdk::Migration> baseMigrations() {
    return {
        {1, "secrets",
         "CREATE TABLE secret ("
         " name TEXT NOT NULL PRIMARY KEY,"
         " key_id TEXT NOT NULL,"
         " sealed BLOB NOT NULL,"
         " changed_at BIGINT NOT NULL);"},
        {2, "journal",
         "CREATE TABLE journal ("
         " id BIGINT NOT NULL PRIMARY KEY,"
         " at BIGINT NOT NULL,"
         " organization TEXT NOT NULL,"
         " actor TEXT NOT NULL,"
         " client_address TEXT NOT NULL,"
         " action TEXT NOT NULL,"
         " subject TEXT NOT NULL,"
         " details TEXT NOT NULL,"
         " request_id TEXT NOT NULL);\n"
         "CREATE INDEX journal_organization ON journal (organization, id);"},
        // Rows that are there get their hashes from prepareJournal: SQL has no SHA-256.
        {3, "the journal's hash chain",
         "ALTER TABLE journal ADD COLUMN previous_hash TEXT NOT NULL DEFAULT '';\n"
         "ALTER TABLE journal ADD COLUMN hash TEXT NOT NULL DEFAULT '';\n"
         "CREATE TABLE journal_head ("
         " one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),"
         " last_id BIGINT NOT NULL,"
         " row_count BIGINT NOT NULL,"
         " hash TEXT NOT NULL);\n"
         "INSERT INTO journal_head (one, last_id, row_count, hash) VALUES (1, 0, 0, '');"},
    };
}

}  // namespace host::base
