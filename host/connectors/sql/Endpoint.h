#pragma once
/// Where a connection leads: its settings checked against what the administrator allows, its name resolved once and the
/// addresses looked at; the drivers connect to these and to nothing else. Thread-safe.

#include "host/connectors/sql/Cursor.h"

#include <filesystem>
#include <string>

namespace host::connectors::sql {

/// \throws sdk::SourceError
Target targetOf(const sdk::SourceRequest& request, const SqlSettings& settings);

/// The real path of a person's path when it is a file (or folder) in one of the allowed folders; links that lead out
/// are refused. \throws sdk::SourceError Configuration or NotThere
std::filesystem::path allowedPath(const std::string& typed, const SqlSettings& settings, bool folder);

/// Authorities to trust as a file that only this process sees, for libraries that take no other form.
class AuthorityFile {
public:
    /// \throws sdk::SourceError Configuration
    AuthorityFile(const SqlSettings& settings, const std::string& pem);
    ~AuthorityFile();
    AuthorityFile(const AuthorityFile&) = delete;
    AuthorityFile& operator=(const AuthorityFile&) = delete;

    std::string path() const;

private:
    int fd_;
};

}  // namespace host::connectors::sql
