#include "plugin/store/TableTemplateStore.h"

#include "common/Json.h"
#include "host/sdk/Error.h"
#include "plugin/store/Param.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::AppError;
using Poco::Data::Session;

namespace {

std::string contentOf(const TableTemplate& own) {
    common::JsonWriter json;
    json.object().member("sheet", own.sheet).member("headerRow", own.headerRow).key("columns").array();
    for (const auto& column : own.columns)
        json.object().member("title", column.title).member("decision", column.decision).end();
    json.end().key("leftOut").array();
    for (const auto& field : own.leftOut) json.value(field);
    json.end().end();
    return json.take();
}

TableTemplate fromContent(const std::string& text) {
    const auto object = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Object::Ptr>();
    TableTemplate own;
    own.sheet = object->getValue<std::string>("sheet");
    own.headerRow = object->getValue<std::int64_t>("headerRow");
    const auto columns = object->getArray("columns");
    for (unsigned i = 0; i < columns->size(); ++i) {
        const auto column = columns->getObject(i);
        own.columns.push_back({column->getValue<std::string>("title"), column->getValue<std::string>("decision")});
    }
    const auto leftOut = object->getArray("leftOut");
    for (unsigned i = 0; i < leftOut->size(); ++i) own.leftOut.push_back(leftOut->getElement<std::string>(i));
    return own;
}

std::map<std::string, TableTemplate> read(Session& session, const std::string& organization,
                                          const std::string& project) {
    std::vector<std::string> elements, contents, people;
    std::vector<std::int64_t> versions, times;
    session << "SELECT element, version, content, changed_at, changed_by FROM u2035_table_template"
               " WHERE organization = ? AND project = ? ORDER BY element",
        into(elements), into(versions), into(contents), into(times), into(people), param(organization), param(project),
        now;
    std::map<std::string, TableTemplate> all;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        TableTemplate own = fromContent(contents[i]);
        own.version = versions[i];
        own.changedAt = times[i];
        own.changedBy = people[i];
        all.emplace(elements[i], std::move(own));
    }
    return all;
}

std::int64_t versionOf(Session& session, const TemplateKey& key) {
    const auto all = read(session, key.organization, key.project);
    const auto found = all.find(key.element);
    return found == all.end() ? 0 : found->second.version;
}

void requireVersion(std::int64_t version, std::optional<std::int64_t> expected) {
    if (expected && *expected != version)
        throw AppError(412, "precondition-failed",
                       "The template's columns were changed meanwhile; look at them and try again.");
}

}  // namespace

std::map<std::string, TableTemplate> TableTemplateStore::ofProject(const std::string& organization,
                                                                   const std::string& project) {
    std::map<std::string, TableTemplate> all;
    database_.read([&](Session& session) { all = read(session, organization, project); });
    return all;
}

std::optional<TableTemplate> TableTemplateStore::find(const TemplateKey& key) {
    auto all = ofProject(key.organization, key.project);
    const auto found = all.find(key.element);
    if (found == all.end()) return std::nullopt;
    return std::move(found->second);
}

TableTemplate TableTemplateStore::save(const TemplateKey& key, std::optional<std::int64_t> expected,
                                       TableTemplate wanted) {
    const std::string content = contentOf(wanted);
    wanted.changedAt = clock_.now();
    database_.write([&](Session& session) {
        const std::int64_t version = versionOf(session, key);
        requireVersion(version, expected);
        wanted.version = version + 1;
        session << "INSERT INTO u2035_table_template"
                   " (organization, project, element, version, content, changed_at, changed_by)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (organization, project, element) DO UPDATE SET"
                   " version = excluded.version, content = excluded.content, changed_at = excluded.changed_at,"
                   " changed_by = excluded.changed_by",
            param(key.organization), param(key.project), param(key.element), param(wanted.version), param(content),
            param(wanted.changedAt), param(wanted.changedBy), now;
    });
    return wanted;
}

bool TableTemplateStore::erase(const TemplateKey& key, std::optional<std::int64_t> expected) {
    bool found = false;
    database_.write([&](Session& session) {
        const std::int64_t version = versionOf(session, key);
        found = version != 0;
        if (!found) return;
        requireVersion(version, expected);
        session << "DELETE FROM u2035_table_template WHERE organization = ? AND project = ? AND element = ?",
            param(key.organization), param(key.project), param(key.element), now;
    });
    return found;
}

}  // namespace plugin::store
