#include "host/xapi/StatementsAgain.h"

#include "host/records/StrictJson.h"
#include "host/xapi/StatementMapping.h"

#include <Poco/Data/Session.h>

namespace host::xapi {
namespace {

constexpr std::size_t kPage = 500;
/// A pass that takes records back may let other statements count again; the next pass finds them.
constexpr int kMaxPasses = 3;

}  // namespace

StatementsAgain::Page StatementsAgain::page(const ActiveSource& source, std::int64_t after, std::optional<State> state,
                                            bool remember) {
    Page out;
    std::int64_t mapped = 0, waiting = 0;
    const auto moment = clock_.now();
    database_.write([&](Poco::Data::Session& session) {
        out = {};
        mapped = waiting = 0;
        StatementRows rows(session, source.source.id);
        out.stale = !rows.isCurrent(source.source.revision);
        if (out.stale) return;
        const auto stored = rows.page(after, kPage, state);
        out.count = stored.size();
        if (stored.empty()) return;
        out.last = stored.back().row.id;
        std::vector<MappedStatement> again;
        for (const auto& one : stored) {
            const auto json = records::parseStrict(one.body);
            again.push_back(
                {one.row, source.rules->read(json, factsOf(json, one.row.statementId, one.row.madeAt)), one.body});
        }
        StatementMapping mapping(session, rows, source, moment);
        const auto troubles = mapping.write(again);
        out.tookBack = mapping.tookBack();
        std::vector<StatementRow> changed;
        std::vector<std::int64_t> ids;
        for (std::size_t i = 0; i < again.size(); ++i) {
            const auto& row = again[i].row;
            mapped += row.state == State::Mapped ? 1 : 0;
            waiting += row.state == State::Waiting ? 1 : 0;
            ids.push_back(row.id);
            const auto& before = stored[i].row;
            if (row.state != before.state || row.kind != before.kind || row.externalId != before.externalId)
                changed.push_back(row);
        }
        rows.setStates(changed);
        rows.replaceTroubles(ids, troubles);
        if (remember) rows.setRemapFrom(out.last);
    });
    counts_["read"] += static_cast<std::int64_t>(out.count);
    counts_["mapped"] += mapped;
    counts_["waiting"] += waiting;
    return out;
}

void StatementsAgain::remap(const ActiveSource& source, const std::stop_token& stop) {
    auto from = sources_.remapFrom(source.source.id);
    for (int pass = 0; from && pass < kMaxPasses; ++pass) {
        bool tookBack = false;
        for (;;) {
            if (stop.stop_requested()) return;
            const auto done = page(source, *from, {}, true);
            if (done.stale) return;
            tookBack = tookBack || done.tookBack;
            if (done.count == 0) break;
            from = done.last;
        }
        from = 0;
        if (!tookBack) break;
    }
    if (!from) return;
    database_.write([&](Poco::Data::Session& session) {
        StatementRows rows(session, source.source.id);
        if (rows.isCurrent(source.source.revision)) rows.setRemapFrom({});
    });
}

void StatementsAgain::tryWaiting(const ActiveSource& source, const std::stop_token& stop) {
    for (std::int64_t after = 0; !stop.stop_requested();) {
        const auto done = page(source, after, State::Waiting, false);
        if (done.count == 0) return;
        after = done.last;
    }
}

std::map<std::string, std::int64_t> StatementsAgain::run(const std::stop_token& stop) {
    counts_ = {{"read", 0}, {"mapped", 0}, {"waiting", 0}};
    for (const auto& source : sources_.all()) {
        remap(*source, stop);
        tryWaiting(*source, stop);
    }
    return counts_;
}

}  // namespace host::xapi
