#include "plugin/tables/CsvFile.h"

#include "host/sdk/Error.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace plugin::tables {
namespace {

[[noreturn]] void failed(const char* what, const std::filesystem::path& path, int error) {
    throw host::sdk::AppError(
        500, "tables.write",
        fmt::format("Table '{}' could not be {}: {}; check free space and permissions of the module's folder.",
                    path.filename().string(), what, std::strerror(error)));
}

/// A descriptor that closes itself.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const noexcept { return fd_; }

private:
    int fd_;
};

}  // namespace

CsvFile::CsvFile(std::filesystem::path path)
    : path_(std::move(path)), staged_(path_.parent_path() / ("." + path_.filename().string() + ".part")) {}

CsvFile::~CsvFile() {
    std::error_code ignored;
    if (exists_ && !published_) std::filesystem::remove(staged_, ignored);
}

void CsvFile::flush() {
    // The first write ends what a broken run may have left under the same temporary name.
    const Descriptor file(staged_, exists_ ? O_WRONLY | O_APPEND : O_WRONLY | O_CREAT | O_TRUNC);
    if (file.get() < 0) failed("opened", path_, errno);
    exists_ = true;
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t done = ::write(file.get(), rest.data(), rest.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) failed("written", path_, errno);
        rest.remove_prefix(static_cast<std::size_t>(done));
    }
    hash_.update(buffer_);
    bytes_ += static_cast<std::int64_t>(buffer_.size());
    buffer_.clear();
}

void CsvFile::release() {
    if (!buffer_.empty()) flush();
    buffer_.shrink_to_fit();
}

void CsvFile::finish() {
    flush();
    buffer_.shrink_to_fit();
    const Descriptor file(staged_, O_WRONLY);
    if (file.get() < 0 || ::fsync(file.get()) != 0) failed("synced", path_, errno);
    sha256_ = hash_.finishHex();
}

void CsvFile::publish() {
    std::error_code error;
    std::filesystem::rename(staged_, path_, error);
    if (error) failed("renamed", path_, error.value());
    published_ = true;
}

void syncFolder(const std::filesystem::path& folder) {
    const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
    if (directory.get() < 0 || ::fsync(directory.get()) != 0) failed("synced", folder, errno);
}

}  // namespace plugin::tables
