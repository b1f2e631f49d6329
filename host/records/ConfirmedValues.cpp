#include "host/records/ConfirmedValues.h"

#include "host/records/PersonsValues.h"
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
    PersonsPlace persons() const {
        return {.records = table(),
                .column = column(),
                .number = number,
                .kept = "record_confirmed",
                .id = "record_id",
                .value = "value",
                .source = "source_value",
                .replaced = "replaced_value",
                .who = "confirmed_by",
                .when = "confirmed_at",
                .which = {"field", key()}};
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

/// Digits without a leading zero are the one way to write a number, so that texts can be compared.
bool isValid(const Place& place, const std::string& value) {
    if (!place.number) return !checkValue(place.fieldSpec(), value);
    std::int64_t number = 0;
    const auto* end = value.data() + value.size();
    const auto [rest, fault] = std::from_chars(value.data(), end, number);
    return fault == std::errc() && rest == end && std::to_string(number) == value &&
           !checkValue(place.fieldSpec(), number);
}

static_assert(static_cast<int>(ConfirmVerdict::Written) == static_cast<int>(PersonsVerdict::Written));
static_assert(static_cast<int>(ConfirmVerdict::Taken) == static_cast<int>(PersonsVerdict::Taken));

}  // namespace

void keepConfirmedValues(Session& session, const std::string& organization, RecordKind kind,
                         const std::vector<std::int64_t>& ids) {
    for (const auto& place : kPlaces)
        if (place.kind == kind) {
            const auto persons = place.persons();
            keepPersonsValues(session, organization, {&persons, 1}, ids);
        }
}

std::vector<sdk::ConfirmOutcome> RecordStore::confirm(const std::string& organization,
                                                      std::span<const sdk::Confirmation> confirmations,
                                                      const std::string& who) {
    std::vector<sdk::ConfirmOutcome> outcomes;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        outcomes.clear();
        PersonsWriter writer(session, organization, who, moment);
        for (const auto& one : confirmations) {
            const auto* place = placeOf(one.field);
            if (place == nullptr || (!one.value.empty() && !isValid(*place, one.value))) {
                outcomes.push_back({ConfirmVerdict::NotValid, 0});
                continue;
            }
            const auto [verdict, other] = writer.write(place->persons(), one.id, one.value, one.current);
            outcomes.push_back({static_cast<ConfirmVerdict>(verdict), other});
        }
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
                place.persons().asText(fmt::format("l.{}", place.column())), place.table(), place.key()),
                into(ids), into(values), into(authors), into(times), into(records), use(owner), now;
            for (std::size_t i = 0; i < ids.size(); ++i)
                all.push_back(
                    {place.field, ids[i], std::move(values[i]), shown(records[i]), std::move(authors[i]), times[i]});
        }
    });
    return all;
}

}  // namespace host::records
