#include "host/alarms/AlarmRoom.h"

#include "host/alarms/AlarmMessenger.h"
#include "host/alarms/AlarmNotifier.h"
#include "host/alarms/AlarmsApi.h"
#include "host/alarms/DatabaseWatch.h"
#include "host/base/Logging.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace host::alarms {
namespace {

constexpr std::chrono::seconds kLook{60};

/// A thread that works, sleeps until a time or until it is woken, and works again.
class Ticker {
public:
    /// `work` returns how long to sleep.
    using Work = std::function<std::chrono::microseconds(const std::stop_token&)>;

    void start(Work work) {
        thread_ = std::jthread([this, work = std::move(work)](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                const auto sleep = work(stop);
                std::unique_lock lock(mutex_);
                changed_.wait_for(lock, stop, sleep, [this] { return woken_; });
                woken_ = false;
            }
        });
    }
    void wake() {
        {
            const std::lock_guard lock(mutex_);
            woken_ = true;
        }
        changed_.notify_all();
    }
    void stop() {
        thread_.request_stop();
        if (thread_.joinable()) thread_.join();
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool woken_ = false;
    std::jthread thread_;
};

}  // namespace

struct AlarmRoom::Rooms {
    Rooms(Parts parts, AlarmSettings s)
        : p(std::move(parts)),
          settings(std::move(s)),
          messages(p.database, p.clock),
          recipients(p.database, p.secrets),
          held(p.store, p.clock, p.logger),
          mailer(p.mailer),
          messenger(
              mailer, p.http, p.clock,
              [this](const std::string& organization) {
                  return organization.empty() ? settings.webhookSecret() : recipients.secretOf(organization);
              },
              p.installationId),
          notifier({p.store, messages, held, messenger, p.clock, p.logger, p.metrics, settings.serverTargets(),
                    [this] { return recipients.targets(); }, p.installationId}),
          jobs(p.scheduler, p.store, held, p.clock, settings.jobs,
               [this](const std::string& job) { return isGone(job); }),
          disks({{"database", p.databaseFolder}, {"data", p.dataFolder}}, settings.disk, held),
          database(p.database, held),
          heartbeat(settings.heartbeat, p.scheduler, p.database, p.http, p.clock, p.logger),
          api({p.store, messages, recipients, held, messenger, settings.serverTargets(), !settings.mail.host.empty(),
               p.organizations, p.journal, p.clock, p.installationId, [this] { sender.wake(); }, p.logger}) {
        registrations = api.registerRoutes(p.router);
        registrations.push_back(p.health.add("alarms", [this] { return healthNow(); }));
        registrations.push_back(p.metrics.onCollect([this](sdk::Metrics& out) { publish(out); }));
        const auto wake = [this] { sender.wake(); };
        p.store.onChange(wake);
        held.onChange(wake);
    }

    bool isGone(const std::string& job) const {
        const auto dead = p.deadModules();
        return std::none_of(dead.begin(), dead.end(),
                            [&](const auto& module) { return job.starts_with(module.first + "."); });
    }

    void watchModules() {
        const std::string prefix = "host/module/";
        auto open = p.store.openSince(prefix);
        for (const auto& [name, why] : p.deadModules()) {
            open.erase(prefix + name);
            held.raise({prefix + name, "", "module-dead", fmt::format("Модуль {} не работает", name), why,
                        "Исправьте названное и перезапустите lmsd: пока модуль не работает, не идут и его задания."});
        }
        for (const auto& [key, since] : open) held.clear(key);
    }

    /// One that fails must not keep the others from looking.
    void look(const std::stop_token& stop) {
        const std::vector<std::pair<const char*, std::function<void()>>> watches{
            {"database", [&] { database.look(); }},       {"disks", [&] { disks.look(); }},
            {"modules", [&] { watchModules(); }},         {"jobs", [&] { jobs.look(); }},
            {"heartbeat", [&] { heartbeat.look(stop); }}, {"old alarms", [&] { removeOld(); }}};
        for (const auto& [name, watch] : watches) {
            if (stop.stop_requested()) return;
            try {
                watch();
            } catch (const std::exception& error) {
                p.logger.error("A watch of the alarms failed", base::withError({{"watch", name}}, error));
            }
        }
    }

    void removeOld() {
        const sdk::Micros now = p.clock.now();
        if (now - cleaned < std::chrono::microseconds(std::chrono::hours(24)).count()) return;
        p.store.removeClosedBefore(now - std::chrono::microseconds(settings.keep).count());
        cleaned = now;
    }

    sdk::HealthStatus healthNow() {
        std::int64_t open = 0;
        for (const auto& [code, count] : p.store.openByCode()) open += count;
        const auto inMemory = held.held().size();
        // A cause is no fault of this process: only the database is, without which nothing is kept.
        return {database.isWritable(),
                fmt::format("open: {}{}{}", open, inMemory > 0 ? fmt::format(", held in memory: {}", inMemory) : "",
                            database.isWritable() ? "" : "; the database can't be written")};
    }

    void publish(sdk::Metrics& out) {
        auto open = p.store.openByCode();
        for (const auto& one : held.held())
            if (one.row.isOpen()) ++open[one.row.alarm.code];
        for (auto& [code, count] : seen) count = 0;
        for (const auto& [code, count] : open) seen[code] = count;
        for (const auto& [code, count] : seen) out.set("alarms_open", static_cast<double>(count), {{"code", code}});
        out.set("alarm_messages_waiting", static_cast<double>(messages.waiting()));
    }

    Parts p;
    const AlarmSettings settings;
    MessageStore messages;
    RecipientStore recipients;
    HeldAlarms held;
    mail::Mailer& mailer;
    AlarmMessenger messenger;
    AlarmNotifier notifier;
    JobWatch jobs;
    DiskWatch disks;
    DatabaseWatch database;
    Heartbeat heartbeat;
    Ticker sender;
    Ticker watcher;
    AlarmsApi api;
    sdk::Micros cleaned = 0;
    std::map<std::string, std::int64_t> seen;  ///< codes shown so far, so that one that is over is shown as 0
    std::vector<sdk::Registration> registrations;
};

AlarmRoom::AlarmRoom(Parts parts, AlarmSettings settings)
    : rooms_(std::make_unique<Rooms>(std::move(parts), std::move(settings))) {}

AlarmRoom::~AlarmRoom() {
    stop();
    rooms_->p.store.onChange({});  // the store outlives this
}

void AlarmRoom::start() {
    Rooms& r = *rooms_;
    // What the process before this one could not send may go now: its configuration may be another.
    r.messages.tryNow("");
    r.sender.start([&r](const std::stop_token& stop) {
        return std::chrono::microseconds(std::max<sdk::Micros>(r.notifier.tick(stop) - r.p.clock.now(), 1'000'000));
    });
    // Two threads: a mail server that is slow must not keep a missed night from being seen.
    r.watcher.start([&r](const std::stop_token& stop) {
        r.look(stop);
        return std::chrono::microseconds(kLook);
    });
}

void AlarmRoom::stopTests() noexcept {
    rooms_->api.stopTests();
}

void AlarmRoom::stop() noexcept {
    rooms_->watcher.stop();
    rooms_->sender.stop();
}

}  // namespace host::alarms
