#pragma once
/// A worksheet's XML to rows. Throws Fault; ends when the callback returns false or throws (`callbackError`).

#include "common/xlsx/Workbook.h"

#include <exception>

namespace common::xlsx {

class SheetParser final : public XmlEvents {
public:
    SheetParser(const Limits& limits, const std::vector<std::string>& strings, const std::vector<NumberFormat>& formats,
                bool from1904, const XlsxReader::Row& row)
        : limits_(limits), strings_(strings), formats_(formats), from1904_(from1904), row_(row), item_(limits) {}

    bool start(std::string_view name, const Poco::XML::Attributes& attributes) override;
    bool end(std::string_view name) override;
    void text(std::string_view text) override;

    /// Where the reading stands, for a message: "" before the first row, else ", row 17" or ", cell B17".
    std::string where() const;
    /// What the callback threw, kept from expat and its error handling.
    std::exception_ptr callbackError() const { return callbackError_; }

private:
    void startRow(const Poco::XML::Attributes& attributes);
    void startCell(const Poco::XML::Attributes& attributes);
    void endCell();
    bool endRow();
    void fill(Cell& cell);
    Cell& place();
    NumberFormat format() const;

    const Limits& limits_;
    const std::vector<std::string>& strings_;
    const std::vector<NumberFormat>& formats_;
    bool from1904_;
    const XlsxReader::Row& row_;

    std::vector<Cell> cells_;
    std::size_t used_ = 0;       ///< cells of this row
    std::size_t rowNumber_ = 0;  ///< 1-based, 0 before the first
    std::size_t column_ = 0;     ///< of this cell
    std::size_t nextColumn_ = 0;
    std::uint64_t given_ = 0;
    bool inRow_ = false;
    bool inCell_ = false;
    bool inValue_ = false;
    bool inItem_ = false;
    bool hasValue_ = false;
    bool hasItem_ = false;
    bool hasFormula_ = false;
    std::string type_;
    std::size_t style_ = 0;
    std::string value_;
    StringItem item_;
    std::exception_ptr callbackError_;
};

}  // namespace common::xlsx
