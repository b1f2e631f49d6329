// The part of Arrivals that takes uploads, and what is told of an arrival.

#include "common/Rfc3339.h"
#include "common/Sha256.h"
#include "common/Uuid.h"
#include "host/connectors/files/Arrivals.h"
#include "host/records/FileStore.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace host::connectors {

namespace fs = std::filesystem;
using common::JsonWriter;
using connections::Connection;
using connections::Route;
using sdk::AppError;

namespace {

/// To the disk, synced; gone again unless it is kept.
class Spool {
public:
    explicit Spool(fs::path file) : file_(std::move(file)) {
        descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor_ < 0) full();
    }
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool() {
        if (descriptor_ >= 0) ::close(descriptor_);
        std::error_code ignored;
        if (!kept_) fs::remove(file_, ignored);
    }
    void write(const char* bytes, std::size_t size) {
        while (size > 0) {
            const auto written = ::write(descriptor_, bytes, size);
            if (written < 0) full();
            bytes += written;
            size -= static_cast<std::size_t>(written);
        }
    }
    void keepAs(const fs::path& last) {
        if (::fsync(descriptor_) != 0) full();
        fs::rename(file_, last);
        kept_ = true;
    }

private:
    [[noreturn]] static void full() {
        throw AppError(507, "disk",
                       "The file can't be written to the server's disk; free some room and send it again.");
    }
    fs::path file_;
    int descriptor_ = -1;
    bool kept_ = false;
};

}  // namespace

Arrivals::Upload Arrivals::upload(const Connection& connection, const Route& route, const std::string& name,
                                  std::istream& bytes, const connections::RunOrder& order, const std::string& by) {
    Place place{connection, route, {}, "*", Lane(p_.uploads / std::to_string(route.id)), true};
    fs::create_directories(place.lane.folder() / "incoming");
    place.lane.prepare(false);
    Arrival arrival;
    arrival.id = common::Uuid::v4();
    arrival.routeId = route.id;
    arrival.way = "upload";
    arrival.name = records::safeFileName(name.substr(0, 150));
    arrival.revision = route.revision;
    arrival.takenBy = by;
    arrival.takenAt = p_.clock.now();

    Spool spool(place.lane.folder() / "incoming" / arrival.id);
    common::Sha256 hash;
    std::vector<char> piece(std::size_t{64} * 1024);
    while (bytes.read(piece.data(), static_cast<std::streamsize>(piece.size())), bytes.gcount() > 0) {
        const auto size = static_cast<std::size_t>(bytes.gcount());
        hash.update({piece.data(), size});
        spool.write(piece.data(), size);
        arrival.size += bytes.gcount();
    }
    if (bytes.bad()) throw AppError::badRequest("The body ended in the middle.");
    if (arrival.size == 0)
        throw AppError::validation("The file is not valid.", {{"", "is empty", "Send the file as the body."}});
    arrival.sha256 = hash.finishHex();
    if (const auto same = store_.sameContent(route.id, arrival.sha256)) arrival.duplicateOf = same->id;
    // The record first: a file in "work" is one that somebody was told of, or that is gone on with.
    hold(route.id, arrival.id);
    try {
        store_.begin(arrival);
        spool.keepAs(place.lane.workFile(arrival.id, arrival.name));
        auto begun = run(place, arrival, order);
        arrival.runId = begun.id;
        return {arrival, begun};
    } catch (const std::exception& error) {
        arrival.state = "failed";
        arrival.reason = "It was not taken: " + std::string(error.what());
        arrival.finishedAt = p_.clock.now();
        store_.finish(arrival);
        place.lane.erase(arrival.id, arrival.name);
        release(route.id, arrival.id);
        throw;
    }
}

void writeArrival(JsonWriter& json, const Arrival& arrival) {
    json.object().member("id", arrival.id).member("name", arrival.name).member("way", arrival.way);
    json.member("size", arrival.size).member("sha256", arrival.sha256).member("state", arrival.state);
    json.member("run", arrival.runId.empty() ? std::nullopt : std::optional(arrival.runId));
    json.member("duplicateOf", arrival.duplicateOf.empty() ? std::nullopt : std::optional(arrival.duplicateOf));
    json.member("takenBy", arrival.takenBy).key("takenAt").time(arrival.takenAt);
    json.timeMember("finishedAt", arrival.finishedAt).member("reason", arrival.reason);
    json.member("rejected", arrival.rejected);
    json.member("repeatOf", arrival.repeatOf.empty() ? std::nullopt : std::optional(arrival.repeatOf));
    json.member("repeatedBy", arrival.repeatedBy.empty() ? std::nullopt : std::optional(arrival.repeatedBy));
}

std::string arrivalReport(const Connection& connection, const Route& route, const Arrival& arrival,
                          const std::optional<connections::Run>& run) {
    JsonWriter json;
    json.object().member("organization", connection.organization).member("connection", connection.name);
    json.member("route", route.name);
    writeArrival(json.key("file"), arrival);
    json.end().key("counts").object();
    if (run)
        for (const auto& [name, value] : run->counts) json.member(name, value);
    connections::writeDiagnoses(json.end().key("diagnoses"),
                                run ? run->diagnoses : std::vector<connections::Diagnosis>(), "ru");
    return json.end().take() + "\n";
}

}  // namespace host::connectors
