#pragma once
/// What people call records, out of the database. Thread-safe; holds a session for one look-up only.

#include "host/sdk/Database.h"
#include "host/sdk/RecordNames.h"

#include <string>
#include <vector>

namespace host::records {

class NamedRecords : public sdk::RecordNames {
public:
    explicit NamedRecords(sdk::Database& database) : database_(database) {}

    std::vector<sdk::RecordNamesOf> names(const std::string& organization,
                                          std::span<const sdk::RecordMention> mentions) override;
    std::vector<sdk::RecordId> learnersLike(const std::string& organization, const std::string& part,
                                            sdk::RecordId afterId, std::size_t limit) override;

private:
    sdk::Database& database_;
};

}  // namespace host::records
