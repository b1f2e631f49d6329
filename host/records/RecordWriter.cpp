#include "host/records/RecordWriter.h"

#include "host/records/ConfirmedValues.h"
#include "host/records/RecordContent.h"
#include "host/records/RecordSql.h"
#include "host/records/UntiIds.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <list>
#include <set>

namespace host::records {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Statement;

constexpr std::size_t kChunk = 1000;

bool changesFacts(RecordKind kind) {
    return kind <= RecordKind::Enrollment;
}

void unknownTarget(RecordDraft& draft, const FieldSpec& field, const std::string& named) {
    draft.fail(field.name,
               fmt::format("names no record of '{}': {}", spec(field.ref).name, named.substr(0, kMaxExternalId)),
               "Send that record first, or correct the id or the source.");
}

void deletedTarget(RecordDraft& draft, const FieldSpec& field) {
    draft.fail(field.name, fmt::format("names a deleted record of '{}'", spec(field.ref).name),
               "Send that record again to revive it, or name another.");
}

}  // namespace

const char* toString(VerdictStatus status) {
    switch (status) {
        case VerdictStatus::Created:
            return "created";
        case VerdictStatus::Updated:
            return "updated";
        case VerdictStatus::Unchanged:
            return "unchanged";
        case VerdictStatus::Rejected:
            return "rejected";
    }
    return "";
}

RecordWriter::RecordWriter(Poco::Data::Session& session, std::string organization, std::string source,
                           sdk::Micros moment)
    : session_(session),
      organization_(std::move(organization)),
      source_(std::move(source)),
      moment_(moment),
      facts_(session, organization_) {}

std::vector<Verdict> RecordWriter::write(std::span<RecordDraft> drafts) {
    std::vector<Verdict> verdicts(drafts.size());
    for (int k = 0; k < kRecordKinds; ++k) {
        const auto kind = static_cast<RecordKind>(k);
        std::vector<Row> rows;
        std::set<std::string_view> inChunk;
        auto flush = [&] {
            if (!rows.empty()) writeChunk(kind, rows);
            rows.clear();
            inChunk.clear();
        };
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            if (drafts[i].kind != kind) continue;
            if (!drafts[i].errors.empty()) {
                verdicts[i].errors = drafts[i].errors;
                continue;
            }
            // The same record twice in a batch: the later one must find the earlier one written.
            if (rows.size() == kChunk || inChunk.contains(drafts[i].externalId)) flush();
            inChunk.insert(drafts[i].externalId);
            rows.push_back({&drafts[i], &verdicts[i], {}, 0});
        }
        flush();
    }
    return verdicts;
}

// All at once what the rules will ask of one row after another.
void RecordWriter::expectFacts(RecordKind kind, const std::vector<Row>& rows) {
    if (kind != RecordKind::Result && kind != RecordKind::View && kind != RecordKind::Opening) return;
    const auto element = fieldIndex(kind, "element"), learner = fieldIndex(kind, "learner"),
               flow = fieldIndex(kind, "flow");
    std::vector<std::int64_t> elements, learners;
    for (const auto& row : rows) {
        const auto& values = row.draft->values;
        const auto *of = std::get_if<std::int64_t>(&values[element]),
                   *who = std::get_if<std::int64_t>(&values[learner]);
        if (!row.draft->errors.empty() || of == nullptr || who == nullptr) continue;
        elements.push_back(*of);
        if (!row.draft->has(flow)) learners.push_back(*who);
    }
    facts_.expectElements(elements);
    facts_.expectFlowsOf(learners);
}

void RecordWriter::writeChunk(RecordKind kind, std::vector<Row>& rows) {
    resolve(kind, rows);
    expectFacts(kind, rows);
    std::vector<Row> good;
    std::set<std::string> flowKeys;
    for (auto& row : rows) {
        auto& draft = *row.draft;
        if (draft.errors.empty()) applyRules(draft, source_, facts_);
        if (draft.errors.empty() && kind == RecordKind::Flow &&
            !flowKeys.insert(std::get<std::string>(draft.values[fieldIndex(kind, "key")])).second)
            draft.fail("key", "is given to two flows of this batch", "Give each flow a key of its own.");
        if (draft.errors.empty())
            good.push_back(row);
        else
            row.verdict->errors = draft.errors;
    }
    if (good.empty()) return;

    std::vector<std::string> names;
    names.reserve(good.size());
    for (const auto& row : good) names.push_back(row.draft->externalId);
    auto& known = this->known(kind, names);
    std::vector<Row> fresh, changed;
    for (auto& row : good) {
        row.content = contentOf(*row.draft);
        const auto before = std::move(known.extract(row.draft->externalId).mapped());
        if (!before) {
            row.verdict->status = VerdictStatus::Created;
            row.verdict->revision = 1;
            fresh.push_back(std::move(row));
            continue;
        }
        row.verdict->id = before->id;
        row.previous = before->revision;
        if (before->content == row.content && !before->deleted) {
            row.verdict->status = VerdictStatus::Unchanged;
            row.verdict->revision = row.previous;
            continue;
        }
        row.verdict->status = VerdictStatus::Updated;
        row.verdict->revision = row.previous + 1;
        changed.push_back(std::move(row));
    }
    Owners touched;
    if (kind == RecordKind::File)
        for (const auto& row : changed) addOwnersOfFile(row.verdict->id, touched);
    if (kind == RecordKind::Element) touchResultsOfElements(changed);
    insert(kind, fresh);
    update(kind, changed);
    if (kind <= RecordKind::Learner) {
        std::vector<std::int64_t> ids;
        for (const auto& row : changed) ids.push_back(row.verdict->id);
        if (kind == RecordKind::Learner) keepAssignedUntiIds(session_, organization_, ids);
        keepConfirmedValues(session_, organization_, kind, ids);
    }
    if (kind == RecordKind::File) {
        for (const auto* some : {&fresh, &changed})
            for (const auto& row : *some) addOwnersOfFile(row.verdict->id, touched);
        touch(touched);
    }
    if (changesFacts(kind)) facts_.forget();
}

void RecordWriter::resolve(RecordKind kind, std::vector<Row>& rows) {
    const auto& fields = spec(kind).fields;
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].type == FieldType::Ref) resolveField(fields[i], i, rows);
}

void RecordWriter::resolveField(const FieldSpec& field, std::size_t index, std::vector<Row>& rows) {
    std::map<std::string, std::set<std::string>> bySource;
    std::set<std::int64_t> byId;
    for (auto& row : rows) {
        const auto* ref = std::get_if<Reference>(&row.draft->values[index]);
        if (ref == nullptr) continue;
        if (ref->id != 0)
            byId.insert(ref->id);
        else
            bySource[ref->source.empty() ? source_ : ref->source].insert(ref->externalId);
    }
    std::map<std::string, Targets> found;
    for (const auto& [source, ids] : bySource)
        found[source] = targets(field.ref, source, std::vector<std::string>(ids.begin(), ids.end()));
    const auto foundById = targetsById(field.ref, std::vector<std::int64_t>(byId.begin(), byId.end()));

    for (auto& row : rows) {
        auto& value = row.draft->values[index];
        const auto* ref = std::get_if<Reference>(&value);
        if (ref == nullptr) continue;
        const Target* target = nullptr;
        if (ref->id != 0) {
            if (auto it = foundById.find(ref->id); it != foundById.end()) target = &it->second;
        } else {
            const auto& known = found[ref->source.empty() ? source_ : ref->source];
            if (auto it = known.find(ref->externalId); it != known.end()) target = &it->second;
        }
        if (target == nullptr)
            unknownTarget(*row.draft, field, ref->id != 0 ? std::to_string(ref->id) : ref->externalId);
        else if (target->deleted)
            deletedTarget(*row.draft, field);
        else
            value = target->id;
    }
}

RecordWriter::Targets RecordWriter::targets(RecordKind kind, const std::string& source,
                                            const std::vector<std::string>& externalIds) {
    Targets found;
    forSlices(externalIds, [&](std::span<const std::string> some) {
        std::vector<std::string> keys(some.begin(), some.end());
        std::vector<std::int64_t> ids;
        std::vector<std::string> names;
        std::vector<Nullable<std::int64_t>> deleted;
        std::string from = source;
        Statement select(session_);
        select << fmt::format(
            "SELECT id, external_id, deleted_at FROM {} WHERE organization_id = ? AND source = ? AND external_id IN "
            "({})",
            spec(kind).table, placeholders(keys.size())),
            into(ids), into(names), into(deleted), use(organization_), use(from);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < ids.size(); ++i) found[names[i]] = {ids[i], !deleted[i].isNull()};
    });
    return found;
}

std::unordered_map<std::int64_t, RecordWriter::Target> RecordWriter::targetsById(RecordKind kind,
                                                                                 const std::vector<std::int64_t>& ids) {
    std::unordered_map<std::int64_t, Target> found;
    forSlices(ids, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> keys(some.begin(), some.end());
        std::vector<std::int64_t> here;
        std::vector<Nullable<std::int64_t>> deleted;
        Statement select(session_);
        select << fmt::format("SELECT id, deleted_at FROM {} WHERE organization_id = ? AND id IN ({})",
                              spec(kind).table, placeholders(keys.size())),
            into(here), into(deleted), use(organization_);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < here.size(); ++i) found[here[i]] = {here[i], !deleted[i].isNull()};
    });
    return found;
}

RecordWriter::Known& RecordWriter::known(RecordKind kind, const std::vector<std::string>& externalIds) {
    auto& all = known_[static_cast<std::size_t>(kind)];
    std::vector<std::string> unknown;
    for (const auto& id : externalIds)
        if (all.try_emplace(id).second) unknown.push_back(id);
    forSlices(unknown, [&](std::span<const std::string> some) {
        std::vector<std::string> keys(some.begin(), some.end());
        std::vector<std::string> names, contents;
        std::vector<std::int64_t> ids, revisions;
        std::vector<Nullable<std::int64_t>> deleted;
        Statement select(session_);
        select << fmt::format(
            "SELECT id, external_id, revision, deleted_at, content FROM {} WHERE organization_id = ? "
            "AND source = ? AND external_id IN ({})",
            spec(kind).table, placeholders(keys.size())),
            into(ids), into(names), into(revisions), into(deleted), into(contents), use(organization_), use(source_);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < ids.size(); ++i)
            all[names[i]] = Existing{ids[i], revisions[i], !deleted[i].isNull(), std::move(contents[i])};
    });
    return all;
}

std::vector<std::string> RecordWriter::present(RecordKind kind, const std::vector<std::string>& externalIds) {
    const auto& all = known(kind, externalIds);
    std::vector<std::string> there;
    std::copy_if(externalIds.begin(), externalIds.end(), std::back_inserter(there),
                 [&](const std::string& id) { return all.at(id).has_value(); });
    return there;
}

std::int64_t RecordWriter::reserveIds(RecordKind kind, std::size_t count) {
    std::string table = spec(kind).table;
    auto many = static_cast<std::int64_t>(count);
    std::int64_t next = 0;
    session_ << "UPDATE record_sequences SET next_id = next_id + ? WHERE kind = ? RETURNING next_id", into(next),
        use(many), use(table), now;
    return next - many;
}

void RecordWriter::insert(RecordKind kind, std::vector<Row>& rows) {
    if (rows.empty()) return;
    auto id = reserveIds(kind, rows.size());
    BoundColumns columns(spec(kind));
    std::vector<std::int64_t> ids;
    std::vector<std::string> externalIds, contents;
    for (auto& row : rows) {
        row.verdict->id = id;
        ids.push_back(id++);
        externalIds.push_back(row.draft->externalId);
        contents.push_back(std::move(row.content));
        columns.add(*row.draft);
    }
    // Scalars can't be mixed with columns in one execution.
    std::vector<std::string> organizations(rows.size(), organization_), sources(rows.size(), source_);
    std::vector<std::int64_t> moments(rows.size(), moment_);
    Statement statement(session_);
    statement << fmt::format(
        "INSERT INTO {} (id, organization_id, source, external_id, revision, changed_at, content, {}) "
        "VALUES (?, ?, ?, ?, 1, ?, ?, {})",
        spec(kind).table, columns.names(), placeholders(columns.size())),
        use(ids), use(organizations), use(sources), use(externalIds), use(moments), use(contents);
    columns.bind(statement);
    statement.execute();
}

void RecordWriter::update(RecordKind kind, std::vector<Row>& rows) {
    if (rows.empty()) return;
    BoundColumns columns(spec(kind));
    std::vector<std::int64_t> ids, revisions, moments(rows.size(), moment_);
    std::vector<std::string> contents;
    for (auto& row : rows) {
        ids.push_back(row.verdict->id);
        revisions.push_back(row.verdict->revision);
        contents.push_back(std::move(row.content));
        columns.add(*row.draft);
    }
    Statement statement(session_);
    statement << fmt::format(
        "UPDATE {} SET revision = ?, changed_at = ?, deleted_at = NULL, content = ?, {} WHERE id = ?", spec(kind).table,
        columns.assignments()),
        use(revisions), use(moments), use(contents);
    columns.bind(statement);
    statement.addBind(use(ids));
    statement.execute();
}

bool RecordWriter::remove(RecordKind kind, std::int64_t id) {
    Statement statement(session_);
    statement << fmt::format(
        "UPDATE {} SET deleted_at = ?, changed_at = ?, revision = revision + 1 "
        "WHERE organization_id = ? AND id = ? AND deleted_at IS NULL",
        spec(kind).table),
        use(moment_), use(moment_), use(organization_), use(id);
    if (statement.execute() == 0) return false;
    known_ = {};
    if (kind == RecordKind::File) {
        Owners owners;
        addOwnersOfFile(id, owners);
        touch(owners);
    }
    facts_.forget();
    return true;
}

// A result without a scale of its own shows its element's: what is seen of it changes with the element.
void RecordWriter::touchResultsOfElements(const std::vector<Row>& rows) {
    static const std::pair<std::size_t, const char*> kScale[] = {
        {fieldIndex(RecordKind::Element, "minScore"), "min_score"},
        {fieldIndex(RecordKind::Element, "maxScore"), "max_score"},
        {fieldIndex(RecordKind::Element, "passScore"), "pass_score"}};
    facts_.forget();
    known_ = {};
    for (const auto& row : rows) {
        const auto before = facts_.element(row.verdict->id);
        const std::optional<double> old[] = {before.minScore, before.maxScore, before.passScore};
        std::vector<std::string> absent;
        for (std::size_t i = 0; i < 3; ++i)
            if (old[i] != row.draft->number(kScale[i].first))
                absent.push_back(fmt::format("{} IS NULL", kScale[i].second));
        if (absent.empty()) continue;
        std::int64_t element = row.verdict->id;
        Statement statement(session_);
        statement << fmt::format(
            "UPDATE record_results SET revision = revision + 1, changed_at = ? "
            "WHERE organization_id = ? AND element_id = ? AND ({})",
            fmt::join(absent, " OR ")),
            use(moment_), use(organization_), use(element), now;
    }
}

void RecordWriter::addOwnersOfFile(std::int64_t fileId, Owners& owners) {
    Nullable<std::int64_t> result, element;
    session_ << "SELECT result_id, element_id FROM record_files WHERE id = ?", into(result), into(element), use(fileId),
        now;
    if (!result.isNull()) owners.emplace(spec(RecordKind::Result).table, result.value());
    if (!element.isNull()) owners.emplace(spec(RecordKind::Element).table, element.value());
}

// The files of a result or an element are part of its content.
void RecordWriter::touch(const Owners& owners) {
    known_ = {};
    for (const auto& [table, id] : owners) {
        std::int64_t key = id;
        session_ << fmt::format(
            "UPDATE {} SET revision = revision + 1, changed_at = ? WHERE organization_id = ? AND id = ?", table),
            use(moment_), use(organization_), use(key), now;
    }
}

}  // namespace host::records
