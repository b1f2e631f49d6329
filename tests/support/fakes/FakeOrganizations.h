#pragma once
/// Organizations and projects given by the test.

#include "host/sdk/Organizations.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tests {

class FakeOrganizations : public host::sdk::Organizations {
public:
    std::vector<host::sdk::Organization> all() override { return organizations_; }
    std::optional<host::sdk::Organization> find(const std::string& id) override {
        for (const auto& o : organizations_)
            if (o.id == id) return o;
        return std::nullopt;
    }
    std::vector<host::sdk::Project> projects() override { return projects_; }
    std::optional<host::sdk::Project> project(const std::string& id) override {
        for (const auto& p : projects_)
            if (p.id == id) return p;
        return std::nullopt;
    }
    void add(host::sdk::Organization organization) { organizations_.push_back(std::move(organization)); }

    std::vector<host::sdk::Organization> organizations_;
    std::vector<host::sdk::Project> projects_;
};

/// An organisation with every fact there, open to БАС.
inline host::sdk::Organization anOrganization(const std::string& id) {
    host::sdk::Organization o;
    o.id = id;
    o.legalName = "АНО ДПО «Высота»";
    o.fullName = "Автономная некоммерческая организация «Высота»";
    o.tariff = "professional";
    o.participation = {"bas"};
    o.projects = {"bas"};
    o.activityBase = "https://lms.example.org";
    o.responsibleName = "Петрова Анна Сергеевна";
    o.responsiblePhone = "+7 900 000-00-00";
    o.responsibleEmail = "petrova@example.org";
    o.corporateEmail = "lms@example.org";
    return o;
}

inline host::sdk::Project aProject(const std::string& id, const std::string& title, const std::string& profile) {
    host::sdk::Project p;
    p.id = id;
    p.title = title;
    p.profile = profile;
    return p;
}

}  // namespace tests
