#pragma once
/// Files by their record as a planner asks for them, read when asked; without an address unless one is given. For what
/// looks at a part of a flow and places nothing. Not thread-safe; refers to what it is made from.

#include "host/sdk/Records.h"
#include "plugin/footprint/Values.h"

#include <map>
#include <optional>
#include <string>

namespace plugin::delivery {

class FileFacts {
public:
    FileFacts(host::sdk::Records& records, std::string organization)
        : records_(records), organization_(std::move(organization)) {}

    /// nullptr: there is no such file.
    const footprint::PlacedFile* find(host::sdk::RecordId id) {
        auto it = known_.find(id);
        if (it == known_.end()) it = known_.emplace(id, read(id)).first;
        return it->second ? &*it->second : nullptr;
    }
    void place(host::sdk::RecordId id, footprint::PlacedFile file) { known_.insert_or_assign(id, std::move(file)); }

private:
    std::optional<footprint::PlacedFile> read(host::sdk::RecordId id) {
        for (auto& file : records_.files(organization_, {id}))
            if (!file.deleted) return footprint::PlacedFile{file.name, file.contentType, file.size, file.sha256, {}};
        return std::nullopt;
    }

    host::sdk::Records& records_;
    std::string organization_;
    std::map<host::sdk::RecordId, std::optional<footprint::PlacedFile>> known_;
};

}  // namespace plugin::delivery
