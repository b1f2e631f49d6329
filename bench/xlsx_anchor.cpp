// The anchor of the XLSX figure: a bare libxlsxwriter loop in constant-memory mode that writes the same cells of the
// same types from the same query, without checks, hash, spool or rename.
//   bench_xlsx_anchor FILE XLSX

#include "bench/ResultRows.h"
#include "plugin/footprint/JsonText.h"

#include <iostream>
#include <xlsxwriter.h>

namespace {

template <class T>
void number(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Poco::Nullable<T>& value) {
    if (!value.isNull()) worksheet_write_number(sheet, row, column, static_cast<double>(value.value()), nullptr);
}

void text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& value) {
    worksheet_write_string(sheet, row, column, value.c_str(), nullptr);
}

int write(const std::string& file, const std::string& xlsx) {
    const plugin::footprint::ZoneTime zone("Europe/Moscow");
    lxw_workbook_options options{LXW_TRUE, nullptr, LXW_FALSE};
    lxw_workbook* workbook = workbook_new_opt(xlsx.c_str(), &options);
    lxw_worksheet* sheet = workbook_add_worksheet(workbook, "assessment-results");
    lxw_format* time = workbook_add_format(workbook);
    format_set_num_format(time, "dd.mm.yyyy hh:mm:ss");
    const std::vector<std::string> titles{"UNTI ID",
                                          "ID курса",
                                          "ID потока",
                                          "Номер модуля",
                                          "Название элемента",
                                          "Дата и время",
                                          "Балл",
                                          "Минимальный балл",
                                          "Максимальный балл",
                                          "Проходной балл",
                                          "Успешность (да/нет)",
                                          "Номер попытки",
                                          "Всего попыток",
                                          "Длительность"};
    for (std::size_t i = 0; i < titles.size(); ++i) text(sheet, 0, static_cast<lxw_col_t>(i), titles[i]);
    lxw_row_t row = 0;
    std::string duration;
    bench::pages(file, [&](const bench::Page& page) {
        for (std::size_t i = 0; i < page.untiId.size(); ++i) {
            ++row;
            text(sheet, row, 0, page.untiId[i]);
            text(sheet, row, 1, std::to_string(page.programme[i]));
            text(sheet, row, 2, std::to_string(page.flow[i]));
            number(sheet, row, 3, page.module[i]);
            text(sheet, row, 4, page.title[i]);
            worksheet_write_number(sheet, row, 5, static_cast<double>(zone.local(page.at[i])) / 86'400e6 + 25'569,
                                   time);
            worksheet_write_number(sheet, row, 6, page.raw[i], nullptr);
            number(sheet, row, 7, page.least[i]);
            number(sheet, row, 8, page.most[i]);
            number(sheet, row, 9, page.pass[i]);
            text(sheet, row, 10, page.success[i] != 0 ? "да" : "нет");
            worksheet_write_number(sheet, row, 11, static_cast<double>(page.attempt[i]), nullptr);
            number(sheet, row, 12, page.maxAttempts[i]);
            if (page.duration[i].isNull()) continue;
            duration.clear();
            plugin::footprint::appendDuration(duration, page.duration[i].value());
            text(sheet, row, 13, duration);
        }
    });
    return workbook_close(workbook) == LXW_NO_ERROR ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: bench_xlsx_anchor FILE XLSX\n";
        return 2;
    }
    Poco::Data::SQLite::Connector::registerConnector();
    try {
        return write(argv[1], argv[2]);
    } catch (const std::exception& error) {
        std::cerr << "bench_xlsx_anchor: " << error.what() << '\n';
        return 1;
    }
}
