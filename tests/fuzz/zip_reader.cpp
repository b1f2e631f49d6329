// The reader of our own archives, should a file on disk be another than we left: refused as one error, never read
// beyond.
#include "plugin/tables/ZipReader.h"
#include "tests/fuzz/Fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

using fuzz::require;
using plugin::tables::ZipReader;

namespace {

/// A file in memory, with a path.
class MemoryFile {
public:
    MemoryFile() : fd_(::memfd_create("zip", MFD_CLOEXEC)), path_("/proc/self/fd/" + std::to_string(fd_)) {
        require(fd_ >= 0, "a file in memory can be made");
    }
    const std::string& write(std::string_view bytes) {
        require(::ftruncate(fd_, 0) == 0 &&
                    ::pwrite(fd_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()),
                "a file in memory can be written");
        return path_;
    }

private:
    int fd_;
    std::string path_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static MemoryFile file;
    fuzz::Input in(data, size);
    const auto& path = file.write(in.rest());
    try {
        const ZipReader zip(path);
        for (const auto& entry : zip.entries()) {
            require(zip.find(entry.name) != nullptr && zip.find(entry.name)->name == entry.name, "an entry is found");
            try {
                std::uint64_t bytes = 0;
                zip.packed(entry, [&](std::string_view block) { bytes += block.size(); });
                require(bytes == entry.packed, "an entry is given whole");
                zip.endsWith(entry, "</x>");
            } catch (const host::sdk::AppError& error) {
                require(error.code() == "tables.read", "one error", error.code());
            }
        }
    } catch (const host::sdk::AppError& error) {
        require(error.code() == "tables.read", "one error", error.code());
    }
    return 0;
}
