#include "plugin/delivery/ReadChoice.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace plugin::delivery {

namespace {

using Rows = std::vector<const store::Readable*>;

/// In a chosen order in which the kinds take turns, so that a rare one is not left out of any beginning.
void spread(Rows& rows, std::mt19937_64& random) {
    std::shuffle(rows.begin(), rows.end(), random);
    std::map<int, std::size_t> turns;
    std::vector<std::pair<std::size_t, const store::Readable*>> ordered;
    ordered.reserve(rows.size());
    for (const auto* row : rows) ordered.emplace_back(turns[row->kind]++, row);
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(ordered.begin(), ordered.end(), rows.begin(), [](const auto& one) { return one.second; });
}

void take(const Rows& from, std::size_t most, std::vector<std::int64_t>& to, std::size_t& room) {
    const auto count = std::min({most, room, from.size()});
    for (std::size_t i = 0; i < count; ++i) to.push_back(from[i]->seq);
    room -= count;
}

}  // namespace

ReadChoice choose(const std::vector<store::Readable>& rows, std::int64_t covered, const ReadBackSettings& settings,
                  std::uint64_t seed) {
    ReadChoice out;
    Rows fresh, old, findings, confirmed;
    for (const auto& row : rows) {
        if (row.verdict == "cancelled") continue;  // told to be cancelled, and gone: that is what was asked for
        if (!row.confirmed) ++out.of;
        if (row.confirmed)
            confirmed.push_back(&row);
        else if (row.verdict == "late" || row.verdict == "missing")
            out.chosen.push_back(row.seq);
        else if (!row.verdict.empty())
            findings.push_back(&row);
        else
            (row.batchId > covered ? fresh : old).push_back(&row);
    }
    std::mt19937_64 random(seed);
    for (auto* part : {&fresh, &old, &findings, &confirmed}) spread(*part, random);
    auto room = settings.sample;
    if (settings.mode == ReadBackSettings::Mode::Whole) {
        for (const auto* part : {&fresh, &old, &findings})
            for (const auto* row : *part) out.chosen.push_back(row->seq);
        take(confirmed, room, out.chosen, room);
    } else {
        const auto others = std::min(old.size() + findings.size() + confirmed.size(), settings.sample / 5);
        take(fresh, settings.sample - others, out.chosen, room);
        take(findings, (room + 1) / 2, out.chosen, room);
        take(old, room, out.chosen, room);
        take(confirmed, room, out.chosen, room);
    }
    const std::set<std::int64_t> taken(out.chosen.begin(), out.chosen.end());
    for (const auto& row : rows)
        if (row.verdict != "cancelled" && taken.count(row.seq) == 0) out.rest.push_back(row.seq);
    return out;
}

}  // namespace plugin::delivery
