#include "host/xapi/LrsAnswers.h"

#include "common/Rfc3339.h"
#include "host/records/StrictJson.h"
#include "host/xapi/JsonSlices.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

namespace host::xapi {
namespace {

/// A name may be written with escapes: "\u0069d" is "id".
std::string plainName(std::string_view written) {
    if (written.find('\\') == std::string_view::npos) return std::string(written);
    const auto name = records::parseStrict("\"" + std::string(written) + "\"");
    return {name.GetString(), name.GetStringLength()};
}

}  // namespace

std::string httpDate(sdk::Micros time) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(time), Poco::DateTimeFormat::HTTP_FORMAT);
}

std::string completed(const StatementRow& row, std::string_view body, std::string_view authority) {
    std::string out = "{\"id\":\"" + row.statementId + "\",\"stored\":\"" + common::Rfc3339::utc(row.storedAt) +
                      "\",\"authority\":" + std::string(authority);
    bool timed = false, versioned = false;
    for (const auto& [written, value] : membersOf(body)) {
        const auto name = plainName(written);
        if (name == "id" || name == "stored" || name == "authority") continue;
        timed = timed || name == "timestamp";
        versioned = versioned || name == "version";
        out.append(",\"").append(written).append("\":").append(value);
    }
    if (!timed) out += ",\"timestamp\":\"" + common::Rfc3339::utc(row.madeAt) + "\"";
    if (!versioned) out += ",\"version\":\"1.0.0\"";
    return out + "}";
}

}  // namespace host::xapi
