#include "host/records/ConfirmedValues.h"

#include "host/records/RecordSql.h"
#include "host/records/RecordStore.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

#include <array>
#include <charconv>

namespace host::records {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;
using sdk::ConfirmedField;
using sdk::ConfirmVerdict;

using Text = Nullable<std::string>;

/// Where a field stands. Its values are kept as text; a number is written back as one.
struct Place {
    ConfirmedField field;
    RecordKind kind;
    const char* name;  ///< in the schema
    bool number;

    const FieldSpec& fieldSpec() const { return spec(kind).fields[fieldIndex(kind, name)]; }
    const char* table() const { return spec(kind).table; }
    const char* column() const { return fieldSpec().column; }
    int key() const { return static_cast<int>(field); }
    std::string asText() const { return fmt::format(fmt::runtime(number ? "CAST({} AS TEXT)" : "{}"), column()); }
    const char* asOwn(bool placeholder = true) const {
        if (placeholder) return number ? "CAST(? AS BIGINT)" : "?";
        return number ? "CAST(a.value AS BIGINT)" : "a.value";
    }
};

constexpr std::array<Place, 5> kPlaces{{{ConfirmedField::LeaderId, RecordKind::Learner, "leaderId", false},
                                        {ConfirmedField::ProgrammeU2035Id, RecordKind::Programme, "u2035Id", true},
                                        {ConfirmedField::FlowU2035Id, RecordKind::Flow, "u2035Id", true},
                                        {ConfirmedField::ModuleU2035Id, RecordKind::Module, "u2035Id", true},
                                        {ConfirmedField::ThemeU2035Id, RecordKind::Theme, "u2035Id", true}}};

const Place* placeOf(ConfirmedField field) {
    for (const auto& place : kPlaces)
        if (place.field == field) return &place;
    return nullptr;
}

std::string shown(const Text& text) {
    return text.isNull() ? std::string() : text.value();
}

Text maybe(const std::string& text) {
    return text.empty() ? Text() : Text(text);
}

/// Digits without a leading zero are the one way to write a number, so that texts can be compared.
bool isValid(const Place& place, const std::string& value) {
    if (!place.number) return !checkValue(place.fieldSpec(), value);
    std::int64_t number = 0;
    const auto* end = value.data() + value.size();
    const auto [rest, fault] = std::from_chars(value.data(), end, number);
    return fault == std::errc() && rest == end && std::to_string(number) == value &&
           !checkValue(place.fieldSpec(), number);
}

/// Writes one confirmation after the other, within a transaction.
class Confirmer {
public:
    Confirmer(Session& session, std::string organization, std::string who, sdk::Micros moment)
        : session_(session), organization_(std::move(organization)), who_(std::move(who)), moment_(moment) {}

    sdk::ConfirmOutcome confirm(const sdk::Confirmation& wanted) {
        using enum ConfirmVerdict;
        const auto* place = placeOf(wanted.field);
        if (place == nullptr || (!wanted.value.empty() && !isValid(*place, wanted.value))) return {NotValid, 0};
        const auto record = recordValue(*place, wanted.id);
        if (!record) return {NoRecord, 0};
        if (!wanted.value.empty() && *record == wanted.value) return {Same, 0};
        if (*record != wanted.current) return {Changed, 0};
        const auto kept = confirmedSource(*place, wanted.id);
        if (wanted.value.empty()) {
            if (!kept) return {Changed, 0};
            if (const auto other = holderOf(*place, wanted.id, shown(*kept))) return {Taken, other};
            forget(*place, wanted.id);
            show(*place, wanted.id, *kept);
            return {TakenBack, 0};
        }
        if (const auto other = holderOf(*place, wanted.id, wanted.value)) return {Taken, other};
        // A person's over another person's: the source's stays what it was.
        const Text source = kept ? *kept : maybe(*record);
        forget(*place, wanted.id);
        remember(*place, wanted, source);
        show(*place, wanted.id, maybe(wanted.value));
        return {Written, 0};
    }

private:
    std::optional<std::string> recordValue(const Place& place, std::int64_t id) {
        std::vector<Text> values;
        session_ << fmt::format("SELECT {} FROM {} WHERE organization_id = ? AND id = ? AND deleted_at IS NULL",
                                place.asText(), place.table()),
            into(values), use(organization_), use(id), now;
        return values.empty() ? std::nullopt : std::optional(shown(values.front()));
    }

    /// What the source of a confirmed value says; nullopt when nothing is confirmed.
    std::optional<Text> confirmedSource(const Place& place, std::int64_t id) {
        std::vector<Text> sources;
        std::int64_t field = place.key();
        session_ << "SELECT source_value FROM record_confirmed WHERE field = ? AND record_id = ?", into(sources),
            use(field), use(id), now;
        return sources.empty() ? std::nullopt : std::optional(sources.front());
    }

    /// Another live record that shows it; 0 when there is none. No ORDER BY: as in UntiIds.cpp.
    std::int64_t holderOf(const Place& place, std::int64_t id, std::string value) {
        if (value.empty()) return 0;
        std::vector<std::int64_t> ids;
        session_ << fmt::format(
            "SELECT id FROM {} WHERE organization_id = ? AND {} = {} AND id <> ? AND deleted_at IS NULL LIMIT 1",
            place.table(), place.column(), place.asOwn()),
            into(ids), use(organization_), use(value), use(id), now;
        return ids.empty() ? 0 : ids.front();
    }

    void forget(const Place& place, std::int64_t id) {
        std::int64_t field = place.key();
        session_ << "DELETE FROM record_confirmed WHERE field = ? AND record_id = ?", use(field), use(id), now;
    }

    void remember(const Place& place, const sdk::Confirmation& wanted, Text source) {
        std::int64_t field = place.key();
        std::int64_t id = wanted.id;
        std::string value = wanted.value;
        Text replaced = source;
        session_ << "INSERT INTO record_confirmed (field, record_id, organization_id, value, source_value, "
                    "replaced_value, confirmed_by, confirmed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            use(field), use(id), use(organization_), use(value), use(source), use(replaced), use(who_), use(moment_),
            now;
    }

    void show(const Place& place, std::int64_t id, Text value) {
        session_ << fmt::format("UPDATE {} SET {} = {}, revision = revision + 1, changed_at = ? WHERE id = ?",
                                place.table(), place.column(), place.asOwn()),
            use(value), use(moment_), use(id), now;
    }

    Session& session_;
    std::string organization_;
    std::string who_;
    sdk::Micros moment_;
};

/// Those among these that have a person's value: few, most imports have none.
std::vector<std::int64_t> confirmedAmong(Session& session, const Place& place,
                                         const std::vector<std::int64_t>& recordIds) {
    std::vector<std::int64_t> found;
    forSlices(recordIds, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> keys(some.begin(), some.end()), here;
        Statement select(session);
        select << fmt::format("SELECT record_id FROM record_confirmed WHERE field = {} AND record_id IN ({})",
                              place.key(), placeholders(keys.size())),
            into(here);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        found.insert(found.end(), here.begin(), here.end());
    });
    return found;
}

}  // namespace

void keepConfirmedValues(Session& session, const std::string& organization, RecordKind kind,
                         const std::vector<std::int64_t>& ids) {
    for (const auto& place : kPlaces) {
        if (place.kind != kind) continue;
        auto kept = confirmedAmong(session, place, ids);
        if (kept.empty()) continue;
        session << fmt::format(
            "UPDATE record_confirmed SET source_value = (SELECT {} FROM {} l WHERE l.id = record_confirmed.record_id) "
            "WHERE record_id = ? AND field = {}",
            place.number ? fmt::format("CAST(l.{} AS TEXT)", place.column()) : fmt::format("l.{}", place.column()),
            place.table(), place.key()),
            use(kept), now;
        std::vector<std::string> owners(kept.size(), organization);
        session << fmt::format(
            "UPDATE {0} SET {1} = (SELECT {2} FROM record_confirmed a WHERE a.record_id = {0}.id AND a.field = {3}) "
            "WHERE id = ? AND organization_id = ? AND EXISTS (SELECT 1 FROM record_confirmed a WHERE a.record_id = "
            "{0}.id AND a.field = {3} AND (a.source_value IS NULL OR a.source_value = a.replaced_value) AND NOT EXISTS "
            "(SELECT 1 FROM {0} o WHERE o.organization_id = a.organization_id AND o.{1} = {2} AND o.id <> a.record_id "
            "AND o.deleted_at IS NULL))",
            place.table(), place.column(), place.asOwn(false), place.key()),
            use(kept), use(owners), now;
    }
}

std::vector<sdk::ConfirmOutcome> RecordStore::confirm(const std::string& organization,
                                                      std::span<const sdk::Confirmation> confirmations,
                                                      const std::string& who) {
    std::vector<sdk::ConfirmOutcome> outcomes;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        outcomes.clear();
        Confirmer confirmer(session, organization, who, moment);
        for (const auto& one : confirmations) outcomes.push_back(confirmer.confirm(one));
    });
    return outcomes;
}

std::vector<sdk::ConfirmedValue> RecordStore::confirmed(const std::string& organization) {
    std::vector<sdk::ConfirmedValue> all;
    database_.read([&](Session& session) {
        all.clear();
        for (const auto& place : kPlaces) {
            std::vector<std::int64_t> ids, times;
            std::vector<std::string> values, authors;
            std::vector<Text> records;
            std::string owner = organization;
            session << fmt::format(
                "SELECT a.record_id, a.value, a.confirmed_by, a.confirmed_at, {} FROM record_confirmed a JOIN {} l "
                "ON l.id = a.record_id WHERE a.organization_id = ? AND a.field = {} AND l.deleted_at IS NULL "
                "ORDER BY a.record_id",
                place.number ? fmt::format("CAST(l.{} AS TEXT)", place.column()) : fmt::format("l.{}", place.column()),
                place.table(), place.key()),
                into(ids), into(values), into(authors), into(times), into(records), use(owner), now;
            for (std::size_t i = 0; i < ids.size(); ++i)
                all.push_back(
                    {place.field, ids[i], std::move(values[i]), shown(records[i]), std::move(authors[i]), times[i]});
        }
    });
    return all;
}

}  // namespace host::records
