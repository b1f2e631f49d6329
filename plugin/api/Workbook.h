#pragma once
/// A list as one XLSX file in an answer: every cell is text, so that ids and numbers with a zero in front stay what
/// they are. Not thread-safe; a file of its own for each.

#include "host/sdk/Http.h"
#include "plugin/footprint/JsonText.h"
#include "plugin/tables/Sheets.h"

#include <filesystem>
#include <string>
#include <vector>

namespace plugin::api {

inline constexpr const char* kXlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

class Workbook {
public:
    /// The file is made in `folder` and is gone when it has been read. AppError 500 "tables.write".
    Workbook(const std::filesystem::path& folder, const std::string& sheet, std::vector<std::string> titles);
    ~Workbook();
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    /// What people fill in there stays text.
    void keepAsText(std::size_t column) { sheet_.keepAsText(column); }
    /// \throws AppError 422 "table.cell" for a text that no spreadsheet holds.
    void row(const std::vector<std::string>& cells);
    host::sdk::Response answer(const std::string& fileName);

private:
    std::filesystem::path path_;
    std::vector<std::string> titles_;
    footprint::ZoneTime zone_{"UTC"};
    tables::XlsxSheet sheet_;
    std::size_t rows_ = 1;
};

}  // namespace plugin::api
