#pragma once
/// What a person fills in for a connection to a database and for a route. Pure.

#include "host/connections/KindFacts.h"
#include "host/connectors/sql/SqlSettings.h"
#include "host/sdk/Sources.h"

namespace host::connectors::sql {

sdk::SourceDescription describeSql(const SqlSettings& settings);
connections::KindFacts sqlFacts(const SqlSettings& settings);

}  // namespace host::connectors::sql
