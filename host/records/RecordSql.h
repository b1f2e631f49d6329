#pragma once
/// SQL made from the schema. Helpers of this folder.

#include "host/records/RecordDraft.h"

#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

#include <algorithm>
#include <cstdint>
#include <list>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace host::records {

/// "?, ?, ?"
std::string placeholders(std::size_t count);

/// Calls `fn` with slices small enough for the parameters of one statement.
template <class T, class Fn>
void forSlices(const std::vector<T>& all, Fn&& fn) {
    constexpr std::size_t kSlice = 500;
    for (std::size_t from = 0; from < all.size(); from += kSlice)
        fn(std::span<const T>(all).subspan(from, std::min(kSlice, all.size() - from)));
}

/// A text list as it stands in its column.
std::string joinList(const std::vector<std::string>& texts);
std::vector<std::string> splitList(const std::string& column);

/// The fields of many drafts as typed columns, to be bound in one execution.
class BoundColumns {
public:
    explicit BoundColumns(const KindSpec& kind);
    void add(const RecordDraft& draft);
    std::size_t size() const { return columns_.size(); }
    std::string names() const;        ///< "a, b"
    std::string assignments() const;  ///< "a = ?, b = ?"
    void bind(Poco::Data::Statement& statement);

private:
    using Texts = std::vector<Poco::Nullable<std::string>>;
    using Wholes = std::vector<Poco::Nullable<std::int64_t>>;
    using Reals = std::vector<Poco::Nullable<double>>;
    const KindSpec& kind_;
    std::vector<std::variant<Texts, Wholes, Reals>> columns_;
};

/// The fields of many rows, read as typed columns; booleans and times come as Int until `take`.
class FetchedColumns {
public:
    explicit FetchedColumns(const KindSpec& kind);
    void extract(Poco::Data::Statement& statement);
    /// Field `index` of row `row`; references as Reference with the id only.
    Value take(std::size_t index, std::size_t row);

private:
    using Texts = std::vector<Poco::Nullable<std::string>>;
    using Wholes = std::vector<Poco::Nullable<std::int64_t>>;
    using Reals = std::vector<Poco::Nullable<double>>;
    const KindSpec& kind_;
    std::vector<std::variant<Texts, Wholes, Reals>> columns_;
};

}  // namespace host::records
