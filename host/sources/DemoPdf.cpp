#include "host/sources/DemoPdf.h"

#include <fmt/format.h>

namespace host::sources {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

}  // namespace

std::string makePdf(const std::vector<std::string>& lines) {
    std::string content = "BT /F1 14 Tf 60 780 Td 22 TL\n";
    for (const auto& line : lines) content += "(" + escaped(line) + ") Tj T*\n";
    content += "ET\n";
    const std::string objects[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << "
                                   "/Font << /F1 5 0 R >> >> >>",
                                   fmt::format("<< /Length {} >>\nstream\n{}endstream", content.size(), content),
                                   "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    std::string pdf = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    int number = 0;
    for (const auto& object : objects) {
        table += fmt::format("{:010} 00000 n \n", pdf.size());
        pdf += fmt::format("{} 0 obj\n{}\nendobj\n", ++number, object);
    }
    const auto start = pdf.size();
    pdf += fmt::format("xref\n0 {}\n{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", number + 1, table,
                       number + 1, start);
    return pdf;
}

}  // namespace host::sources
