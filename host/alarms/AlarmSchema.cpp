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
        // next_at is 0 when nothing more is to be done about a message; alarm_memory holds what the watches must
        // remember over a restart, and the row that is written to see whether anything can be.
        {2, "messages and recipients",
         "CREATE TABLE alarm_message ("
         " alarm_id BIGINT NOT NULL,"
         " target TEXT NOT NULL,"
         " kind TEXT NOT NULL,"
         " state TEXT NOT NULL,"
         " attempts BIGINT NOT NULL,"
         " next_at BIGINT NOT NULL,"
         " settled_at BIGINT NOT NULL,"
         " problem TEXT NOT NULL,"
         " fix TEXT NOT NULL,"
         " PRIMARY KEY (alarm_id, target, kind));\n"
         "CREATE INDEX alarm_message_due ON alarm_message (next_at) WHERE next_at > 0;\n"
         "CREATE INDEX alarm_closed ON alarm (closed_at);\n"
         "CREATE TABLE alarm_recipients ("
         " organization TEXT NOT NULL PRIMARY KEY,"
         " mails TEXT NOT NULL,"
         " webhook TEXT NOT NULL,"
         " version BIGINT NOT NULL);\n"
         "CREATE TABLE alarm_memory ("
         " name TEXT NOT NULL PRIMARY KEY,"
         " value TEXT NOT NULL);\n"
         "INSERT INTO alarm_memory (name, value) VALUES ('probe', '');"},
        // The way to all addresses failed, not this one: why is the server's administrator's concern.
        {3, "failures of the channel", "ALTER TABLE alarm_message ADD COLUMN channel_down BIGINT NOT NULL DEFAULT 0;"},
    };
}

}  // namespace host::alarms
