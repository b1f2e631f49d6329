// What the pages need to know of the kind "sql".

#include "host/connectors/sql/SqlFields.h"

namespace host::connectors::sql {

connections::KindFacts sqlFacts(const SqlSettings& settings) {
    connections::KindFacts out;
    out.order = 1;
    out.way = {{"База данных", "Database"},
               {"Вы можете читать базу своей системы: PostgreSQL, MySQL, MariaDB, SQLite, через ODBC и другие.",
                "You may read your system’s database: PostgreSQL, MySQL, MariaDB, SQLite, others through ODBC."},
               {"Учётная запись с правом читать, запрос SELECT", "An account that may read, a SELECT query"},
               {"1–2 часа", "1–2 hours"}};
    out.leadsTo = {{"host", ""}, {"port", ":"}, {"database", "/"}};
    auto& connection = out.connection;
    connection["driver"].choices = {{"postgresql", {"PostgreSQL", "PostgreSQL"}},
                                    {"mysql", {"MySQL или MariaDB", "MySQL or MariaDB"}},
                                    {"sqlite", {"SQLite (файл)", "SQLite (a file)"}}};
    // Of SQLite there is only the file.
    std::vector<std::string> servers{"postgresql", "mysql"};
    for (const auto& [name, text] : settings.odbc) servers.push_back("odbc-" + name);
    for (const auto* one : {"host", "port", "user", "password", "tls", "certificate"})
        connection[one].when = {"driver", servers};
    for (const auto* one : {"tls", "certificate", "encoding", "filesFolder", "filesLayout"})
        connection[one].rare = true;
    connection["tls"].choices = {
        {"verify", {"TLS с проверкой сертификата (verify)", "TLS, the certificate checked (verify)"}},
        {"off", {"Без защиты (off)", "No protection (off)"}}};
    connection["filesLayout"].choices = {
        {"moodle", {"Как в Moodle, по contenthash (moodle)", "As in Moodle, by contenthash (moodle)"}},
        {"plain", {"Обычные пути (plain)", "Plain paths (plain)"}}};
    out.route["query"].syntax = "sql";
    out.route["timeoutSeconds"].rare = true;
    return out;
}

}  // namespace host::connectors::sql
