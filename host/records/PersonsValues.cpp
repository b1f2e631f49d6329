#include "host/records/PersonsValues.h"

#include "host/records/RecordSql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

namespace host::records {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

using Text = Nullable<std::string>;

std::string told(const Text& text) {
    return text.isNull() ? std::string() : text.value();
}

Text maybe(const std::string& text) {
    return text.empty() ? Text() : Text(text);
}

/// Those among these that have a person's value: few, most imports have none.
std::vector<std::int64_t> keptAmong(Session& session, std::string organization, std::span<const PersonsPlace> places,
                                    const std::vector<std::int64_t>& ids) {
    std::vector<std::int64_t> found;
    std::string which;
    for (const auto& place : places) which += (which.empty() ? "" : " OR ") + place.is();
    forSlices(ids, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> keys(some.begin(), some.end()), here;
        Statement select(session);
        select << fmt::format("SELECT DISTINCT {0} FROM {1} WHERE organization_id = ? AND ({2}) AND {0} IN ({3})",
                              places.front().id, places.front().kept, which, placeholders(keys.size())),
            into(here), use(organization);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        found.insert(found.end(), here.begin(), here.end());
    });
    return found;
}

}  // namespace

std::string PersonsPlace::is() const {
    return fmt::format("{} = {}", which.first, which.second);
}

std::string PersonsPlace::asText(const std::string& name) const {
    return number ? fmt::format("CAST({} AS TEXT)", name) : name;
}

std::string PersonsPlace::asOwn(const std::string& text) const {
    return number ? fmt::format("CAST({} AS BIGINT)", text) : text;
}

std::pair<PersonsVerdict, std::int64_t> PersonsWriter::write(const PersonsPlace& place, std::int64_t id,
                                                             const std::string& value, const std::string& current) {
    using enum PersonsVerdict;
    const auto record = shown(place, id);
    if (!record) return {NoRecord, 0};
    if (!value.empty() && *record == value) return {Same, 0};
    if (*record != current) return {Changed, 0};
    std::vector<Text> sources;
    session_ << fmt::format("SELECT {} FROM {} WHERE {} = ? AND {}", place.source, place.kept, place.id, place.is()),
        into(sources), use(id), now;
    if (value.empty() && sources.empty()) return {Changed, 0};
    // A person's over another person's: the source's stays what it was.
    Text source = sources.empty() ? maybe(*record) : sources.front();
    const auto next = value.empty() ? told(source) : value;
    if (const auto other = holder(place, id, next)) return {Taken, other};
    session_ << fmt::format("DELETE FROM {} WHERE {} = ? AND {}", place.kept, place.id, place.is()), use(id), now;
    if (!value.empty()) {
        std::string given = value;
        Text replaced = source;
        session_ << fmt::format(
            "INSERT INTO {} ({}, {}, organization_id, {}, {}, {}, {}, {}) VALUES (?, {}, ?, ?, ?, ?, ?, ?)", place.kept,
            place.id, place.which.first, place.value, place.source, place.replaced, place.who, place.when,
            place.which.second),
            use(id), use(organization_), use(given), use(source), use(replaced), use(who_), use(moment_), now;
    }
    Text text = value.empty() ? source : Text(value);
    session_ << fmt::format("UPDATE {} SET {} = {}, revision = revision + 1, changed_at = ? WHERE id = ?",
                            place.records, place.column, place.asOwn("?")),
        use(text), use(moment_), use(id), now;
    return {value.empty() ? TakenBack : Written, 0};
}

std::optional<std::string> PersonsWriter::shown(const PersonsPlace& place, std::int64_t id) {
    std::vector<Text> values;
    session_ << fmt::format("SELECT {} FROM {} WHERE organization_id = ? AND id = ? AND deleted_at IS NULL",
                            place.asText(place.column), place.records),
        into(values), use(organization_), use(id), now;
    return values.empty() ? std::nullopt : std::optional(told(values.front()));
}

/// Another live record that shows it; 0 when there is none.
std::int64_t PersonsWriter::holder(const PersonsPlace& place, std::int64_t id, std::string value) {
    if (value.empty()) return 0;
    std::vector<std::int64_t> ids;
    // No ORDER BY: SQLite would walk the organization's records in order of id instead of asking the value's index.
    session_ << fmt::format(
        "SELECT id FROM {} WHERE organization_id = ? AND {} = {} AND id <> ? AND deleted_at IS NULL LIMIT 1",
        place.records, place.column, place.asOwn("?")),
        into(ids), use(organization_), use(value), use(id), now;
    return ids.empty() ? 0 : ids.front();
}

void keepPersonsValues(Session& session, std::string organization, std::span<const PersonsPlace> places,
                       const std::vector<std::int64_t>& ids) {
    auto kept = keptAmong(session, organization, places, ids);
    if (kept.empty()) return;
    for (const auto& place : places) {
        session << fmt::format(
            "UPDATE {0} SET {1} = (SELECT {2} FROM {3} l WHERE l.id = {0}.{4}) WHERE {4} = ? AND {5}", place.kept,
            place.source, place.asText("l." + place.column), place.records, place.id, place.is()),
            use(kept), now;
        session << fmt::format(
            "UPDATE {0} SET {1} = (SELECT {2} FROM {3} a WHERE a.{4} = {0}.id AND a.{5}) "
            "WHERE id = ? AND EXISTS (SELECT 1 FROM {3} a WHERE a.{4} = {0}.id AND a.{5} "
            "AND (a.{6} IS NULL OR a.{6} = a.{7}) AND NOT EXISTS (SELECT 1 FROM {0} o "
            "WHERE o.organization_id = a.organization_id AND o.{1} = {2} AND o.id <> a.{4} AND o.deleted_at IS NULL))",
            place.records, place.column, place.asOwn("a." + place.value), place.kept, place.id, place.is(),
            place.source, place.replaced),
            use(kept), now;
    }
}

}  // namespace host::records
