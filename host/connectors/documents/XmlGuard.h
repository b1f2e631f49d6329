#pragma once
/// What is refused of XML that strangers send, before anything is made of it: a DTD (XXE, "billion laughs"), references
/// to entities that no DTD-less document can have (they would stand in a cell as they are written), elements deeper
/// than 64. One pass, no memory. Pure.

#include <string_view>

namespace host::connectors {

/// Not a parser: that the document is well-formed is the parser's to say. \throws sdk::SourceError Format or Limit
void checkXml(std::string_view xml);

}  // namespace host::connectors
