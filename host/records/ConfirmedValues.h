#pragma once
/// Values that a person confirmed beside those of the sources: Leader-IDs of learners, University 2035's ids of
/// programmes, flows, modules and themes. As with unti_ids (UntiIds.h) the record shows one of the two: the source's,
/// unless it gives none or repeats what the person replaced. Functions of this folder.

#include "host/records/RecordSchema.h"

#include <cstdint>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace host::records {

/// After records were overwritten with what their source says: notes that, and shows the person's value where it
/// stands. A person's that another live record has meanwhile is not shown again. In the writer's transaction.
void keepConfirmedValues(Poco::Data::Session& session, const std::string& organization, RecordKind kind,
                         const std::vector<std::int64_t>& ids);

}  // namespace host::records
