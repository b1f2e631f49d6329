#pragma once
/// unti_ids that a person confirmed, beside those of the sources. The record shows one of the two: the source's, unless
/// it gives none or repeats what the person replaced. Functions of this folder.

#include <cstdint>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace host::records {

/// After learners were overwritten with what their source says: notes that, and shows the person's unti_id where it
/// stands. A person's that another live learner has meanwhile is not shown again. In the writer's transaction.
void keepAssignedUntiIds(Poco::Data::Session& session, const std::string& organization,
                         const std::vector<std::int64_t>& learnerIds);

}  // namespace host::records
