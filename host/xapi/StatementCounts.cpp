#include "host/xapi/StatementCounts.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace host::xapi {

using namespace Poco::Data::Keywords;

std::vector<FormCounts> countForms(sdk::Database& database, std::int64_t source) {
    std::vector<FormCounts> all;
    database.read([&](Poco::Data::Session& session) {
        all.clear();
        std::vector<std::string> verbs, types;
        std::vector<std::int64_t> forms, states, counts, latest;
        // Joined last: the counting runs on the narrow index alone. Ids rise with the moment of storing.
        session
            << "SELECT f.id, f.verb, f.activity_type, c.state, c.n, l.stored_at FROM (SELECT s.form_id, s.state, "
               "COUNT(*) AS n, MAX(s.id) AS last FROM xapi_statement s WHERE s.form_id IN (SELECT id FROM xapi_form "
               "WHERE source_id = ?) GROUP BY s.form_id, s.state) c JOIN xapi_form f ON f.id = c.form_id JOIN "
               "xapi_statement l ON l.id = c.last ORDER BY f.verb, f.activity_type, f.id",
            into(forms), into(verbs), into(types), into(states), into(counts), into(latest), use(source), now;
        std::int64_t last = 0;
        for (std::size_t i = 0; i < forms.size(); ++i) {
            if (all.empty() || forms[i] != last) all.push_back({verbs[i], types[i], {}, 0});
            last = forms[i];
            all.back().counts[static_cast<std::size_t>(states[i])] = counts[i];
            all.back().latestAt = std::max(all.back().latestAt, latest[i]);
        }
    });
    return all;
}

SourceCounts countSource(sdk::Database& database, std::int64_t source) {
    SourceCounts sum;
    for (const auto& form : countForms(database, source)) {
        for (std::size_t i = 0; i < sum.counts.size(); ++i) sum.counts[i] += form.counts[i];
        sum.latestAt = std::max(sum.latestAt.value_or(form.latestAt), form.latestAt);
    }
    return sum;
}

std::optional<MissingRecord> missingRecord(const Trouble& trouble) {
    constexpr std::string_view kBefore = "names no record of '", kBetween = "': ", kField = " (field '";
    std::string_view rest = trouble.reason;
    if (!rest.starts_with(kBefore)) return std::nullopt;
    rest.remove_prefix(kBefore.size());
    const auto between = rest.find(kBetween);
    if (between == std::string_view::npos) return std::nullopt;
    const auto kind = records::recordKindFrom(rest.substr(0, between));
    if (!kind) return std::nullopt;
    rest.remove_prefix(between + kBetween.size());
    // The field is named behind, unless the place is the field itself.
    if (const auto field = rest.rfind(kField); field != std::string_view::npos && rest.ends_with("')")) {
        const auto name = rest.substr(field + kField.size(), rest.size() - field - kField.size() - 2);
        if (name != trouble.place) rest = rest.substr(0, field);
    }
    return MissingRecord{*kind, std::string(rest)};
}

Troubles troublesOf(sdk::Database& database, std::int64_t source, std::optional<State> state,
                    const common::PageRequest& page) {
    Troubles out;
    database.read([&](Poco::Data::Session& session) {
        out = {};
        std::vector<std::int64_t> ids, stored, states;
        std::vector<std::string> names, rules, places, values, reasons, fixes;
        auto after = page.afterNumber();
        session << fmt::format(
            "SELECT s.id, s.statement_id, s.stored_at, s.state, t.rule, t.place, t.value, t.reason, t.fix FROM "
            "xapi_trouble t JOIN xapi_statement s ON s.id = t.id WHERE s.source_id = ? AND t.id > ?{} ORDER BY t.id "
            "LIMIT {}",
            state ? fmt::format(" AND s.state = {}", static_cast<int>(*state)) : std::string(), page.limit + 1),
            into(ids), into(names), into(stored), into(states), into(rules), into(places), into(values), into(reasons),
            into(fixes), use(source), use(after), now;
        for (std::size_t i = 0; i < ids.size() && i < page.limit; ++i) {
            StatementRow row;
            row.id = ids[i];
            row.statementId = names[i];
            row.storedAt = stored[i];
            row.state = static_cast<State>(states[i]);
            out.items.emplace_back(std::move(row), Trouble{rules[i], places[i], values[i], reasons[i], fixes[i]});
        }
        if (ids.size() > page.limit) out.next = common::Cursor::encode(ids[page.limit - 1]);
    });
    return out;
}

}  // namespace host::xapi
