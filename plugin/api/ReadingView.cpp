#include "plugin/api/ReadingView.h"

namespace plugin::api {

void writeReading(common::JsonWriter& json, const std::optional<store::Reading>& reading) {
    json.key("readBack");
    if (!reading) {
        json.null();
        return;
    }
    json.object()
        .member("verdict", reading->verdict)
        .timeMember("at", reading->at)
        .member("timesMissing", reading->timesMissing)
        .key("difference");
    if (reading->verdict == "differs")
        json.object()
            .member("pointer", reading->place)
            .member("ours", reading->ours)
            .member("theirs", reading->theirs)
            .end();
    else
        json.null();
    json.end();
}

}  // namespace plugin::api
