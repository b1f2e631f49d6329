#pragma once
/// Files that are written under a temporary name and get their own when all is well; without that the temporary file is
/// removed. Not thread-safe. Errors: AppError 500 "tables.write", without a path.

#include "common/Sha256.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace plugin::tables {

/// A descriptor that closes itself. `get()` is negative when the file could not be opened.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags);
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const noexcept { return fd_; }
    void close() noexcept;

private:
    int fd_;
};

/// Tells what failed on which file. `error` is an errno.
[[noreturn]] void writeFailed(std::string_view what, const std::filesystem::path& path, int error);

/// The temporary name of a file that is being made.
class StagedName {
public:
    explicit StagedName(std::filesystem::path path);
    ~StagedName();
    StagedName(const StagedName&) = delete;
    StagedName& operator=(const StagedName&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }
    const std::filesystem::path& staged() const noexcept { return staged_; }
    /// Waits until what was written is on the disk.
    void sync() const;
    /// Gives the file its name.
    void publish();

private:
    std::filesystem::path path_;
    std::filesystem::path staged_;
    bool published_ = false;
};

/// A file that grows at its end. Holds no descriptor between writes, so any number may be under way.
class StagedFile {
public:
    enum class Hash { None, Sha256 };
    explicit StagedFile(std::filesystem::path path, Hash hash = Hash::Sha256);

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
    void publish() { name_.publish(); }

    const std::filesystem::path& path() const noexcept { return name_.path(); }
    const std::filesystem::path& staged() const noexcept { return name_.staged(); }
    /// Written so far, with what is buffered.
    std::int64_t bytes() const noexcept { return bytes_ + static_cast<std::int64_t>(buffer_.size()); }
    const std::string& sha256() const noexcept { return sha256_; }

private:
    static constexpr std::size_t kFlushAt = 1024 * 1024;
    void flush();

    StagedName name_;
    std::string buffer_;
    Hash hashing_;
    common::Sha256 hash_;
    std::string sha256_;
    std::int64_t bytes_ = 0;
    bool exists_ = false;
};

/// Makes names that were given in a folder lasting.
void syncFolder(const std::filesystem::path& folder);

/// SHA-256 of a file's bytes, in hex.
std::string sha256OfFile(const std::filesystem::path& path);

}  // namespace plugin::tables
