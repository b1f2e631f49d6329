// The part of FilesKind that says what the pages need to know of it.

#include "host/connectors/files/FilesKind.h"

namespace host::connectors {

connections::KindFacts FilesKind::facts() const {
    connections::KindFacts out;
    out.order = 5;
    out.way = {{"Файлы", "Files"},
               {"Есть выгрузки CSV, XLSX, JSON или XML: загружайте их на странице или складывайте в папку.",
                "There are exports in CSV, XLSX, JSON or XML: upload them on the page or put them into a folder."},
               {"Образец файла", "A sample file"},
               {}};
    out.brought = {{"upload", "folder"}, isWhole(), maxUpload_};
    out.leadsTo = {{"folder", ""}};
    out.pathsWhen = {"format", {"json", "xml"}};
    out.connection["arrival"].choices = {
        {"stable", {"Не меняется заданное время (stable)", "Unchanged for a time (stable)"}},
        {"renamed", {"Программа переименовывает готовый (renamed)", "A program renames what is whole (renamed)"}}};
    out.connection["settleSeconds"].when = {"arrival", {"stable"}};
    out.route["format"].choices = {
        {"csv", {"CSV", "CSV"}}, {"xlsx", {"XLSX", "XLSX"}}, {"json", {"JSON", "JSON"}}, {"xml", {"XML", "XML"}}};
    out.route["delimiter"].when = {"format", {"csv"}};
    out.route["delimiter"].choices = {{",", {"запятая ,", "comma ,"}},
                                      {";", {"точка с запятой ;", "semicolon ;"}},
                                      {"tab", {"табуляция", "tab"}},
                                      {"|", {"черта |", "bar |"}}};
    out.route["encoding"].when = {"format", {"csv", "json", "xml"}};
    out.route["encoding"].choices = {{"utf-8", {"UTF-8", "UTF-8"}}, {"windows-1251", {"Windows-1251", "Windows-1251"}}};
    for (const auto* one : {"sheet", "headerRow"}) out.route[one].when = {"format", {"xlsx"}};
    out.route["items"].when = {"format", {"json", "xml"}};
    return out;
}

}  // namespace host::connectors
