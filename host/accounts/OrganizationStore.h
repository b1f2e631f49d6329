#pragma once
/// Organizations and projects in the database. Thread-safe. All of them are kept in memory: they are few, and asked
/// for by every request; this process is the only writer while it runs.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Error.h"
#include "host/sdk/Organizations.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace common {
class JsonWriter;
}

namespace host::accounts {

/// A project with its ETag.
struct ProjectRow {
    sdk::Project project;
    std::int64_t version = 1;
};

class OrganizationStore : public sdk::Organizations {
public:
    /// Both must outlive the store. The tables must be there (accountsMigrations).
    OrganizationStore(sdk::Database& database, const sdk::Clock& clock);
    ~OrganizationStore() override;

    std::vector<sdk::Organization> all() override;  ///< by id
    std::optional<sdk::Organization> find(const std::string& id) override;
    std::vector<sdk::Project> projects() override;  ///< by id
    std::optional<sdk::Project> project(const std::string& id) override;

    /// Every rule an organization must keep, as wrong fields with JSON pointers; empty when all is well.
    std::vector<sdk::FieldError> check(const sdk::Organization& organization);

    /// AppError 422 when a rule is broken, 409 "organization-exists".
    sdk::Organization create(sdk::Organization organization);

    /// Replaces everything but id and activityBase (422 when that differs). `expected` is the version of If-Match:
    /// AppError 412 with the current state when it is another by now; 404 when there is no such organization.
    sdk::Organization update(sdk::Organization organization, std::optional<std::int64_t> expected);

    std::vector<ProjectRow> projectRows();
    /// Creates (`expected` empty) or replaces a project; errors as above ("project-exists").
    ProjectRow createProject(const sdk::Project& project);
    ProjectRow updateProject(const sdk::Project& project, std::optional<std::int64_t> expected);

private:
    struct Everything;
    std::shared_ptr<const Everything> everything();
    void forget();

    sdk::Database& database_;
    const sdk::Clock& clock_;
    std::mutex mutex_;
    std::shared_ptr<const Everything> cached_;
    std::uint64_t generation_ = 0;
};

/// As the API shows them.
std::string toJson(const sdk::Organization& organization);
std::string toJson(const ProjectRow& row);
/// Without its end, for whoever has more to say of it.
void writeMembers(common::JsonWriter& json, const ProjectRow& row);

/// A short name in addresses: 1 to 64 of a-z, 0-9 and '-', beginning and ending with a letter or a digit.
bool isSlug(const std::string& text);

}  // namespace host::accounts
