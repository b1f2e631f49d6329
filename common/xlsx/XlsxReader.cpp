#include "common/xlsx/XlsxReader.h"

#include "common/xlsx/SheetParser.h"
#include "host/sdk/Error.h"

#include <fmt/format.h>

#include <optional>

namespace common::xlsx {
namespace {

constexpr std::string_view kZip = "PK";
constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr const char* kSaveAgain = "Open it in Excel or LibreOffice, save it as .xlsx and give that file.";

[[noreturn]] void refuse(const std::string& why, const char* fix = kSaveAgain) {
    throw host::sdk::AppError(422, "xlsx.invalid", fmt::format("The .xlsx file can't be read: {}. {}", why, fix));
}

/// Names in an OLE directory are UTF-16LE; an encrypted .xlsx holds "EncryptedPackage", an .xls "Workbook" or "Book".
bool holdsEncryptedPackage(std::istream& file) {
    std::string needle;
    for (const char c : std::string_view("EncryptedPackage")) needle.append(1, c).append(1, '\0');
    std::string window;
    char buffer[64 * 1024];
    file.clear();
    file.seekg(0);
    while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
        window.append(buffer, static_cast<std::size_t>(file.gcount()));
        if (window.find(needle) != std::string::npos) return true;
        if (window.size() > needle.size()) window.erase(0, window.size() - needle.size());
    }
    return false;
}

void refuseOtherKinds(std::istream& file) {
    char head[8] = {};
    file.clear();
    file.seekg(0);
    file.read(head, sizeof head);
    const std::string_view start(head, static_cast<std::size_t>(file.gcount()));
    if (start.empty()) refuse("it is empty");
    if (start == kOle) {
        if (holdsEncryptedPackage(file))
            refuse("it is protected by a password", "Take the password off and save it again.");
        refuse("it is a workbook of the old kind (.xls)");
    }
    if (!start.starts_with(kZip)) refuse("it is no .xlsx file at all");
}

}  // namespace

struct XlsxReader::State {
    State(std::istream& file, const Limits& given) : limits(given), zip(file, limits.parts) {}

    const Limits limits;
    ZipFile zip;
    Workbook workbook;
    std::optional<std::vector<std::string>> strings;  // read with the first sheet
    std::vector<NumberFormat> formats;
};

XlsxReader::XlsxReader(std::istream& file, const Limits& limits) {
    refuseOtherKinds(file);
    try {
        state_ = std::make_unique<State>(file, limits);
        if (state_->zip.find("mimetype") && state_->zip.find("content.xml"))
            throw Fault("it is an OpenDocument file (.ods)");
        state_->workbook = readWorkbook(state_->zip, state_->limits);
    } catch (const Fault& fault) {
        refuse(fault.what());
    }
}

XlsxReader::~XlsxReader() = default;

std::vector<std::string> XlsxReader::sheets() const {
    std::vector<std::string> names;
    for (const auto& sheet : state_->workbook.sheets) names.push_back(sheet.name);
    return names;
}

void XlsxReader::read(std::size_t sheet, const Row& row) {
    const auto& [name, part] = state_->workbook.sheets.at(sheet);
    std::string where = "sheet '" + name + "'";
    std::optional<SheetParser> parser;
    try {
        const ZipEntry* entry = state_->zip.find(part);
        if (!entry) throw Fault("the file does not hold it");
        if (!state_->strings) {
            state_->formats = readFormats(state_->zip, state_->workbook.styles, state_->limits);
            state_->strings = readSharedStrings(state_->zip, state_->workbook.strings, state_->limits);
        }
        parser.emplace(state_->limits, *state_->strings, state_->formats, state_->workbook.from1904, row);
        readXml(state_->zip, *entry, state_->limits, *parser);
    } catch (const Fault& fault) {
        refuse(where + (parser ? parser->where() : "") + ": " + fault.what());
    }
    if (parser->callbackError()) std::rethrow_exception(parser->callbackError());
}

}  // namespace common::xlsx
