#pragma once
/// A flow with modules, a final work and learners who lack nothing: bend it, then judge.

#include "plugin/footprint/SampleFlow.h"
#include "plugin/readiness/FlowReadiness.h"
#include "plugin/readiness/ReadinessJson.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace kit {

using namespace plugin::readiness;
using namespace host::sdk;
using plugin::footprint::Channel;
using plugin::footprint::Profile;
using plugin::footprint::ProfileSet;
using plugin::footprint::Refusal;

inline const Profile& profileOf(const std::string& name) {
    static const ProfileSet set = ProfileSet::load(LMSD_SOURCE_DIR "/config/profiles");
    return set.get(name);
}

constexpr RecordId kWorkElement = 46, kVideo = 31, kWebinar = 32;

struct World {
    explicit World(std::size_t moduleCount = 3, std::size_t learnerCount = 1) {
        structure.modules.clear();
        structure.themes.clear();
        for (std::size_t i = 0; i < moduleCount; ++i) {
            ProgrammeModule module;
            module.id = 100 + static_cast<RecordId>(i);
            module.blockId = structure.blocks.front().id;
            module.title = "Модуль " + std::to_string(i + 1);
            module.position = static_cast<int>(i) + 1;
            structure.modules.push_back(module);
        }
        // What hung on the themes hangs on the programme.
        for (Element& element : structure.elements) {
            element.themeId.reset();
            element.moduleId.reset();
            element.blockId.reset();
        }
        for (std::size_t i = 0; i < learnerCount; ++i) addLearner(501 + static_cast<RecordId>(i));
    }

    void addLearner(RecordId id) {
        Learner learner;
        learner.id = id;
        learner.untiId = std::to_string(100'000 + id);
        learners.push_back(learner);
        Enrollment enrolment;
        enrolment.id = id;
        enrolment.learnerId = id;
        enrolment.flowId = structure.flow.id;
        enrolment.status = "finished";
        enrollments.push_back(enrolment);
        addWork(id);
        for (const auto& module : structure.modules) addReflection(id, module.id);
        addReflection(id, std::nullopt);
    }

    Result& addWork(RecordId learner) {
        Result work;
        work.id = ++last;
        work.learnerId = learner;
        work.elementId = kWorkElement;
        work.flowId = structure.flow.id;
        work.raw = 8;
        work.min = 0;
        work.max = 10;
        work.success = true;
        work.at = sample.now - 1'000'000;
        work.fileIds = {++last};
        files[last] = FileState::InStorage;
        told[{"result", work.id}] = {Telling::State::Accepted, 1, {}};
        results.push_back(work);
        return results.back();
    }

    Reflection& addReflection(RecordId learner, std::optional<RecordId> module) {
        Reflection reflection;
        reflection.id = ++last;
        reflection.learnerId = learner;
        reflection.flowId = structure.flow.id;
        reflection.moduleId = module;
        reflection.text = "Научился рассчитывать полётное задание.";
        told[{"reflection", reflection.id}] = {Telling::State::Accepted, 1, {}};
        verdicts[reflection.id] = {ReflectionState::Fine, {}};
        reflections.push_back(reflection);
        return reflections.back();
    }

    /// Takes back what an LRS was told, as in a flow that goes by tables.
    void byTables() {
        channel = Channel::Tables;
        told.clear();
        for (auto& [id, state] : files) state = FileState::OnServer;
    }

    Result& work(RecordId learner = 501) {
        for (Result& one : results)
            if (one.learnerId == learner) return one;
        throw std::out_of_range("work");
    }
    Reflection& reflection(std::optional<RecordId> module, RecordId learner = 501) {
        for (Reflection& one : reflections)
            if (one.learnerId == learner && one.moduleId == module) return one;
        throw std::out_of_range("reflection");
    }

    /// Every learner's row. With `shuffle`, records come in another order and in pages of random sizes.
    std::vector<LearnerReadiness> judge(std::mt19937* shuffle = nullptr) const {
        const Lookups lookups{[&](const char* kind, RecordId id) {
                                  const auto found = told.find({kind, id});
                                  return found == told.end() ? Telling{} : found->second;
                              },
                              [&](const char* kind, RecordId id, std::int64_t revision) -> const Refusal* {
                                  const auto found = blocked.find({kind, id});
                                  return found == blocked.end() || revision != 1 ? nullptr : &found->second;
                              },
                              [&](const Element&, const Learner&, RecordId file) {
                                  const auto found = files.find(file);
                                  return found == files.end() ? FileState::Missing : found->second;
                              },
                              [&](const Reflection& reflection) {
                                  const auto found = verdicts.find(reflection.id);
                                  return found == verdicts.end() ? ReflectionVerdict{} : found->second;
                              }};
        FlowReadiness readiness({*profile, sample.organization, sample.project, structure, learners, enrollments,
                                 channel, &leftOut, sample.now, reflectionsGo, lookups});
        give(results, shuffle, [&](auto page) { readiness.results(page); });
        give(views, shuffle, [&](auto page) { readiness.views(page); });
        give(openings, shuffle, [&](auto page) { readiness.openings(page); });
        give(reflections, shuffle, [&](auto page) { readiness.reflections(page); });
        std::vector<LearnerReadiness> rows;
        readiness.each([&](const Learner&, LearnerReadiness&& row) { rows.push_back(std::move(row)); });
        return rows;
    }
    LearnerReadiness one() const { return judge().at(0); }

    template <class Record, class Take>
    static void give(std::vector<Record> records, std::mt19937* shuffle, const Take& take) {
        if (shuffle != nullptr) std::shuffle(records.begin(), records.end(), *shuffle);
        for (std::size_t at = 0; at < records.size();) {
            std::size_t size = records.size() - at;
            if (shuffle != nullptr) size = std::uniform_int_distribution<std::size_t>(1, size)(*shuffle);
            take(std::span<const Record>(records).subspan(at, size));
            at += size;
        }
    }

    plugin::footprint::SampleFlow sample = plugin::footprint::SampleFlow::make();
    FlowStructure structure = sample.structure;
    const Profile* profile = &profileOf("digital-professions");
    Channel channel = Channel::Lrs;
    bool reflectionsGo = true;
    std::vector<Learner> learners;
    std::vector<Enrollment> enrollments;
    std::vector<Result> results;
    std::vector<View> views;
    std::vector<Opening> openings;
    std::vector<Reflection> reflections;
    std::map<RecordId, std::string> leftOut;
    std::map<std::pair<std::string, RecordId>, Telling> told;
    std::map<std::pair<std::string, RecordId>, Refusal> blocked;
    std::map<RecordId, FileState> files;
    std::map<RecordId, ReflectionVerdict> verdicts;
    RecordId last = 1'000;
};

inline const RuleOutcome& rule(const LearnerReadiness& row, const std::string& check) {
    for (const auto& one : row.rules)
        if (one.check == check) return one;
    throw std::out_of_range(check);
}

}  // namespace kit
