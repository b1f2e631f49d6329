#include "plugin/delivery/Breaker.h"

#include "common/Rfc3339.h"
#include "plugin/delivery/StoreAlarms.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::delivery {

using host::sdk::Micros;
using store::Rest;

namespace {

Micros micros(std::chrono::milliseconds duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

const char* codeOf(Rest why) {
    return why == Rest::Refused ? "destination-paused" : "destination-silent";
}

std::string keyOf(Rest why, const store::Target& target) {
    return fmt::format("{}/{}", codeOf(why), target.storeId);
}

host::sdk::Alarm alarmOf(const store::Resting& row, const std::string& projectTitle, Micros since) {
    host::sdk::Alarm alarm;
    const bool refused = row.why == Rest::Refused;
    alarm.key = keyOf(row.why, row.target);
    alarm.organization = row.target.organization;
    alarm.code = codeOf(row.why);
    alarm.title = fmt::format("Проект {}: {}", projectNamed(row.target.project, projectTitle),
                              refused ? "LRS отказывает, передача приостановлена" : "LRS не отвечает");
    alarm.detail = fmt::format("{}. Так с {}; ничего не потеряно, готовое к отправке ждёт.", row.reason,
                               common::Rfc3339::utc(since));
    alarm.fix = refused
                    ? "Проверьте адрес и Basic: истёкший ключ заменяется кнопкой «Заменить ключ» в «Интеграциях с "
                      "У2035». Если ключ верен, напишите в Университет 20.35 и приложите этот текст."
                    : "Передача возобновится сама, когда LRS ответит. Если это длится, напишите в Университет 20.35.";
    return alarm;
}

}  // namespace

std::chrono::milliseconds restOf(const BreakerSettings& settings, Rest why, int failures) {
    const auto longest = why == Rest::Refused ? settings.refusedLongest : settings.silentLongest;
    auto rest = why == Rest::Refused ? settings.refusedFirst : settings.silentFirst;
    for (int i = 1; i < failures && rest < longest; ++i) rest *= 2;
    return std::min(rest, longest);
}

std::optional<Micros> Breaker::restsUntil() {
    const auto row = resting();
    const auto at = parts_.clock.now();
    // A clock that was set back must not make it rest longer.
    if (!row || row->probeAt <= at || at < row->since) return std::nullopt;
    return row->probeAt;
}

void Breaker::failed(Rest why, int status, const std::string& reason, std::optional<std::chrono::seconds> retryAfter) {
    const auto before = resting();
    store::Resting row;
    row.target = target_;
    row.why = why;
    row.failures = before && before->why == why ? before->failures + 1 : 1;
    row.status = status;
    row.reason = reason;
    auto rest = restOf(settings_, why, row.failures);
    if (retryAfter) rest = std::max<std::chrono::milliseconds>(rest, *retryAfter);
    row.probeAt = parts_.clock.now() + micros(rest);
    parts_.destinations.rest(row);
    if (before && before->why != why) parts_.alarms.clear(keyOf(before->why, target_));
    const auto since = before ? std::min(before->since, parts_.clock.now()) : parts_.clock.now();
    if (why == Rest::Refused || parts_.clock.now() - since >= micros(settings_.alarmAfter))
        parts_.alarms.raise(alarmOf(row, parts_.projectTitle, since));
    if (!before || before->why != why)
        parts_.logger.warning("The destination rests; nothing of it is lost",
                              {{"organization", target_.organization},
                               {"project", target_.project},
                               {"store", target_.storeId},
                               {"why", store::toString(why)},
                               {"status", std::to_string(status)},
                               {"until", common::Rfc3339::utc(row.probeAt)}});
}

void Breaker::answered() {
    if (!resting()) return;
    // The row goes last: whoever dies in between does both again.
    for (const auto why : {Rest::Refused, Rest::Silent}) parts_.alarms.clear(keyOf(why, target_));
    parts_.destinations.open(target_.storeId);
    parts_.logger.info(
        "The destination is open again",
        {{"organization", target_.organization}, {"project", target_.project}, {"store", target_.storeId}});
}

}  // namespace plugin::delivery
