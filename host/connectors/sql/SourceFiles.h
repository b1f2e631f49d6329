#pragma once
/// Files that rows name, in a folder of this server's disk (a copy or a mount of the LMS's). Moodle's layout: the
/// reference is the SHA-1 of the content, the file lies at aa/bb/aabb…, and the bytes are compared with it before
/// any is handed out. Plain: a path below the folder. Thread-safe.

#include "host/connectors/sql/SqlSettings.h"

#include <filesystem>
#include <istream>
#include <memory>
#include <string>

namespace host::connectors::sql {

class SourceFiles {
public:
    /// \param folder a person's; empty: there are no files. \throws sdk::SourceError when it is not allowed or not
    /// there
    SourceFiles(const SqlSettings& settings, const std::string& folder, bool moodle);

    /// \throws sdk::SourceError NotThere, Rights, or Format when the content is not what its name says
    std::unique_ptr<std::istream> open(const std::string& reference) const;

private:
    std::filesystem::path locate(const std::string& reference) const;

    std::filesystem::path folder_;
    bool moodle_;
};

}  // namespace host::connectors::sql
