#include "plugin/api/RowNames.h"

#include "common/NameFold.h"
#include "common/Text.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;

namespace {

constexpr std::size_t kLongest = 200;          ///< bytes
constexpr std::size_t kMostLearners = 50'000;  ///< their ids stand in the statement that looks for their rows

}  // namespace

void writeNames(common::JsonWriter& json, const RecordNamesOf& names) {
    json.memberIfSet("learnerName", names.learner)
        .memberIfSet("flowTitle", names.flow)
        .memberIfSet("moduleTitle", names.module)
        .memberIfSet("elementTitle", names.element);
}

void endTitles(CsvText& csv) {
    csv.cell("learnerName").cell("flowTitle").cell("moduleTitle").cell("elementTitle").endRow();
}

void endRow(CsvText& csv, const RecordNamesOf& names) {
    csv.cell(names.learner).cell(names.flow).cell(names.module).cell(names.element).endRow();
}

store::Search searchFor(host::sdk::RecordNames& names, const std::string& organization, const std::string& text) {
    store::Search search;
    search.part = common::foldName(common::trim(text));
    if (search.part.empty()) return search;
    if (search.part.size() > kLongest)
        throw AppError::badRequest("The text to search for is longer than 200 bytes; shorten it.");
    search.learners = names.learnersLike(organization, search.part, 0, kMostLearners + 1);
    if (search.learners.size() > kMostLearners)
        throw AppError(400, "search.too-wide",
                       fmt::format("The text fits more than {} learners; write more of it.", kMostLearners));
    return search;
}

store::Search searchIn(const host::sdk::Request& request, host::sdk::RecordNames& names) {
    return searchFor(names, request.parameter("org"), request.queryValue("q").value_or(""));
}

}  // namespace plugin::api
