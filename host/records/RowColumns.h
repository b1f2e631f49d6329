#pragma once
/// Rows read as typed columns, for RecordStore's reads. Columns are read into vectors at once, which is what makes a
/// scan of a large table quick. Helpers of this folder; a Statement lives within one session.

#include "host/sdk/Records.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::records::rows {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

using Wholes = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;
using MaybeWholes = std::vector<Nullable<std::int64_t>>;
using MaybeReals = std::vector<Nullable<double>>;
using MaybeTexts = std::vector<Nullable<std::string>>;

template <class T>
std::optional<T> maybe(const Nullable<T>& cell) {
    return cell.isNull() ? std::nullopt : std::optional<T>(cell.value());
}
inline std::optional<bool> maybeFlag(const Nullable<std::int64_t>& cell) {
    return cell.isNull() ? std::nullopt : std::optional<bool>(cell.value() != 0);
}
inline std::optional<int> maybeInt(const Nullable<std::int64_t>& cell) {
    return cell.isNull() ? std::nullopt : std::optional<int>(static_cast<int>(cell.value()));
}
inline std::string textOf(Nullable<std::string>& cell) {
    return cell.isNull() ? std::string() : std::move(cell.value());
}

/// The columns that every table has.
struct Heads {
    Wholes ids, revisions, changed;
    Texts sources, externalIds;
    MaybeWholes deleted;

    static constexpr const char* kColumns = "t.id, t.source, t.external_id, t.revision, t.changed_at, t.deleted_at";

    void extract(Statement& select) {
        select, into(ids), into(sources), into(externalIds), into(revisions), into(changed), into(deleted);
    }
    std::size_t size() const { return ids.size(); }
    void fill(std::size_t i, sdk::RecordHead& head) {
        head.id = ids[i];
        head.source = std::move(sources[i]);
        head.externalId = std::move(externalIds[i]);
        head.revision = revisions[i];
        head.changedAt = changed[i];
        head.deleted = !deleted[i].isNull();
    }
};

/// A statement's text and its number parameters; the organization is always the first parameter.
struct Query {
    std::string tail;  ///< from FROM on
    std::vector<std::int64_t> numbers;
    std::vector<std::string> texts;
};

inline Statement begin(Session& session, const char* columns, const Query& query) {
    Statement select(session);
    select << fmt::format("SELECT {}{} {}", Heads::kColumns, columns, query.tail);
    return select;
}

inline void bindAndRun(Statement& select, std::string& organization, Query& query) {
    select.addBind(use(organization));
    for (auto& number : query.numbers) select.addBind(use(number));
    for (auto& text : query.texts) select.addBind(use(text));
    select.execute();
}

}  // namespace host::records::rows
