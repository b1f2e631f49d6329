#pragma once
/// A host for tests of a module's parts: every service in memory, in this process, without threads of its own.
/// What runs for real elsewhere is not imitated here: the database is a real one, given by the test.
///
///     TestDatabase db;
///     FakeHostServices host(db);
///     host.organizations_.add(anOrganization("demo"));
///     auto answer = host.router_.call(Method::Get, "/api/v1/organizations/demo/…", asAdmin("demo"));

#include "host/sdk/HostServices.h"
#include "tests/support/FakeClock.h"
#include "tests/support/fakes/FakeAlarms.h"
#include "tests/support/fakes/FakeFiles.h"
#include "tests/support/fakes/FakeHealth.h"
#include "tests/support/fakes/FakeMail.h"
#include "tests/support/fakes/FakeMetrics.h"
#include "tests/support/fakes/FakeOrganizations.h"
#include "tests/support/fakes/FakePages.h"
#include "tests/support/fakes/FakeParticipation.h"
#include "tests/support/fakes/FakeRecordNames.h"
#include "tests/support/fakes/FakeRecords.h"
#include "tests/support/fakes/FakeRouter.h"
#include "tests/support/fakes/FakeSecrets.h"
#include "tests/support/fakes/FakeSources.h"
#include "tests/support/fakes/InlineScheduler.h"
#include "tests/support/fakes/Principals.h"
#include "tests/support/fakes/RecordingJournal.h"
#include "tests/support/fakes/RecordingLogger.h"
#include "tests/support/fakes/ScriptedHttp.h"

#include <string>

namespace tests {

class FakeHostServices : public host::sdk::HostServices {
public:
    explicit FakeHostServices(host::sdk::Database& database) : database_(database) {}
    FakeHostServices(host::sdk::Database& database, host::sdk::Micros now) : clock_(now), database_(database) {}

    host::sdk::Router& router() override { return router_; }
    host::sdk::Scheduler& scheduler() override { return scheduler_; }
    host::sdk::Database& database() override { return database_; }
    host::sdk::Records& records() override { return records_; }
    host::sdk::Organizations& organizations() override { return organizations_; }
    host::sdk::Files& files() override { return files_; }
    host::sdk::Secrets& secrets() override { return secrets_; }
    host::sdk::OutboundHttp& outboundHttp() override { return http_; }
    host::sdk::Journal& journal() override { return journal_; }
    host::sdk::Logger& logger() override { return logger_; }
    host::sdk::Metrics& metrics() override { return metrics_; }
    host::sdk::HealthRegistry& health() override { return health_; }
    const host::sdk::Clock& clock() override { return clock_; }
    const std::string& installationId() override { return installationId_; }
    host::sdk::Alarms& alarms() override { return alarms_; }
    host::sdk::Pages& pages() override { return pages_; }
    host::sdk::Mail& mail() override { return mail_; }
    host::sdk::Participation& participation() override { return participation_; }
    host::sdk::RecordNames& recordNames() override { return recordNames_; }
    host::sdk::Sources& sources() override { return sources_; }

    FakeRouter router_;
    InlineScheduler scheduler_;
    FakeRecords records_;
    FakeRecordNames recordNames_{records_};
    FakeOrganizations organizations_;
    FakeFiles files_;
    FakeSecrets secrets_;
    ScriptedHttp http_;
    RecordingJournal journal_;
    RecordingLogger logger_;
    FakeMetrics metrics_;
    FakeHealth health_;
    FakeAlarms alarms_;
    FakePages pages_;
    FakeSources sources_;
    FakeMail mail_;
    FakeParticipation participation_;
    FakeClock clock_;
    std::string installationId_ = "6f1ab7f4-9d0c-4a51-8d4e-2c5b64c3a001";

private:
    host::sdk::Database& database_;
};

}  // namespace tests
