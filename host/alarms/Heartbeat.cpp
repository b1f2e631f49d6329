#include "host/alarms/Heartbeat.h"

#include "host/base/Logging.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace host::alarms {
namespace {

using namespace Poco::Data::Keywords;

constexpr std::size_t kRunsLookedAt = 50;
constexpr std::chrono::seconds kTimeout{15};

}  // namespace

Heartbeat::Heartbeat(HeartbeatSettings settings, schedule::JobScheduler& scheduler, sdk::Database& database,
                     sdk::OutboundHttp& http, const sdk::Clock& clock, sdk::Logger& logger)
    : settings_(std::move(settings)),
      scheduler_(scheduler),
      database_(database),
      http_(http),
      clock_(clock),
      logger_(logger) {}

std::optional<schedule::Run> Heartbeat::latestGood() {
    for (auto& run : scheduler_.wholeOrRunning(settings_.job, kRunsLookedAt))
        if (run.state == schedule::RunState::Succeeded && run.arguments == "{}") return run;
    return std::nullopt;
}

void Heartbeat::look(const std::stop_token& stop) {
    if (settings_.job.empty() || settings_.url.empty()) return;
    const auto run = latestGood();
    if (!run || clock_.now() - run->finishedAt.value_or(0) > std::chrono::microseconds(kFresh).count()) return;
    if (!read_) {
        database_.read([&](Poco::Data::Session& session) {
            session << "SELECT COALESCE(MAX(value), '') FROM alarm_memory WHERE name = 'heartbeat'", into(told_), now;
        });
        read_ = true;
    }
    if (told_ == run->id) return;
    sdk::OutboundRequest request;
    request.url = settings_.url;
    request.timeout = kTimeout;
    request.maxAnswer = 64 * 1024;
    request.stop = stop;
    try {
        const auto answer = http_.send(request);
        if (answer.status / 100 != 2) {
            logger_.warning("The heartbeat was refused",
                            {{"task", settings_.job}, {"status", std::to_string(answer.status)}});
            return;
        }
    } catch (const sdk::OutboundError& error) {
        // Of the address nothing: it is the service's key.
        logger_.warning("The heartbeat was not delivered",
                        {{"task", settings_.job}, {"kind", std::to_string(static_cast<int>(error.kind()))}});
        return;
    }
    told_ = run->id;
    database_.write([&](Poco::Data::Session& session) {
        std::string id = run->id;
        session << "INSERT INTO alarm_memory (name, value) VALUES ('heartbeat', ?)"
                   " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            use(id), now;
    });
}

}  // namespace host::alarms
