#pragma once
/// Learners' works on disk, content-addressed: FOLDER/ORGANIZATION/ab/abcdef… by SHA-256. A file is written to a
/// temporary name, synced and renamed, so a name that is there is whole; an upload that breaks leaves nothing. Equal
/// bytes are stored once. Names given by people never become paths. Thread-safe.
///
/// `open` is sdk::Files' half of this room; the module's folder is the host's to name.

#include <cstdint>
#include <filesystem>
#include <istream>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace host::records {

struct StoredFile {
    std::string sha256;
    std::int64_t size = 0;
    std::string contentType;
    bool stored = false;  ///< false: the bytes were there already
};

class FileStore {
public:
    /// Creates the folder when missing and clears what earlier uploads left half-done.
    /// `quota`: bytes that one organization's files may take on the disk, 0 for any.
    explicit FileStore(std::filesystem::path folder, std::uint64_t quota = 0);

    /// Streams `bytes` to disk. AppError 413 beyond `limit` bytes, and "files-quota" when these bytes are not
    /// there yet and would go beyond the quota, no more than which is written meanwhile; 400 when the stream breaks or
    /// ends before `expectedSize` (negative: unknown), 422 when it is empty, 507 when the disk is full.
    StoredFile put(const std::string& organization, std::istream& bytes, std::int64_t limit,
                   std::int64_t expectedSize = -1);

    /// AppError 404 when it is gone.
    std::unique_ptr<std::istream> open(const std::string& organization, const std::string& sha256) const;

    /// The file's place; AppError 404 when it is gone.
    std::filesystem::path path(const std::string& organization, const std::string& sha256) const;

private:
    std::filesystem::path place(const std::string& organization, const std::string& sha256) const;
    /// Bytes that the quota leaves by now; AppError 404 for what is no organization's name.
    std::uint64_t roomFor(const std::string& organization);
    /// Bytes on the disk, counted once and kept up to date: nobody else writes here. With `mutex_` held.
    std::uint64_t& usedBy(const std::string& organization);

    std::filesystem::path folder_;
    std::uint64_t quota_;
    std::mutex mutex_;
    std::map<std::string, std::uint64_t> used_;
};

/// Content type by the first bytes (and, for Office files, the names inside the archive); "application/octet-stream"
/// when nothing is recognised. `sample` holds the first 4 KiB and the last 16.
std::string detectContentType(std::string_view sample, bool wholeIsUtf8Text);

/// What a person called the file, fit to be shown: the last part of a path, no control characters, at most 255
/// characters. AppError 422 when nothing is left.
std::string safeFileName(const std::string& name);

}  // namespace host::records
