#include "host/app/HostSchema.h"

#include "host/accounts/Migrations.h"
#include "host/alarms/AlarmSchema.h"
#include "host/base/BaseSchema.h"
#include "host/base/JournalChain.h"
#include "host/connections/ConnectionSchema.h"
#include "host/connectors/listen/RequestMemory.h"
#include "host/records/RecordMigrations.h"
#include "host/schedule/RunHistory.h"
#include "host/xapi/XapiSchema.h"

namespace host::app {

void migrateHost(store::SqliteDatabase& database) {
    database.migrate("host.base", base::baseMigrations());
    base::prepareJournal(database);
    database.migrate(accounts::kMigrationsOwner, accounts::accountsMigrations());
    database.migrate("host.schedule", schedule::scheduleMigrations());
    database.migrate("host.alarms", alarms::alarmMigrations());
    database.migrate("host.records", records::recordsMigrations());
    database.migrate("host.connections", connections::connectionMigrations());
    database.migrate("host.xapi", xapi::xapiMigrations());
    database.migrate("host.brought", connectors::broughtMigrations());
}

}  // namespace host::app
