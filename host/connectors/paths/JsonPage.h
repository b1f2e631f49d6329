#pragma once
/// The JSON of one answer as a document. Pure; thread-safe.

#include <rapidjson/document.h>

#include <string>

namespace host::connectors {

/// Halves of surrogate pairs, which programs leave that cut a text within a letter, become U+FFFD: one such text must
/// not stop all the others. \return whether there was one
bool mendHalves(std::string& json);

/// Numbers are texts, as their source wrote them. The document's texts lie in `page`, which is changed.
/// \throws sdk::SourceError Format: what is wrong, and at which byte
rapidjson::Document parseJsonPage(std::string& page);

}  // namespace host::connectors
