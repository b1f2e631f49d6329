#include "host/store/DatabaseLock.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace host::store {
namespace {

std::string holder(int file) {
    std::array<char, 32> text{};
    ssize_t size = ::pread(file, text.data(), text.size(), 0);
    return size > 0 ? std::string(common::trim({text.data(), static_cast<std::size_t>(size)})) : std::string();
}

}  // namespace

DatabaseLock::DatabaseLock(const std::filesystem::path& database) {
    auto path = database;
    path += ".lock";
    file_ = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file_ < 0)
        throw sdk::AppError(500, "db.open",
                            "The database's lock file can't be opened: " + std::string(std::strerror(errno)) +
                                ". Check that its folder exists and belongs to the server's user.");
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        std::string who = holder(file_);
        ::close(file_);
        throw sdk::AppError::conflict("db.in-use", "The database is in use by " +
                                                       (who.empty() ? "another process" : "process " + who) +
                                                       "; stop lmsd first, or use a command that works over REST.");
    }
    // The number is for the message above only; the lock itself is the kernel's.
    std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(file_, 0) == 0 && ::pwrite(file_, pid.data(), pid.size(), 0) < 0) errno = 0;
}

DatabaseLock::~DatabaseLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace host::store
