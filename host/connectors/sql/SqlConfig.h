#pragma once
/// The keys sources.* that the SQL source reads.

#include "host/base/Config.h"
#include "host/connectors/sql/SqlSettings.h"

#include <vector>

namespace host::connectors::sql {

std::vector<base::ConfigKey> sqlConfigKeys();

/// Folders and connection strings; the guard and the authorities are those of outbound.*, which the caller has read.
/// What can't be read as it should is added to the problems of `config`.
SqlSettings sqlSettings(base::Config& config, const base::AddressGuardSettings& guard, const std::string& caFile);

}  // namespace host::connectors::sql
