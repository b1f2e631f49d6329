#include "host/connectors/sql/SqlFields.h"

namespace host::connectors::sql {
namespace {

using sdk::SourceField;
using Type = SourceField::Type;

std::vector<SourceField> connectionFields(const SqlSettings& settings) {
    std::vector<std::string> drivers = {"postgresql", "mysql", "sqlite"};
    for (const auto& [name, text] : settings.odbc) drivers.push_back("odbc-" + name);
    return {
        {.name = "driver",
         .type = Type::Choice,
         .required = true,
         .title = {"СУБД", "Database system"},
         .hint = {"mysql — и для MariaDB; odbc-… настраивает администратор сервера",
                  "mysql serves MariaDB too; odbc-… are set up by the server's administrator"},
         .example = "postgresql",
         .choices = drivers},
        {.name = "host",
         .title = {"Сервер", "Host"},
         .hint = {"Имя или адрес; для SQLite не нужен", "Name or address; not for SQLite"},
         .example = "db.example.org"},
        {.name = "port",
         .type = Type::Number,
         .title = {"Порт", "Port"},
         .hint = {"Если не указан: 5432 у PostgreSQL, 3306 у MySQL", "If not given: 5432 of PostgreSQL, 3306 of MySQL"},
         .example = "5432",
         .min = 1,
         .max = 65535},
        {.name = "database",
         .required = true,
         .title = {"База данных", "Database"},
         .hint = {"Имя базы; для SQLite — файл в папке, которую назвал администратор сервера",
                  "Its name; of SQLite a file in a folder that the server's administrator has named"},
         .example = "moodle"},
        {.name = "user",
         .title = {"Пользователь", "User"},
         .hint = {"Лучше отдельный, с правом только читать", "Better one of its own that may only read"},
         .example = "lmsd_reader"},
        {.name = "password", .type = Type::Secret, .title = {"Пароль", "Password"}},
        {.name = "tls",
         .type = Type::Choice,
         .title = {"Защита соединения", "Protection of the connection"},
         .hint = {"verify — TLS с проверкой сертификата; off — только если разрешил администратор сервера",
                  "verify: TLS, the certificate checked; off: only where the server's administrator allows it"},
         .fallback = "verify",
         .choices = {"verify", "off"}},
        {.name = "certificate",
         .type = Type::Multiline,
         .title = {"Сертификат центра, PEM", "Authority's certificate, PEM"},
         .hint = {"Если сертификат СУБД выдан не общеизвестным центром",
                  "If no public authority signed the database's certificate"},
         .example = "-----BEGIN CERTIFICATE-----"},
        {.name = "encoding",
         .type = Type::Choice,
         .title = {"Кодировка текстов", "Encoding of texts"},
         .hint = {"Только если база сама её не знает или называет неверно",
                  "Only if the database does not know it or names it wrongly"},
         .choices = {"utf-8", "windows-1251", "windows-1252", "latin1", "koi8-r", "cp866"}},
        {.name = "filesFolder",
         .title = {"Папка файлов", "Folder of files"},
         .hint = {"Файлы, на которые ссылаются строки: папка, разрешённая администратором сервера; у Moodle — filedir",
                  "Files that rows name: a folder that the server's administrator allows; Moodle's filedir"},
         .example = "/srv/moodledata/filedir"},
        {.name = "filesLayout",
         .type = Type::Choice,
         .title = {"Устройство папки файлов", "Layout of that folder"},
         .hint = {"moodle — по contenthash, с проверкой SHA-1; plain — путь от папки",
                  "moodle: by contenthash, SHA-1 checked; plain: a path below it"},
         .fallback = "moodle",
         .choices = {"moodle", "plain"}},
    };
}

std::vector<SourceField> routeFields() {
    return {
        {.name = "query",
         .type = Type::Multiline,
         .required = true,
         .title = {"Запрос", "Query"},
         .hint =
             {"Один SELECT. :watermark — отметка, до которой уже прочитано; если её в запросе нет, сервер отберёт и "
              "упорядочит строки по колонке отметки сам. Запрос с :watermark сам упорядочивает строки по ней.",
              "One SELECT. :watermark is how far it was read; if the query does not have it, the server itself takes "
              "rows "
              "from there on, in order. A query that has it orders its rows by it itself."},
         .example = "SELECT id, userid, finalgrade FROM mdl_grade_grades"},
        {.name = "parameters",
         .type = Type::Map,
         .title = {"Параметры запроса", "Parameters of the query"},
         .hint = {"Имя → значение; в запросе :имя", "Name → value; :name in the query"}},
        {.name = "textColumn",
         .type = Type::Text,
         .title = {"Колонка с текстом файла", "Column with a file's text"},
         .hint = {"Для файлов: содержимое файла — сам текст колонки, как он есть (работа, набранная в LMS); в "
                  "сопоставлении содержимое — эта же колонка",
                  "For files: a file's content is the text of this column as it is (a work written in the LMS); the "
                  "mapping's content is this column too"},
         .example = "onlinetext"},
        {.name = "timeoutSeconds",
         .type = Type::Number,
         .title = {"Предел времени, с", "Time limit, s"},
         .hint = {"На весь запрос вместе с чтением строк", "For the query and the reading of its rows"},
         .fallback = "600",
         .min = 1,
         .max = 86400},
    };
}

}  // namespace

sdk::SourceDescription describeSql(const SqlSettings& settings) {
    return {.name = "sql",
            .title = {"База данных (SQL)", "Database (SQL)"},
            .connection = connectionFields(settings),
            .route = routeFields()};
}

}  // namespace host::connectors::sql
