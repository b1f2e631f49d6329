#pragma once
/// Pages by id; what is registered twice is a mistake of the module.

#include "host/sdk/Error.h"
#include "host/sdk/Pages.h"

#include <map>
#include <string>

namespace tests {

using host::sdk::AppError;

class FakePages : public host::sdk::Pages {
public:
    [[nodiscard]] host::sdk::Registration add(const host::sdk::Page& page) override {
        if (!pages_.try_emplace(page.id, page).second)
            throw AppError::conflict("page.taken", "There is a page '" + page.id + "' already.");
        return host::sdk::Registration([this, id = page.id] { pages_.erase(id); });
    }
    std::map<std::string, host::sdk::Page> pages_;
};

}  // namespace tests
