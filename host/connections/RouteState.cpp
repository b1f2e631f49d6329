#include "host/connections/RouteState.h"

#include "host/records/RecordSql.h"

#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

namespace host::connections {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Statement;
using records::forSlices;
using records::placeholders;
using records::RecordKind;

std::int64_t number(RecordKind kind) {
    return static_cast<std::int64_t>(kind);
}

}  // namespace

void RouteState::create() {
    session_ << "INSERT INTO source_route_state (route_id, epoch, generation, watermark) VALUES (?, 1, 0, NULL)",
        use(routeId_), now;
}

void RouteState::change(bool again) {
    session_ << "UPDATE source_route_state SET epoch = epoch + 1, complete_generation = 0 WHERE route_id = ?",
        use(routeId_), now;
    if (again)
        session_ << "UPDATE source_route_state SET watermark = NULL, next_watermark = NULL WHERE route_id = ?",
            use(routeId_), now;
}

void RouteState::erase() {
    for (const char* table : {"source_route_state", "source_brought", "source_file"})
        session_ << fmt::format("DELETE FROM {} WHERE route_id = ?", table), use(routeId_), now;
}

std::optional<RouteMemory> RouteState::begin() {
    session_ << "UPDATE source_route_state SET generation = generation + 1 WHERE route_id = ?", use(routeId_), now;
    std::vector<std::int64_t> epochs, generations, complete;
    std::vector<Nullable<std::string>> watermarks, next;
    session_ << "SELECT epoch, generation, watermark, next_watermark, complete_generation FROM source_route_state "
                "WHERE route_id = ?",
        into(epochs), into(generations), into(watermarks), into(next), into(complete), use(routeId_), now;
    if (epochs.empty()) return std::nullopt;
    RouteMemory memory{epochs[0], generations[0], {}, {}, complete[0]};
    if (!watermarks[0].isNull()) memory.watermark = watermarks[0].value();
    if (!next[0].isNull()) memory.nextWatermark = next[0].value();
    return memory;
}

bool RouteState::isCurrent(const RouteMemory& memory) {
    std::int64_t epoch = memory.epoch, found = 0;
    session_ << "SELECT COUNT(*) FROM source_route_state WHERE route_id = ? AND epoch = ?", into(found), use(routeId_),
        use(epoch), now;
    return found == 1;
}

void RouteState::saveWatermark(const std::string& watermark) {
    std::string text = watermark;
    session_ << "UPDATE source_route_state SET watermark = ?, next_watermark = NULL WHERE route_id = ?", use(text),
        use(routeId_), now;
}

void RouteState::saveNextWatermark(const std::string& watermark) {
    std::string text = watermark;
    session_ << "UPDATE source_route_state SET next_watermark = ? WHERE route_id = ?", use(text), use(routeId_), now;
}

void RouteState::saveComplete(std::int64_t generation) {
    std::int64_t run = generation;
    session_ << "UPDATE source_route_state SET complete_generation = ? WHERE route_id = ?", use(run), use(routeId_),
        now;
}

void RouteState::addBrought(RecordKind kind, const std::vector<std::int64_t>& ids, std::int64_t generation) {
    if (ids.empty()) return;
    std::vector<std::int64_t> routes(ids.size(), routeId_), kinds(ids.size(), number(kind)),
        keys = ids, generations(ids.size(), generation);
    session_ << "INSERT INTO source_brought (route_id, kind, record_id, generation) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (route_id, kind, record_id) DO UPDATE SET generation = excluded.generation",
        use(routes), use(kinds), use(keys), use(generations), now;
}

void RouteState::touchBrought(RecordKind kind, const std::vector<std::int64_t>& ids, std::int64_t generation) {
    if (ids.empty()) return;
    std::vector<std::int64_t> routes(ids.size(), routeId_), kinds(ids.size(), number(kind)),
        keys = ids, generations(ids.size(), generation);
    session_ << "UPDATE source_brought SET generation = ? WHERE route_id = ? AND kind = ? AND record_id = ?",
        use(generations), use(routes), use(kinds), use(keys), now;
}

std::int64_t RouteState::countBrought(RecordKind kind) {
    std::int64_t count = 0, of = number(kind);
    session_ << "SELECT COUNT(*) FROM source_brought WHERE route_id = ? AND kind = ?", into(count), use(routeId_),
        use(of), now;
    return count;
}

std::int64_t RouteState::countUnseen(RecordKind kind, std::int64_t generation) {
    std::int64_t count = 0, of = number(kind), run = generation;
    session_ << "SELECT COUNT(*) FROM source_brought WHERE route_id = ? AND kind = ? AND generation < ?", into(count),
        use(routeId_), use(of), use(run), now;
    return count;
}

std::vector<std::int64_t> RouteState::unseen(RecordKind kind, std::int64_t generation, std::size_t limit) {
    std::vector<std::int64_t> ids;
    std::int64_t of = number(kind), run = generation;
    session_ << fmt::format(
        "SELECT record_id FROM source_brought WHERE route_id = ? AND kind = ? AND generation < ? "
        "ORDER BY record_id LIMIT {}",
        limit),
        into(ids), use(routeId_), use(of), use(run), now;
    return ids;
}

std::vector<std::int64_t> RouteState::alsoOfOthers(RecordKind kind, const std::vector<std::int64_t>& ids) {
    std::vector<std::int64_t> all;
    forSlices(ids, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> keys(some.begin(), some.end()), found;
        std::int64_t of = number(kind);
        Statement select(session_);
        select << fmt::format(
            "SELECT DISTINCT b.record_id FROM source_brought b WHERE b.route_id IN (SELECT r.id FROM source_route r "
            "JOIN source_connection c ON c.id = r.connection_id WHERE r.id <> ? AND c.organization_id = (SELECT "
            "oc.organization_id FROM source_route o JOIN source_connection oc ON oc.id = o.connection_id WHERE o.id = "
            "?)) AND b.kind = ? AND b.record_id IN ({})",
            placeholders(keys.size())),
            into(found), use(routeId_), use(routeId_), use(of);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        all.insert(all.end(), found.begin(), found.end());
    });
    return all;
}

void RouteState::forgetBrought(RecordKind kind, const std::vector<std::int64_t>& ids) {
    if (ids.empty()) return;
    std::vector<std::int64_t> routes(ids.size(), routeId_), kinds(ids.size(), number(kind)), keys = ids;
    session_ << "DELETE FROM source_brought WHERE route_id = ? AND kind = ? AND record_id = ?", use(routes), use(kinds),
        use(keys), now;
}

std::vector<std::string> RouteState::seenAlready(const std::string& organization, const std::string& source,
                                                 RecordKind kind, const std::vector<std::string>& externalIds,
                                                 std::int64_t generation) {
    std::vector<std::string> all;
    forSlices(externalIds, [&](std::span<const std::string> some) {
        std::vector<std::string> keys(some.begin(), some.end()), found;
        std::string owner = organization, from = source;
        std::int64_t of = number(kind), run = generation;
        Statement select(session_);
        select << fmt::format(
            "SELECT r.external_id FROM {} r JOIN source_brought b ON b.route_id = ? AND b.kind = ? AND b.record_id = "
            "r.id AND b.generation = ? WHERE r.organization_id = ? AND r.source = ? AND r.external_id IN ({})",
            records::spec(kind).table, placeholders(keys.size())),
            into(found), use(routeId_), use(of), use(run), use(owner), use(from);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        all.insert(all.end(), found.begin(), found.end());
    });
    return all;
}

std::vector<std::int64_t> RouteState::idsOf(const std::string& organization, const std::string& source, RecordKind kind,
                                            const std::vector<std::string>& externalIds) {
    std::vector<std::int64_t> all;
    forSlices(externalIds, [&](std::span<const std::string> some) {
        std::vector<std::string> keys(some.begin(), some.end());
        std::vector<std::int64_t> found;
        std::string owner = organization, from = source;
        Statement select(session_);
        select << fmt::format("SELECT id FROM {} WHERE organization_id = ? AND source = ? AND external_id IN ({})",
                              records::spec(kind).table, placeholders(keys.size())),
            into(found), use(owner), use(from);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        all.insert(all.end(), found.begin(), found.end());
    });
    return all;
}

std::optional<KnownFile> RouteState::file(const std::string& externalId) {
    std::string key = externalId;
    std::vector<std::string> references, types, hashes;
    std::vector<std::int64_t> sizes;
    session_ << "SELECT reference, content_type, size, sha256 FROM source_file WHERE route_id = ? AND external_id = ?",
        into(references), into(types), into(sizes), into(hashes), use(routeId_), use(key), now;
    if (references.empty()) return std::nullopt;
    return KnownFile{externalId, references[0], types[0], sizes[0], hashes[0]};
}

void RouteState::saveFiles(const std::vector<KnownFile>& files) {
    for (KnownFile file : files)
        session_ << "INSERT INTO source_file (route_id, external_id, reference, content_type, size, sha256) VALUES (?, "
                    "?, ?, ?, ?, ?) ON CONFLICT (route_id, external_id) DO UPDATE SET reference = excluded.reference, "
                    "content_type = excluded.content_type, size = excluded.size, sha256 = excluded.sha256",
            use(routeId_), use(file.externalId), use(file.reference), use(file.contentType), use(file.size),
            use(file.sha256), now;
}

}  // namespace host::connections
