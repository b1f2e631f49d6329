#include "host/alarms/AlarmNotifier.h"

#include "common/Sha256.h"
#include "host/base/Logging.h"
#include "host/sdk/Error.h"

#include <algorithm>

namespace host::alarms {
namespace {

using Outcome = Delivery::Outcome;

constexpr std::chrono::minutes kFirstPause{1};
constexpr std::chrono::minutes kLongestPause{30};
constexpr std::chrono::minutes kLongestWait{1};
constexpr std::size_t kPage = 200;

const char* nameOf(Outcome outcome) {
    return outcome == Outcome::Sent ? "sent" : outcome == Outcome::Failed ? "failed" : "in-doubt";
}

}  // namespace

AlarmNotifier::AlarmNotifier(Parts parts) : p_(std::move(parts)) {}

std::chrono::microseconds AlarmNotifier::pauseAfter(std::int64_t attempts) {
    const auto doublings = std::min<std::int64_t>(std::max<std::int64_t>(attempts, 0), 10);
    return std::min<std::chrono::microseconds>(kFirstPause * (1 << doublings), kLongestPause);
}

sdk::Micros AlarmNotifier::tick(const std::stop_token& stop) {
    const sdk::Micros latest = p_.clock.now() + std::chrono::microseconds(kLongestWait).count();
    try {
        if (!p_.held.flush(p_.messages)) tellHeld(stop);
        const auto all = targets();
        p_.messages.plan(all);
        sendDue(all, stop);
        return std::min(latest, p_.messages.nextDue().value_or(latest));
    } catch (const std::exception& error) {
        p_.logger.error("Messages of alarms can't be looked at", base::errorFields(error));
    }
    return latest;
}

/// A person who is told as the server's is not told again as an organization's.
std::vector<Target> AlarmNotifier::targets() {
    auto all = p_.serverTargets;
    for (auto& target : p_.organizationTargets()) {
        const bool known = target.channel == Channel::Mail &&
                           std::any_of(p_.serverTargets.begin(), p_.serverTargets.end(), [&](const Target& t) {
                               return t.channel == Channel::Mail && t.address == target.address;
                           });
        if (!known) all.push_back(std::move(target));
    }
    return all;
}

void AlarmNotifier::sendDue(const std::vector<Target>& targets, const std::stop_token& stop) {
    std::set<std::string> skipped;  // failed just now
    auto names = p_.messages.dueTargets();
    // The server's own first ("/mail/…"): whoever looks after all must not wait for one organization's slow webhook.
    std::stable_partition(names.begin(), names.end(), [](const std::string& name) { return name.starts_with('/'); });
    for (const std::string& name : names) {
        const auto target =
            std::find_if(targets.begin(), targets.end(), [&](const Target& t) { return t.name() == name; });
        if (target != targets.end()) sendTo(*target, skipped, targets, stop);
    }
}

void AlarmNotifier::sendTo(const Target& target, std::set<std::string>& skipped, const std::vector<Target>& targets,
                           const std::stop_token& stop) {
    const auto begun = p_.clock.steadyNow();
    for (;;) {
        const auto page = p_.messages.due(kPage, target.name());
        for (const MessageRow& due : page) {
            if (stop.stop_requested() || skipped.contains(target.name())) return;
            // The rest stays due: the next tick goes on with it, after the others had their turn.
            if (!target.organization.empty() && p_.clock.steadyNow() - begun >= kLongestTurn) return;
            sendOne(target, due, skipped, targets, stop);
        }
        if (page.size() < kPage) return;
    }
}

void AlarmNotifier::sendOne(const Target& target, const MessageRow& due, std::set<std::string>& skipped,
                            const std::vector<Target>& targets, const std::stop_token& stop) {
    const auto row = p_.store.find(due.alarmId);
    if (!row) return p_.messages.dropped(due);
    Message message{due.kind == "opened" ? MessageKind::Opened : MessageKind::Closed, *row,
                    idOf(row->id, row->openedAt, due.kind, due.target), ""};
    if (message.kind == MessageKind::Closed) message.answersId = idOf(row->id, row->openedAt, "opened", due.target);

    Delivery delivery;
    if (!sentUnrecorded_.contains(message.id)) {
        delivery = p_.messenger.deliver(target, message, stop);
        count(target, delivery);
    }
    if (delivery.outcome == Outcome::Sent) {
        sentUnrecorded_.insert(message.id);
        p_.messages.sent(due);
        sentUnrecorded_.erase(message.id);
        return;
    }
    if (stop.stop_requested() && delivery.outcome == Outcome::Failed) return;  // broken off by us: due as before
    p_.logger.warning("A message of an alarm was not delivered", {{"alarm", row->alarm.key},
                                                                  {"channel", toString(target.channel)},
                                                                  {"organization", target.organization},
                                                                  {"attempt", std::to_string(due.attempts + 1)},
                                                                  {"err", delivery.problem}});
    skipped.insert(due.target);
    const auto next = p_.clock.now() + pauseAfter(due.attempts).count();
    const bool late = !row->isOpen() && next - row->closedAt > std::chrono::microseconds(MessageStore::kNews).count();
    p_.messages.failed(due, delivery, next);
    if (late) p_.messages.dropped(due);
    if (!delivery.channelDown) return;
    for (const Target& other : targets)
        if (other.channel == target.channel && skipped.insert(other.name()).second)
            p_.messages.putOff(other.name(), next, delivery);
}

void AlarmNotifier::tellHeld(const std::stop_token& stop) {
    for (const HeldAlarm& one : p_.held.held()) {
        if (!one.row.isOpen()) continue;
        for (const Target& target : p_.serverTargets) {
            const std::string name = target.name();
            if (stop.stop_requested()) return;
            if (one.told.contains(name)) continue;
            if (auto at = one.notBefore.find(name); at != one.notBefore.end() && at->second > p_.clock.now()) continue;
            const std::string id = idOf(0, one.row.openedAt, "opened", one.row.alarm.key + name);
            const Delivery delivery = p_.messenger.deliver(target, {MessageKind::Opened, one.row, id, ""}, stop);
            count(target, delivery);
            if (delivery.outcome == Outcome::Failed)
                p_.held.notBefore(one.row.alarm.key, name,
                                  p_.clock.now() + std::chrono::microseconds(kFirstPause).count());
            else
                p_.held.told(one.row.alarm.key, name);
        }
    }
}

std::string AlarmNotifier::idOf(std::int64_t alarmId, sdk::Micros openedAt, const std::string& kind,
                                const std::string& target) const {
    return "alarm-" + common::Sha256::hex(p_.installationId + '\n' + std::to_string(alarmId) + '\n' +
                                          std::to_string(openedAt) + '\n' + kind + '\n' + target)
                          .substr(0, 32);
}

void AlarmNotifier::count(const Target& target, const Delivery& delivery) {
    p_.metrics.add("alarm_messages_total", 1,
                   {{"channel", toString(target.channel)}, {"outcome", nameOf(delivery.outcome)}});
}

}  // namespace host::alarms
