#pragma once
/// Moodle's ready-made sets run over a database of the test's own: the routes of a set in their order, what they
/// refused, and questions to both sides.

#include "common/Encoding.h"
#include "tests/integration/moodle/MoodleServer.h"
#include "tests/support/SharedData.h"
#include "tests/support/SqlSource.h"
#include "tests/unit/connections/RouteRunFixture.h"

#include <gmock/gmock.h>
#include <openssl/sha.h>

#include <filesystem>
#include <map>

namespace tests {

using namespace host;
namespace fs = std::filesystem;

inline std::string filled(std::string text, const std::map<std::string, std::string>& values) {
    for (const auto& [name, value] : values)
        for (auto at = text.find("{" + name + "}"); at != std::string::npos; at = text.find("{" + name + "}"))
            text.replace(at, name.size() + 2, value);
    return text;
}

inline std::string sha1(const std::string& bytes) {
    std::array<unsigned char, SHA_DIGEST_LENGTH> out{};
    SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out.data());
    return common::toHex({reinterpret_cast<const char*>(out.data()), out.size()});
}

class Moodle : public RouteRunFixture, public ::testing::WithParamInterface<const char*> {
protected:
    static void TearDownTestSuite() { servers.clear(); }

    void SetUp() override {
        NEEDS_SHARED_DATA(sharedData() / "moodle");
        auto& one = servers[GetParam()];
        if (!one) one = MoodleServer::start(GetParam());
        server = one.get();
        database = server->newDatabase();
        settings = localSettings();
        settings.folders = {db.folder / "moodledata"};
        fs::create_directories(db.folder / "moodledata/filedir");
    }

    sdk::SourceRequest request() const {
        auto one = sqlRequest(server->driver(), server->peer(), database, "");
        one.connection.texts["filesFolder"] = (db.folder / "moodledata/filedir").string();
        return one;
    }

    /// All routes of a set, in its order; the sum of what they did.
    std::map<std::string, std::int64_t> runSet(const std::string& set, bool confirmed = true) {
        connectors::sql::SqlKind kind(settings);
        const fs::path folder = fs::path(LMSD_SOURCE_DIR) / "config/sources" / set;
        const auto order = Poco::JSON::Parser()
                               .parse(TempDir::read(folder / "set.json"))
                               .extract<Poco::JSON::Object::Ptr>()
                               ->getArray("order");
        std::map<std::string, std::int64_t> sums;
        for (unsigned i = 0; i < order->size(); ++i) {
            const auto name = order->getElement<std::string>(i);
            const auto json = filled(TempDir::read(folder / (name + ".json")), parameters);
            const auto out = runRoute(kind, set + "/" + name, json, confirmed);
            EXPECT_EQ(out.end, connections::RunEnd::Done) << name << ": " << out.detail << " " << out.fix;
            for (const auto& error : errors)
                refusals.push_back(name + " " + error.place + ": " + error.column + " '" + error.value + "' " +
                                   error.reason);
            for (const auto& [what, count] : out.counts.named()) sums[what] += count;
        }
        return sums;
    }

    connections::RunOutcome runRoute(connectors::sql::SqlKind& kind, const std::string& name, const std::string& json,
                                     bool confirmed) {
        const auto route = Poco::JSON::Parser().parse(json).extract<Poco::JSON::Object::Ptr>();
        const auto route_settings = route->getObject("settings");
        if (!routes.contains(name)) {
            routes[name] = static_cast<int>(routes.size()) + 2;
            addRoute(routes[name]);
        }
        std::ostringstream text;
        route->getObject("mapping")->stringify(text);
        map(text.str());
        rules.routeId = routes[name];
        rules.followDeletions = route->getValue<std::string>("deletions") == "follow";
        auto asks = request();
        for (const auto& [key, value] : *route_settings)
            if (value.isString()) asks.route.texts[key] = value.convert<std::string>();
        for (const auto& [key, value] : *route_settings->getObject("parameters"))
            asks.route.maps["parameters"].emplace_back(key, value.convert<std::string>());
        const auto columns_of_mapping = mapping.columns();
        asks.columns = {columns_of_mapping.begin(), columns_of_mapping.end()};
        errors.clear();
        connections::RouteRun one(db.database, &files, db.clock, rules, {.full = true, .confirmDeletions = confirmed},
                                  *this);
        one.begin();
        const auto reader = kind.open(asks);
        return one.run(*reader);
    }

    std::int64_t there(const std::string& sql) const { return std::stoll(server->text(database, sql)); }
    void change(const std::string& sql) const { server->execute(database, sql); }
    std::int64_t live(const std::string& table, const std::string& where = "1=1") {
        return db.number("SELECT COUNT(*) FROM record_" + table + " WHERE deleted_at IS NULL AND " + where);
    }
    std::string result(const std::string& externalId,
                       const std::string& columns_wanted = "raw || ' ' || COALESCE(graded, '-')") {
        return db.text("SELECT COALESCE((SELECT " + columns_wanted +
                       " FROM record_results WHERE deleted_at IS NULL AND external_id = '" + externalId +
                       "'), 'none')");
    }

    /// Into filedir; its name there.
    std::string give(const std::string& bytes) {
        const auto hash = sha1(bytes);
        db.folder.write("moodledata/filedir/" + hash.substr(0, 2) + "/" + hash.substr(2, 2) + "/" + hash, bytes);
        return hash;
    }

    /// The dump has names and hashes of files but not their bytes: these are ours, under their hashes.
    void giveFiles() {
        const auto ids = server->text(database, server->driver() == "mysql"
                                                    ? "SELECT GROUP_CONCAT(id ORDER BY id) FROM mdl_files WHERE "
                                                      "component = 'assignsubmission_file' AND filename <> '.'"
                                                    : "SELECT string_agg(id::text, ',' ORDER BY id) FROM mdl_files "
                                                      "WHERE component = 'assignsubmission_file' AND filename <> '.'");
        std::string updates;
        for (std::size_t from = 0; from < ids.size(); from = std::min(ids.find(',', from), ids.size() - 1) + 1) {
            const auto id = ids.substr(from, ids.find(',', from) - from);
            updates +=
                "UPDATE mdl_files SET contenthash = '" + give("The work in file " + id) + "' WHERE id = " + id + ";";
        }
        change(updates);
    }

    static inline std::map<std::string, std::unique_ptr<MoodleServer>> servers;
    MoodleServer* server = nullptr;
    std::string database;
    connectors::sql::SqlSettings settings;
    std::map<std::string, std::string> parameters{{"project", "bas"},
                                                  {"prefix", "mdl_"},
                                                  {"untiIdField", "unti_id"},
                                                  {"category", "%"},
                                                  {"practice", "Практика"},
                                                  {"source", "moodle"}};
    std::map<std::string, int> routes;
    std::vector<std::string> refusals;
};

}  // namespace tests
