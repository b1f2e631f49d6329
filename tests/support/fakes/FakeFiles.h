#pragma once
/// Files by hash in memory; the module's folder is a temporary one, removed at the end.

#include "host/sdk/Error.h"
#include "host/sdk/Files.h"

#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <stdlib.h>
#include <string>

namespace tests {

using host::sdk::AppError;

class FakeFiles : public host::sdk::Files {
public:
    FakeFiles() {
        std::string name = (std::filesystem::temp_directory_path() / "lmsd-files-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("A temporary folder can't be made.");
        folder_ = name;
    }
    ~FakeFiles() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::unique_ptr<std::istream> open(const std::string&, const std::string& sha256) override {
        auto it = bytes_.find(sha256);
        if (it == bytes_.end()) throw AppError::notFound("The file is gone.");
        return std::make_unique<std::istringstream>(it->second);
    }
    std::filesystem::path moduleFolder() override { return folder_; }

    std::map<std::string, std::string> bytes_;

private:
    std::filesystem::path folder_;
};

}  // namespace tests
