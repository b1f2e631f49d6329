#pragma once
/// What the columns of University 2035's list mean. Its own columns («ЛК2035.xlsx») are recognised by their titles;
/// which of the others name a learner is a person's choice. Pure.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plugin::identities {

enum class Field {
    // University 2035's own
    UntiId,
    FlowId,
    CourseId,
    Status,
    // of a learner
    ExternalId,
    LeaderId,
    FullName,
    LastName,
    FirstName,
    MiddleName,
    Email
};
inline constexpr int kFields = 11;

const char* toString(Field field);
std::optional<Field> fieldFrom(std::string_view name);
/// What a title most likely means; for a learner's fields a suggestion only.
std::optional<Field> recognize(std::string_view title);
bool namesALearner(Field field);

using Pairs = std::vector<std::pair<Field, std::string>>;  ///< field → title of its column

/// Columns by their place in the file.
struct Choice {
    std::map<Field, std::size_t> own;                 ///< University 2035's
    std::vector<std::pair<Field, std::size_t>> keys;  ///< all must agree
};

/// "field:title" of a query. \throws AppError 422.
Pairs parsePairs(const std::vector<std::string>& texts);

/// University 2035's columns as recognised, unless `pairs` names others; a learner's exactly as `pairs` says.
/// \throws AppError 422 that lists everything wrong: no such column, one that is missing, a rule that can't tell people
/// apart. E-mail alone is refused: University 2035 does not verify it (seed 003, 1.2.3), so whoever registers there
/// with another's address would be taken for that person.
Choice choose(const std::vector<std::string>& titles, const Pairs& pairs);

}  // namespace plugin::identities
