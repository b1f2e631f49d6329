#include "host/alarms/AlarmSchema.h"

namespace host::alarms {

std::vector<sdk::Migration> alarmMigrations() {
    return {
        // A row is one time that a cause was open; closed_at is 0 while it is.
        {1, "alarms",
         "CREATE TABLE alarm ("
         " id BIGINT NOT NULL PRIMARY KEY,"
         " cause TEXT NOT NULL,"
         " organization TEXT NOT NULL,"
         " code TEXT NOT NULL,"
         " title TEXT NOT NULL,"
         " detail TEXT NOT NULL,"
         " fix TEXT NOT NULL,"
         " opened_at BIGINT NOT NULL,"
         " refreshed_at BIGINT NOT NULL,"
         " closed_at BIGINT NOT NULL);\n"
         "CREATE UNIQUE INDEX alarm_open ON alarm (cause) WHERE closed_at = 0;\n"
         "CREATE INDEX alarm_organization ON alarm (organization, id);"},
    };
}

}  // namespace host::alarms
