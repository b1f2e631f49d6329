#include "host/connectors/files/FilesKind.h"

#include "common/CsvReader.h"
#include "host/connectors/documents/ItemsSource.h"
#include "host/connectors/files/XlsxSource.h"
#include "host/sources/CsvSource.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace host::connectors {
namespace {

namespace fs = std::filesystem;
using sdk::SourceError;
using sdk::SourceField;
using Kind = SourceError::Kind;
using Type = SourceField::Type;

/// A CSV file and its stream.
class OwnedCsv : public sdk::SourceReader {
public:
    OwnedCsv(std::unique_ptr<std::istream> bytes, const common::CsvOptions& options)
        : bytes_(std::move(bytes)), rows_(*bytes_, options) {}
    const std::vector<std::string>& columns() const override { return rows_.columns(); }
    bool next(sdk::SourceRow& row) override { return rows_.next(row); }

private:
    std::unique_ptr<std::istream> bytes_;
    sources::CsvSource rows_;
};

std::unique_ptr<sdk::SourceReader> readCsv(const sdk::SourceValues& route, std::unique_ptr<std::istream> bytes) {
    common::CsvOptions options;
    const auto delimiter = route.text("delimiter");
    options.delimiter = delimiter == "tab" ? '\t' : delimiter.empty() ? ',' : delimiter.front();
    if (route.text("encoding") == "windows-1251") options.encoding = common::CsvEncoding::Windows1251;
    try {
        return std::make_unique<OwnedCsv>(std::move(bytes), options);
    } catch (const sdk::AppError& error) {
        if (error.status() != 422 || error.code() == "source.encoding") throw;
        throw SourceError(Kind::Format, error.what(), error.errors().empty() ? "" : error.errors().front().fix);
    }
}

/// Plain names one below the other; nothing that climbs or begins anew.
bool isPlain(const std::string& path) {
    if (path.empty() || path.front() == '/' || path.find('\0') != std::string::npos) return false;
    for (const auto& part : fs::path(path))
        if (part.empty() || part == ".." || part == "." || part.string().front() == '.') return false;
    return true;
}

bool isBeneath(const fs::path& inner, const fs::path& outer) {
    const auto [left, right] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
    return left == outer.end();
}

}  // namespace

sdk::SourceDescription FilesKind::describe() const {
    sdk::SourceDescription out;
    out.name = kName;
    out.title = {"Файлы", "Files"};
    out.connection = {
        {.name = "folder",
         .type = Type::Text,
         .title = {"Наблюдаемая папка", "Watched folder"},
         .hint =
             {"Папка организации на сервере, внутри названных администратором (connections.folders); у пути — папка "
              "с именем его префикса; пусто — только загрузка",
              "A folder of the organization on the server, beneath those that its administrator has named "
              "(connections.folders); a route has the one that its prefix names; empty: upload only"},
         .example = "crm"},
        {.name = "arrival",
         .type = Type::Choice,
         .title = {"Когда файл целый", "When a file is whole"},
         .hint = {"stable — не меняется столько секунд; renamed — программа пишет под именем на .tmp или .part и "
                  "переименовывает",
                  "stable: unchanged for so many seconds; renamed: the program writes under a name that ends in .tmp "
                  "or .part and renames"},
         .fallback = "stable",
         .choices = {"stable", "renamed"}},
        {.name = "settleSeconds",
         .type = Type::Number,
         .title = {"Секунд без изменений", "Seconds unchanged"},
         .fallback = "30",
         .min = 1,
         .max = 86400}};
    out.route = {
        {.name = "format",
         .type = Type::Choice,
         .title = {"Формат", "Format"},
         .fallback = "csv",
         .choices = {"csv", "xlsx", "json", "xml"}},
        {.name = "pattern",
         .type = Type::Text,
         .title = {"Имена файлов", "Names of files"},
         .hint = {"Какие файлы папки брать: * и ? — любые знаки", "Which files of the folder: * and ? are any signs"},
         .example = "grades-*.csv",
         .fallback = "*"},
        {.name = "delimiter",
         .type = Type::Choice,
         .title = {"Разделитель CSV", "Delimiter of CSV"},
         .fallback = ",",
         .choices = {",", ";", "tab", "|"}},
        {.name = "encoding",
         .type = Type::Choice,
         .title = {"Кодировка", "Encoding"},
         .fallback = "utf-8",
         .choices = {"utf-8", "windows-1251"}},
        {.name = "sheet",
         .type = Type::Text,
         .title = {"Лист XLSX", "Sheet of XLSX"},
         .hint = {"Пусто — первый", "Empty: the first"}},
        {.name = "headerRow",
         .type = Type::Number,
         .title = {"Строка с именами столбцов в XLSX", "Row of XLSX that names the columns"},
         .fallback = "1",
         .min = 1,
         .max = 1000},
        itemsField()};
    out.takesWatermark = false;
    return out;
}

void FilesKind::check(const sdk::SourceRequest& request) {
    checkRoute(request, "");
}

void FilesKind::checkRoute(const sdk::SourceRequest& request, const std::string& prefix) const {
    const auto folder = request.connection.text("folder");
    if (folder.empty()) return;
    const auto real = watchedFolder(folders_, request.organization, folder, prefix);
    const fs::path shown = prefix.empty() ? fs::path(folder) : fs::path(folder) / prefix;
    for (const auto* inner : {"", "work", "done", "failed"}) {
        const auto place = *inner == '\0' ? real : real / inner;
        if (::access(place.c_str(), R_OK | W_OK | X_OK) == 0) continue;
        const int why = errno;
        if (why == ENOENT && *inner != '\0') continue;  // it will be made
        throw SourceError(Kind::Rights,
                          fmt::format("Files of the folder '{}' can't be moved by this server: {}.",
                                      (*inner == '\0' ? shown : shown / inner).string(), std::strerror(why)),
                          "Let the server's user write to the folder: a file that is taken is moved to 'work', then to "
                          "'done' or 'failed'.");
    }
}

std::unique_ptr<sdk::SourceReader> FilesKind::open(const sdk::SourceRequest&) {
    throw SourceError(Kind::Configuration, "A route of files is not run: files are brought to it.",
                      "Upload a file (POST …/upload), or put it into the watched folder.");
}

std::unique_ptr<sdk::SourceReader> FilesKind::read(const sdk::SourceRequest& request,
                                                   std::unique_ptr<std::istream> bytes, const std::string&) const {
    const auto& route = request.route;
    const auto format = route.text("format");
    if (format == "csv" || format.empty()) return readCsv(route, std::move(bytes));
    if (format == "xlsx")
        return std::make_unique<XlsxSource>(std::move(bytes),
                                            XlsxSource::Options{route.text("sheet"),
                                                                static_cast<std::size_t>(route.number("headerRow")),
                                                                {request.columns.begin(), request.columns.end()}});
    // What the file says of its encoding goes before the fallback of the form.
    const std::string encoding = route.text("encoding") == "utf-8" ? "" : route.text("encoding");
    return std::make_unique<ItemsSource>(wholeText(*bytes, kMostDocumentBytes), "",
                                         ItemsFormat{format == "xml", route.text("items"), encoding}, request.columns);
}

fs::path watchedFolder(const std::vector<fs::path>& roots, const std::string& organization, const std::string& folder,
                       const std::string& prefix) {
    if (roots.empty())
        throw SourceError(Kind::Configuration, "The server's configuration names no folders to be watched.",
                          "Let the server's administrator set connections.folders.");
    if (!isPlain(folder) || (!prefix.empty() && !isPlain(prefix)))
        throw SourceError(Kind::Configuration, fmt::format("'{}' is no name of a watched folder.", folder),
                          "Name it from the organization's own folder on, as in 'crm'.");
    for (const auto& root : roots) {
        std::error_code failed;
        const auto home = fs::canonical(root / organization, failed);
        if (failed) continue;
        const auto real = fs::canonical(home / folder / prefix, failed);
        if (failed || !fs::is_directory(real, failed)) continue;
        if (isBeneath(home, fs::canonical(root, failed)) && isBeneath(real, home)) return real;
    }
    throw SourceError(
        Kind::NotThere,
        fmt::format("There is no folder '{}' for this organization.", prefix.empty() ? folder : folder + "/" + prefix),
        fmt::format("Let the server's administrator make it in a folder of connections.folders, as "
                    "'{}/{}'.",
                    organization, prefix.empty() ? folder : folder + "/" + prefix));
}

}  // namespace host::connectors
