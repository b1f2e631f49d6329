#include "plugin/tables/Pair.h"

#include "plugin/tables/PairBuilder.h"

#include <algorithm>

namespace plugin::tables {
namespace {

/// How many rows a pair that came out too large may have instead; 0: it fits, or it is a single row.
std::int64_t fewerRows(const Pair& pair, const PairLimits& limits) {
    if (pair.rows < 2) return 0;
    double share = 1;
    for (const PairFile& file : pair.files) {
        const std::int64_t limit = file.role == PairFile::Role::Table     ? limits.bytes
                                   : file.role == PairFile::Role::Archive ? limits.archiveBytes
                                                                          : 0;
        if (limit > 0 && file.bytes > limit)
            share = std::min(share, static_cast<double>(limit) / static_cast<double>(file.bytes));
    }
    if (share == 1) return 0;
    const auto fewer = static_cast<std::int64_t>(static_cast<double>(pair.rows) * share * 0.9);
    return std::clamp<std::int64_t>(fewer, 1, pair.rows - 1);
}

}  // namespace

const char* toString(PairFile::Role role) {
    static constexpr const char* names[] = {"table", "archive", "mapping"};
    return names[static_cast<int>(role)];
}

std::vector<Pair> cutPairs(SpoolReader& spool, std::uint64_t from, std::uint64_t to, const CutSettings& settings) {
    const footprint::ZoneTime zone(spool.header().timeZone);
    std::vector<Pair> pairs;
    std::size_t written = 0;
    std::int64_t rows = settings.limits.rows;
    spool.seek(from);
    while (spool.position() < to) {
        const std::uint64_t begin = spool.position();
        PairBuilder builder(settings, spool.header(), zone, settings.name(written), rows);
        for (std::uint64_t at = begin; at < to && spool.next(); at = spool.position())
            if (builder.add(spool) == PairBuilder::Outcome::Full) {
                spool.seek(at);
                break;
            }
        Pair pair = builder.finish();
        pair.from = begin;
        pair.to = spool.position();
        // How large a workbook gets is known when it is packed.
        if (const std::int64_t fewer = fewerRows(pair, settings.limits); fewer > 0) {
            rows = fewer;
            spool.seek(begin);
            continue;
        }
        if (pair.rows > 0) ++written;
        pairs.push_back(std::move(pair));
    }
    return pairs;
}

}  // namespace plugin::tables
