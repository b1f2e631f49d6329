#include "host/records/NamedRecords.h"

#include "common/NameFold.h"
#include "common/Text.h"
#include "host/records/RecordSql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <set>
#include <unordered_map>

namespace host::records {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;
using sdk::RecordId;

using Ids = std::set<RecordId>;

/// id → a text of it; `expression` over the table `t`.
std::unordered_map<RecordId, std::string> texts(Session& session, const std::string& organization, const char* table,
                                                const char* expression, const Ids& wanted) {
    std::unordered_map<RecordId, std::string> found;
    forSlices(std::vector<RecordId>(wanted.begin(), wanted.end()), [&](std::span<const RecordId> some) {
        std::vector<RecordId> keys(some.begin(), some.end()), ids;
        std::vector<std::string> values;
        auto owner = organization;
        Statement select(session);
        select << fmt::format("SELECT t.id, {} FROM {} t WHERE t.organization_id = ? AND t.id IN ({})", expression,
                              table, placeholders(keys.size())),
            into(ids), into(values), use(owner);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < ids.size(); ++i) found[ids[i]] = std::move(values[i]);
    });
    return found;
}

/// id → what it refers to by a column; those that refer to nothing are left out.
std::unordered_map<RecordId, RecordId> references(Session& session, const std::string& organization, const char* table,
                                                  const char* column, const Ids& wanted) {
    std::unordered_map<RecordId, RecordId> found;
    const auto expression = fmt::format("CAST(COALESCE(t.{}, 0) AS TEXT)", column);
    for (const auto& [id, text] : texts(session, organization, table, expression.c_str(), wanted))
        if (const auto to = std::stoll(text); to != 0) found[id] = to;
    return found;
}

RecordId at(const std::unordered_map<RecordId, RecordId>& map, RecordId id) {
    const auto found = map.find(id);
    return found == map.end() ? 0 : found->second;
}

std::string textAt(const std::unordered_map<RecordId, std::string>& map, RecordId id) {
    const auto found = map.find(id);
    return found == map.end() ? std::string() : found->second;
}

constexpr const char* kName =
    "COALESCE(t.last_name, '') || ' ' || COALESCE(t.first_name, '') || ' ' || COALESCE(t.middle_name, '')";

std::string tidy(const std::string& name) {
    std::string out;
    for (const char c : name)
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
    return std::string(common::trim(out));
}

/// Which element or module each record belongs to, kind by kind.
struct Places {
    std::map<std::string, Ids> byKind;
    std::map<std::string, std::unordered_map<RecordId, RecordId>> elements;  ///< kind → record → element
    std::map<std::string, std::unordered_map<RecordId, RecordId>> modules;   ///< kind → record → module

    RecordId elementOf(const sdk::RecordMention& mention) const {
        if (mention.kind == "element") return mention.id;
        const auto found = elements.find(mention.kind);
        return found == elements.end() ? 0 : at(found->second, mention.id);
    }
    RecordId moduleOf(const sdk::RecordMention& mention, RecordId element) const {
        if (mention.kind == "module") return mention.id;
        if (element != 0) return at(modules.at("element"), element);
        const auto found = modules.find(mention.kind);
        return found == modules.end() ? 0 : at(found->second, mention.id);
    }
};

Places placesOf(Session& session, const std::string& organization, std::span<const sdk::RecordMention> mentions) {
    Places places;
    for (const auto& mention : mentions)
        if (mention.id != 0) places.byKind[mention.kind].insert(mention.id);
    auto& kinds = places.byKind;
    for (const auto& [kind, table] : {std::pair{"result", "record_results"}, std::pair{"view", "record_views"},
                                      std::pair{"opening", "record_openings"}})
        if (!kinds[kind].empty())
            places.elements[kind] = references(session, organization, table, "element_id", kinds[kind]);
    if (!kinds["file"].empty()) {
        auto& files = places.elements["file"];
        files = references(session, organization, "record_files", "element_id", kinds["file"]);
        const auto works = references(session, organization, "record_files", "result_id", kinds["file"]);
        Ids results;
        for (const auto& [file, result] : works) results.insert(result);
        const auto elements = references(session, organization, "record_results", "element_id", results);
        for (const auto& [file, result] : works) files[file] = at(elements, result);
    }
    if (!kinds["reflection"].empty())
        places.modules["reflection"] =
            references(session, organization, "record_reflections", "module_id", kinds["reflection"]);

    Ids elements = kinds["element"];
    for (const auto& [kind, found] : places.elements)
        for (const auto& [record, element] : found) elements.insert(element);
    auto& ofElements = places.modules["element"];
    ofElements = references(session, organization, "record_elements", "module_id", elements);
    const auto themesOf = references(session, organization, "record_elements", "theme_id", elements);
    Ids themes = kinds["theme"];
    for (const auto& [element, theme] : themesOf) themes.insert(theme);
    auto& ofThemes = places.modules["theme"];
    ofThemes = references(session, organization, "record_themes", "module_id", themes);
    for (const auto& [element, theme] : themesOf) ofElements[element] = at(ofThemes, theme);
    return places;
}

}  // namespace

std::vector<sdk::RecordNamesOf> NamedRecords::names(const std::string& organization,
                                                    std::span<const sdk::RecordMention> mentions) {
    std::vector<sdk::RecordNamesOf> out;
    database_.read([&](Session& session) {
        out.assign(mentions.size(), {});
        Ids learners, flows, elements, modules;
        const auto places = placesOf(session, organization, mentions);
        std::vector<std::pair<RecordId, RecordId>> where;  // element and module of each
        for (const auto& mention : mentions) {
            if (mention.learnerId != 0) learners.insert(mention.learnerId);
            if (mention.flowId != 0) flows.insert(mention.flowId);
            const auto element = places.elementOf(mention);
            where.emplace_back(element, places.moduleOf(mention, element));
            if (element != 0) elements.insert(element);
            if (where.back().second != 0) modules.insert(where.back().second);
        }
        const auto names = texts(session, organization, "record_learners", kName, learners);
        const auto externalIds = texts(session, organization, "record_learners", "t.external_id", learners);
        const auto flowTitles = texts(session, organization, "record_flows", "COALESCE(t.title, '')", flows);
        const auto elementTitles = texts(session, organization, "record_elements", "t.title", elements);
        const auto moduleTitles = texts(session, organization, "record_modules", "t.title", modules);
        for (std::size_t i = 0; i < mentions.size(); ++i) {
            out[i].learner = tidy(textAt(names, mentions[i].learnerId));
            out[i].learnerExternalId = textAt(externalIds, mentions[i].learnerId);
            out[i].flow = textAt(flowTitles, mentions[i].flowId);
            out[i].element = textAt(elementTitles, where[i].first);
            out[i].module = textAt(moduleTitles, where[i].second);
        }
    });
    return out;
}

std::vector<RecordId> NamedRecords::learnersLike(const std::string& organization, const std::string& part,
                                                 RecordId afterId, std::size_t limit) {
    // No database folds Cyrillic the same way, so it is done here: one short text a learner, page by page.
    constexpr std::size_t kPage = 10'000;
    const auto wanted = common::foldName(common::trim(part));
    std::vector<RecordId> found;
    for (bool more = true; more && found.size() < limit;) {
        std::vector<RecordId> ids;
        std::vector<std::string> lines;
        database_.read([&](Session& session) {
            ids.clear();
            lines.clear();
            auto owner = organization;
            auto after = afterId;
            session << fmt::format(
                "SELECT t.id, {} || ' ' || t.external_id || ' ' || COALESCE(t.unti_id, '') || ' ' ||"
                " COALESCE(t.test_unti_id, '') FROM record_learners t WHERE t.organization_id = ? AND t.id > ?"
                " ORDER BY t.id LIMIT {}",
                kName, kPage),
                into(ids), into(lines), use(owner), use(after), now;
        });
        for (std::size_t i = 0; i < ids.size() && found.size() < limit; ++i)
            if (common::foldName(lines[i]).find(wanted) != std::string::npos) found.push_back(ids[i]);
        more = ids.size() == kPage;
        if (more) afterId = ids.back();
    }
    return found;
}

}  // namespace host::records
