#pragma once
/// What a sender is told of its request. Values; not thread-safe.

#include "host/connections/RunStore.h"
#include "host/sdk/Http.h"
#include "host/sources/RowReader.h"

#include <cstdint>
#include <vector>

namespace host::connectors {

/// The first thousand; the run's log has more.
class RefusedRows {
public:
    void add(const sources::RowError& error);
    const std::vector<sources::RowError>& first() const { return first_; }
    std::int64_t leftOut() const { return leftOut_; }

private:
    std::vector<sources::RowError> first_;
    std::int64_t leftOut_ = 0;
};

/// 200 when something was taken or there was nothing to take, 422 problem+json when all of it was refused, 5xx when it
/// is the server's fault or the moment's: it may be sent again then.
sdk::Response listenAnswer(const connections::Run& run, const RefusedRows& refused, const sdk::Request& request);

}  // namespace host::connectors
