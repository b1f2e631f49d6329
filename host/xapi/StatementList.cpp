#include "host/xapi/StatementList.h"

#include "common/Text.h"
#include "host/records/RecordSql.h"
#include "host/records/StrictJson.h"
#include "host/xapi/StatementMapping.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <unordered_map>
#include <utility>

namespace host::xapi {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

using Forms = std::unordered_map<std::int64_t, std::pair<std::string, std::string>>;

Forms formsOf(Session& session, std::int64_t source, const StatementFilter& filter) {
    std::vector<std::int64_t> ids;
    std::vector<std::string> verbs, types;
    auto verb = filter.verb.value_or(""), type = filter.activityType.value_or("");
    Statement select(session);
    select << fmt::format("SELECT id, verb, activity_type FROM xapi_form WHERE source_id = ?{}{}",
                          filter.verb ? " AND verb = ?" : "", filter.activityType ? " AND activity_type = ?" : ""),
        into(ids), into(verbs), into(types), use(source);
    if (filter.verb) select.addBind(use(verb));
    if (filter.activityType) select.addBind(use(type));
    select.execute();
    Forms forms;
    for (std::size_t i = 0; i < ids.size(); ++i) forms[ids[i]] = {std::move(verbs[i]), std::move(types[i])};
    return forms;
}

/// The greatest ids below `before`, at most `most`, in falling order. Within one form and state the index has them in
/// order of id, so each is asked for by itself; what can't be among the greatest any more is not read.
std::vector<std::int64_t> latestOf(Session& session, const Forms& forms, std::optional<State> only, std::int64_t before,
                                   std::size_t most) {
    std::vector<std::int64_t> all, some;
    std::int64_t form = 0, state = 0, floor = 0;
    Statement select(session);
    select << fmt::format(
        "SELECT id FROM xapi_statement WHERE form_id = ? AND state = ? AND id < ? AND id > ? ORDER BY id DESC LIMIT {}",
        most),
        into(some), use(form), use(state), use(before), use(floor);
    for (const auto& [id, name] : forms)
        for (int i = 0; i < kStates; ++i) {
            if (only && static_cast<int>(*only) != i) continue;
            form = id;
            state = i;
            some.clear();
            select.execute();
            if (some.empty()) continue;
            const auto sorted = static_cast<std::ptrdiff_t>(all.size());
            all.insert(all.end(), some.begin(), some.end());
            std::inplace_merge(all.begin(), all.begin() + sorted, all.end(), std::greater<>());
            if (all.size() < most) continue;
            all.resize(most);
            floor = all.back();
        }
    return all;
}

struct Found {
    StatementRow row;
    std::string body;
};

std::vector<Found> rowsOf(Session& session, const std::vector<std::int64_t>& statements) {
    std::vector<Found> all;
    records::forSlices(statements, [&](std::span<const std::int64_t> slice) {
        std::vector<std::int64_t> keys(slice.begin(), slice.end()), ids, stored, made, forms, states, kinds;
        std::vector<std::string> names, externals, bodies;
        Statement select(session);
        select << fmt::format(
            "SELECT s.id, s.statement_id, s.stored_at, s.made_at, s.form_id, s.state, s.kind, s.external_id, o.body "
            "FROM xapi_statement s JOIN xapi_original o ON o.id = s.id WHERE s.id IN ({}) ORDER BY s.id DESC",
            records::placeholders(keys.size())),
            into(ids), into(names), into(stored), into(made), into(forms), into(states), into(kinds), into(externals),
            into(bodies);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < ids.size(); ++i)
            all.push_back({{ids[i], names[i], stored[i], made[i], forms[i], static_cast<State>(states[i]), kinds[i],
                            externals[i]},
                           std::move(bodies[i])});
    });
    return all;
}

}  // namespace

StatementPage listStatements(sdk::Database& database, const ActiveSource& source, const StatementFilter& filter,
                             const common::PageRequest& page) {
    Forms forms;
    std::vector<Found> found;
    const auto before = page.afterNumber(std::numeric_limits<std::int64_t>::max());
    database.read([&](Session& session) {
        forms = formsOf(session, source.source.id, filter);
        found = rowsOf(session, latestOf(session, forms, filter.state, before, page.limit + 1));
    });
    StatementPage out;
    if (found.size() > page.limit) {
        found.resize(page.limit);
        out.next = common::Cursor::encode(found.back().row.id);
    }
    for (auto& [row, body] : found) {
        const auto json = records::parseStrict(body);
        auto rule = source.rules->read(json, factsOf(json, row.statementId, row.madeAt)).rule;
        const auto& [verb, type] = forms.at(row.form);
        out.items.push_back({std::move(row), verb, type, std::move(rule)});
    }
    return out;
}

std::string originalOf(sdk::Database& database, const ActiveSource& source, const std::string& statementId) {
    std::optional<StatementRows::Stored> found;
    database.read([&](Session& session) {
        found = StatementRows(session, source.source.id).find(common::toLowerAscii(statementId));
    });
    if (!found) throw sdk::AppError::notFound("There is no such statement.");
    return std::move(found->body);
}

}  // namespace host::xapi
