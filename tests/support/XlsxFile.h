#pragma once
/// An .xlsx file put together part by part, so that a test decides every byte of it. Defaults make a workbook of one
/// sheet "Лист1"; a part set to "" is left out.

#include <Poco/DateTime.h>
#include <Poco/Zip/Compress.h>

#include <map>
#include <sstream>
#include <string>

namespace tests {

class XlsxFile {
public:
    static constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    XlsxFile() {
        const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const std::string relations =
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>";
        part("_rels/.rels", relations + "<Relationship Id='rId1' Type='" + office +
                                "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
        part("xl/_rels/workbook.xml.rels",
             relations + "<Relationship Id='rId1' Type='" + office + "/worksheet' Target='worksheets/sheet1.xml'/>" +
                 "<Relationship Id='rId2' Type='" + office + "/sharedStrings' Target='sharedStrings.xml'/>" +
                 "<Relationship Id='rId3' Type='" + office + "/styles' Target='styles.xml'/></Relationships>");
        part("xl/workbook.xml", "<workbook xmlns='" + std::string(kMain) + "' xmlns:r='" + office +
                                    "'><sheets><sheet name='Лист1' sheetId='1' r:id='rId1'/></sheets></workbook>");
        rows("");
    }

    XlsxFile& part(const std::string& name, std::string content) {
        parts_[name] = std::move(content);
        return *this;
    }
    /// What stands within sheetData of the one sheet.
    XlsxFile& rows(const std::string& xml) {
        return part("xl/worksheets/sheet1.xml",
                    "<worksheet xmlns='" + std::string(kMain) + "'><sheetData>" + xml + "</sheetData></worksheet>");
    }
    /// The items of the table of shared strings.
    XlsxFile& strings(const std::string& xml) {
        return part("xl/sharedStrings.xml", "<sst xmlns='" + std::string(kMain) + "'>" + xml + "</sst>");
    }
    XlsxFile& styles(const std::string& xml) {
        return part("xl/styles.xml", "<styleSheet xmlns='" + std::string(kMain) + "'>" + xml + "</styleSheet>");
    }

    /// `asStream`: sizes and checksums after the data, as programs write that cannot seek.
    std::string bytes(bool asStream = false) const {
        std::ostringstream out;
        Poco::Zip::Compress zip(out, !asStream);
        for (const auto& [name, content] : parts_) {
            if (content.empty()) continue;
            std::istringstream in(content);
            zip.addFile(in, Poco::DateTime(2025, 9, 1), Poco::Path(name, Poco::Path::PATH_UNIX));
        }
        zip.close();
        return out.str();
    }

private:
    std::map<std::string, std::string> parts_;
};

}  // namespace tests
