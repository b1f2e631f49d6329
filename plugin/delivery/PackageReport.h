#pragma once
/// A full package's report as plain Russian text, to be copied into a letter to University 2035's specialists. Pure.

#include "host/sdk/Organizations.h"
#include "plugin/store/PackageStore.h"

#include <string>
#include <vector>

namespace plugin::delivery {

/// «принят», «отклонён»…: of one statement or of a package.
std::string statementStateText(const std::string& state);
std::string packageStateText(const std::string& state);

std::string packageText(const host::sdk::Organization& organization, const std::string& projectTitle,
                        const store::PackageRow& package, const std::vector<store::TestStatement>& statements);

}  // namespace plugin::delivery
