#pragma once
/// Judges a run by the world's truth and by what University 2035's servers hold; the product's tables are asked only
/// for what they promise people: the frozen bytes of a statement, the list of what can't go, the figures of a run.
///
/// While a run goes: nothing is told that the world never said, nothing in another's store, nothing before what it
/// refers to, no other bytes under an id. At its end: every due record exactly once by id and by content, refused and
/// held ones named, nothing else.

#include "plugin/delivery/Night.h"
#include "tests/simulation/World.h"

#include <mutex>
#include <string>
#include <vector>

namespace tests::simulation {

/// What a wire saw of one night and one LRS store.
struct Traffic {
    std::int64_t posts = 0;
    std::int64_t accepted = 0;  ///< statements in answers of 200 that came through
    std::int64_t refusedKeys = 0;
};

class Oracle {
public:
    Oracle(World& world, Story& story) : world_(world), story_(story) {}

    void beginStep(int step);
    /// A crash or a failed write: what was under way may be told later, as it stood then.
    void trouble();

    /// A POST for the store `meant` is about to reach the servers; its key opens `lrsStore`, or none.
    void sending(const std::string& meant, const std::string& lrsStore, const std::vector<Told>& batch);
    /// The servers judged it; `uncertain`: the client can't know what became of it.
    void judged(const std::string& meant, const std::vector<Told>& batch, bool uncertain);
    /// A statement is stored that was not there.
    void stored(const std::string& lrsStore, const Told& told);

    /// After a night: what must hold at any time.
    void afterNight(plugin::store::OutboxStore& outbox);
    int sessions = 1;  ///< POSTs that may be under way at a time to one store

    /// The figures of a night that ended by itself.
    void figures(const std::string& organization, const plugin::store::RunRow& run, const Traffic& traffic);
    /// When all trouble is over and a night sent nothing.
    void atTheEnd(const plugin::delivery::NightParts& parts);

    void violation(const std::string& what);
    std::vector<std::string> violations() const;
    bool clean() const { return violations().empty(); }

private:
    using Listed = std::map<std::string, std::string>;  ///< record → code
    struct Methodists {
        std::string verb, object, title;
        host::sdk::RecordId element = 0;  ///< 0: of another kind
        plugin::footprint::RecordRef record;
    };
    std::vector<Methodists> structureOf(TrueOrganization& org, const host::sdk::FlowStructure& structure,
                                        const plugin::delivery::NightParts& parts);
    void checkRecord(TrueOrganization& org, TrueRecord& record, const std::vector<const Told*>& live,
                     const Listed& listed, const std::set<host::sdk::RecordId>& blocked);
    bool wasSo(const TrueRecord& record, const std::string& text) const;
    bool mayBeLate(const TrueRecord& record, const std::string& text) const;

    World& world_;
    Story& story_;
    int step_ = 0;
    std::set<int> troubles_;  ///< steps in which something was cut off
    mutable std::mutex mutex_;
    std::map<std::string, std::string> firstUncertainBytes_;  ///< store and id → bytes that may have arrived
    std::vector<std::string> violations_;
};

}  // namespace tests::simulation
