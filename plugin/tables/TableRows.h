#pragma once
/// Formats the rows of one table. Cells that an element fixes (programme, flow, module, title) are formatted once per
/// element; the others go straight into the buffer. Not thread-safe.

#include "plugin/footprint/Profile.h"
#include "plugin/footprint/Reasons.h"
#include "plugin/footprint/Values.h"

#include <optional>
#include <string>
#include <vector>

namespace plugin::tables {

class TableRows {
public:
    /// What an element fixes of its rows.
    struct Fixed {
        std::vector<std::string> runs;  ///< cells side by side, each with its comma
        std::optional<footprint::Refusal> refusal;
    };

    explicit TableRows(const footprint::Table& table);

    const std::string& header() const noexcept { return header_; }
    Fixed fix(const footprint::Values& values) const;
    /// Appends one row; on a refusal `out` is as it was.
    std::optional<footprint::Refusal> append(std::string& out, const Fixed& fixed,
                                             const footprint::Values& values) const;

private:
    struct Segment {
        bool fixed = false;
        std::size_t first = 0;
        std::size_t last = 0;  ///< one past
    };
    std::optional<footprint::Refusal> cell(std::string& out, const footprint::TableColumn& column,
                                           const footprint::Values& values) const;

    const footprint::Table* table_;
    std::vector<Segment> segments_;
    std::string header_;
};

}  // namespace plugin::tables
