#include "host/xapi/XapiSources.h"

#include "common/Sha256.h"
#include "common/Text.h"
#include "host/xapi/StatementRows.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

#include <algorithm>

namespace host::xapi {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;
using sdk::AppError;

/// Hex of so many random bytes.
std::string random(std::size_t bytes) {
    std::string raw(bytes, '\0'), hex(bytes * 2 + 1, '\0');
    randombytes_buf(raw.data(), raw.size());
    sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(raw.data()), raw.size());
    hex.resize(bytes * 2);
    sodium_memzero(raw.data(), raw.size());
    return hex;
}

bool same(const std::string& a, const std::string& b) {
    return a.size() == b.size() && !a.empty() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> all;
    for (const auto part : common::split(text, '\n'))
        if (!part.empty()) all.emplace_back(part);
    return all;
}

std::int64_t revisionOf(Session& session, std::int64_t id) {
    std::vector<std::int64_t> found;
    session << "SELECT revision FROM xapi_source WHERE id = ?", into(found), use(id), now;
    if (found.empty()) throw AppError::notFound("There is no such xAPI source.");
    return found.front();
}

void requireRevision(std::int64_t current, std::optional<std::int64_t> ifMatch) {
    if (ifMatch && *ifMatch != current)
        throw AppError(412, "precondition-failed",
                       fmt::format("It was changed meanwhile: it is at revision {}. Read it again, then repeat the "
                                   "change.",
                                   current));
}

}  // namespace

XapiSources::XapiSources(sdk::Database& database, const RuleLibrary& library, const sdk::Clock& clock)
    : database_(database), library_(library), clock_(clock) {
    load();
}

std::shared_ptr<const RuleSet> XapiSources::rulesOf(const XapiSource& source) const {
    if (source.rules.empty())
        return RuleSet::parse(source.ruleSet, library_.find(source.ruleSet), source.name, source.referenceSource());
    try {
        return RuleSet::parse(source.name, source.rules, source.name, source.referenceSource());
    } catch (const AppError& error) {
        auto errors = error.errors();
        for (auto& one : errors) one.pointer = "/rules" + one.pointer;
        throw AppError(error.status(), error.code(), error.what(), std::move(errors));
    }
}

void XapiSources::load() {
    std::vector<std::int64_t> ids;
    database_.read([&](Session& session) { session << "SELECT id FROM xapi_source ORDER BY id", into(ids), now; });
    for (const auto id : ids) kept_[id] = select(id);
}

XapiSources::Kept XapiSources::select(std::int64_t id) {
    Kept kept;
    XapiSource source;
    database_.read([&](Session& session) {
        std::int64_t enabled = 0;
        std::string origins;
        Nullable<std::int64_t> remap;
        Statement statement(session);
        statement << "SELECT id, organization_id, name, title, enabled, access_key, secret_hash, last_four, "
                     "previous_hash, previous_until, origins, record_references, rule_set, rules, remap_from, "
                     "revision, changed_at, changed_by FROM xapi_source WHERE id = ?",
            into(source.id), into(source.organization), into(source.name), into(source.title), into(enabled),
            into(source.key), into(kept.secretHash), into(source.lastFour), into(kept.previousHash),
            into(source.previousUntil), into(origins), into(source.references), into(source.ruleSet),
            into(source.rules), into(remap), into(source.revision), into(source.changedAt), into(source.changedBy),
            use(id), now;
        source.enabled = enabled != 0;
        source.origins = lines(origins);
        source.remapping = !remap.isNull();
    });
    auto active = std::make_shared<ActiveSource>();
    try {
        active->rules = rulesOf(source);
    } catch (const AppError&) {
        // Ready-made rules that are gone: statements are kept and wait for rules, nothing is refused for that.
        active->rules = RuleSet::parse("none", R"({"title":{"ru":"-","en":"-"},"rules":[]})", source.name, source.name);
    }
    active->source = std::move(source);
    kept.active = std::move(active);
    return kept;
}

std::vector<ActiveSourcePtr> XapiSources::all() {
    std::lock_guard lock(mutex_);
    std::vector<ActiveSourcePtr> out;
    for (const auto& [id, kept] : kept_) out.push_back(kept.active);
    return out;
}

std::vector<XapiSource> XapiSources::list(const std::string& organization) {
    std::vector<XapiSource> out;
    for (const auto& one : all())
        if (one->source.organization == organization) out.push_back(one->source);
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    for (auto& one : out) one.remapping = remapFrom(one.id).has_value();
    return out;
}

ActiveSourcePtr XapiSources::active(const std::string& organization, const std::string& name) {
    for (auto& one : all())
        if (one->source.organization == organization && one->source.name == name) return one;
    throw AppError::notFound("There is no such xAPI source.");
}

XapiSource XapiSources::get(const std::string& organization, const std::string& name) {
    auto source = active(organization, name)->source;
    source.remapping = remapFrom(source.id).has_value();
    return source;
}

ActiveSourcePtr XapiSources::authenticate(std::string_view key, std::string_view secret) {
    const auto hash = common::Sha256::hex(secret);
    const auto moment = clock_.now();
    std::lock_guard lock(mutex_);
    for (const auto& [id, kept] : kept_) {
        if (kept.active->source.key != key || !kept.active->source.enabled) continue;
        if (same(kept.secretHash, hash) ||
            (moment < kept.active->source.previousUntil && same(kept.previousHash, hash)))
            return kept.active;
    }
    return nullptr;
}

bool XapiSources::allowsOrigin(std::string_view origin) {
    for (const auto& one : all())
        if (one->source.enabled &&
            std::find(one->source.origins.begin(), one->source.origins.end(), origin) != one->source.origins.end())
            return true;
    return false;
}

XapiSources::Made XapiSources::create(XapiSource source, const std::string& who) {
    rulesOf(source);
    source.key = random(16);
    sdk::SecretString secret(random(32));
    source.lastFour = secret.lastFour();
    source.changedAt = clock_.now();
    source.changedBy = who;
    auto hash = common::Sha256::hex(secret.reveal());
    database_.write([&](Session& session) {
        std::int64_t taken = 0, enabled = source.enabled ? 1 : 0;
        session << "SELECT COUNT(*) FROM xapi_source WHERE organization_id = ? AND name = ?", into(taken),
            use(source.organization), use(source.name), now;
        if (taken > 0)
            throw AppError::conflict(
                "xapi-source.taken",
                fmt::format("There is an xAPI source '{}' already; name yours otherwise.", source.name));
        session << "UPDATE xapi_sequence SET next_id = next_id + 1 WHERE kind = 'source'", now;
        session << "SELECT next_id - 1 FROM xapi_sequence WHERE kind = 'source'", into(source.id), now;
        auto origins = fmt::format("{}", fmt::join(source.origins, "\n"));
        session << "INSERT INTO xapi_source (id, organization_id, name, title, enabled, access_key, secret_hash, "
                   "last_four, previous_hash, previous_until, origins, record_references, rule_set, rules, remap_from, "
                   "revision, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?, ?, ?, ?, NULL, 1, ?, "
                   "?)",
            use(source.id), use(source.organization), use(source.name), use(source.title), use(enabled),
            use(source.key), use(hash), use(source.lastFour), use(origins), use(source.references), use(source.ruleSet),
            use(source.rules), use(source.changedAt), use(source.changedBy), now;
    });
    auto kept = select(source.id);
    std::lock_guard lock(mutex_);
    kept_[source.id] = std::move(kept);
    return {std::move(source), std::move(secret)};
}

XapiSource XapiSources::replace(XapiSource source, std::optional<std::int64_t> ifMatch, const std::string& who) {
    rulesOf(source);
    source.changedAt = clock_.now();
    source.changedBy = who;
    database_.write([&](Session& session) {
        const auto current = revisionOf(session, source.id);
        requireRevision(current, ifMatch);
        source.revision = current + 1;
        std::string ruleSet, rules, references;
        session << "SELECT rule_set, rules, record_references FROM xapi_source WHERE id = ?", into(ruleSet),
            into(rules), into(references), use(source.id), now;
        std::int64_t enabled = source.enabled ? 1 : 0;
        auto origins = fmt::format("{}", fmt::join(source.origins, "\n"));
        session << "UPDATE xapi_source SET title = ?, enabled = ?, origins = ?, record_references = ?, rule_set = ?, "
                   "rules = ?, revision = ?, changed_at = ?, changed_by = ? WHERE id = ?",
            use(source.title), use(enabled), use(origins), use(source.references), use(source.ruleSet),
            use(source.rules), use(source.revision), use(source.changedAt), use(source.changedBy), use(source.id), now;
        if (ruleSet != source.ruleSet || rules != source.rules || references != source.references)
            StatementRows(session, source.id).setRemapFrom(0);
    });
    auto kept = select(source.id);
    const auto stored = kept.active->source;
    std::lock_guard lock(mutex_);
    kept_[source.id] = std::move(kept);
    return stored;
}

XapiSources::Made XapiSources::rotate(const XapiSource& source, sdk::Micros keepOldUntil, const std::string& who) {
    sdk::SecretString secret(random(32));
    auto hash = common::Sha256::hex(secret.reveal());
    auto lastFour = secret.lastFour();
    auto by = who;
    auto id = source.id;
    auto until = keepOldUntil, moment = clock_.now();
    database_.write([&](Session& session) {
        revisionOf(session, id);
        session << "UPDATE xapi_source SET previous_hash = secret_hash, previous_until = ?, secret_hash = ?, last_four "
                   "= ?, revision = revision + 1, changed_at = ?, changed_by = ? WHERE id = ?",
            use(until), use(hash), use(lastFour), use(moment), use(by), use(id), now;
    });
    auto kept = select(id);
    Made made{kept.active->source, std::move(secret)};
    std::lock_guard lock(mutex_);
    kept_[id] = std::move(kept);
    return made;
}

void XapiSources::erase(const XapiSource& source, std::optional<std::int64_t> ifMatch) {
    auto id = source.id;
    database_.write([&](Session& session) {
        requireRevision(revisionOf(session, id), ifMatch);
        for (const char* table : {"xapi_original", "xapi_trouble"})
            session << fmt::format("DELETE FROM {} WHERE id IN (SELECT id FROM xapi_statement WHERE source_id = ?)",
                                   table),
                use(id), now;
        session << "DELETE FROM xapi_attachment WHERE statement IN (SELECT id FROM xapi_statement WHERE source_id = ?)",
            use(id), now;
        for (const char* table : {"xapi_statement", "xapi_form", "xapi_latest", "xapi_void", "xapi_document"})
            session << fmt::format("DELETE FROM {} WHERE source_id = ?", table), use(id), now;
        session << "DELETE FROM xapi_source WHERE id = ?", use(id), now;
    });
    std::lock_guard lock(mutex_);
    kept_.erase(id);
}

std::optional<std::int64_t> XapiSources::remapFrom(std::int64_t source) {
    std::vector<Nullable<std::int64_t>> found;
    database_.read([&](Session& session) {
        found.clear();
        session << "SELECT remap_from FROM xapi_source WHERE id = ?", into(found), use(source), now;
    });
    return found.empty() || found.front().isNull() ? std::nullopt : std::optional(found.front().value());
}

void XapiSources::startRemap(const XapiSource& source) {
    database_.write([&](Session& session) {
        revisionOf(session, source.id);
        StatementRows(session, source.id).setRemapFrom(0);
    });
}

}  // namespace host::xapi
