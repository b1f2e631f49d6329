#include "host/xapi/XapiRoom.h"

namespace host::xapi {
namespace {

constexpr const char* kJob = "host.xapi";

}  // namespace

XapiRoom::XapiRoom(Parts parts)
    : p_(std::move(parts)),
      library_(p_.rules),
      sources_(p_.database, library_, p_.clock),
      again_(p_.database, sources_, p_.clock),
      lrs_(p_.router, {p_.database, p_.files, p_.organizations, sources_, p_.clock}),
      api_(p_.router, {p_.database, sources_, library_, p_.organizations, p_.journal, p_.clock,
                       [this](const std::string& who) { readAgain(who); }}),
      job_(p_.scheduler.cron({kJob, "Tries statements of xAPI again that wait for records", "*/15 * * * *", "UTC"},
                             [this](sdk::TaskContext& task) {
                                 for (const auto& [name, count] : again_.run(task.stop())) task.count(name, count);
                             })) {}

/// At once, or with the run that goes on: the job runs every quarter of an hour anyway.
void XapiRoom::readAgain(const std::string& who) {
    try {
        p_.scheduler.runNow(kJob, "{}", who);
    } catch (const sdk::AppError& error) {
        if (error.code() != "job.running") p_.logger.warning("xapi-again", {{"err", error.what()}});
    }
}

http::OpenDoor XapiRoom::door() {
    return {LrsApi::kPrefix, [this](std::string_view origin) { return sources_.allowsOrigin(origin); },
            LrsApi::kRequestHeaders, LrsApi::kExposedHeaders};
}

}  // namespace host::xapi
