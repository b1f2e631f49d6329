#pragma once
/// The profile's rules, applied to what was kept of a learner. Inside the room only. Refers to its input. Immutable;
/// thread-safe.

#include "plugin/footprint/FlowIndex.h"
#include "plugin/readiness/LearnerState.h"

#include <optional>
#include <string>
#include <vector>

namespace plugin::readiness {

/// Which of the rules the profile has.
struct Demands {
    explicit Demands(const footprint::Profile& profile);
    bool file = false;
    bool raw = false;
    bool success = false;
    bool quality = false;  ///< of reflections
    bool any = false;
};

class Judging {
public:
    /// `modules`: those that are not deleted, in order of the reflections kept.
    Judging(const footprint::Profile& profile, footprint::Channel channel,
            std::vector<const host::sdk::ProgrammeModule*> modules, int workElements);

    /// Is `one` the better result to be judged by? A strict order, so that the order of pages doesn't matter.
    bool isBetter(const Work& one, const Work& other) const;
    bool isBetter(const Reflected& one, const Reflected& other) const;

    LearnerReadiness judge(const host::sdk::Learner& learner, const LearnerState& state) const;

private:
    RuleOutcome covered(const host::sdk::Learner& learner, const LearnerState& state) const;
    RuleOutcome untiId(const host::sdk::Learner& learner) const;
    void work(const LearnerState& state, RuleOutcome& outcome) const;
    void moduleReflections(const LearnerState& state, RuleOutcome& outcome) const;
    void programmeReflection(const LearnerState& state, RuleOutcome& outcome) const;
    void quality(const LearnerState& state, ReflectionAspect aspect, RuleOutcome& outcome) const;
    /// nullopt: nothing is wrong with it in this respect.
    static std::optional<Lack> doubt(const Reflected& one, ReflectionAspect aspect);
    void reflectionFacts(const LearnerState& state, Facts& facts) const;
    std::string placeOf(std::size_t slot) const;

    RuleState stateOf(const std::string& check, const Work& work) const;
    int worth(const Work& work) const;

    const footprint::Profile& profile_;
    footprint::Channel channel_;
    Demands demands_;
    std::vector<const host::sdk::ProgrammeModule*> modules_;
    int workElements_;
};

}  // namespace plugin::readiness
