#pragma once
/// The store's options out of the configuration (keys: host/base/BaseConfig.h).

#include "host/base/Config.h"
#include "host/store/SqliteDatabase.h"

namespace host::store {

SqliteOptions sqliteOptions(const base::Config& config);

}  // namespace host::store
