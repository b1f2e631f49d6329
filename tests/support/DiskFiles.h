#pragma once
/// Files by hash in one folder on the disk, whatever the organization. Thread-safe.

#include "host/sdk/Error.h"
#include "host/sdk/Files.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace tests {

class DiskFiles : public host::sdk::Files {
public:
    explicit DiskFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::unique_ptr<std::istream> open(const std::string&, const std::string& sha256) override {
        auto stream = std::make_unique<std::ifstream>(folder_ / sha256, std::ios::binary);
        if (!*stream) throw host::sdk::AppError::notFound("The file is gone.");
        return stream;
    }
    std::filesystem::path moduleFolder() override { return folder_; }

private:
    std::filesystem::path folder_;
};

}  // namespace tests
