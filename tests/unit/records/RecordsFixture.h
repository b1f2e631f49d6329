#pragma once
/// Records in a real database, spoken to through their routes.

#include "host/records/RecordMigrations.h"
#include "host/records/RecordsApi.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gtest/gtest.h>

#include <string>

namespace tests {

using host::sdk::Method;

inline host::sdk::Principal methodist(const std::string& organization) {
    host::sdk::Principal who;
    who.login = "methodist";
    who.signedIn = true;
    who.roles[organization] = host::sdk::Role::Methodist;
    return who;
}

class RecordsFixture : public ::testing::Test {
protected:
    RecordsFixture() {
        db.database.migrate("records", host::records::recordsMigrations());
        organizations.add(anOrganization("demo"));
        organizations.add(anOrganization("other"));
        api.emplace(router, store, files, organizations, journal,
                    host::records::RecordsApiSettings{.maxBatchItems = 5000, .maxFileBytes = 1'000'000});
    }

    static std::string path(const std::string& rest, const std::string& organization = "demo") {
        return "/api/v1/organizations/" + organization + rest;
    }
    FakeRouter::Answer call(Method method, const std::string& rest, const std::string& body = {},
                            std::vector<std::pair<std::string, std::string>> headers = {}) {
        return router.call(method, path(rest), methodist("demo"), {.body = body, .headers = std::move(headers)});
    }
    FakeRouter::Answer batch(const std::string& items, const std::string& source = "lms") {
        return call(Method::Post, "/records", "{\"source\":\"" + source + "\",\"records\":[" + items + "]}");
    }
    /// Verdict `index` of an answer.
    static Poco::JSON::Object::Ptr verdict(const FakeRouter::Answer& answer, unsigned index) {
        return answer.json()->getArray("items")->getObject(index);
    }
    static std::string status(const FakeRouter::Answer& answer, unsigned index) {
        return verdict(answer, index)->getValue<std::string>("status");
    }
    static std::string pointer(const FakeRouter::Answer& answer, unsigned index) {
        auto errors = verdict(answer, index)->getArray("errors");
        return errors->size() == 0 ? std::string() : errors->getObject(0)->getValue<std::string>("pointer");
    }
    static std::string firstError(const FakeRouter::Answer& answer, unsigned index) {
        auto errors = verdict(answer, index)->getArray("errors");
        if (errors->size() == 0) return {};
        auto error = errors->getObject(0);
        return error->getValue<std::string>("pointer") + " " + error->getValue<std::string>("reason") + ". " +
               error->getValue<std::string>("fix");
    }

    /// A programme with a flow, a theme, a test and a learner enrolled.
    void fillStructure() {
        const auto answer = batch(structure());
        ASSERT_EQ(answer.json()->getObject("counts")->getValue<int>("rejected"), 0) << answer.body;
    }
    static std::string structure() {
        return R"({"kind":"programmes","externalId":"p1","project":"bas","title":"БПЛА","u2035Id":11},
        {"kind":"flows","externalId":"f1","programme":"p1","key":"f-1","startsAt":"2026-02-01T00:00:00+03:00","instructorUntiIds":["12","13"]},
        {"kind":"blocks","externalId":"b1","programme":"p1","type":"theory","title":"Теория"},
        {"kind":"modules","externalId":"m1","block":"b1","title":"Модуль","position":1},
        {"kind":"themes","externalId":"t1","module":"m1","title":"Тема","position":1},
        {"kind":"elements","externalId":"e1","theme":"t1","type":"test","title":"Тест","minScore":0,"maxScore":100,"passScore":60},
        {"kind":"elements","externalId":"v1","theme":"t1","type":"video","title":"Видео"},
        {"kind":"learners","externalId":"l1","untiId":"555","lastName":"Соколова"},
        {"kind":"enrollments","externalId":"n1","learner":"l1","flow":"f1","status":"enrolled"})";
    }

    TestDatabase db;
    FakeRouter router;
    FakeOrganizations organizations;
    RecordingJournal journal;
    host::records::RecordStore store{db.database, db.clock};
    host::records::FileStore files{db.folder / "files"};
    std::optional<host::records::RecordsApi> api;
};

}  // namespace tests
