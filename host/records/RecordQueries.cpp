#include "host/records/RecordQueries.h"

#include "common/Text.h"
#include "host/records/RecordSql.h"

#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <charconv>
#include <set>

namespace host::records {

bool canFilterBy(const FieldSpec& field) {
    return field.type != FieldType::Number && field.type != FieldType::Time && field.type != FieldType::TextList;
}

namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Statement;

[[noreturn]] void wrongFilter(const std::string& name, const std::string& fix) {
    throw sdk::AppError(400, "bad-filter",
                        fmt::format("The filter '{}' has a wrong value. {}", common::beginning(name, 100), fix));
}

std::int64_t wholeFilter(const std::string& name, const std::string& value) {
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (code != std::errc() || end != value.data() + value.size()) wrongFilter(name, "Give a whole number.");
    return number;
}

std::int64_t boolFilter(const std::string& name, const std::string& value) {
    if (value == "true") return 1;
    if (value == "false") return 0;
    wrongFilter(name, "Give true or false.");
}

Condition fieldCondition(const FieldSpec& field, const std::string& name, const std::string& value) {
    switch (field.type) {
        case FieldType::Text:
        case FieldType::Enum:
            return {fmt::format("{} = ?", field.column), {value}, {}};
        case FieldType::Int:
            return {fmt::format("{} = ?", field.column), {}, {wholeFilter(name, value)}};
        case FieldType::Bool:
            return {fmt::format("{} = ?", field.column), {}, {boolFilter(name, value)}};
        case FieldType::Ref:
            return {fmt::format("{} IN (SELECT id FROM {} WHERE organization_id = ? AND external_id = ?)", field.column,
                                spec(field.ref).table),
                    {"", value},
                    {}};
        default:
            throw sdk::AppError(400, "bad-filter", fmt::format("The list can't be filtered by '{}'.", name));
    }
}

Condition conditionFrom(const KindSpec& kind, const std::string& name, const std::string& value) {
    if (name == "source") return {"source = ?", {value}, {}};
    if (name == "externalId") return {"external_id = ?", {value}, {}};
    std::vector<std::string> known;
    for (const auto& field : kind.fields)
        if (canFilterBy(field)) known.emplace_back(field.name);
    if (auto index = kind.field(name)) {
        if (canFilterBy(kind.fields[*index])) return fieldCondition(kind.fields[*index], name, value);
        throw sdk::AppError(
            400, "bad-filter",
            fmt::format("'{}' can't be filtered by '{}'. Filter by source, externalId, deleted or one of: {}.",
                        kind.name, name, fmt::join(known, ", ")));
    }
    if (name.ends_with("Id"))
        if (auto index = kind.field(name.substr(0, name.size() - 2));
            index && kind.fields[*index].type == FieldType::Ref)
            return {fmt::format("{} = ?", kind.fields[*index].column), {}, {wholeFilter(name, value)}};
    throw sdk::AppError(
        400, "bad-filter",
        fmt::format("'{}' is no field of '{}'. {}Filter by source, externalId, deleted or one of: {}.",
                    common::beginning(name, 100), kind.name, suggestion(name, known), fmt::join(known, ", ")));
}

/// The element's programme is stored with every element; it is shown only where it is the parent.
void hideDerivedProgramme(StoredRecord& record) {
    static const auto kProgramme = fieldIndex(RecordKind::Element, "programme");
    for (const char* parent : {"block", "module", "theme"})
        if (!std::holds_alternative<std::monostate>(record.values[fieldIndex(RecordKind::Element, parent)]))
            record.values[kProgramme] = {};
}

void nameReferences(Poco::Data::Session& session, const KindSpec& kind, std::vector<StoredRecord>& records) {
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        if (kind.fields[i].type != FieldType::Ref) continue;
        std::set<std::int64_t> wanted;
        for (const auto& record : records)
            if (const auto* ref = std::get_if<Reference>(&record.values[i])) wanted.insert(ref->id);
        std::unordered_map<std::int64_t, std::pair<std::string, std::string>> names;
        forSlices(std::vector<std::int64_t>(wanted.begin(), wanted.end()), [&](std::span<const std::int64_t> some) {
            std::vector<std::int64_t> keys(some.begin(), some.end()), ids;
            std::vector<std::string> sources, externalIds;
            Statement select(session);
            select << fmt::format("SELECT id, source, external_id FROM {} WHERE id IN ({})",
                                  spec(kind.fields[i].ref).table, placeholders(keys.size())),
                into(ids), into(sources), into(externalIds);
            for (auto& key : keys) select.addBind(use(key));
            select.execute();
            for (std::size_t n = 0; n < ids.size(); ++n) names[ids[n]] = {sources[n], externalIds[n]};
        });
        for (auto& record : records)
            if (auto* ref = std::get_if<Reference>(&record.values[i]))
                std::tie(ref->source, ref->externalId) = names[ref->id];
    }
}

std::vector<StoredRecord> select(Poco::Data::Session& session, const std::string& organization, const KindSpec& kind,
                                 const std::vector<Condition>& conditions, const std::string& key,
                                 std::int64_t keyValue, std::size_t limit) {
    std::string sql = "SELECT id, source, external_id, revision, changed_at, deleted_at";
    for (const auto& field : kind.fields) sql += fmt::format(", {}", field.column);
    sql += fmt::format(" FROM {} WHERE organization_id = ? AND {}", kind.table, key);
    for (const auto& condition : conditions) sql += " AND " + condition.sql;
    sql += fmt::format(" ORDER BY id LIMIT {}", limit);

    std::vector<std::int64_t> ids, revisions, changed;
    std::vector<std::string> sources, externalIds;
    std::vector<Nullable<std::int64_t>> deleted;
    FetchedColumns columns(kind);
    std::string owner = organization;
    std::vector<Condition> bound = conditions;
    Statement statement(session);
    statement << sql, into(ids), into(sources), into(externalIds), into(revisions), into(changed), into(deleted);
    columns.extract(statement);
    statement.addBind(use(owner));
    statement.addBind(use(keyValue));
    for (auto& condition : bound) {
        for (auto& text : condition.texts) statement.addBind(use(text));
        for (auto& whole : condition.wholes) statement.addBind(use(whole));
    }
    statement.execute();

    std::vector<StoredRecord> records(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row) {
        auto& record = records[row];
        record.id = ids[row];
        record.source = std::move(sources[row]);
        record.externalId = std::move(externalIds[row]);
        record.revision = revisions[row];
        record.changedAt = changed[row];
        record.deleted = !deleted[row].isNull();
        record.values.resize(kind.fields.size());
        for (std::size_t i = 0; i < kind.fields.size(); ++i) record.values[i] = columns.take(i, row);
        if (kind.kind == RecordKind::Element) hideDerivedProgramme(record);
    }
    nameReferences(session, kind, records);
    return records;
}

}  // namespace

std::vector<Condition> conditionsFrom(const KindSpec& kind,
                                      const std::vector<std::pair<std::string, std::string>>& filters) {
    std::vector<Condition> conditions;
    bool deletedAsked = false;
    for (const auto& [name, value] : filters) {
        if (name == "deleted") {
            deletedAsked = true;
            if (value == "any") continue;
            conditions.push_back(
                {boolFilter(name, value) != 0 ? "deleted_at IS NOT NULL" : "deleted_at IS NULL", {}, {}});
        } else {
            conditions.push_back(conditionFrom(kind, name, value));
        }
    }
    if (!deletedAsked) conditions.push_back({"deleted_at IS NULL", {}, {}});
    return conditions;
}

std::vector<StoredRecord> selectRecords(Poco::Data::Session& session, const std::string& organization,
                                        const KindSpec& kind, const std::vector<Condition>& conditions,
                                        std::int64_t afterId, std::size_t limit) {
    std::vector<Condition> owned = conditions;
    for (auto& condition : owned)  // a reference is looked up in the same organization
        if (condition.texts.size() == 2) condition.texts.front() = organization;
    return select(session, organization, kind, owned, "id > ?", afterId, limit);
}

std::optional<StoredRecord> selectRecord(Poco::Data::Session& session, const std::string& organization,
                                         const KindSpec& kind, std::int64_t id) {
    auto records = select(session, organization, kind, {}, "id = ?", id, 1);
    return records.empty() ? std::nullopt : std::optional(std::move(records.front()));
}

}  // namespace host::records
