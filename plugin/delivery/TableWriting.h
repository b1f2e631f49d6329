#pragma once
/// Step three of a night: the five elements of a project's flows as files, for upload by hand or as a record of what
/// went through the LRS. Needs no integration.

#include "plugin/delivery/Night.h"
#include "plugin/tables/ColumnMatching.h"

namespace plugin::delivery {

struct WrittenTables {
    int files = 0;
    std::int64_t rows = 0;
};

/// Writes exports/ORG/RUN/PROJECT/, whole or not at all.
WrittenTables writeTables(const NightParts& parts, Night& night, const ProjectNight& project);

/// Under which origin a night lists what its tables lack; the test contour's never mixes with the production's.
const char* tablesOrigin(const NightArguments& arguments);

/// Where a run's exports lie: exports/ORG/RUN.
std::filesystem::path exportFolder(const std::filesystem::path& exports, const std::string& organization,
                                   std::int64_t runId);

/// What was decided of a template's columns, as the tables' room takes it.
std::vector<tables::MappedColumn> mappedColumns(const store::TableTemplate& own);

}  // namespace plugin::delivery
