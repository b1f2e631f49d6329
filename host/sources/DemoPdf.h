#pragma once
/// A small, valid one-page PDF with lines of Latin text. Pure.

#include <string>
#include <vector>

namespace host::sources {

std::string makePdf(const std::vector<std::string>& lines);

}  // namespace host::sources
