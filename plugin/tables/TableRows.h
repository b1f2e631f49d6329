#pragma once
/// Makes the rows of one table, as the spool keeps them. Cells that an element fixes (programme, flow, module, title)
/// are made once per element; the others go straight into the buffer. Not thread-safe.

#include "plugin/footprint/Profile.h"
#include "plugin/footprint/Reasons.h"
#include "plugin/footprint/Values.h"
#include "plugin/tables/Cell.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace plugin::tables {

class TableRows {
public:
    /// What an element fixes of its rows.
    struct Fixed {
        std::vector<std::string> runs;  ///< cells side by side
        std::optional<footprint::Refusal> refusal;
    };

    /// `table` must outlive it. A column without a name (Name::Count) stays empty.
    explicit TableRows(const footprint::Table& table);

    /// Does a row name files, so that an archive belongs to it?
    bool namesFiles() const noexcept { return namesFiles_; }
    Fixed fix(const footprint::Values& values) const;
    /// Appends one row; on a refusal `out` is as it was.
    std::optional<footprint::Refusal> append(std::string& out, const Fixed& fixed, const footprint::Values& values,
                                             const RowHead& head, std::span<const RowFile> files = {},
                                             const RowPerson& person = {}) const;

private:
    struct Segment {
        bool fixed = false;
        std::size_t first = 0;
        std::size_t last = 0;  ///< one past
    };
    std::optional<footprint::Refusal> cell(std::string& out, const footprint::TableColumn& column,
                                           const footprint::Values& values, bool hasFiles) const;

    const footprint::Table* table_;
    std::vector<Segment> segments_;
    bool namesFiles_ = false;
};

}  // namespace plugin::tables
