#include "plugin/tables/StagedFile.h"

#include "host/sdk/Error.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <future>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace plugin::tables {

void writeFailed(std::string_view what, const std::filesystem::path& path, int error) {
    throw host::sdk::AppError(
        500, "tables.write",
        fmt::format("Table '{}' could not be {}: {}; check free space and permissions of the module's folder.",
                    path.filename().string(), what, std::strerror(error)));
}

Descriptor::Descriptor(const std::filesystem::path& path, int flags)
    : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}

Descriptor::~Descriptor() {
    close();
}

void Descriptor::close() noexcept {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

StagedName::StagedName(std::filesystem::path path)
    : path_(std::move(path)), staged_(path_.parent_path() / ("." + path_.filename().string() + ".part")) {}

StagedName::~StagedName() {
    std::error_code ignored;
    if (!published_) std::filesystem::remove(staged_, ignored);
}

void StagedName::sync() const {
    const Descriptor file(staged_, O_WRONLY);
    if (file.get() < 0 || ::fsync(file.get()) != 0) writeFailed("synced", path_, errno);
}

void StagedName::publish() {
    std::error_code error;
    std::filesystem::rename(staged_, path_, error);
    if (error) writeFailed("renamed", path_, error.value());
    published_ = true;
}

StagedFile::StagedFile(std::filesystem::path path, Hash hash) : name_(std::move(path)), hashing_(hash) {}

void StagedFile::flush() {
    // The first write ends what a broken run may have left under the same temporary name.
    const Descriptor file(staged(), exists_ ? O_WRONLY | O_APPEND : O_WRONLY | O_CREAT | O_TRUNC);
    if (file.get() < 0) writeFailed("opened", path(), errno);
    exists_ = true;
    // The hash runs beside the write, and the disk begins at once: finish() waits for little.
    std::future<void> hashing;
    const bool large = hashing_ == Hash::Sha256 && buffer_.size() >= kFlushAt;
    if (large) hashing = std::async(std::launch::async, [this] { hash_.update(buffer_); });
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t done = ::write(file.get(), rest.data(), rest.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) writeFailed("written", path(), errno);
        rest.remove_prefix(static_cast<std::size_t>(done));
    }
    if (large) {
        ::sync_file_range(file.get(), bytes_, static_cast<off_t>(buffer_.size()), SYNC_FILE_RANGE_WRITE);
        hashing.get();
    } else if (hashing_ == Hash::Sha256) {
        hash_.update(buffer_);
    }
    bytes_ += static_cast<std::int64_t>(buffer_.size());
    buffer_.clear();
}

void StagedFile::release() {
    if (!buffer_.empty()) flush();
    buffer_.shrink_to_fit();
}

void StagedFile::finish() {
    flush();
    buffer_.shrink_to_fit();
    name_.sync();
    if (hashing_ == Hash::Sha256) sha256_ = hash_.finishHex();
}

void syncFolder(const std::filesystem::path& folder) {
    const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
    if (directory.get() < 0 || ::fsync(directory.get()) != 0) writeFailed("synced", folder, errno);
}

std::string sha256OfFile(const std::filesystem::path& path) {
    const Descriptor file(path, O_RDONLY);
    if (file.get() < 0) writeFailed("read", path, errno);
    common::Sha256 hash;
    std::string block(1024 * 1024, '\0');
    for (;;) {
        const ssize_t got = ::read(file.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) writeFailed("read", path, errno);
        if (got == 0) return hash.finishHex();
        hash.update({block.data(), static_cast<std::size_t>(got)});
    }
}

}  // namespace plugin::tables
