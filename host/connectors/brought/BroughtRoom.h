#pragma once
/// Everything that is brought to the server: listening connections and files, their kinds, addresses and watched
/// folders. Everything in Parts must outlive it.
///
/// Order: make it, `start`, …, `stop` before the runner of routes.

#include "host/connectors/files/Arrivals.h"
#include "host/connectors/files/FilesApi.h"
#include "host/connectors/listen/ListenApi.h"

#include <memory>

namespace host::connectors {

struct BroughtSettings {
    std::vector<std::filesystem::path> folders;
    std::chrono::milliseconds folderInterval{15'000};
    std::uint64_t maxUpload = 0;
    std::filesystem::path uploads;
};

class BroughtRoom {
public:
    struct Parts {
        connections::ConnectionStore& store;
        connections::RunStore& runs;
        connections::ConnectionRuns& runner;
        connections::SourceRegistry& sources;
        sdk::Database& database;
        sdk::Secrets& secrets;
        sdk::Organizations& organizations;
        sdk::Journal& journal;
        sdk::Alarms& alarms;
        sdk::Logger& logger;
        const sdk::Clock& clock;
        std::string version;
        BroughtSettings settings;
    };
    BroughtRoom(sdk::Router& router, const Parts& parts);

    void start() { arrivals_.start(); }
    void stop() { arrivals_.stop(); }

private:
    sdk::Registration listenKind_, filesKind_;
    Arrivals arrivals_;
    ListenApi listening_;
    FilesApi files_;
};

}  // namespace host::connectors
