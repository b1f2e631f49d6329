#include "common/xlsx/SheetParser.h"

#include "common/Text.h"

#include <fmt/format.h>

#include <charconv>

namespace common::xlsx {
namespace {

std::string shown(std::string_view text) {
    return std::string(beginning(text, 40));
}

}  // namespace

bool SheetParser::start(std::string_view name, const Poco::XML::Attributes& attributes) {
    if (inItem_) {
        item_.start(name, attributes);
    } else if (inCell_) {
        if (name == "v") {
            inValue_ = hasValue_ = true;
            value_.clear();
        } else if (name == "is") {
            inItem_ = hasItem_ = true;
            item_.begin();
        } else if (name == "f") {
            hasFormula_ = true;
        }
    } else if (inRow_) {
        if (name == "c") startCell(attributes);
    } else if (name == "row") {
        startRow(attributes);
    }
    return true;
}

bool SheetParser::end(std::string_view name) {
    if (inItem_) {
        if (name == "is")
            inItem_ = false;
        else
            item_.end(name);
    } else if (inCell_) {
        if (name == "v") inValue_ = false;
        if (name == "c") endCell();
    } else if (inRow_ && name == "row") {
        return endRow();
    }
    return name != "sheetData";  // what follows is not the table
}

void SheetParser::text(std::string_view text) {
    if (inItem_)
        item_.text(text);
    else if (inValue_)
        appendLimited(value_, text, limits_);
}

std::string SheetParser::where() const {
    if (rowNumber_ == 0) return {};
    if (inCell_) return fmt::format(", cell {}{}", columnName(column_), rowNumber_);
    return fmt::format(", row {}", rowNumber_);
}

void SheetParser::startRow(const Poco::XML::Attributes& attributes) {
    std::size_t number = rowNumber_ + 1;
    if (const auto* r = attribute(attributes, "r")) {
        const auto parsed = parseRowNumber(*r);
        if (!parsed) throw Fault("a row has a number that is none: '" + shown(*r) + "'");
        if (*parsed < number) throw Fault(fmt::format("row {} stands after row {}", *parsed, rowNumber_));
        number = *parsed;
    }
    if (number > limits_.rows) throw Fault(fmt::format("it has a row {}, at most {} are read", number, limits_.rows));
    rowNumber_ = number;
    inRow_ = true;
    used_ = nextColumn_ = 0;
}

void SheetParser::startCell(const Poco::XML::Attributes& attributes) {
    column_ = nextColumn_;
    inCell_ = true;
    hasValue_ = hasItem_ = hasFormula_ = false;
    value_.clear();
    if (const auto* r = attribute(attributes, "r")) {
        const auto ref = parseRef(*r);
        if (!ref) throw Fault("a cell has a place that is none: '" + shown(*r) + "'");
        if (ref->row + 1 != rowNumber_) throw Fault("it holds the cell " + *r + " of another row");
        column_ = ref->column;
    }
    nextColumn_ = column_ + 1;
    const auto* type = attribute(attributes, "t");
    type_ = type ? *type : "n";
    style_ = 0;
    if (const auto* s = attribute(attributes, "s")) std::from_chars(s->data(), s->data() + s->size(), style_);
}

/// Only what holds something takes a place: a sheet formatted to its last column costs nothing.
Cell& SheetParser::place() {
    if (column_ >= limits_.columns)
        throw Fault(fmt::format("it is beyond column {}, the last that is read", columnName(limits_.columns - 1)));
    if (cells_.size() <= column_) cells_.resize(column_ + 1);
    for (; used_ <= column_; ++used_) {
        Cell& cell = cells_[used_];
        cell.type = Cell::Type::Empty;
        cell.doubt = Cell::Doubt::None;
        cell.boolean = false;
        cell.number = 0;
        cell.text.clear();
    }
    Cell& cell = cells_[column_];
    if (cell.type != Cell::Type::Empty) throw Fault("it stands twice");
    return cell;
}

NumberFormat SheetParser::format() const {
    return style_ < formats_.size() ? formats_[style_] : NumberFormat::Number;
}

void SheetParser::fill(Cell& cell) {
    if (type_ == "s") {
        std::size_t index = 0;
        const auto text = trim(value_);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
        if (error != std::errc() || end != text.data() + text.size() || index >= strings_.size())
            throw Fault("it names a text that the file does not hold");
        cell.text = strings_[index];
        cell.type = Cell::Type::Text;
    } else if (type_ == "inlineStr") {
        cell.text = hasItem_ ? item_.value() : unescape(value_);
        cell.type = Cell::Type::Text;
    } else if (type_ == "str" || type_ == "e") {
        cell.text = unescape(value_);
        cell.type = Cell::Type::Text;
        if (type_ == "e") cell.doubt = Cell::Doubt::Failed;
    } else if (type_ == "b") {
        const auto text = trim(value_);
        cell.boolean = text == "1" || text == "true";
        if (!cell.boolean && text != "0" && text != "false") throw Fault("it is neither true nor false");
        cell.text = cell.boolean ? "TRUE" : "FALSE";
        cell.type = Cell::Type::Boolean;
    } else if (type_ == "d") {
        cell.text = trim(value_);
        cell.type = Cell::Type::Date;
    } else if (type_ == "n") {
        if (!setNumber(cell, trim(value_))) throw Fault("it is no number: '" + shown(value_) + "'");
        setDate(cell, format(), from1904_);
    } else {
        throw Fault("it has an unknown type: '" + shown(type_) + "'");
    }
}

void SheetParser::endCell() {
    const bool numeric = type_ == "n" || type_ == "d" || type_ == "b" || type_ == "s";
    const bool empty = !(hasValue_ || hasItem_) || (numeric && trim(value_).empty());
    if (!empty)
        fill(place());
    else if (hasFormula_)
        place().doubt = Cell::Doubt::NotComputed;
    inCell_ = false;
}

bool SheetParser::endRow() {
    inRow_ = false;
    given_ += used_ + 1;
    if (given_ > limits_.cells) throw Fault(fmt::format("it has more cells than {}", limits_.cells));
    cells_.resize(used_);
    try {
        return row_(rowNumber_ - 1, cells_);
    } catch (...) {
        callbackError_ = std::current_exception();
        return false;
    }
}

}  // namespace common::xlsx
