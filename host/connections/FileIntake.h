#pragma once
/// The bytes of files that rows name: read from the source, kept in the FileStore, and not read again while a route
/// says that a reference never changes its bytes. Used by one run.

#include "host/connections/RouteState.h"
#include "host/records/FileStore.h"
#include "host/records/RecordDraft.h"
#include "host/sdk/Database.h"
#include "host/sdk/Sources.h"

#include <cstdint>
#include <optional>
#include <string>

namespace host::connections {

class FileIntake {
public:
    struct Options {
        std::string organization;
        std::int64_t routeId = 0;
        std::int64_t maxBytes = 0;
        bool immutable = false;
    };
    FileIntake(sdk::Database& database, records::FileStore& files, Options options);

    /// Brings the bytes in and fills content type, size and hash of the draft; what is wrong with this file alone
    /// becomes an error of the draft at "content". nullopt then. \throws SourceError, AppError when no other file could
    /// be brought in either: the source is gone, the disk is full, the quota is reached.
    std::optional<KnownFile> fill(sdk::SourceReader& reader, const std::string& reference, records::RecordDraft& draft);

    std::int64_t filesRead() const { return filesRead_; }

private:
    std::optional<KnownFile> known(const std::string& externalId, const std::string& reference);

    sdk::Database& database_;
    records::FileStore& files_;
    Options options_;
    std::int64_t filesRead_ = 0;
};

}  // namespace host::connections
