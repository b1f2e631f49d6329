#include "plugin/api/Workbook.h"

#include "plugin/tables/CellText.h"

#include <Poco/UUIDGenerator.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace plugin::api {
namespace {

std::filesystem::path freshIn(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return folder / (Poco::UUIDGenerator::defaultGenerator().createRandom().toString() + ".xlsx");
}

}  // namespace

Workbook::Workbook(const std::filesystem::path& folder, const std::string& sheet, std::vector<std::string> titles)
    : path_(freshIn(folder)), titles_(std::move(titles)), sheet_(path_, sheet, titles_, zone_, folder, 0) {}

Workbook::~Workbook() {
    std::error_code gone;
    std::filesystem::remove(path_, gone);
}

void Workbook::row(const std::vector<std::string>& texts) {
    ++rows_;
    std::vector<tables::Cell> cells(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].empty()) continue;
        if (tables::faultOf(texts[i], true) != tables::TextFault::None)
            throw host::sdk::AppError(
                422, "table.cell",
                fmt::format("Row {} has a text in the column '{}' that no spreadsheet holds; take the list as CSV.",
                            rows_, titles_.at(i)));
        cells[i] = {tables::Cell::Type::Text, 0, 0, texts[i]};
    }
    sheet_.row(cells);
}

host::sdk::Response Workbook::answer(const std::string& fileName) {
    sheet_.finish();
    sheet_.publish();
    std::ifstream file(path_, std::ios::binary);
    host::sdk::Response response;
    response.contentType = kXlsxType;
    response.body.assign(std::istreambuf_iterator<char>(file), {});
    if (response.body.size() != static_cast<std::size_t>(sheet_.bytes())) tables::writeFailed("read", path_, errno);
    return response.header("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
}

}  // namespace plugin::api
