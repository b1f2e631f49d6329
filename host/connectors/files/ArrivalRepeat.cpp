// The part of Arrivals that reads again what failed or was taken in part.

#include "common/Rfc3339.h"
#include "common/Uuid.h"
#include "host/connections/SourceSettings.h"
#include "host/connectors/files/Arrivals.h"
#include "host/connectors/files/FilesKind.h"

namespace host::connectors {

namespace fs = std::filesystem;
using connections::Connection;
using connections::Route;
using sdk::AppError;
using sdk::SourceError;

bool isLacking(const Arrival& arrival) {
    return arrival.state == "failed" || (arrival.state == "done" && arrival.rejected.value_or(0) > 0);
}

std::string stampOf(const Arrival& arrival) {
    std::string stamp;
    for (const char c : common::Rfc3339::utc(arrival.takenAt).substr(0, 19))
        if (c != '-' && c != ':') stamp += c;
    return stamp + "Z";
}

/// SourceError when the connection's watched folder is not there.
Arrivals::Place Arrivals::placeOf(const Connection& connection, const Route& route, bool isUpload) const {
    const auto offer = p_.sources.find(connection.kind);
    if (!offer.kind) throw AppError::notFound("There is no such file.");
    const auto description = offer.kind->describe();
    auto settings = connections::settingsFrom(connection.settings, description.connection);
    auto folder = isUpload ? p_.uploads / std::to_string(route.id)
                           : watchedFolder(p_.folders, connection.organization, settings.text("folder"), route.prefix);
    return Place{connection, route, std::move(settings), "*", Lane(std::move(folder)), isUpload};
}

std::optional<fs::path> Arrivals::bytesOf(const Place& place, const Arrival& arrival) const {
    return place.lane.ended(arrival.id, arrival.name, stampOf(arrival));
}

std::optional<Arrivals::NoRepeat> Arrivals::whyNoRepeat(const Connection& connection, const Route& route,
                                                        const Arrival& arrival) const {
    if (arrival.state == "taken") return NoRepeat{"file.being-read", "It is being read; wait for its end."};
    if (!arrival.repeatedBy.empty()) return NoRepeat{"file.repeated", "It was read again already."};
    if (arrival.state == "duplicate")
        return NoRepeat{"file.duplicate", "It has the content of a file that the route had taken in before."};
    if (!isLacking(arrival)) return NoRepeat{"file.whole", "All of it was taken in; there is nothing to repeat."};
    try {
        if (bytesOf(placeOf(connection, route, arrival.way == "upload"), arrival)) return std::nullopt;
    } catch (const SourceError&) {  // the folder it came from is not there, or not this connection's any more
    }
    if (arrival.way == "upload")
        return NoRepeat{
            "file.gone",
            "The server has its bytes no more: of uploads it keeps the latest that were not taken in whole. "
            "Upload the file again."};
    return NoRepeat{"file.gone",
                    "It lies neither in 'failed' nor in 'done' of the watched folder any more. Put it there again."};
}

Arrivals::Repeated Arrivals::repeat(const Connection& connection, const Route& route, const std::string& id,
                                    const connections::RunOrder& order, const std::string& by) {
    // Whoever looks at the folders meanwhile would take the file for one that a server before this one left.
    const std::lock_guard one(looking_);
    const auto before = store_.find(id);
    if (!before || before->routeId != route.id) throw AppError::notFound("There is no such file.");
    if (!before->repeatedBy.empty())
        if (auto again = store_.find(before->repeatedBy)) return {*again, false};
    if (const auto why = whyNoRepeat(connection, route, *before)) throw AppError::conflict(why->code, why->reason);
    const auto place = placeOf(connection, route, before->way == "upload");
    const auto bytes = bytesOf(place, *before);
    if (!bytes) throw AppError::conflict("file.gone", "The file was moved just now; look at the list again.");
    Arrival arrival;
    arrival.id = common::Uuid::v4();
    arrival.routeId = route.id;
    arrival.way = before->way;
    arrival.name = before->name;
    arrival.revision = route.revision;
    arrival.takenBy = by;
    arrival.takenAt = p_.clock.now();
    arrival.repeatOf = before->id;
    const auto file = place.lane.workFile(arrival.id, arrival.name);
    hold(route.id, arrival.id);
    bool isTaken = false;
    try {
        place.lane.prepare(!place.isUpload);
        place.lane.takeAgain(*bytes, arrival.id, arrival.name);
        isTaken = true;
        measure(file, arrival);
        if (const auto same = store_.sameContent(route.id, arrival.sha256)) arrival.duplicateOf = same->id;
        store_.begin(arrival);
        arrival.runId = run(place, arrival, order).id;
        return {arrival, true};
    } catch (...) {
        // As if nothing had been asked: the file lies where it lay.
        std::error_code ignored;
        if (isTaken) fs::rename(file, *bytes, ignored);
        store_.erase(arrival.id);
        release(route.id, arrival.id);
        throw;
    }
}

}  // namespace host::connectors
