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

/// Whether both would take the same thing: the method of a request, the name of a file.
bool meet(const sdk::SourceDescription& description, const Route& a, const Route& b) {
    const auto left = settingsFrom(a.settings, description.route), right = settingsFrom(b.settings, description.route);
    const auto one = left.text("method"), other = right.text("method");
    return left.text("pattern") == right.text("pattern") && (one == other || one == "any" || other == "any");
}

}  // namespace

void requireBroughtRules(const BroughtKind& kind, const Route& route, const std::vector<Route>& others) {
    std::vector<sdk::FieldError> errors;
    if (!isPrefix(route.prefix))
        errors.push_back(
            {"/prefix", "can't stand in an address",
             "write one to three names with '/' between them, as in 'grades' or 'lms/grades'; not work, done, failed"});
    const auto description = kind.describe();
    for (const auto& other : others)
        if (other.name != route.name && other.prefix == route.prefix && meet(description, route, other))
            errors.push_back({"/prefix", fmt::format("is that of the route '{}'", other.name),
                              "give each route a prefix of its own, or another method or pattern of names"});
    if (!route.schedule.cron.empty())
        errors.push_back({"/schedule", "has no use here: records are brought to the route", "leave it out"});
    if (route.deletions == "follow" && !kind.isWhole())
        errors.push_back({"/deletions", "can't be followed: a request holds a part of the records",
                          "take 'keep'; deletions can be sent as a field of the records"});
    if (!errors.empty()) throw sdk::AppError::validation("The route is not valid.", std::move(errors));
}

}  // namespace host::connections
