#pragma once
/// What statements and tables refuse alike: whose record it is, and values that contradict each other. Refers to its
/// input. Immutable after construction.

#include "plugin/footprint/FlowIndex.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"
#include "plugin/footprint/Reasons.h"
#include "plugin/footprint/Values.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace plugin::footprint {

bool isUntiId(std::string_view text);

class RecordGate {
public:
    struct Person {
        std::string_view untiId;          ///< of the contour
        std::string_view leaderId;        ///< empty in the test contour: the record's is production's
        const Reason* problem = nullptr;  ///< nullptr: can be sent
        std::string_view detail;          ///< why left out
    };

    RecordGate(const FlowIndex& index, std::span<const host::sdk::Learner> learners,
               const std::map<host::sdk::RecordId, std::string>* leftOut, Contour contour, host::sdk::Micros now,
               std::optional<double> viewingMark);

    const Person& person(host::sdk::RecordId learnerId) const;
    /// A view is final when the mark is reached, a webinar was attended, or flow or element is closed.
    bool isFinal(const host::sdk::View& view, const StructurePlace& place) const;

    /// Contradictions in what a record says; `values` are its own.
    const Reason* contradiction(const host::sdk::Result& result, const Values& values) const;
    const Reason* contradiction(const host::sdk::View& view) const;
    const Reason* contradiction(const host::sdk::Opening& opening) const;
    const Reason* contradiction(const host::sdk::Reflection& reflection) const;

private:
    bool inFuture(const std::optional<host::sdk::Micros>& time) const;

    std::unordered_map<host::sdk::RecordId, Person> people_;
    Person nobody_;
    host::sdk::Micros now_;
    std::optional<double> viewingMark_;
    bool flowClosed_;
};

}  // namespace plugin::footprint
