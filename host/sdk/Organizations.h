#pragma once
/// Organizations and the projects open to them. Thread-safe; answers are copies.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::sdk {
inline namespace abi1 {

/// A programme of support an organization works in («Кадры для БАС»). Data of its own: one profile can serve several
/// yearly projects.
struct Project {
    std::string id;            ///< slug: "bas"
    std::string title;         ///< «Кадры для БАС»
    std::string profile;       ///< name of the profile it uses
    std::string projectValue;  ///< value in statements when it differs from the profile's; else empty
};

struct Organization {
    std::string id;         ///< slug, immutable: "demo"
    std::string legalName;  ///< юридическое наименование, как в договоре
    std::string fullName;
    std::string tariff;                      ///< "basic" | "individual" | "professional"
    std::vector<std::string> participation;  ///< flags set on the edit page: "bas"
    std::vector<std::string> projects;       ///< ids of the projects open to it
    std::string timeZone = "Europe/Moscow";
    std::string activityBase;  ///< immutable https address from which activity ids are made, no trailing slash
    std::string responsibleName;
    std::string responsiblePhone;
    std::string responsibleEmail;
    std::string corporateEmail;
    std::int64_t version = 1;  ///< ETag
};

class Organizations {
public:
    virtual ~Organizations() = default;
    virtual std::vector<Organization> all() = 0;
    virtual std::optional<Organization> find(const std::string& id) = 0;
    virtual std::vector<Project> projects() = 0;
    virtual std::optional<Project> project(const std::string& id) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
