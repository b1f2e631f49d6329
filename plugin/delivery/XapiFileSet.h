#pragma once
/// A folder of prepared xAPI files with their manifest, whole or not at all.
///
/// A file is a JSON array in ASCII, one statement a line, each byte for byte as it was given. A file holds statements
/// of the methodist or of learners, never both: files are handed over in the order of their numbers, and what others
/// refer to comes first. Everything is written and synced under a temporary name; `publish` renames the folder. A set
/// that goes without `publish` leaves nothing behind. Not thread-safe.

#include "common/Sha256.h"
#include "host/sdk/Clock.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::delivery {

struct XapiFileLimits {
    std::size_t statements = 1'000;
    std::size_t bytes = 8u * 1024 * 1024;  ///< of a whole file; a statement that is larger stands alone
};

/// What the manifest says of the set as a whole.
struct XapiFileFacts {
    std::string organization;
    std::string project;
    std::string selection;
    host::sdk::Micros createdAt = 0;
};

struct XapiStatement {
    std::string_view id;
    std::string_view kind;
    std::string_view profileVersion;
    std::string_view bytes;
};

struct XapiFile {
    std::string path;  ///< "xapi-0001.json"
    bool methodist = true;
    std::int64_t statements = 0;
    std::int64_t bytes = 0;
    std::string sha256;
    std::string firstId;
    std::string lastId;
    std::map<std::string, std::int64_t, std::less<>> kinds;
    std::map<std::string, std::int64_t, std::less<>> profileVersions;
};

class XapiFileSet {
public:
    /// The files will stand in `parent`/xapi. \throws AppError 500 "xapi-files.write".
    XapiFileSet(std::filesystem::path parent, XapiFileLimits limits, XapiFileFacts facts);
    ~XapiFileSet();
    XapiFileSet(const XapiFileSet&) = delete;
    XapiFileSet& operator=(const XapiFileSet&) = delete;

    /// The methodist's first. \throws AppError 500.
    void add(bool methodist, const XapiStatement& statement);
    /// Ends the last file and writes the manifest; nothing can be added any more. \throws AppError 500.
    void finish();
    /// After `finish`: the folder appears, in the place of an earlier one. \throws AppError 500.
    void publish();

    const std::vector<XapiFile>& files() const noexcept { return files_; }
    std::int64_t statements() const noexcept { return statements_; }
    std::int64_t bytes() const noexcept { return bytes_; }  ///< of the finished files

private:
    void begin(bool methodist);
    void end();
    void flush();
    std::string manifest() const;

    std::filesystem::path parent_;
    std::filesystem::path staged_;
    XapiFileLimits limits_;
    XapiFileFacts facts_;
    std::vector<XapiFile> files_;
    std::int64_t statements_ = 0;
    std::int64_t bytes_ = 0;
    bool open_ = false;
    bool published_ = false;
    int descriptor_ = -1;
    std::string buffer_;
    std::size_t fileBytes_ = 0;  ///< of the open file, flushed or not
    common::Sha256 hash_;
};

}  // namespace plugin::delivery
