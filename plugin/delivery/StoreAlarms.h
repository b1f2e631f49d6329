#pragma once
/// Alarms that stand for one store and end with it: nobody asks a store that is closed, so nothing else would end them.

#include "host/sdk/Alarms.h"

#include <fmt/format.h>

#include <string>

namespace plugin::delivery {

/// How an alarm calls a project: «Кадры для БАС» (bas), or by the id alone where there is no title.
inline std::string projectNamed(const std::string& id, const std::string& title) {
    return title.empty() ? fmt::format("«{}»", id) : fmt::format("«{}» ({})", title, id);
}

/// Each key is this and the store's id.
inline const std::string kQuarantineAlarm = "quarantine-large/";
inline const std::string kReadBackAlarm = "read-back/";

/// Of a store that is disconnected, declared the test contour or replaced by another. Not within a `Database::write`.
inline void clearAlarmsOf(host::sdk::Alarms& alarms, const std::string& storeId) {
    for (const auto& kind : {kQuarantineAlarm, kReadBackAlarm}) alarms.clear(kind + storeId);
}

}  // namespace plugin::delivery
