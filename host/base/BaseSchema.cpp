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
    };
}

}  // namespace host::base
