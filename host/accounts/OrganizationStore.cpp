#include "host/accounts/OrganizationStore.h"

#include "common/Json.h"
#include "common/Text.h"
#include "common/TimeZone.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace host::accounts {

using namespace Poco::Data::Keywords;
using sdk::AppError;
using sdk::FieldError;
using sdk::Organization;

namespace {

constexpr std::array<std::string_view, 3> kTariffs{"basic", "individual", "professional"};

template <typename List>
bool contains(const List& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<std::string> unjoined(const std::string& joined) {
    std::vector<std::string> all;
    for (auto part : common::split(joined, ','))
        if (!part.empty()) all.emplace_back(part);
    return all;
}

bool isMail(const std::string& text) {
    auto at = text.find('@');
    return at != std::string::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string::npos &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
}

void checkActivityBase(const std::string& base, std::vector<FieldError>& errors) {
    auto wrong = [&](const char* reason, const char* fix) { errors.push_back({"/activityBase", reason, fix}); };
    if (base.empty())
        return wrong("is missing",
                     "the https address under which the organization's activities are, as in https://lms.example.ru");
    try {
        Poco::URI uri(base);
        if (uri.getScheme() != "https" || uri.getHost().empty())
            return wrong("is not an https address", "as in https://lms.example.ru");
        if (!uri.getUserInfo().empty() || !uri.getRawQuery().empty() || !uri.getFragment().empty())
            return wrong("has a user, a query or a fragment", "give scheme, host and path only");
        if (base.back() == '/') return wrong("ends with '/'", "remove it");
        if (std::any_of(base.begin(), base.end(), [](char c) { return c <= ' ' || c > '~' || c == '"' || c == '\\'; }))
            return wrong("holds characters beyond ASCII", "write the host in punycode and percent-encode the path");
    } catch (const Poco::Exception&) {
        wrong("is not an address", "as in https://lms.example.ru");
    }
}

AppError changed(const std::string& what, const std::string& id, const std::string& current) {
    return AppError(412, "changed",
                    fmt::format("The {} '{}' was changed meanwhile; look at its current state, and send your change "
                                "with the new ETag.",
                                what, id))
        .withCurrent(current);
}

std::vector<FieldError> checkProject(const sdk::Project& project) {
    std::vector<FieldError> errors;
    if (!isSlug(project.id)) errors.push_back({"/id", "is not a short name", "1 to 64 of a-z, 0-9 and '-'"});
    if (common::trim(project.title).empty())
        errors.push_back({"/title", "is empty", "the project's name as people know it"});
    if (!common::isOneLine(project.title))
        errors.push_back({"/title", "holds a line break or a control character", "write it in one line"});
    if (!isSlug(project.profile)) errors.push_back({"/profile", "is not a profile's name", "as in bas"});
    return errors;
}

}  // namespace

struct OrganizationStore::Everything {
    std::vector<Organization> organizations;
    std::vector<ProjectRow> projects;
};

bool isSlug(const std::string& text) {
    auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), inner) && text.front() != '-' &&
           text.back() != '-';
}

std::string toJson(const Organization& o) {
    common::JsonWriter json;
    auto list = [&](const char* name, const std::vector<std::string>& values) {
        json.key(name).array();
        for (const auto& value : values) json.value(value);
        json.end();
    };
    json.object()
        .member("id", o.id)
        .member("legalName", o.legalName)
        .member("fullName", o.fullName)
        .member("tariff", o.tariff);
    list("participation", o.participation);
    list("projects", o.projects);
    json.member("timeZone", o.timeZone)
        .member("activityBase", o.activityBase)
        .member("responsibleName", o.responsibleName)
        .member("responsiblePhone", o.responsiblePhone)
        .member("responsibleEmail", o.responsibleEmail)
        .member("corporateEmail", o.corporateEmail)
        .member("version", o.version)
        .end();
    return json.take();
}

void writeMembers(common::JsonWriter& json, const ProjectRow& row) {
    json.member("id", row.project.id)
        .member("title", row.project.title)
        .member("profile", row.project.profile)
        .member("projectValue", row.project.projectValue)
        .member("version", row.version);
}

std::string toJson(const ProjectRow& row) {
    common::JsonWriter json;
    writeMembers(json.object(), row);
    return json.end().take();
}

OrganizationStore::OrganizationStore(sdk::Database& database, const sdk::Clock& clock)
    : database_(database), clock_(clock) {}
OrganizationStore::~OrganizationStore() = default;

std::shared_ptr<const OrganizationStore::Everything> OrganizationStore::everything() {
    std::uint64_t generation = 0;
    {
        std::lock_guard lock(mutex_);
        if (cached_) return cached_;
        generation = generation_;
    }
    auto loaded = std::make_shared<Everything>();
    database_.read([&](Poco::Data::Session& session) {
        loaded = std::make_shared<Everything>();
        ProjectRow project;
        Poco::Data::Statement projects(session);
        projects << "SELECT id, title, profile, project_value, version FROM project ORDER BY id",
            into(project.project.id), into(project.project.title), into(project.project.profile),
            into(project.project.projectValue), into(project.version), range(0, 1);
        while (!projects.done())
            if (projects.execute() > 0) loaded->projects.push_back(project);

        std::map<std::string, std::vector<std::string>> opened;
        std::string organization;
        std::string projectId;
        Poco::Data::Statement links(session);
        links << "SELECT organization_id, project_id FROM organization_project ORDER BY organization_id, project_id",
            into(organization), into(projectId), range(0, 1);
        while (!links.done())
            if (links.execute() > 0) opened[organization].push_back(projectId);

        Organization o;
        std::string participation;
        Poco::Data::Statement rows(session);
        rows << "SELECT id, legal_name, full_name, tariff, participation, time_zone, activity_base, responsible_name, "
                "responsible_phone, responsible_email, corporate_email, version FROM organization ORDER BY id",
            into(o.id), into(o.legalName), into(o.fullName), into(o.tariff), into(participation), into(o.timeZone),
            into(o.activityBase), into(o.responsibleName), into(o.responsiblePhone), into(o.responsibleEmail),
            into(o.corporateEmail), into(o.version), range(0, 1);
        while (!rows.done()) {
            if (rows.execute() == 0) continue;
            o.participation = unjoined(participation);
            o.projects = opened[o.id];
            loaded->organizations.push_back(o);
        }
    });
    std::lock_guard lock(mutex_);
    // Not kept when something was written meanwhile: it may be older than that.
    if (generation == generation_) cached_ = loaded;
    return loaded;
}

void OrganizationStore::forget() {
    std::lock_guard lock(mutex_);
    ++generation_;
    cached_.reset();
}

std::vector<Organization> OrganizationStore::all() {
    return everything()->organizations;
}

std::optional<Organization> OrganizationStore::find(const std::string& id) {
    auto now = everything();
    for (const auto& o : now->organizations)
        if (o.id == id) return o;
    return std::nullopt;
}

std::vector<ProjectRow> OrganizationStore::projectRows() {
    return everything()->projects;
}

std::vector<sdk::Project> OrganizationStore::projects() {
    std::vector<sdk::Project> all;
    for (const auto& row : everything()->projects) all.push_back(row.project);
    return all;
}

std::optional<sdk::Project> OrganizationStore::project(const std::string& id) {
    for (const auto& row : everything()->projects)
        if (row.project.id == id) return row.project;
    return std::nullopt;
}

std::vector<FieldError> OrganizationStore::check(const Organization& o) {
    std::vector<FieldError> errors;
    auto wrong = [&](std::string pointer, std::string reason, std::string fix) {
        errors.push_back({std::move(pointer), std::move(reason), std::move(fix)});
    };
    if (!isSlug(o.id)) wrong("/id", "is not a short name", "1 to 64 of a-z, 0-9 and '-'");
    if (common::trim(o.legalName).empty()) wrong("/legalName", "is empty", "the legal name as in the contract");
    for (const auto& [pointer, text] :
         {std::pair("/legalName", &o.legalName), std::pair("/fullName", &o.fullName),
          std::pair("/responsibleName", &o.responsibleName), std::pair("/responsiblePhone", &o.responsiblePhone)})
        if (!common::isOneLine(*text))
            wrong(pointer, "holds a line break or a control character", "write it in one line");
    if (!contains(kTariffs, o.tariff)) wrong("/tariff", "is not a tariff", "basic, individual or professional");
    auto known = everything();
    for (std::size_t i = 0; i < o.projects.size(); ++i) {
        bool there = std::any_of(known->projects.begin(), known->projects.end(),
                                 [&](const auto& p) { return p.project.id == o.projects[i]; });
        if (!there)
            wrong(fmt::format("/projects/{}", i), "is not a project of this server", "see GET /api/v1/projects");
    }
    for (std::size_t i = 0; i < o.participation.size(); ++i)
        if (!isSlug(o.participation[i])) wrong(fmt::format("/participation/{}", i), "is not a flag", "as in bas");
    if (!o.participation.empty() && o.tariff == "basic")
        wrong("/participation", "is not offered on the tariff basic",
              "choose the tariff individual or professional, or no flag");
    if (!common::TimeZone::find(o.timeZone)) wrong("/timeZone", "is not a time zone", "as in Europe/Moscow");
    checkActivityBase(o.activityBase, errors);
    if (!o.responsibleEmail.empty() && !isMail(o.responsibleEmail))
        wrong("/responsibleEmail", "is not an e-mail address", "as in name@example.ru");
    if (!o.corporateEmail.empty() && !isMail(o.corporateEmail))
        wrong("/corporateEmail", "is not an e-mail address", "as in office@example.ru");
    for (const auto& other : known->organizations)
        if (other.id != o.id && other.activityBase == o.activityBase)
            wrong("/activityBase", "is that of another organization",
                  "activities of two organizations must not share addresses");
    return errors;
}

namespace {

void sortUnique(std::vector<std::string>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

void writeProjects(Poco::Data::Session& session, const Organization& o) {
    std::string id = o.id;
    session << "DELETE FROM organization_project WHERE organization_id = ?", use(id), now;
    for (auto project : o.projects)
        session << "INSERT INTO organization_project (organization_id, project_id) VALUES (?, ?)", use(id),
            use(project), now;
}

}  // namespace

Organization OrganizationStore::create(Organization o) {
    sortUnique(o.projects);
    sortUnique(o.participation);
    if (auto errors = check(o); !errors.empty())
        throw AppError::validation("The organization is not valid.", std::move(errors));
    o.version = 1;
    auto at = clock_.now();
    auto participation = fmt::format("{}", fmt::join(o.participation, ","));
    database_.write([&](Poco::Data::Session& session) {
        int there = 0;
        session << "SELECT COUNT(*) FROM organization WHERE id = ?", use(o.id), into(there), now;
        if (there != 0)
            throw AppError::conflict("organization-exists",
                                     fmt::format("The organization '{}' is already there; choose another id.", o.id));
        session
            << "INSERT INTO organization (id, legal_name, full_name, tariff, participation, time_zone, activity_base, "
               "responsible_name, responsible_phone, responsible_email, corporate_email, version, created_at, "
               "updated_at) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(o.id), use(o.legalName), use(o.fullName), use(o.tariff), use(participation), use(o.timeZone),
            use(o.activityBase), use(o.responsibleName), use(o.responsiblePhone), use(o.responsibleEmail),
            use(o.corporateEmail), use(o.version), use(at), use(at), now;
        writeProjects(session, o);
    });
    forget();
    return o;
}

Organization OrganizationStore::update(Organization o, std::optional<std::int64_t> expected) {
    sortUnique(o.projects);
    sortUnique(o.participation);
    auto before = find(o.id);
    if (!before) throw AppError::notFound(fmt::format("The organization '{}' was not found.", o.id));
    auto errors = check(o);
    if (before->activityBase != o.activityBase)
        errors.push_back(
            {"/activityBase", "can't be changed", "ids of sent statements are made from it; send it as it is"});
    if (!errors.empty()) throw AppError::validation("The organization is not valid.", std::move(errors));
    auto at = clock_.now();
    auto participation = fmt::format("{}", fmt::join(o.participation, ","));
    bool stale = false;
    database_.write([&](Poco::Data::Session& session) {
        stale = false;
        std::int64_t version = 0;
        session << "SELECT version FROM organization WHERE id = ?", use(o.id), into(version), now;
        if (expected && *expected != version) {
            stale = true;
            return;
        }
        o.version = version + 1;
        session
            << "UPDATE organization SET legal_name = ?, full_name = ?, tariff = ?, participation = ?, time_zone = ?, "
               "responsible_name = ?, responsible_phone = ?, responsible_email = ?, corporate_email = ?, version = ?, "
               "updated_at = ? WHERE id = ?",
            use(o.legalName), use(o.fullName), use(o.tariff), use(participation), use(o.timeZone),
            use(o.responsibleName), use(o.responsiblePhone), use(o.responsibleEmail), use(o.corporateEmail),
            use(o.version), use(at), use(o.id), now;
        writeProjects(session, o);
    });
    forget();
    if (stale) throw changed("organization", o.id, toJson(find(o.id).value_or(o)));
    return o;
}

ProjectRow OrganizationStore::createProject(const sdk::Project& project) {
    if (auto errors = checkProject(project); !errors.empty())
        throw AppError::validation("The project is not valid.", std::move(errors));
    ProjectRow row{project, 1};
    auto at = clock_.now();
    database_.write([&](Poco::Data::Session& session) {
        int there = 0;
        session << "SELECT COUNT(*) FROM project WHERE id = ?", use(row.project.id), into(there), now;
        if (there != 0)
            throw AppError::conflict("project-exists",
                                     fmt::format("The project '{}' is already there; choose another id.", project.id));
        session
            << "INSERT INTO project (id, title, profile, project_value, version, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
            use(row.project.id), use(row.project.title), use(row.project.profile), use(row.project.projectValue),
            use(row.version), use(at), now;
    });
    forget();
    return row;
}

ProjectRow OrganizationStore::updateProject(const sdk::Project& project, std::optional<std::int64_t> expected) {
    if (auto errors = checkProject(project); !errors.empty())
        throw AppError::validation("The project is not valid.", std::move(errors));
    ProjectRow row{project, 0};
    auto at = clock_.now();
    bool stale = false;
    database_.write([&](Poco::Data::Session& session) {
        stale = false;
        std::int64_t version = 0;
        session << "SELECT version FROM project WHERE id = ?", use(row.project.id), into(version), now;
        if (version == 0) throw AppError::notFound(fmt::format("The project '{}' was not found.", project.id));
        if (expected && *expected != version) {
            stale = true;
            return;
        }
        row.version = version + 1;
        session
            << "UPDATE project SET title = ?, profile = ?, project_value = ?, version = ?, updated_at = ? WHERE id = ?",
            use(row.project.title), use(row.project.profile), use(row.project.projectValue), use(row.version), use(at),
            use(row.project.id), now;
    });
    forget();
    if (stale) {
        for (const auto& current : projectRows())
            if (current.project.id == project.id) throw changed("project", project.id, toJson(current));
    }
    return row;
}

}  // namespace host::accounts
