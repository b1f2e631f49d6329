#include "host/connectors/files/Arrivals.h"

#include "common/Sha256.h"
#include "common/Uuid.h"
#include "host/base/Logging.h"
#include "host/connections/SourceSettings.h"
#include "host/connectors/files/FilesKind.h"
#include "host/connectors/files/WholeFile.h"

#include <fmt/format.h>

#include <charconv>

namespace host::connectors {

namespace fs = std::filesystem;
using connections::Connection;
using connections::Delivery;
using connections::Route;
using connections::Run;
using sdk::AppError;
using sdk::SourceError;

namespace {

std::string troubleKey(const Connection& connection, const Route& route) {
    return fmt::format("connections/{}/{}/{}/folder", connection.organization, connection.name, route.name);
}

constexpr auto kOpenTooLong = std::chrono::minutes(10);
constexpr auto kWatchedWhenDone = std::chrono::hours(24);
constexpr std::size_t kMostWatched = 100;

}  // namespace

void measure(const fs::path& file, Arrival& arrival) {
    const auto bytes = openPlain(file);
    common::Sha256 hash;
    std::int64_t size = 0;
    std::vector<char> piece(std::size_t{256} * 1024);
    while (bytes->read(piece.data(), static_cast<std::streamsize>(piece.size())), bytes->gcount() > 0) {
        hash.update({piece.data(), static_cast<std::size_t>(bytes->gcount())});
        size += bytes->gcount();
    }
    arrival.sha256 = hash.finishHex();
    arrival.size = size;
}

Arrivals::Arrivals(Parts parts) : p_(std::move(parts)), store_(p_.database) {}

Arrivals::~Arrivals() {
    stop();
}

/// Uploads that never came whole, and those to routes that are gone.
void Arrivals::sweepUploads() {
    std::error_code failed;
    for (fs::directory_iterator it(p_.uploads, failed), end; !failed && it != end; it.increment(failed)) {
        const auto name = it->path().filename().string();
        std::int64_t id = 0;
        std::from_chars(name.data(), name.data() + name.size(), id);
        std::error_code ignored;
        fs::remove_all(p_.store.routeById(id) ? it->path() / "incoming" : it->path(), ignored);
    }
}

void Arrivals::start() {
    store_.forgetGone();
    sweepUploads();
    thread_ = std::thread([this] {
        for (;;) {
            try {
                look();
            } catch (const std::exception& error) {
                p_.logger.error("Watched folders could not be looked at", base::withError({}, error));
            }
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, p_.interval, [this] { return stopping_ || again_; });
            again_ = false;
            if (stopping_) return;
        }
    });
}

void Arrivals::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool Arrivals::isBusy(std::int64_t routeId) {
    const std::lock_guard lock(mutex_);
    return stopping_ || running_.contains(routeId);
}

void Arrivals::look() {
    const std::lock_guard one(looking_);
    for (const auto& connection : p_.store.all()) {
        if (connection.kind != FilesKind::kName || !connection.enabled) continue;
        for (const auto& route : p_.store.routes(connection.id))
            if (route.enabled && !isBusy(route.id)) lookAt(connection, route);
    }
}

void Arrivals::lookAt(const Connection& connection, const Route& route) {
    const auto offer = p_.sources.find(connection.kind);
    if (!offer.kind) return;
    const auto description = offer.kind->describe();
    const auto settings = connections::settingsFrom(connection.settings, description.connection);
    const auto pattern = connections::settingsFrom(route.settings, description.route).text("pattern");
    const auto guarded = [&](const Place& place, const auto& step) {
        try {
            try {
                step(place);
                clearTrouble(place);
            } catch (const SourceError& error) {
                tellTrouble(place, error);
            }
        } catch (const AppError& error) {  // the route runs already: at the next look
            p_.logger.warning("A file waits for its run",
                              base::withError({{"connection", connection.name}, {"route", route.name}}, error));
        }
    };
    const auto uploads = p_.uploads / std::to_string(route.id);
    if (std::error_code failed; fs::is_directory(uploads, failed))
        guarded(Place{connection, route, settings, pattern, Lane(uploads), true}, [this](const Place& p) { goOn(p); });
    if (settings.text("folder").empty()) return;
    Place place{connection, route, settings, pattern, Lane(fs::path()), false};
    guarded(place, [&](const Place&) {
        place.lane = Lane(watchedFolder(p_.folders, connection.organization, settings.text("folder"), route.prefix));
        lookAtFolder(place);
    });
}

void Arrivals::lookAtFolder(const Place& place) {
    place.lane.prepare(true);
    goOn(place);
    takeAgain(place);
    while (!isBusy(place.route.id) && takeNext(place)) {
    }
}

/// What lies in "work": taken by a server that ended, or by a run that was refused its start.
void Arrivals::goOn(const Place& place) {
    for (const auto& taken : place.lane.taken()) {
        if (isBusy(place.route.id)) return;
        auto known = store_.find(taken.id);
        if (known && known->routeId != place.route.id) continue;  // another route has the same folder
        if (!known) {
            Arrival arrival;
            arrival.id = taken.id;
            arrival.routeId = place.route.id;
            arrival.way = place.isUpload ? "upload" : "folder";
            arrival.name = taken.name;
            arrival.revision = place.route.revision;
            arrival.takenBy = arrival.way;
            arrival.takenAt = p_.clock.now();
            measure(place.lane.workFile(taken.id, taken.name), arrival);
            store_.begin(arrival);
            known = arrival;
        }
        if (known->state == "taken")
            run(place, *known, {});
        else
            finish(place, *known);
    }
}

/// What has grown in "done" since it was read: where the disk can't tell who writes, a writer may pause for longer than
/// the connection waits.
void Arrivals::takeAgain(const Place& place) {
    const auto moment = p_.clock.steadyNow();
    const std::lock_guard lock(mutex_);
    std::erase_if(done_[place.route.id], [&](const Done& one) {
        const auto now = stateOf(place.lane.folder() / one.file);
        if (!now || moment - one.at > kWatchedWhenDone) return true;
        if (*now == one.state || !place.lane.putBack(one.file, one.name)) return false;
        p_.logger.warning("A file grew after it was read and is taken again",
                          {{"connection", place.connection.name}, {"route", place.route.name}, {"file", one.name}});
        return true;
    });
}

/// The oldest file that is whole; false when none is.
bool Arrivals::takeNext(const Place& place) {
    auto& before = seen_[place.route.id];
    Seen now;
    const auto moment = p_.clock.steadyNow();
    const auto settle = std::chrono::seconds(static_cast<std::int64_t>(place.settings.number("settleSeconds")));
    const bool atOnce = place.settings.text("arrival") == "renamed";
    std::optional<Lane::Candidate> ready;
    std::string stillOpen;
    for (auto& candidate : place.lane.candidates(place.pattern)) {
        const auto it = before.find(candidate.name);
        const bool same = it != before.end() && it->second.first == candidate.state;
        const auto since = same ? it->second.second : moment;
        const bool settled = atOnce || moment - since >= settle;
        if (!ready && settled) {
            if (atOnce || !isOpenForWriting(place.lane.folder() / candidate.name))
                ready = candidate;
            else if (moment - since >= settle + kOpenTooLong)
                stillOpen = candidate.name;
        }
        now[candidate.name] = {candidate.state, since};
    }
    before = std::move(now);
    if (!ready && !stillOpen.empty())
        throw SourceError(
            SourceError::Kind::Interrupted,
            fmt::format("The file '{}' does not change any more, but a program has it open to write.", stillOpen),
            "Let the program close it, or end the program; the file is taken then.");
    if (!ready) return false;
    before.erase(ready->name);
    takeIn(place, ready->name, ready->state);
    return true;
}

void Arrivals::takeIn(const Place& place, const std::string& name, const FileState& state) {
    Arrival arrival;
    arrival.id = common::Uuid::v4();
    arrival.routeId = place.route.id;
    arrival.way = "folder";
    arrival.name = name;
    arrival.revision = place.route.revision;
    arrival.takenBy = "folder";
    arrival.takenAt = p_.clock.now();
    openPlain(place.lane.folder() / name);  // what can't be read is not taken
    place.lane.take(name, arrival.id);
    const auto file = place.lane.workFile(arrival.id, name);
    measure(file, arrival);
    const bool changed = stateOf(file) != state;
    // Not whole after all. Who renames has promised that it is: the run says then that it was not.
    if (changed && place.settings.text("arrival") != "renamed" &&
        place.lane.putBack(fs::path("work") / file.filename(), name))
        return;
    store_.begin(arrival);
    if (changed) {
        run(place, arrival, {}, state);
        return;
    }
    if (const auto same = store_.sameContent(place.route.id, arrival.sha256)) {
        arrival.duplicateOf = same->id;
        const auto last = store_.lastDone(place.route.id);
        if (last && last->sha256 == arrival.sha256 && last->revision == place.route.revision)
            return tellDuplicate(place, arrival);
    }
    run(place, arrival, {});
}

/// Nothing came between: it would change nothing.
void Arrivals::tellDuplicate(const Place& place, Arrival& arrival) {
    const auto same = store_.find(arrival.duplicateOf);
    arrival.state = "duplicate";
    arrival.finishedAt = p_.clock.now();
    arrival.reason = fmt::format(
        "It has the content of '{}', which the route took last. Upload it to have it read all "
        "the same.",
        same ? same->name : "");
    store_.finish(arrival);
    finish(place, arrival);
}

Run Arrivals::run(const Place& place, const Arrival& arrival, const connections::RunOrder& order,
                  const std::optional<FileState>& taken) {
    const auto file = place.lane.workFile(arrival.id, arrival.name);
    const auto before = taken ? *taken : stateOf(file).value_or(FileState{});
    auto delivery = std::make_shared<Delivery>();
    delivery->open = [this, file, before, kind = place.connection.kind](const sdk::SourceRequest& request) {
        const auto offer = p_.sources.find(kind);
        const auto* brought = dynamic_cast<const connections::BroughtKind*>(offer.kind.get());
        if (brought == nullptr) throw AppError(500, "internal", "The kind is brought no files.");
        return std::make_unique<WholeFile>(brought->read(request, openPlain(file), ""), file, before);
    };
    delivery->ended = [this, place, arrival, before](const Run& run) { ended(place, arrival, before, run); };
    hold(place.route.id, arrival.id);
    Run run;
    try {
        run = p_.runner.run(place.connection, place.route, {order, arrival.way, arrival.takenBy, delivery});
    } catch (...) {
        release(place.route.id, arrival.id);
        throw;
    }
    store_.setRun(arrival.id, run.id);
    return run;
}

void Arrivals::hold(std::int64_t routeId, const std::string& id) {
    std::unique_lock lock(mutex_);
    for (int tries = 0; running_.emplace(routeId, id).first->second != id; ++tries) {
        const auto other = running_[routeId];
        lock.unlock();
        // A run is seen to be over a moment before its file has left "work" and the route is free.
        const auto arrival = store_.find(other);
        const auto its = arrival && !arrival->runId.empty() ? p_.runs.find(routeId, arrival->runId) : std::nullopt;
        const bool isOver = !arrival || arrival->finishedAt || (its && its->finishedAt);
        if (!isOver || tries >= 100)
            throw AppError::conflict("route.running", "The route is running already; wait for its end.");
        lock.lock();
        wake_.wait_for(lock, std::chrono::milliseconds(100), [&] { return !running_.contains(routeId); });
    }
}

void Arrivals::release(std::int64_t routeId, const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto it = running_.find(routeId);
    if (it != running_.end() && it->second == id) running_.erase(it);
}

void Arrivals::ended(const Place& place, Arrival arrival, const FileState& before, const Run& run) noexcept {
    try {
        bool goesOn = false;
        {
            const std::lock_guard lock(mutex_);
            goesOn = stopping_ && run.state == "cancelled";  // the next server runs it again
        }
        if (!goesOn) {
            std::int64_t rows = 0, rejected = 0;
            for (const auto& [name, value] : run.counts) {
                if (name == "rows") rows = value;
                if (name == "rejected") rejected = value;
            }
            arrival.runId = run.id;
            arrival.rejected = rejected;
            arrival.state = run.state == "done" && (rows == 0 || rejected < rows) ? "done" : "failed";
            arrival.finishedAt = p_.clock.now();
            store_.finish(arrival);
            finish(place, arrival, before);
        }
    } catch (const std::exception& error) {
        // It lies in "work" still: the next look goes on with it.
        p_.logger.error("A file could not be put where it belongs",
                        base::withError({{"route", place.route.name}, {"arrival", arrival.id}}, error));
    }
    const std::lock_guard lock(mutex_);
    running_.erase(place.route.id);
    again_ = true;
    wake_.notify_all();
}

/// Its record says how it ended; the file follows.
void Arrivals::finish(const Place& place, const Arrival& arrival, const std::optional<FileState>& read) {
    if (place.isUpload)
        return isLacking(arrival) ? place.lane.keep(arrival.id, arrival.name, p_.maxUpload)
                                  : place.lane.erase(arrival.id, arrival.name);
    const auto run = arrival.runId.empty() ? std::nullopt : p_.runs.find(place.route.id, arrival.runId);
    const auto log = arrival.runId.empty() ? fs::path() : p_.runner.logOf(place.connection, arrival.runId);
    const auto last = place.lane.end(arrival.id, arrival.name, arrival.state != "failed", stampOf(arrival),
                                     arrivalReport(place.connection, place.route, arrival, run), log);
    if (arrival.state != "done" || !read) return;
    const std::lock_guard lock(mutex_);
    auto& watched = done_[place.route.id];
    if (watched.size() >= kMostWatched) watched.erase(watched.begin());
    watched.push_back({arrival.name, fs::path("done") / last, *read, p_.clock.steadyNow()});
}

void Arrivals::tellTrouble(const Place& place, const SourceError& error) {
    auto& told = troubles_[troubleKey(place.connection, place.route)];
    if (told == error.what()) return;
    p_.logger.warning("A watched folder is in trouble",
                      base::withError({{"connection", place.connection.name}, {"route", place.route.name}}, error));
    p_.alarms.raise(
        {troubleKey(place.connection, place.route), place.connection.organization, "source.folder",
         fmt::format("Подключение «{}», путь «{}»: файлы из папки не берутся", place.connection.name, place.route.name),
         connections::inLanguage(error.what(), "ru"), connections::inLanguage(error.fix(), "ru")});
    // Where people look for what became of a route's files: its history and log.
    auto nothing = std::make_shared<Delivery>();
    nothing->isTold = true;
    nothing->open = [error](const sdk::SourceRequest&) -> std::unique_ptr<sdk::SourceReader> { throw error; };
    p_.runner.run(place.connection, place.route, {{}, "folder", "folder", nothing});
    told = error.what();
}

void Arrivals::clearTrouble(const Place& place) {
    if (place.isUpload) return;
    const auto key = troubleKey(place.connection, place.route);
    const auto it = troubles_.find(key);
    if (it != troubles_.end() && it->second.empty()) return;
    p_.alarms.clear(key);
    troubles_[key].clear();
}

}  // namespace host::connectors
