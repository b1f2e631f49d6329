#pragma once
/// What the readiness room tells of a learner: would University 2035 accept the person, and if not, what is missing.
///
/// A verdict is given by the profile's rules only; a profile without rules gives none, whatever the facts say. What no
/// rule asks for (viewing, success that is false) is a fact or a hint and never part of a verdict. Values.

#include "host/sdk/Records.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plugin::readiness {

/// Said wherever a profile has no rules.
inline constexpr const char* kRulesUnknown = "требования приёма неизвестны";

enum class Verdict { Ready, NotReady, Unknown };
const char* toString(Verdict verdict);

/// Waiting: all that people can do is done, the rest comes by itself. NotMet: somebody has something to do.
enum class RuleState { Met, Waiting, NotMet };
const char* toString(RuleState state);

/// One thing that keeps a rule from being met, and what to do.
struct Lack {
    RuleState state = RuleState::NotMet;        ///< Waiting or NotMet
    std::string code;                           ///< stable: "no-mark", "reflection-module-missing", …
    std::string field;                          ///< "result.raw"; empty when it is of no one field
    std::string reason;                         ///< Russian sentence
    std::string fix;                            ///< Russian sentence
    std::vector<footprint::RecordRef> records;  ///< what it is about; empty when there is no record
};

struct RuleOutcome {
    std::string check;  ///< of the profile; "covered" and "unti-id" come before them for every profile with rules
    std::string title;
    RuleState state = RuleState::Met;
    std::vector<Lack> lacks;                    ///< empty: met
    std::vector<footprint::RecordRef> records;  ///< that it was judged by; of rules on texts the lacks name them
};

/// The work that the rules were judged by.
struct WorkFact {
    host::sdk::RecordId resultId = 0;
    int attempt = 0;
    std::optional<double> raw;
    std::optional<bool> success;
    int files = 0;
    bool told = false;  ///< University 2035 has it, or the tables carry it
};

struct Facts {
    bool hasUntiId = false;
    std::string enrolment;  ///< status as recorded
    int graded = 0;         ///< results on elements that are there
    int underReview = 0;
    int openings = 0;
    int workElements = 0;  ///< final works in the flow
    int worksUnderReview = 0;
    std::optional<WorkFact> work;
    int modules = 0;           ///< in the flow
    int reflectedModules = 0;  ///< with a reflection that says something
    bool reflectedProgramme = false;
    int flaggedReflections = 0;         ///< found suspicious or to be judged by a person, of those that count
    int videos = 0;                     ///< videos and webinars of the flow
    int watchedVideos = 0;              ///< with any view
    int markedVideos = 0;               ///< attended, or watched to the profile's mark; 0 when it has none
    std::optional<double> meanPercent;  ///< of those with a percentage
    int delivered = 0;                  ///< statements that an LRS has accepted
    int waiting = 0;                    ///< statements on their way
    int refused = 0;                    ///< statements that an LRS has refused
};

struct Hint {
    std::string code;
    std::string text;  ///< Russian sentence
};

struct LearnerReadiness {
    host::sdk::RecordId learnerId = 0;
    Verdict verdict = Verdict::Unknown;
    std::vector<RuleOutcome> rules;  ///< in the profile's order; empty: no rules
    Facts facts;
    std::vector<Hint> hints;

    /// Codes of all lacks, each once, sorted.
    std::vector<std::string> codes() const;
    /// Not ready, and nobody has anything to do but wait.
    bool onlyWaits() const;
};

/// A learner's file.
enum class FileState { Missing, OnServer, InStorage };

/// What is known of a record's statement in the store the flow goes to.
struct Telling {
    enum class State { Nothing, Waiting, InDoubt, Accepted, Refused } state = State::Nothing;
    std::int64_t revision = 0;
    std::string digest;      ///< as footprint::Known::digest
    bool discarded = false;  ///< refused, and a person decided not to tell it
};

/// What the checks found in a reflection, a person's judgement included: what a person has accepted is Fine.
enum class ReflectionState { Fine, Unchecked, Borderline, Flagged };
enum class ReflectionAspect { Meaning, OwnWords };
struct ReflectionFlag {
    ReflectionAspect about = ReflectionAspect::Meaning;
    std::string code;
    std::string reason;
    std::string fix;
};
struct ReflectionVerdict {
    ReflectionState state = ReflectionState::Unchecked;
    std::vector<ReflectionFlag> flags;  ///< of Borderline and Flagged; empty: of both aspects
};

}  // namespace plugin::readiness
