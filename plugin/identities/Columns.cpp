#include "plugin/identities/Columns.h"

#include "common/Text.h"
#include "host/sdk/Error.h"
#include "plugin/identities/Fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace plugin::identities {
namespace {

using host::sdk::AppError;
using host::sdk::FieldError;

constexpr const char* kNames[kFields] = {"untiId",   "flowId",   "courseId",  "status",     "externalId", "leaderId",
                                         "fullName", "lastName", "firstName", "middleName", "email"};

struct Title {
    std::string_view folded;
    Field field;
};
constexpr Title kTitles[] = {{"untiid", Field::UntiId},
                             {"idпотока", Field::FlowId},
                             {"идентификаторпотока", Field::FlowId},
                             {"idкурса", Field::CourseId},
                             {"идентификаторкурса", Field::CourseId},
                             {"статус", Field::Status},
                             {"leaderid", Field::LeaderId},
                             {"фио", Field::FullName},
                             {"фамилия", Field::LastName},
                             {"имя", Field::FirstName},
                             {"отчество", Field::MiddleName},
                             {"email", Field::Email},
                             {"почта", Field::Email},
                             {"электроннаяпочта", Field::Email}};

std::string fieldNames() {
    return fmt::format("{}", fmt::join(kNames, ", "));
}

/// The columns with that title, in this writing or folded.
std::vector<std::size_t> columnsOf(const std::vector<std::string>& titles, const std::string& title) {
    std::vector<std::size_t> exact, folded;
    for (std::size_t i = 0; i < titles.size(); ++i) {
        if (titles[i] == title) exact.push_back(i);
        if (!titles[i].empty() && foldTitle(titles[i]) == foldTitle(title)) folded.push_back(i);
    }
    return exact.empty() ? folded : exact;
}

std::optional<FieldError> ruleError(const std::set<Field>& keys) {
    if (keys.empty())
        return FieldError{
            "/match", "names no column that tells who the learner is",
            "Give at least one, as in match=leaderId:Leader ID, or match=lastName:Фамилия&match=firstName:Имя."};
    if (keys == std::set{Field::Email})
        return FieldError{
            "/match",
            "would match by e-mail alone; University 2035 does not verify addresses, so anybody who registers "
            "with another's address would be taken for that person",
            "Add the full name or another column, as in match=email:E-mail&match=fullName:ФИО."};
    const bool one =
        keys.contains(Field::ExternalId) || keys.contains(Field::LeaderId) || keys.contains(Field::FullName);
    const bool name = keys.contains(Field::LastName) && keys.contains(Field::FirstName);
    const bool email = keys.contains(Field::Email) && keys.size() > 1;
    if (one || name || email) return std::nullopt;
    return FieldError{"/match", "does not tell learners apart: a part of a name is not a person",
                      "Match by externalId, leaderId, fullName, or lastName together with firstName."};
}

}  // namespace

const char* toString(Field field) {
    return kNames[static_cast<int>(field)];
}

std::optional<Field> fieldFrom(std::string_view name) {
    for (int i = 0; i < kFields; ++i)
        if (name == kNames[i]) return static_cast<Field>(i);
    return std::nullopt;
}

std::optional<Field> recognize(std::string_view title) {
    const std::string folded = foldTitle(title);
    for (const auto& one : kTitles)
        if (folded == one.folded) return one.field;
    return std::nullopt;
}

bool namesALearner(Field field) {
    return field >= Field::ExternalId;
}

Pairs parsePairs(const std::vector<std::string>& texts) {
    Pairs pairs;
    std::vector<FieldError> errors;
    for (const auto& text : texts) {
        const auto colon = text.find(':');
        const auto field = fieldFrom(common::trim(std::string_view(text).substr(0, std::min(colon, text.size()))));
        const std::string title(colon == std::string::npos ? ""
                                                           : common::trim(std::string_view(text).substr(colon + 1)));
        if (!field || title.empty())
            errors.push_back({"/match",
                              fmt::format("has '{}', which is not FIELD:COLUMN", common::beginning(text, 200)),
                              "Give one of these fields and the title of a column: " + fieldNames() + "."});
        else if (std::any_of(pairs.begin(), pairs.end(), [&](const auto& one) { return one.first == *field; }))
            errors.push_back({"/match", fmt::format("names '{}' twice", toString(*field)), "Give each field once."});
        else
            pairs.emplace_back(*field, title);
    }
    if (!errors.empty()) throw AppError::validation("The choice of columns is not valid.", errors);
    return pairs;
}

Choice choose(const std::vector<std::string>& titles, const Pairs& pairs) {
    Choice choice;
    std::vector<FieldError> errors;
    std::set<Field> keys, given;
    const auto take = [&](Field field, std::size_t column) {
        if (namesALearner(field))
            choice.keys.emplace_back(field, column);
        else
            choice.own[field] = column;
    };
    for (const auto& [field, title] : pairs) {
        given.insert(field);
        if (namesALearner(field)) keys.insert(field);
        const auto columns = columnsOf(titles, title);
        if (columns.size() == 1)
            take(field, columns.front());
        else
            errors.push_back({"/match",
                              fmt::format("names the column '{}', which the file {}", common::beginning(title, 200),
                                          columns.empty() ? "does not have" : "has more than once"),
                              fmt::format("The file has: {}.", fmt::join(titles, ", "))});
    }
    for (const auto field : {Field::UntiId, Field::FlowId, Field::CourseId, Field::Status}) {
        if (given.contains(field)) continue;
        std::vector<std::size_t> columns;
        for (std::size_t i = 0; i < titles.size(); ++i)
            if (recognize(titles[i]) == field) columns.push_back(i);
        if (columns.size() == 1)
            take(field, columns.front());
        else if (columns.size() > 1)
            errors.push_back({"/match",
                              fmt::format("leaves open which of {} columns is '{}'", columns.size(), toString(field)),
                              fmt::format("Name it: match={}:TITLE.", toString(field))});
        else if (field == Field::UntiId || field == Field::FlowId)
            errors.push_back(
                {"/match", fmt::format("the file has no column '{}'", field == Field::UntiId ? "Unti ID" : "ID потока"),
                 fmt::format("Give University 2035's own list, or name the column: match={}:TITLE.", toString(field))});
    }
    if (auto error = ruleError(keys)) errors.push_back(std::move(*error));
    if (!errors.empty()) throw AppError::validation("The choice of columns is not valid.", errors);
    return choice;
}

}  // namespace plugin::identities
