#pragma once
/// What the host hands to a module in `start`. Every reference is valid from `start` until `stop` returns.
/// Left out of abi1 on purpose: an event bus (durable hand-over is a table, and no module needs another kind yet).

#include "host/sdk/Alarms.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Files.h"
#include "host/sdk/Health.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Mail.h"
#include "host/sdk/Metrics.h"
#include "host/sdk/Organizations.h"
#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Pages.h"
#include "host/sdk/Participation.h"
#include "host/sdk/RecordNames.h"
#include "host/sdk/Records.h"
#include "host/sdk/Scheduler.h"
#include "host/sdk/Secrets.h"
#include "host/sdk/Sources.h"

namespace host::sdk {
inline namespace abi1 {

class HostServices {
public:
    virtual ~HostServices() = default;

    virtual Router& router() = 0;
    virtual Scheduler& scheduler() = 0;
    virtual Database& database() = 0;
    virtual Records& records() = 0;
    virtual Organizations& organizations() = 0;
    virtual Files& files() = 0;
    virtual Secrets& secrets() = 0;
    virtual OutboundHttp& outboundHttp() = 0;
    virtual Journal& journal() = 0;
    virtual Logger& logger() = 0;
    virtual Metrics& metrics() = 0;
    virtual HealthRegistry& health() = 0;
    virtual const Clock& clock() = 0;

    /// The installation's UUID, made once with the database: the namespace of UUIDv5 ids.
    virtual const std::string& installationId() = 0;

    // -- since ABI 1.2 --

    virtual Alarms& alarms() = 0;

    // -- since ABI 1.3 --

    virtual Pages& pages() = 0;
    virtual Mail& mail() = 0;
    virtual Participation& participation() = 0;
    virtual RecordNames& recordNames() = 0;

    // -- since ABI 1.4 --

    virtual Sources& sources() = 0;
};

}  // namespace abi1
}  // namespace host::sdk
