#pragma once
/// The night's world with a project that has rules of acceptance, its API, and learners with reflections and works.

#include "common/Sha256.h"
#include "plugin/api/ReadinessApi.h"
#include "plugin/api/RunsApi.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tests {

struct ReadinessWorld : NightWorld {
    static constexpr host::sdk::RecordId kFlow = 2, kWork = 1046, kWorkFile = 9001;

    ReadinessWorld() {
        host.organizations_.projects_[0].profile = "digital-professions";
        host::sdk::File file;
        file.id = kWorkFile;
        file.name = "работа.pdf";
        const std::string work = "%PDF-1.4 работа";
        file.sha256 = common::Sha256::hex(work);
        file.size = static_cast<std::int64_t>(work.size());
        host.records_.files_ = {file};
        host.files_.bytes_[file.sha256] = work;
        host.records_.learners_[0].externalId = "s-1";
        host.records_.reflections_.clear();
        for (const auto& module : sample.structure.modules) addReflection(module.id);
        addReflection(std::nullopt);
        keep(api.addTo(host.router_));
        keep(runsApi.addTo(host.router_));
        job = host.scheduler_.cron(
            {plugin::api::kNightlyJob, "", "0 2 * * *", "Europe/Moscow"}, [this](host::sdk::TaskContext& context) {
                night().run(plugin::delivery::NightArguments::fromJob(context.arguments()), context.trigger(),
                            context.requestedBy(), context.runId(), context.stop());
            });
    }

    void addReflection(std::optional<host::sdk::RecordId> module) {
        host::sdk::Reflection reflection;
        reflection.id = 2'000 + static_cast<host::sdk::RecordId>(host.records_.reflections_.size());
        reflection.learnerId = 501;
        reflection.flowId = kFlow;
        reflection.moduleId = module;
        reflection.text = "Научился планировать полёт.";
        host.records_.reflections_.push_back(reflection);
    }
    /// A learner with nothing but a name.
    void addLearner(host::sdk::RecordId id, const std::string& lastName, const std::string& untiId = "") {
        host::sdk::Learner learner;
        learner.id = id;
        learner.externalId = "s-" + std::to_string(id);
        learner.lastName = lastName;
        learner.untiId = untiId;
        host.records_.learners_.push_back(learner);
        host::sdk::Enrollment enrolment;
        enrolment.id = id;
        enrolment.learnerId = id;
        enrolment.flowId = kFlow;
        enrolment.status = "enrolled";
        host.records_.enrollments_.push_back(enrolment);
    }

    /// Puts a statement on a record into the outbox, as if it had been planned and answered so.
    void tell(const std::string& recordKind, host::sdk::RecordId id, const std::string& state,
              const std::string& dependsOn = "") {
        auto draft = aGrade(id, dependsOn);
        draft.record.kind = recordKind;
        draft.flowId = kFlow;
        draft.learnerId = 501;
        draft.statementId = idOf(recordKind + std::to_string(id));
        outbox.add({"11111111-1111-4111-8111-111111111111", sample.organization.id, sample.project.id}, "p", "1", 1,
                   {draft});
        db.execute("UPDATE u2035_outbox SET state = '" + state + "' WHERE statement_id = '" + draft.statementId + "'");
    }

    void judge() {
        plugin::delivery::NightArguments only;
        only.statements = only.tables = false;
        run(only);
    }

    FakeRouter::Answer get(const std::string& path, const std::string& accept = "application/json") {
        return host.router_.call(host::sdk::Method::Get, base + path, withRole(org, host::sdk::Role::Viewer),
                                 {.body = {}, .headers = {{"accept", accept}}});
    }
    Poco::JSON::Object::Ptr flow() { return get("/readiness").json()->getArray("items")->getObject(0); }
    Poco::JSON::Object::Ptr person(host::sdk::RecordId id = 501) {
        return get("/readiness/flows/2/learners/" + std::to_string(id)).json();
    }
    Poco::JSON::Object::Ptr rule(const std::string& check) {
        auto rules = person()->getArray("rules");
        for (unsigned i = 0; i < rules->size(); ++i)
            if (rules->getObject(i)->getValue<std::string>("check") == check) return rules->getObject(i);
        throw std::out_of_range(check);
    }
    std::string stateOf(const std::string& check) { return rule(check)->getValue<std::string>("state"); }
    std::string lackOf(const std::string& check) {
        auto lacks = rule(check)->getArray("lacks");
        return lacks->size() == 0 ? "" : lacks->getObject(0)->getValue<std::string>("code");
    }

    std::map<std::string, std::int64_t> unsendable() { return runs.unsendableByCode(ofOrganization()); }
    /// Why the last plan could not tell of the final work.
    std::string workRefusal() {
        auto filter = ofOrganization();
        filter.origin = "statements";
        for (const auto& row : runs.unsendable(filter, 0, 100))
            if (row.why.record.kind == "result" && row.why.record.id == kWork) return row.why.code;
        return {};
    }

    std::string org = sample.organization.id;
    std::string base = "/api/v1/organizations/" + org + "/u2035";
    plugin::api::ReadinessApi api{readiness, host.records_};
    plugin::api::Changes changes;
    plugin::api::StateStreams streams{changes, host.clock_};
    plugin::api::RunsApi runsApi{runs, host.scheduler_, host.journal_, streams,
                                 [](const auto&, const auto&) { return false; }};

private:
    plugin::store::UnsendableFilter ofOrganization() const {
        plugin::store::UnsendableFilter filter;
        filter.organization = org;
        return filter;
    }
    void keep(std::vector<host::sdk::Registration> more) {
        for (auto& one : more) routes_.push_back(std::move(one));
    }
    std::vector<host::sdk::Registration> routes_;
    host::sdk::Registration job;
};

}  // namespace tests
