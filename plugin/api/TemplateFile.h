#pragma once
/// Finds the header row in a template that an organization downloaded. Pure but for the stream.

#include "plugin/footprint/Profile.h"

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

namespace plugin::api {

struct TemplateHeader {
    std::string sheet;
    std::int64_t row = 0;  ///< 1-based
    std::vector<std::string> titles;
};

/// The row, among the first of every sheet, most of whose cells are names that the table knows; where none is known,
/// the first row that looks like a header. \throws AppError 422 when the file is no XLSX or has no such row.
TemplateHeader readTemplate(std::istream& file, const footprint::Table& table);

}  // namespace plugin::api
