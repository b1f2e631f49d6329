#include "plugin/api/StateStream.h"

#include <algorithm>
#include <memory>
#include <ostream>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Request;
using host::sdk::Response;

namespace {

constexpr const char* kFinalId = "final";

/// Line breaks would end the event's line; in JSON they stand between values only.
void writeState(std::ostream& out, StreamedState state) {
    for (char& c : state.json)
        if (c == '\n' || c == '\r') c = ' ';
    out << "event: state\n";
    if (state.isFinal) out << "id: " << kFinalId << '\n';
    out << "data: " << state.json << "\n\n";
}

}  // namespace

const char* const kStreamDescription =
    "`event: state` with the JSON of the resource's GET on one line: at once, at every change, and a comment every 15 "
    "seconds. The stream ends after a final state, and after 10 minutes, when a browser asks again. At most "
    "`http.max_streams` go at a time: beyond it 503 with Retry-After, and the resource is to be polled.";

/// One client's.
struct StateStreams::Stream {
    Stream(StateStreams& owner, const std::string& topic, std::function<StreamedState()> reading)
        : watch(owner.changes_, topic),
          read(std::move(reading)),
          clock(owner.clock_),
          times(owner.times_),
          shown(read()) {}

    void run(std::ostream& out) {
        const auto began = clock.steadyNow();
        auto wrote = began;
        writeState(out, shown);
        out.flush();
        while (!shown.isFinal && clock.steadyNow() - began < times.longest) {
            const bool rung = watch.wait(times.tick);
            const bool beat = clock.steadyNow() - wrote >= times.heartbeat;
            if (rung || beat) {
                if (look())
                    writeState(out, shown);
                else if (beat)
                    out << ":\n\n";
                else
                    continue;
                wrote = clock.steadyNow();
            }
            // With nothing to send as well: the host looks then whether anybody is still there.
            out.flush();
        }
    }

    bool look() {
        auto now = read();
        if (now.json == shown.json) return false;
        shown = std::move(now);
        return true;
    }

    Changes::Watch watch;
    const std::function<StreamedState()> read;
    const host::sdk::Clock& clock;
    const StreamTimes times;
    StreamedState shown;
};

Response StateStreams::answer(const Request& request, const std::string& topic, std::function<StreamedState()> read) {
    auto stream = std::make_shared<Stream>(*this, topic, std::move(read));
    // A browser asks again by itself when a stream has ended, whatever the reason; 204 is the word that ends that.
    if (stream->shown.isFinal && request.header("last-event-id") == kFinalId) return Response::noContent();
    Response response;
    response.contentType = "text/event-stream";
    response.stream = [stream](std::ostream& out) { stream->run(out); };
    return response;
}

}  // namespace plugin::api
