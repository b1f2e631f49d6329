#pragma once
/// What a person looks for in a list of rows that name learners and statements.

#include "host/sdk/Records.h"

#include <string>
#include <vector>

namespace plugin::store {

struct Search {
    std::string part;                           ///< folded, common/NameFold.h; empty: everything
    std::vector<host::sdk::RecordId> learners;  ///< with `part` in their name or ids
};

}  // namespace plugin::store
