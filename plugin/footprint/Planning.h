#pragma once
/// What the parts of a plan share: one flow's index, values and rendering, who it is sent as, and the sink. Internal to
/// the room. Refers to its arguments. Not thread-safe; one per flow.

#include "plugin/footprint/RecordGate.h"
#include "plugin/footprint/StatementDrafter.h"

#include <optional>
#include <string>
#include <string_view>

namespace plugin::footprint {

/// Who the structure is sent as, and why nobody can.
struct Methodist {
    std::string untiId;
    const Reason* problem = nullptr;
};

class Planning {
public:
    Planning(const PlanInput& planInput, PlanSink& sink);
    Planning(const Planning&) = delete;
    Planning& operator=(const Planning&) = delete;

    /// What the store has of a record, under whatever kind it went.
    struct Sent {
        const Known* known = nullptr;
        const StatementKind* kind = nullptr;
        int cancels = 0;  ///< statements of the record that were cancelled, under any kind

        bool stands() const noexcept { return known != nullptr && !known->cancelled; }
    };
    /// The one that stands, else the last that was cancelled.
    Sent sentAs(Source source, host::sdk::RecordId id) const;

    void due(StatementDraft&& draft);
    void refuse(const RecordRef& record, const StatementKind* kind, host::sdk::RecordId learnerId, Refusal refusal);

    /// A statement that stands, whose record is no longer so for the reason given: it is cancelled, kept or held, by
    /// the profile's policy and a person's word. `mayKeep`: false where it is told of another person.
    /// \return true: its cancellation is planned, so nothing new may refer to it
    bool correct(const RecordRef& record, const Sent& sent, host::sdk::RecordId learnerId, Refusal change,
                 bool mayKeep = true);

    const PlanInput input;
    const FlowIndex index;
    const Methodist methodist;
    StatementDrafter drafter;
    const host::sdk::Micros plannedAt;  ///< whole seconds
    PlanCounts counts;

private:
    std::optional<Refusal> cancel(const Known& known, StatementDraft& draft, const StatementKind& kind);

    PlanSink& sink_;
    std::string objectId_;
    std::vector<PlacedFile> letter_;
};

}  // namespace plugin::footprint
