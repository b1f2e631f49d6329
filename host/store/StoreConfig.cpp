#include "host/store/StoreConfig.h"

namespace host::store {

SqliteOptions sqliteOptions(const base::Config& config) {
    SqliteOptions options;
    options.path = config.path("database.path");
    options.readers = static_cast<std::size_t>(config.integer("database.readers"));
    options.wait = config.duration("database.wait");
    options.busyTimeout = config.duration("database.busy_timeout");
    options.writerCacheKib = static_cast<int>(config.bytes("database.writer_cache") / 1024);
    options.readerCacheKib = static_cast<int>(config.bytes("database.reader_cache") / 1024);
    return options;
}

}  // namespace host::store
