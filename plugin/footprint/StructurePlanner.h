#pragma once
/// The methodist's part of a plan: the course, blocks, modules, themes, elements and fact definitions of one flow, and
/// what learners' statements can refer to. Internal to the room; not thread-safe.

#include "plugin/footprint/Planning.h"

#include <string>
#include <unordered_map>

namespace plugin::footprint {

/// What a learner's statement can refer to: a statement of the methodist, or why there is none.
struct Reference {
    std::string statementId;
    Refusal refusal;
};

class StructurePlanner {
public:
    explicit StructurePlanner(Planning& planning) : p_(planning) {}

    void plan();
    bool planned() const noexcept { return planned_; }

    Reference element(host::sdk::RecordId id) const;
    /// The one practice block of the programme.
    const Reference& practiceBlock() const noexcept { return practiceBlock_; }

private:
    template <class Head>
    void parts(Source source, const std::vector<StructurePlace>& places, const Head& head);
    Reference part(Source source, const RecordRef& record, const StructurePlace& place);
    const StatementKind* draft(Source source, const RecordRef& record, int cancels, StatementDraft& draft,
                               std::optional<Refusal>& refusal);
    bool needsNoStatement(const host::sdk::Element& element) const;
    void findPracticeBlock();

    Planning& p_;
    std::unordered_map<host::sdk::RecordId, Reference> elements_, blocks_;
    Reference practiceBlock_;
    bool planned_ = false;
};

}  // namespace plugin::footprint
