#include "host/records/RecordStore.h"

#include "host/records/NamedRecords.h"
#include "host/records/RecordQueries.h"
#include "host/records/RecordSql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

namespace host::records {
namespace {

[[noreturn]] void notFound(RecordKind kind, std::int64_t id) {
    throw sdk::AppError::notFound(fmt::format("There is no record {} of '{}'.", id, spec(kind).name));
}

void requireRevision(const KindSpec& kind, const StoredRecord& current, std::optional<std::int64_t> ifMatch) {
    if (!ifMatch || *ifMatch == current.revision) return;
    common::JsonWriter json;
    writeRecord(json, kind, current);
    throw sdk::AppError(
        412, "precondition-failed",
        fmt::format("The record was changed meanwhile: it is at revision {}. Read it again, then repeat the change.",
                    current.revision))
        .withCurrent(json.take());
}

}  // namespace

std::vector<Verdict> RecordStore::upsert(const std::string& organization, const std::string& source,
                                         const std::vector<RecordDraft>& drafts) {
    requireSource(source);
    std::vector<Verdict> verdicts;
    const auto moment = clock_.now();
    database_.write([&](Poco::Data::Session& session) {
        auto own = drafts;  // the transaction may be run again from the start
        verdicts = RecordWriter(session, organization, source, moment).write(own);
    });
    return verdicts;
}

std::vector<StoredRecord> RecordStore::list(const std::string& organization, RecordKind kind,
                                            const RecordFilters& filters, std::int64_t afterId, std::size_t limit) {
    RecordFilters plain = filters;
    const auto q = std::find_if(plain.begin(), plain.end(), [](const auto& filter) { return filter.first == "q"; });
    if (kind == RecordKind::Learner && q != plain.end()) {
        const auto part = q->second;
        plain.erase(q);
        return listLike(organization, part, plain, afterId, limit);
    }
    const auto conditions = conditionsFrom(spec(kind), filters);
    std::vector<StoredRecord> records;
    database_.read([&](Poco::Data::Session& session) {
        records = selectRecords(session, organization, spec(kind), conditions, afterId, limit);
    });
    return records;
}

std::vector<StoredRecord> RecordStore::listLike(const std::string& organization, const std::string& part,
                                                const RecordFilters& filters, std::int64_t afterId, std::size_t limit) {
    const auto conditions = conditionsFrom(spec(RecordKind::Learner), filters);
    NamedRecords named(database_);
    std::vector<StoredRecord> records;
    while (records.size() < limit) {
        const auto ids = named.learnersLike(organization, part, afterId, limit);
        forSlices(ids, [&](std::span<const std::int64_t> some) {
            auto those = conditions;
            those.push_back({fmt::format("id IN ({})", fmt::join(some, ",")), {}, {}});
            database_.read([&](Poco::Data::Session& session) {
                const auto page =
                    selectRecords(session, organization, spec(RecordKind::Learner), those, 0, some.size());
                std::copy(page.begin(), page.end(), std::back_inserter(records));
            });
        });
        if (ids.size() < limit) break;
        afterId = ids.back();
    }
    if (records.size() > limit) records.resize(limit);
    return records;
}

std::optional<StoredRecord> RecordStore::find(const std::string& organization, RecordKind kind, std::int64_t id) {
    std::optional<StoredRecord> record;
    database_.read([&](Poco::Data::Session& session) { record = selectRecord(session, organization, spec(kind), id); });
    return record;
}

std::optional<StoredRecord> RecordStore::findExternal(const std::string& organization, RecordKind kind,
                                                      const std::string& source, const std::string& externalId) {
    auto records = list(organization, kind, {{"source", source}, {"externalId", externalId}}, 0, 1);
    return records.empty() ? std::nullopt : std::optional(std::move(records.front()));
}

StoredRecord RecordStore::replace(const std::string& organization, RecordKind kind, std::int64_t id,
                                  std::optional<std::int64_t> ifMatch,
                                  const std::function<RecordDraft(const StoredRecord&)>& draft) {
    std::optional<StoredRecord> after;
    const auto moment = clock_.now();
    database_.write([&](Poco::Data::Session& session) {
        const auto current = selectRecord(session, organization, spec(kind), id);
        if (!current) notFound(kind, id);
        requireRevision(spec(kind), *current, ifMatch);
        std::vector<RecordDraft> drafts{draft(*current)};
        checkDraft(drafts.front());
        const auto verdicts = RecordWriter(session, organization, current->source, moment).write(drafts);
        if (verdicts.front().status == VerdictStatus::Rejected)
            throw sdk::AppError::validation("The record is not valid.", verdicts.front().errors);
        after = selectRecord(session, organization, spec(kind), id);
    });
    return *after;
}

void RecordStore::remove(const std::string& organization, RecordKind kind, std::int64_t id,
                         std::optional<std::int64_t> ifMatch) {
    const auto moment = clock_.now();
    database_.write([&](Poco::Data::Session& session) {
        const auto current = selectRecord(session, organization, spec(kind), id);
        if (!current || current->deleted) notFound(kind, id);
        requireRevision(spec(kind), *current, ifMatch);
        RecordWriter(session, organization, current->source, moment).remove(kind, id);
    });
}

}  // namespace host::records
