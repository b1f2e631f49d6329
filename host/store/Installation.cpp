#include "host/store/Installation.h"

#include "common/Uuid.h"

#include <Poco/Data/Statement.h>

namespace host::store {

using namespace Poco::Data::Keywords;

std::string installationId(SqliteDatabase& database, const sdk::Clock& clock) {
    database.migrate("host.store", {{1, "installation",
                                     "CREATE TABLE installation ("
                                     " id INTEGER PRIMARY KEY CHECK (id = 1),"
                                     " uuid TEXT NOT NULL,"
                                     " created_at BIGINT NOT NULL);"}});
    std::string uuid;
    database.write([&](Poco::Data::Session& session) {
        std::string fresh = common::Uuid::v4();
        std::int64_t at = clock.now();
        session << "INSERT INTO installation (id, uuid, created_at) VALUES (1, ?, ?) ON CONFLICT (id) DO NOTHING",
            use(fresh), use(at), Poco::Data::Keywords::now;
        session << "SELECT uuid FROM installation WHERE id = 1", into(uuid), Poco::Data::Keywords::now;
    });
    return uuid;
}

}  // namespace host::store
