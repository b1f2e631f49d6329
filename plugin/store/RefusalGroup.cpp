#include "plugin/store/RefusalGroup.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace plugin::store {

namespace {

constexpr std::string_view kBetween = "; ";
constexpr std::string_view kReceived = ". Received '";
constexpr std::size_t kUuid = 36;

bool isUuidAt(std::string_view text, std::size_t at) {
    if (text.size() - at < kUuid) return false;
    for (std::size_t i = 0; i < kUuid; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const auto c = static_cast<unsigned char>(text[at + i]);
        if (dash ? c != '-' : std::isxdigit(c) == 0) return false;
    }
    return true;
}

/// Where a warning ends: a received value may hold the separator, but not right behind its closing quote.
std::size_t endOf(std::string_view reason, std::size_t from) {
    const auto separator = reason.find(kBetween, from);
    const auto received = reason.find(kReceived, from);
    if (received == std::string_view::npos || received > separator) return separator;
    const auto closed = reason.find("'; ", received + kReceived.size());
    return closed == std::string_view::npos ? closed : closed + 1;
}

std::string groupOfOne(std::string_view warning) {
    if (const auto received = warning.find(kReceived); received != std::string_view::npos)
        warning = warning.substr(0, received);
    std::string group;
    bool path = false;  // in quotes; a number outside is no position
    for (std::size_t i = 0; i < warning.size();) {
        if (isUuidAt(warning, i)) {
            group += "{id}";
            i += kUuid;
            continue;
        }
        group += warning[i++];
        if (group.back() == '\'') path = !path;
        if (!path || group.back() != '.') continue;
        std::size_t end = i;
        while (end < warning.size() && std::isdigit(static_cast<unsigned char>(warning[end])) != 0) ++end;
        if (end == i || (end < warning.size() && warning[end] != '.' && warning[end] != '\'')) continue;
        group += 'N';
        i = end;
    }
    return group;
}

bool has(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

}  // namespace

std::string refusalGroup(std::string_view reason) {
    std::vector<std::string> groups;
    for (std::size_t at = 0; at < reason.size();) {
        const auto end = endOf(reason, at);
        auto one = groupOfOne(reason.substr(at, end == std::string_view::npos ? end : end - at));
        if (std::find(groups.begin(), groups.end(), one) == groups.end()) groups.push_back(std::move(one));
        if (end == std::string_view::npos) break;
        at = end + kBetween.size();
    }
    std::string text;
    for (const auto& one : groups) text += (text.empty() ? std::string() : std::string(kBetween)) + one;
    return text;
}

const char* refusalCause(std::string_view reason, bool conflict, int status) {
    if (conflict || status == 409) return "conflict";
    if (status == 413) return "too-large";
    const auto first = reason.substr(0, endOf(reason, 0));
    if (first.starts_with("Unknown keys")) return "unknown-key";
    if (first.starts_with("Missing required value")) return "missing-value";
    if (first.starts_with("Problem in")) return "wrong-value";
    if (has(first, " is duplicated in the current batch")) return "repeated-id";
    if (has(first, "attachments (")) return "missing-attachment";
    return "other";
}

}  // namespace plugin::store
