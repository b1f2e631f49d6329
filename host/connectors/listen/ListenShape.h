#pragma once
/// The JSON that a listening route reads, as a schema and as an example, made from its paths. Dotted names become
/// objects; what a path says beyond names (filters, wildcards, parents) stays in the description alone. Pure.

#include <string>
#include <vector>

namespace host::connectors {

/// A JSON Schema.
std::string shapeOf(const std::string& items, const std::vector<std::string>& columns);
std::string exampleOf(const std::string& items, const std::vector<std::string>& columns);

}  // namespace host::connectors
