#pragma once
/// A planned night whose ids are known before the first POST, and a person's side of the quarantine.

#include "plugin/api/QuarantineApi.h"
#include "plugin/api/RecordWayApi.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gtest/gtest.h>

namespace tests {

inline constexpr host::sdk::RecordId kView = 1031;    ///< a learner's, of a video
inline constexpr host::sdk::RecordId kResult = 1041;  ///< a learner's, on the element
inline constexpr host::sdk::RecordId kElement = 41;

struct QuarantineWay : testing::Test, NightWorld {
    QuarantineWay() {
        for (auto& one : quarantineApi.addTo(host.router_)) routes.push_back(std::move(one));
        for (auto& one : wayApi.addTo(host.router_)) routes.push_back(std::move(one));
        connect();
        integrations.stillActive_ = false;  // planned, not sent: the ids are known before the first POST
        run();
        integrations.stillActive_ = true;
    }
    FakeRouter::Answer get(const std::string& path, host::sdk::Role role = host::sdk::Role::Methodist,
                           const std::string& accept = "application/json") {
        return host.router_.call(host::sdk::Method::Get, base + path, withRole(org, role),
                                 {.body = {}, .headers = {{"accept", accept}}});
    }
    FakeRouter::Answer post(const std::string& path, const std::string& body,
                            host::sdk::Role role = host::sdk::Role::OrganizationAdmin) {
        return host.router_.call(host::sdk::Method::Post, base + path, withRole(org, role), {.body = body});
    }
    Poco::JSON::Array::Ptr listed(const std::string& query = "") {
        auto answer = get("/quarantine?" + query);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json()->getArray("items");
    }
    std::size_t many(const std::string& query = "") { return listed(query)->size(); }
    /// The one row that the quarantine shows.
    Poco::JSON::Object::Ptr row(const std::string& query = "") {
        auto items = listed(query);
        EXPECT_EQ(items->size(), 1u) << query;
        return items->size() == 0 ? Poco::JSON::Object::Ptr(new Poco::JSON::Object) : items->getObject(0);
    }
    std::string text(const Poco::JSON::Object::Ptr& object, const std::string& name) {
        return object->optValue<std::string>(name, "");
    }
    /// Acts on one statement by its id; the verdict.
    std::string act(const std::string& action, const std::string& id, const std::string& more = "") {
        auto answer = post("/quarantine/" + action, R"({"statements":[")" + id + "\"]" + more + "}");
        EXPECT_EQ(answer.status, 200) << answer.body;
        if (answer.status != 200) return answer.code();
        return text(answer.json()->getArray("items")->getObject(0), "verdict");
    }
    std::string idOf(const std::string& recordKind, host::sdk::RecordId record) {
        return db.text("SELECT statement_id FROM u2035_outbox WHERE record_kind = '" + recordKind +
                       "' AND record_id = " + std::to_string(record) + " ORDER BY seq DESC LIMIT 1");
    }
    std::string stateOf(const std::string& statementId) {
        return db.text("SELECT state FROM u2035_outbox WHERE statement_id = '" + statementId + "'");
    }
    std::string codeOf(const std::string& recordKind, host::sdk::RecordId id, std::string* reason = nullptr) {
        plugin::store::UnsendableFilter all;
        all.organization = org;
        for (const auto& one : runs.unsendable(all, 0, 10'000))
            if (one.why.record.kind == recordKind && one.why.record.id == id) {
                if (reason) *reason = one.why.reason;
                return one.why.code;
            }
        return "";
    }
    void nextDay() {
        db.clock.advance(std::chrono::hours(24));
        host.clock_.advance(std::chrono::hours(24));
    }
    /// The LRS stored nothing twice: one statement for one revision of a record that it was told of.
    std::size_t storedOf(const std::string& recordKind, host::sdk::RecordId record) {
        std::size_t count = 0;
        for (const auto& [id, bytes] : lrs.stored())
            if (db.number("SELECT COUNT(*) FROM u2035_outbox WHERE statement_id = '" + id + "' AND record_kind = '" +
                          recordKind + "' AND record_id = " + std::to_string(record)) > 0)
                ++count;
        return count;
    }
    void correctView(double percent) {
        for (auto& view : host.records_.views_)
            if (view.id == kView) {
                view.percent = percent;
                ++view.revision;
            }
    }

    std::string org = sample.organization.id;
    std::string base = "/api/v1/organizations/" + org + "/u2035";
    plugin::store::QuarantineStore quarantine{db, db.clock};
    plugin::store::RecordWayStore ways{db};
    plugin::store::ReflectionStore reflections{db, db.clock};
    plugin::api::QuarantineApi quarantineApi{
        {quarantine, outbox, ways, integrations, host.records_, host.recordNames_, host.journal_}};
    plugin::store::ReadingStore readings{db, db.clock};
    plugin::api::RecordWayApi wayApi{ways, reflections, integrations, host.records_, readings};
    std::vector<host::sdk::Registration> routes;
};

}  // namespace tests
