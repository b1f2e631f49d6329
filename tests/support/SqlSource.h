#pragma once
/// Requests to the SQL source and all of what it answers. Link host_connectors_sql.

#include "host/connectors/sql/SqlKind.h"
#include "tests/support/Peer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace tests {

using host::sdk::SourceError;
using host::sdk::SourceRequest;

/// "a|b|-" a row; "row 3: mark: why" for one with a problem.
inline std::vector<std::string> rowsOf(host::sdk::SourceReader& reader) {
    std::vector<std::string> all;
    host::sdk::SourceRow row;
    while (reader.next(row)) {
        if (row.problem) {
            all.push_back(fmt::format("{}: {}: {}", row.place, row.problem->column, row.problem->reason));
            continue;
        }
        std::string line;
        for (const auto& cell : row.cells) line += (line.empty() ? "" : "|") + cell.value_or("-");
        all.push_back(line);
    }
    return all;
}

inline std::vector<std::string> rowsOf(host::sdk::SourceKind& kind, const SourceRequest& request) {
    return rowsOf(*kind.open(request));
}

/// What an action is refused with: kind, detail and fix.
template <class Action>
std::optional<SourceError> refusal(const Action& action) {
    try {
        action();
    } catch (const SourceError& error) {
        return error;
    }
    return std::nullopt;
}

#define EXPECT_REFUSED(action, expected, words)                                                        \
    do {                                                                                               \
        const auto refused = tests::refusal([&] { action; });                                          \
        ASSERT_TRUE(refused) << "nothing was refused";                                                 \
        EXPECT_EQ(refused->kind(), host::sdk::SourceError::Kind::expected) << refused->what();         \
        EXPECT_THAT(std::string(refused->what()) + " " + refused->fix(), ::testing::HasSubstr(words)); \
    } while (false)

inline SourceRequest sqlRequest(const std::string& driver, const std::string& database, const std::string& query) {
    SourceRequest request;
    request.organization = "college";
    request.connection.texts = {{"driver", driver}, {"database", database}};
    request.route.texts["query"] = query;
    return request;
}

/// To a counterpart of tests/peers; its certificate is trusted and verified.
inline SourceRequest sqlRequest(const std::string& driver, const Peer& peer, const std::string& database,
                                const std::string& query) {
    auto request = sqlRequest(driver, database, query);
    request.connection.texts["host"] = peer["host"];
    request.connection.texts["port"] = peer["port"];
    request.connection.texts["user"] = peer["user"];
    request.connection.texts["certificate"] = TempDir::read(peer["ca"]);
    request.connection.secrets.emplace("password", host::sdk::SecretString(peer["password"]));
    return request;
}

inline host::connectors::sql::SqlSettings localSettings() {
    host::connectors::sql::SqlSettings settings;
    settings.guard.allowPrivateAddresses = true;
    return settings;
}

}  // namespace tests
