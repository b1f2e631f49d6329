#pragma once
/// A resource's state as Server-Sent Events: at once, at every change, until it is final.
///
///     event: state
///     data: {"id":"12","state":"running",…}
///
/// The database is asked when something has changed, and once a heartbeat for what nobody told. A stream holds one of
/// the host's few threads for streams: it ends with the final state, when the client is gone, when the server or the
/// module stops, and after some minutes, so that whoever is no longer signed in loses it; a browser then asks again.

#include "host/sdk/Clock.h"
#include "host/sdk/Http.h"
#include "plugin/api/Changes.h"

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace plugin::api {

struct StreamedState {
    std::string json;      ///< as the resource's GET gives it
    bool isFinal = false;  ///< nothing comes after it
};

struct StreamTimes {
    std::chrono::milliseconds tick{1'000};  ///< how soon the end of the server or of the client is seen
    std::chrono::milliseconds heartbeat{15'000};
    std::chrono::milliseconds longest{600'000};
};

class StateStreams {
public:
    /// Both must outlive every stream.
    StateStreams(Changes& changes, const host::sdk::Clock& clock, StreamTimes times = {})
        : changes_(changes), clock_(clock), times_(times) {}

    /// `read` is called at once, in the handler, so that what it throws is an answer of its own; later from the thread
    /// that writes. It must not refer to the request.
    host::sdk::Response answer(const host::sdk::Request& request, const std::string& topic,
                               std::function<StreamedState()> read);

private:
    struct Stream;

    Changes& changes_;
    const host::sdk::Clock& clock_;
    StreamTimes times_;
};

/// What OpenAPI says of such a stream, for Operation::description.
extern const char* const kStreamDescription;

}  // namespace plugin::api
