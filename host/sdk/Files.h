#pragma once
/// Files on the server's disk: learners' works that came in through the records API, and a folder of the module's own
/// for what it writes (exports). Thread-safe.

#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <string>

namespace host::sdk {
inline namespace abi1 {

class Files {
public:
    virtual ~Files() = default;

    /// Opens the bytes of a stored file by its content hash (Records' File::sha256). AppError 404 when it is gone.
    virtual std::unique_ptr<std::istream> open(const std::string& organization, const std::string& sha256) = 0;

    /// A folder for the module alone, created when missing; its content outlives restarts.
    virtual std::filesystem::path moduleFolder() = 0;
};

}  // namespace abi1
}  // namespace host::sdk
