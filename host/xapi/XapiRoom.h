#pragma once
/// This room put together: sources, the addresses under /data/xAPI/, REST for people, and the job that reads statements
/// again. Thread-safe once made; everything given must outlive it.

#include "host/http/Origins.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Scheduler.h"
#include "host/xapi/LrsApi.h"
#include "host/xapi/StatementsAgain.h"
#include "host/xapi/XapiApi.h"

#include <filesystem>
#include <memory>

namespace host::xapi {

class XapiRoom {
public:
    struct Parts {
        sdk::Database& database;
        records::FileStore& files;
        sdk::Organizations& organizations;
        sdk::Journal& journal;
        sdk::Scheduler& scheduler;
        sdk::Router& router;
        const sdk::Clock& clock;
        sdk::Logger& logger;
        std::filesystem::path rules;  ///< folder of the ready-made ones
    };
    explicit XapiRoom(Parts parts);

    /// Pages of other origins send here as the sources let them.
    http::OpenDoor door();

private:
    void readAgain(const std::string& who);

    Parts p_;
    RuleLibrary library_;
    XapiSources sources_;
    StatementsAgain again_;
    LrsApi lrs_;
    XapiApi api_;
    sdk::Registration job_;
};

}  // namespace host::xapi
