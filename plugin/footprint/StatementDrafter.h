#pragma once
/// Makes one statement of one record: chooses its kind, gives it its id, renders and checks it, and says what facts it
/// tells. Refers to its arguments, which must outlive it. Not thread-safe; one per flow.
///
/// Statement id: UUIDv5, namespace = the installation's UUID, name = `organization|project|flow|kind|record id|attempt|
/// revision`: Organization::id, Project::id, the flow's record id, the statement kind's name, the record's id, the
/// attempt of a result (0 for everything else), the record's revision. What is told anew after a cancellation has
/// `+` and the number of cancellations behind it: the record's own revision need not have grown. A cancellation's
/// record id is the id of the statement it cancels.

#include "common/Uuid.h"
#include "plugin/footprint/FlowIndex.h"
#include "plugin/footprint/PlanInput.h"
#include "plugin/footprint/Reasons.h"
#include "plugin/footprint/RecordValues.h"
#include "plugin/footprint/StatementValidator.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::footprint {

class StatementDrafter {
public:
    StatementDrafter(const PlanInput& input, const FlowIndex& index, const std::string& methodist);
    StatementDrafter(const StatementDrafter&) = delete;
    StatementDrafter& operator=(const StatementDrafter&) = delete;

    RecordValues& values() noexcept { return values_; }
    const std::vector<const StatementKind*>& kindsOf(Source source) const {
        return bySource_[static_cast<std::size_t>(source)];
    }
    /// The first kind that fits the element at work and whose conditions hold for the values; nullptr: none does.
    const StatementKind* choose(Source source) const;
    /// Some kind of the source is made of elements of this kind, wherever they hang.
    bool asks(Source source, host::sdk::ElementKind kind) const;

    /// The place at work; its element's materials become values.
    void enter(const StructurePlace& place);
    /// A learner's work; enter() and the learner's values come first.
    void files(const host::sdk::Result& result);

    std::string statementId(const StatementKind& kind, std::string_view record, int attempt, std::int64_t revision,
                            int cancels);
    /// Renders and checks; the draft's bytes are right, or there is a refusal. id, timestamp and dependsOn come first.
    std::optional<Refusal> render(const StatementKind& kind, StatementDraft& draft);

    /// Of what a learner's statement tells beyond its own record: whose it is, then of what. Not of the template, so
    /// that a new version of the profile changes nothing that was sent.
    std::string learnerDigest(Source source);
    /// Of all that a statement of the structure tells but id and time, to tell a change that matters from one that does
    /// not (a flow that was closed). Of the values, not the bytes.
    std::string structureDigest(const StatementKind& kind);

    /// Statements whose files were left out, as the profile allows where there is no storage.
    std::int64_t filesLeftOut() const noexcept { return filesLeftOut_; }

private:
    void place(Name list, const std::vector<host::sdk::RecordId>& ids, std::vector<PlacedFile>& out);
    std::string problemOf(std::span<const host::sdk::RecordId> ids) const;
    std::optional<Refusal> missingFiles(const StatementKind& kind);
    std::string factsOf(const std::vector<Name>& names);

    const PlanInput& input_;
    RecordValues values_;
    StatementValidator validator_;
    common::UuidNamespace ids_;
    std::string idPrefix_;
    std::string name_;
    std::array<std::vector<const StatementKind*>, kSourceCount> bySource_;
    const StructurePlace* at_ = nullptr;
    std::vector<PlacedFile> works_, materials_;
    std::span<const host::sdk::RecordId> workIds_, materialIds_;  ///< of the records at work, placed or not
    std::int64_t filesLeftOut_ = 0;
};

}  // namespace plugin::footprint
