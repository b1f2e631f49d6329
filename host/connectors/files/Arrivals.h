#pragma once
/// Takes files in: uploaded to a route, or found in its watched folder, which is looked at every few seconds. A file is
/// taken once: it is moved into "work" before anything else, and from there on its arrival's record says what is left
/// to be done, so that a server that ends at any instant goes on where it was. A run that is repeated then changes
/// nothing: records are known by their ids. Content that the route took last is not run again, and told.
///
/// A file is left alone until it has kept its size and time for as long as the connection says and nobody has it open
/// to write, or, when the other side renames files that are whole, at once. One that changes while it is read has
/// failed with its run; one that grows in "done" (its disk can't tell who writes) is put back and taken again. Files of
/// a route go in one after another, the oldest first; one that can't be read waits where it lies, and what came after
/// it too. A folder in trouble is an alarm, and a failed run in the route's history says why, once for each reason.
/// Thread-safe. Everything in Parts must outlive it.
///
/// Order: make it, `start`, …, `stop` before the runner's.

#include "host/connections/ConnectionRuns.h"
#include "host/connectors/files/ArrivalStore.h"
#include "host/connectors/files/Lane.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace host::connectors {

class Arrivals {
public:
    struct Parts {
        connections::ConnectionStore& store;
        connections::RunStore& runs;
        connections::ConnectionRuns& runner;
        connections::SourceRegistry& sources;
        sdk::Database& database;
        sdk::Alarms& alarms;
        sdk::Logger& logger;
        const sdk::Clock& clock;
        std::vector<std::filesystem::path> folders;  ///< beneath which organizations have watched ones
        std::filesystem::path uploads;               ///< a folder of its own
        std::uint64_t maxUpload = 0;                 ///< bytes; as many are kept of a route's uploads to be repeated
        std::chrono::milliseconds interval{15'000};
    };
    explicit Arrivals(Parts parts);
    ~Arrivals();

    /// Looks at once, then every interval.
    void start();
    void stop();
    /// One look at every route of files. Goes on with what an earlier server left.
    void look();

    struct Upload {
        Arrival arrival;
        connections::Run run;
    };
    /// Streams the bytes to the disk and begins the run. AppError 409 "route.running", "source.disabled"; 422 for an
    /// empty file, 507 when the disk is full.
    Upload upload(const connections::Connection& connection, const connections::Route& route, const std::string& name,
                  std::istream& bytes, const connections::RunOrder& order, const std::string& by);

    /// Why the bytes of an arrival can't be read again.
    struct NoRepeat {
        std::string code;  ///< "file.being-read", "file.whole", "file.duplicate", "file.repeated", "file.gone"
        std::string reason;
    };
    /// nullopt: they can.
    std::optional<NoRepeat> whyNoRepeat(const connections::Connection& connection, const connections::Route& route,
                                        const Arrival& arrival) const;
    struct Repeated {
        Arrival arrival;
        bool isNew = true;  ///< false: it was repeated before
    };
    /// Reads the bytes of an arrival that failed or was taken in part again, as an arrival of its own; of one that was
    /// repeated already that one. AppError 404 when the route has no such arrival, 409 with the code of NoRepeat,
    /// "route.running", "source.disabled": nothing is changed then.
    Repeated repeat(const connections::Connection& connection, const connections::Route& route, const std::string& id,
                    const connections::RunOrder& order, const std::string& by);

    ArrivalStore& store() { return store_; }

private:
    /// A route, what its settings say, and its folder.
    struct Place {
        connections::Connection connection;
        connections::Route route;
        sdk::SourceValues settings;  ///< of the connection
        std::string pattern;
        Lane lane;
        bool isUpload;
    };
    using Seen = std::map<std::string, std::pair<FileState, std::chrono::steady_clock::time_point>>;

    Place placeOf(const connections::Connection& connection, const connections::Route& route, bool isUpload) const;
    std::optional<std::filesystem::path> bytesOf(const Place& place, const Arrival& arrival) const;
    void sweepUploads();
    void lookAt(const connections::Connection& connection, const connections::Route& route);
    void lookAtFolder(const Place& place);
    void goOn(const Place& place);
    bool takeNext(const Place& place);
    void takeIn(const Place& place, const std::string& name, const FileState& state);
    void takeAgain(const Place& place);
    void tellDuplicate(const Place& place, Arrival& arrival);
    /// `taken`: what the file was when it was found; as it is now when nothing is given.
    connections::Run run(const Place& place, const Arrival& arrival, const connections::RunOrder& order,
                         const std::optional<FileState>& taken = {});
    void ended(const Place& place, Arrival arrival, const FileState& before, const connections::Run& run) noexcept;
    /// `read`: what the file was when it was read, if it was.
    void finish(const Place& place, const Arrival& arrival, const std::optional<FileState>& read = {});
    void tellTrouble(const Place& place, const sdk::SourceError& error);
    void clearTrouble(const Place& place);
    bool isBusy(std::int64_t routeId);
    /// The route is this arrival's until it is let go. AppError 409.
    void hold(std::int64_t routeId, const std::string& id);
    void release(std::int64_t routeId, const std::string& id);

    Parts p_;
    ArrivalStore store_;
    std::mutex looking_;  ///< one look at a time
    std::map<std::int64_t, Seen> seen_;
    /// A file in "done" that may still grow; of this server's life only.
    struct Done {
        std::string name;            ///< as it came
        std::filesystem::path file;  ///< below the folder
        FileState state;
        std::chrono::steady_clock::time_point at;
    };
    std::map<std::int64_t, std::vector<Done>> done_;  ///< guarded by mutex_
    std::map<std::string, std::string> troubles_;     ///< alarm's key → what was told; "" when there is none
    std::mutex mutex_;                                ///< guards what follows
    std::condition_variable wake_;
    std::map<std::int64_t, std::string> running_;  ///< route → arrival
    bool again_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

/// Size and hash of a file. \throws SourceError
void measure(const std::filesystem::path& file, Arrival& arrival);
/// Failed, or some of its rows were refused: there is a point in reading it again.
bool isLacking(const Arrival& arrival);
/// The moment it was taken, as names of files have it.
std::string stampOf(const Arrival& arrival);
/// What is told beside a file that has ended, and in lists.
std::string arrivalReport(const connections::Connection& connection, const connections::Route& route,
                          const Arrival& arrival, const std::optional<connections::Run>& run);
/// Leaves the object open: the caller ends it.
void writeArrival(common::JsonWriter& json, const Arrival& arrival);

}  // namespace host::connectors
