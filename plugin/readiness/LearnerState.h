#pragma once
/// What is kept of one learner while a flow's records pass: the best candidate for each thing that a rule asks for.
/// Inside the room only. Values; the reasons are shared and immutable.

#include "plugin/footprint/Reasons.h"
#include "plugin/readiness/Readiness.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace plugin::readiness {

/// How far a record is on its way to University 2035.
enum class Standing : std::uint8_t { Blocked, Waiting, Told };

struct Way {
    Standing standing = Standing::Blocked;
    bool changed = false;                           ///< told in another revision
    std::shared_ptr<const footprint::Refusal> why;  ///< of Blocked and Waiting
};

/// One graded result of a final work.
struct Work {
    host::sdk::RecordId id = 0;
    std::int64_t revision = 0;
    int attempt = 0;
    std::optional<double> raw;
    std::optional<bool> success;
    int files = 0;
    FileState file = FileState::Missing;  ///< the worst of its files
    Way way;
};

/// The best reflection on one module, or on the programme.
struct Reflected {
    host::sdk::RecordId id = 0;  ///< 0: none
    std::int64_t revision = 0;
    bool blank = false;  ///< its text is empty: nothing to be checked
    ReflectionState quality = ReflectionState::Unchecked;
    Way way;
    std::shared_ptr<const std::vector<ReflectionFlag>> flags;
};

/// The best that is recorded of one video or webinar.
struct Watched {
    float percent = -1;  ///< below 0: none recorded
    bool any = false;
    bool attended = false;
};

struct LearnerState {
    std::string enrolment;                             ///< the status that counts
    bool enrolled = false;                             ///< has an enrolment that is not deleted
    std::shared_ptr<const footprint::Refusal> person;  ///< why nothing can be told of the learner, or null
    std::string leftOut;                               ///< the reason, when left out of the integration
    bool isLeftOut = false;
    Facts facts;
    std::optional<Work> work;
    std::vector<Reflected> reflections;  ///< one per module that is not deleted, then the programme's
    std::vector<Watched> watched;        ///< one per video or webinar
};

}  // namespace plugin::readiness
