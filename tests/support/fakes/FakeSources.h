#pragma once
/// Kinds of source by name; what is registered twice is a mistake of the module.

#include "host/sdk/Error.h"
#include "host/sdk/Sources.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace tests {

using host::sdk::AppError;

class FakeSources : public host::sdk::Sources {
public:
    [[nodiscard]] host::sdk::Registration add(std::shared_ptr<host::sdk::SourceKind> kind) override {
        const auto name = kind->describe().name;
        if (!kinds_.try_emplace(name, std::move(kind)).second)
            throw AppError::conflict("source.taken", "There is a kind of source '" + name + "' already.");
        return host::sdk::Registration([this, name] { kinds_.erase(name); });
    }
    std::map<std::string, std::shared_ptr<host::sdk::SourceKind>> kinds_;
};

}  // namespace tests
