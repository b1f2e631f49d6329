#include "plugin/api/TemplateFile.h"

#include "common/Text.h"
#include "common/xlsx/XlsxReader.h"
#include "host/sdk/Error.h"
#include "plugin/tables/ColumnMatching.h"

#include <algorithm>

namespace plugin::api {

namespace {

constexpr std::size_t kRowsLookedAt = 50;
constexpr std::size_t kLikelyTitles = 2;  ///< a row of fewer names is a caption

std::vector<std::string> titlesOf(const std::vector<common::xlsx::Cell>& cells) {
    std::vector<std::string> titles;
    for (const auto& cell : cells) titles.emplace_back(common::trim(cell.text));
    while (!titles.empty() && titles.back().empty()) titles.pop_back();
    return titles;
}

}  // namespace

TemplateHeader readTemplate(std::istream& file, const footprint::Table& table) {
    common::xlsx::Limits limits;
    limits.partBytes = 64ULL * 1024 * 1024;
    limits.stringBytes = 16U * 1024 * 1024;
    common::xlsx::XlsxReader reader(file, limits);
    TemplateHeader best, likely;
    std::ptrdiff_t bestScore = 0;
    const auto sheets = reader.sheets();
    for (std::size_t i = 0; i < sheets.size(); ++i)
        reader.read(i, [&](std::size_t row, const std::vector<common::xlsx::Cell>& cells) {
            if (row >= kRowsLookedAt) return false;
            TemplateHeader here{sheets[i], static_cast<std::int64_t>(row) + 1, titlesOf(cells)};
            const auto named = std::count_if(here.titles.begin(), here.titles.end(),
                                             [](const std::string& title) { return !title.empty(); });
            const auto score = std::count_if(here.titles.begin(), here.titles.end(), [&](const std::string& title) {
                return !tables::fieldsOf(title, table).empty();
            });
            if (likely.titles.empty() && named >= static_cast<std::ptrdiff_t>(kLikelyTitles)) likely = here;
            if (score > bestScore) {
                bestScore = score;
                best = std::move(here);
            }
            return true;
        });
    if (best.titles.empty()) best = std::move(likely);
    if (best.titles.empty())
        throw host::sdk::AppError(422, "template.no-header",
                                  "No header row was found in the first rows of the file; send the template as it was "
                                  "downloaded, with the names of its columns.");
    return best;
}

}  // namespace plugin::api
