#include "plugin/readiness/TableGate.h"

namespace plugin::readiness {

using namespace footprint;

TableGate::TableGate(const Profile& profile, const host::sdk::Organization& organization,
                     const host::sdk::Project& project, const FlowIndex& index, host::sdk::Micros now)
    : profile_(profile),
      values_(profile, organization, project, index, index.structure().flow.methodistUntiId),
      gate_(index, {}, nullptr, Contour::Production, now, profile.policies.viewingMark) {}

std::optional<Refusal> TableGate::refusal(const host::sdk::Result& result, const StructurePlace& place,
                                          const host::sdk::Learner& learner) {
    const auto kind = place.element->kind;
    for (const Table& table : profile_.tables) {
        if (table.from != Source::Result || !table.fits(kind)) continue;
        values_.enter(place);
        values_.learner(learner.untiId, learner.leaderId);
        values_.result(result);
        if (const Reason* wrong = gate_.contradiction(result, values_.values())) return Refusal::of(*wrong);
        for (const TableColumn& column : table.columns)
            if (column.required && column.name != Name::ResultFileNames && column.name != Name::LearnerUntiId &&
                !values_.values().has(column.name))
                return Refusal::missing(column.name);
        return std::nullopt;
    }
    return Refusal::of(reasons::kKindNotInProfile, host::sdk::toString(kind));
}

}  // namespace plugin::readiness
