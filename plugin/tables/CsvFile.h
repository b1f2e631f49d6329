#pragma once
/// A file that is written under a temporary name, hashed on the way, and gets its own name when all is well. Holds no
/// descriptor between writes, so any number may be under way. Removes the temporary file when it was not published.
/// Not thread-safe. Errors: AppError 500 "tables.write", without a path.

#include "common/Sha256.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace plugin::tables {

class CsvFile {
public:
    explicit CsvFile(std::filesystem::path path);
    ~CsvFile();
    CsvFile(const CsvFile&) = delete;
    CsvFile& operator=(const CsvFile&) = delete;

    /// Where the next bytes go; call `written()` after each row.
    std::string& buffer() noexcept { return buffer_; }
    void written() {
        if (buffer_.size() >= kFlushAt) flush();
    }
    /// Writes what is buffered and gives the memory back.
    void release();
    /// Writes everything and waits until it is on the disk.
    void finish();
    /// After finish(): gives the file its name.
    void publish();

    std::int64_t bytes() const noexcept { return bytes_; }
    const std::string& sha256() const noexcept { return sha256_; }

private:
    static constexpr std::size_t kFlushAt = 1024 * 1024;
    void flush();

    std::filesystem::path path_;
    std::filesystem::path staged_;
    std::string buffer_;
    common::Sha256 hash_;
    std::string sha256_;
    std::int64_t bytes_ = 0;
    bool exists_ = false;
    bool published_ = false;
};

/// Makes names that were given in a folder lasting.
void syncFolder(const std::filesystem::path& folder);

}  // namespace plugin::tables
