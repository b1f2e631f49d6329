// Reading an .xlsx of 100,000 rows of eight cells: every cell's text counted; the whole process is timed, the anchor is
// openpyxl in its read-only mode over the same file.
//   bench_xlsx FILE    prints rows and bytes of text

#include "common/xlsx/XlsxReader.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>

int main(int count, char** arguments) {
    if (count != 2) {
        fmt::print(stderr, "usage: bench_xlsx FILE\n");
        return 2;
    }
    std::ifstream file(arguments[1], std::ios::binary);
    common::xlsx::XlsxReader reader(file);
    std::size_t rows = 0;
    std::size_t bytes = 0;
    reader.read(0, [&](std::size_t, const std::vector<common::xlsx::Cell>& cells) {
        ++rows;
        for (const auto& cell : cells) bytes += cell.text.size();
        return true;
    });
    fmt::print("{} {}\n", rows, bytes);
    return 0;
}
