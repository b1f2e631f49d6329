#include "host/connections/BroughtRules.h"

#include "host/connections/SourceSettings.h"

#include <fmt/format.h>

#include <algorithm>

namespace host::connections {
namespace {

constexpr std::ptrdiff_t kMostParts = 3;

/// "grades", "lms/grades": what stands in addresses and in paths of folders, where files on their way lie in "work".
bool isPrefix(const std::string& prefix) {
    const auto framed = "/" + prefix + "/";
    for (const auto* taken : {"/work/", "/done/", "/failed/"})
        if (framed.find(taken) != std::string::npos) return false;
    return prefix.empty() || (prefix.front() != '/' && prefix.back() != '/' && prefix.find("//") == std::string::npos &&
                              std::count(prefix.begin(), prefix.end(), '/') < kMostParts);
}

/// Whether some name fits both patterns of '*' and '?'.
bool overlap(const std::string& a, const std::string& b) {
    // row[j]: a from i on and b from j on have a name in common.
    std::vector<bool> row(b.size() + 1), below;
    for (std::size_t i = a.size() + 1; i-- > 0;) {
        below.swap(row);
        row.assign(b.size() + 1, false);
        for (std::size_t j = b.size() + 1; j-- > 0;) {
            const bool aEnds = i == a.size(), bEnds = j == b.size();
            if (aEnds && bEnds)
                row[j] = true;
            else if (!aEnds && a[i] == '*')
                row[j] = below[j] || (!bEnds && row[j + 1]);
            else if (!bEnds && b[j] == '*')
                row[j] = row[j + 1] || (!aEnds && below[j]);
            else
                row[j] = !aEnds && !bEnds && (a[i] == b[j] || a[i] == '?' || b[j] == '?') && below[j + 1];
        }
    }
    return row[0];
}

enum class Meeting { None, Address, Name };

/// Whether both would take the same thing: the method of a request, the name of a file.
Meeting meet(const sdk::SourceDescription& description, const Route& a, const Route& b) {
    const auto left = settingsFrom(a.settings, description.route), right = settingsFrom(b.settings, description.route);
    const auto one = left.text("method"), other = right.text("method");
    if (one != other && one != "any" && other != "any") return Meeting::None;
    if (left.text("pattern") == right.text("pattern")) return Meeting::Address;
    return overlap(left.text("pattern"), right.text("pattern")) ? Meeting::Name : Meeting::None;
}

}  // namespace

void requireBroughtRules(const BroughtKind& kind, const Route& route, const std::vector<Route>& others) {
    std::vector<sdk::FieldError> errors;
    if (!isPrefix(route.prefix))
        errors.push_back(
            {"/prefix", "can't stand in an address",
             "write one to three names with '/' between them, as in 'grades' or 'lms/grades'; not work, done, failed"});
    const auto description = kind.describe();
    for (const auto& other : others) {
        if (other.name == route.name || other.prefix != route.prefix) continue;
        const auto meeting = meet(description, route, other);
        if (meeting == Meeting::Address)
            errors.push_back({"/prefix", fmt::format("is that of the route '{}'", other.name),
                              "give each route a prefix of its own, or another method or pattern of names"});
        if (meeting == Meeting::Name)
            errors.push_back({"/settings/pattern",
                              fmt::format("can fit a file that the route '{}' takes as well", other.name),
                              "give the routes patterns that no name fits both of, or prefixes of their own"});
    }
    if (!route.schedule.cron.empty())
        errors.push_back({"/schedule", "has no use here: records are brought to the route", "leave it out"});
    if (route.deletions == "follow" && !kind.isWhole())
        errors.push_back({"/deletions", "can't be followed: a request holds a part of the records",
                          "take 'keep'; deletions can be sent as a field of the records"});
    if (!errors.empty()) throw sdk::AppError::validation("The route is not valid.", std::move(errors));
}

}  // namespace host::connections
