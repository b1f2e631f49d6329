#pragma once
/// What the server's administrator allows the SQL source. Plain values, read once.

#include "host/base/outbound/AddressGuard.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace host::connectors::sql {

struct SqlSettings {
    base::AddressGuardSettings guard;  ///< where a person's address may lead
    std::string caFile;                ///< PEM: authorities to trust besides the system's
    std::string systemAuthorities = "/etc/ssl/certs/ca-certificates.crt";
    /// SQLite files and files that rows name are read from these folders and nowhere else.
    std::vector<std::filesystem::path> folders;
    /// Name → connection string with {address}, {port}, {host}, {database}, {file}, {user}, {password}. A whole string
    /// of a person's could load any library and read any file of the server: {file} is a file of `folders`.
    std::map<std::string, std::string> odbc;
    std::chrono::seconds connectTimeout{10};
    std::size_t maxCell = 4 * 1024 * 1024;  ///< bytes; a longer one is a problem of its row
};

}  // namespace host::connectors::sql
