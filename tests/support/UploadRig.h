#pragma once
/// The uploader with everything it needs: a SQLite file, files on the disk, the host's HTTP client. Used by the test
/// that uploads in this process and by the program that is killed. Link host_store, host_outbound, plugin_artifacts.

#include "host/base/outbound/HttpPool.h"
#include "host/store/ModuleDatabase.h"
#include "host/store/SqliteDatabase.h"
#include "plugin/artifacts/ArtifactUploader.h"
#include "plugin/artifacts/Storage.h"
#include "plugin/artifacts/UploadRun.h"
#include "plugin/store/ArtifactMigrations.h"
#include "plugin/store/Migrations.h"
#include "tests/support/DiskFiles.h"
#include "tests/support/FakeClock.h"

#include <chrono>
#include <filesystem>

namespace tests {

struct UploadRig {
    static constexpr std::int64_t kRun = 1;

    /// \param http instead of the rig's own client
    UploadRig(const std::filesystem::path& folder, plugin::s3::Settings given, host::sdk::OutboundHttp* http = nullptr)
        : settings(std::move(given)),
          files(folder),
          database({.path = folder / "uploads.db", .readers = 2}, clock),
          client(http != nullptr ? *http : pool, clock, settings) {
        clock.set(realNow());
        host::store::ModuleDatabase(database, "u2035")
            .migrate(plugin::store::numbered({plugin::store::artifactMigrations()}));
    }

    static host::sdk::Micros realNow() {
        return std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    }

    plugin::store::WantedArtifact wanted(const std::string& key, const std::string& sha256, std::int64_t size) const {
        plugin::store::WantedArtifact one;
        one.storageId = storageId();
        one.key = key;
        one.organization = "org";
        one.project = "bas";
        one.kind = "final-work";
        one.sha256 = sha256;
        one.size = size;
        one.contentType = "application/pdf";
        return one;
    }
    std::string storageId() const { return plugin::artifacts::storageIdOf(settings); }

    plugin::artifacts::RunReport run(int sessions = 2, std::stop_token stop = {}) {
        auto report =
            plugin::artifacts::UploadRun(uploader, store, sessions, [] { return true; }).run(storageId(), kRun, stop);
        orphans = uploader.abortOrphans(storageId(), "bas/", clock.now(), stop);
        return report;
    }
    plugin::store::ArtifactRow row(const std::string& key) { return store.byKeys(storageId(), {key}).at(key); }

    plugin::s3::Settings settings;
    FakeClock clock;
    host::base::HttpPool pool{{}};
    DiskFiles files;
    host::store::SqliteDatabase database;
    plugin::store::ArtifactStore store{database, clock};
    plugin::s3::S3Client client;
    std::vector<std::chrono::milliseconds> waits;
    int orphans = 0;
    plugin::artifacts::ArtifactUploader uploader{
        {client, files, store, [this](std::chrono::milliseconds time, std::stop_token) { waits.push_back(time); },
         [](int attempt, std::optional<std::chrono::seconds>) { return std::chrono::milliseconds(attempt); }},
        {}};
};

}  // namespace tests
