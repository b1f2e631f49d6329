#pragma once
/// One organization with a flow of learners who reflect, the sample profile, a real database and a night.

#include "plugin/api/ReflectionsApi.h"
#include "plugin/delivery/ReflectionChecking.h"
#include "tests/unit/delivery/NightWorld.h"

#include <string>

namespace tests {

inline const std::string kHonest =
    "Наконец-то понял, зачем перед вылетом смотреть на влажность, а не только на ветер. Раньше про обледенение винтов "
    "вообще не думал, а преподаватель показал фото с реального падения.";
inline const std::string kOther =
    "Матрица рисков теперь висит у меня над столом, а планёрки стали вдвое короче. Научился отказывать заказчику, и "
    "проект впервые сдан без ночных авралов и ругани.";

struct ReflectionWorld : NightWorld {
    ReflectionWorld() {
        host.records_.reflections_.clear();  // each test writes its own
        project.project = sample.project;
        profile = *profiles.find(sample.project.profile);
        project.profile = &profile;
        project.flows = {{flow(), plugin::footprint::Channel::Lrs}};
    }

    host::sdk::RecordId flow() const { return sample.structure.flow.id; }

    host::sdk::Reflection& reflect(host::sdk::RecordId id, host::sdk::RecordId learner, const std::string& text) {
        host::sdk::Reflection one;
        one.id = id;
        one.learnerId = learner;
        one.flowId = flow();
        one.moduleId = 7;
        one.text = text;
        one.at = id * 1'000'000;
        host.records_.reflections_.push_back(one);
        return host.records_.reflections_.back();
    }

    plugin::footprint::ReflectionVerdictLookup check(bool dryRun = false) {
        plugin::delivery::NightArguments arguments;
        arguments.dryRun = dryRun;
        tonight.emplace(
            plugin::delivery::Night{sample.organization, arguments, 1, "schedule", 0, stop.get_token(), {}, {}});
        return plugin::delivery::checkReflections(parts(), store, dictionaries, *tonight, project);
    }
    std::int64_t counted(const std::string& name) { return tonight->counts[name]; }
    const host::sdk::Reflection& record(std::size_t i) const { return host.records_.reflections_[i]; }

    std::string org = sample.organization.id;
    plugin::store::ReflectionStore store{db, db.clock};
    plugin::footprint::Profile profile;
    plugin::delivery::ProjectNight project;
    /// None, so that the tests are the same wherever they run.
    plugin::delivery::ReflectionSettings dictionaries{"/nowhere/ru_RU", ""};
    std::optional<plugin::delivery::Night> tonight;
};

}  // namespace tests
