#pragma once
/// What stands beside the sheets: which sheets there are and where, the shared strings, the formats of numbers.
/// Functions over an opened zip; they throw Fault.

#include "common/xlsx/CellValue.h"
#include "common/xlsx/XmlPart.h"

#include <string>
#include <vector>

namespace common::xlsx {

struct Workbook {
    struct Sheet {
        std::string name;
        std::string part;  ///< within the zip
    };
    std::vector<Sheet> sheets;
    std::string strings;  ///< part of the shared strings, "" when there is none
    std::string styles;   ///< part of the styles, "" when there is none
    bool from1904 = false;
};

Workbook readWorkbook(const ZipFile& zip, const Limits& limits);
std::vector<std::string> readSharedStrings(const ZipFile& zip, const std::string& part, const Limits& limits);
/// By the index that a cell's `s` gives.
std::vector<NumberFormat> readFormats(const ZipFile& zip, const std::string& part, const Limits& limits);

/// Collects the text of a string item (si, is): its runs joined, phonetic hints (rPh) left out, white space at both
/// ends of a t kept only with xml:space="preserve", as Excel does. Feed it every event below the item.
class StringItem {
public:
    explicit StringItem(const Limits& limits) : limits_(limits) {}
    void begin() { text_.clear(), run_.clear(), phonetic_ = 0, inText_ = false; }
    void start(std::string_view name, const Poco::XML::Attributes& attributes);
    void end(std::string_view name);
    void text(std::string_view text);
    const std::string& value() const { return text_; }

private:
    const Limits& limits_;
    std::string text_;
    std::string run_;
    int phonetic_ = 0;
    bool inText_ = false;
    bool preserve_ = false;
};

/// Also for v: at most limits.cellBytes.
void appendLimited(std::string& to, std::string_view text, const Limits& limits);

}  // namespace common::xlsx
