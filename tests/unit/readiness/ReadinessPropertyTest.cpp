// Whatever a learner lacks is named with a reason and a remedy; who lacks nothing is ready; taking the lack away makes
// the learner ready; and the order in which records come changes nothing.

#include "tests/unit/readiness/ReadinessKit.h"

#include <functional>
#include <set>

namespace {

using namespace kit;

/// One thing that goes wrong with a learner, the codes of which one must be named.
struct Defect {
    const char* name;
    std::vector<std::string> codes;
    bool lrsOnly;
    std::function<void(World&, RecordId learner, std::mt19937&)> apply;
};

RecordId anyModule(const World& world, std::mt19937& random) {
    return world.structure.modules[random() % world.structure.modules.size()].id;
}

void removeReflections(World& world, RecordId learner, std::optional<RecordId> module) {
    for (auto& one : world.reflections)
        one.deleted = one.deleted || (one.learnerId == learner && one.moduleId == module);
}

template <class Change>
void eachWork(World& world, RecordId learner, const Change& change) {
    for (auto& one : world.results)
        if (one.learnerId == learner) change(one);
}

const std::vector<Defect>& defects() {
    static const std::vector<Defect> all{
        {"no unti_id",
         {"no-unti-id"},
         false,
         [](World& w, RecordId id, std::mt19937&) {
             for (auto& learner : w.learners)
                 if (learner.id == id) learner.untiId.clear();
         }},
        {"expelled",
         {"expelled"},
         false,
         [](World& w, RecordId id, std::mt19937&) {
             for (auto& one : w.enrollments)
                 if (one.learnerId == id) one.status = "expelled";
         }},
        {"left out",
         {"learner-left-out"},
         false,
         [](World& w, RecordId id, std::mt19937&) { w.leftOut[id] = "по заявлению"; }},
        {"no mark",
         {"no-mark", "no-success", "no-file", "no-final-work", "final-work-under-review"},
         false,
         [](World& w, RecordId id, std::mt19937&) { eachWork(w, id, [](Result& r) { r.raw.reset(); }); }},
        {"no success",
         {"no-success", "no-mark", "no-file", "no-final-work", "final-work-under-review"},
         false,
         [](World& w, RecordId id, std::mt19937&) { eachWork(w, id, [](Result& r) { r.success.reset(); }); }},
        {"no file",
         {"no-file", "no-mark", "no-success", "no-final-work", "final-work-under-review"},
         false,
         [](World& w, RecordId id, std::mt19937&) { eachWork(w, id, [](Result& r) { r.fileIds.clear(); }); }},
        {"work deleted",
         {"no-final-work"},
         false,
         [](World& w, RecordId id, std::mt19937&) { eachWork(w, id, [](Result& r) { r.deleted = true; }); }},
        {"under review",
         {"final-work-under-review", "no-final-work"},
         false,
         [](World& w, RecordId id, std::mt19937&) { eachWork(w, id, [](Result& r) { r.graded = false; }); }},
        {"file not in the storage",
         {"file-waits-for-storage", "no-file", "no-mark", "no-success", "no-final-work", "final-work-under-review",
          "not-delivered", "no-unti-id", "learner-left-out"},
         true,
         [](World& w, RecordId id, std::mt19937&) {
             eachWork(w, id, [&](Result& r) {
                 for (const RecordId file : r.fileIds) w.files[file] = FileState::OnServer;
             });
         }},
        {"not delivered",
         {"not-delivered", "file-waits-for-storage", "no-file", "no-mark", "no-success", "no-final-work",
          "final-work-under-review", "no-unti-id", "learner-left-out"},
         true,
         [](World& w, RecordId id, std::mt19937&) {
             eachWork(w, id, [&](Result& r) { w.told.erase({"result", r.id}); });
         }},
        {"no reflection on a module",
         {"reflection-module-missing"},
         false,
         [](World& w, RecordId id, std::mt19937& random) { removeReflections(w, id, anyModule(w, random)); }},
        {"no reflection on the programme",
         {"reflection-programme-missing"},
         false,
         [](World& w, RecordId id, std::mt19937&) { removeReflections(w, id, std::nullopt); }},
        {"nonsense",
         {"reflection-nonsense", "no-reflections", "reflection-programme-missing"},
         false,
         [](World& w, RecordId id, std::mt19937&) {
             for (auto& one : w.reflections)
                 if (one.learnerId == id && !one.moduleId)
                     w.verdicts[one.id] = {
                         ReflectionState::Flagged,
                         {{ReflectionAspect::Meaning, "reflection-nonsense", "Бессмыслица.", "Ещё раз."}}};
         }},
        {"unchecked",
         {"reflection-unchecked", "reflection-nonsense", "no-reflections"},
         false,
         [](World& w, RecordId id, std::mt19937&) {
             for (auto& one : w.reflections)
                 if (one.learnerId == id && w.verdicts[one.id].flags.empty()) w.verdicts.erase(one.id);
         }}};
    return all;
}

/// A world of complete learners, some with more than one attempt and more than one reflection on a module.
World completeWorld(std::mt19937& random) {
    World world(1 + random() % 12, 1 + random() % 5);
    const auto learners = world.learners;
    for (const auto& learner : learners) {
        if (random() % 2 == 0) world.addWork(learner.id).attempt = 1 + static_cast<int>(random() % 2);
        if (random() % 2 == 0) world.addReflection(learner.id, anyModule(world, random));
    }
    world.profile = &profileOf("digital-professions");
    if (random() % 2 == 0) world.byTables();
    return world;
}

std::string textOf(const std::vector<LearnerReadiness>& rows) {
    std::string text;
    for (const auto& row : rows)
        text += std::string(toString(row.verdict)) + rulesJson(row.rules) + factsJson(row.facts) +
                hintsJson(row.hints) + '\n';
    return text;
}

TEST(ReadinessProperty, whoLacksNothingIsReadyAndWhoLacksAnythingIsToldWhat) {
    std::mt19937 random(20351);
    std::set<std::string> seen;
    for (int round = 0; round < 400; ++round) {
        const World complete = completeWorld(random);
        for (const auto& row : complete.judge()) ASSERT_EQ(row.verdict, Verdict::Ready) << rulesJson(row.rules);

        World broken = complete;
        std::map<RecordId, std::vector<const Defect*>> applied;
        for (const auto& learner : complete.learners)
            for (auto n = random() % 4; n > 0; --n) {
                const Defect& defect = defects()[random() % defects().size()];
                if (defect.lrsOnly && broken.channel == Channel::Tables) continue;
                defect.apply(broken, learner.id, random);
                applied[learner.id].push_back(&defect);
            }
        for (const auto& row : broken.judge()) {
            const auto& wrong = applied[row.learnerId];
            EXPECT_EQ(row.verdict == Verdict::Ready, wrong.empty()) << rulesJson(row.rules);
            const auto codes = row.codes();
            EXPECT_EQ(codes.empty(), wrong.empty());
            for (const Defect* defect : wrong)
                EXPECT_TRUE(std::any_of(
                    defect->codes.begin(), defect->codes.end(),
                    [&](const auto& code) { return std::find(codes.begin(), codes.end(), code) != codes.end(); }))
                    << defect->name << ": " << rulesJson(row.rules);
            for (const auto& outcome : row.rules) {
                EXPECT_EQ(outcome.lacks.empty(), outcome.state == RuleState::Met) << outcome.check;
                for (const auto& lack : outcome.lacks) {
                    EXPECT_NE(lack.state, RuleState::Met);
                    EXPECT_FALSE(lack.code.empty() || lack.reason.empty() || lack.fix.empty()) << rulesJson(row.rules);
                    seen.insert(lack.code);
                }
            }
        }
    }
    EXPECT_GE(seen.size(), 12u) << "the rounds reach most kinds of lacks";
}

TEST(ReadinessProperty, addingWhatIsMissingMakesReady) {
    std::mt19937 random(77);
    for (int round = 0; round < 400; ++round) {
        World world = completeWorld(random);
        const auto whole = world.learners[0];
        for (auto n = 1 + random() % 4; n > 0; --n) {
            const Defect& defect = defects()[random() % defects().size()];
            if (!defect.lrsOnly || world.channel == Channel::Lrs) defect.apply(world, whole.id, random);
        }

        // Nothing of what was wrong is mended: what was missing comes beside it.
        world.learners[0] = whole;
        world.enrollments[0].status = "finished";
        world.leftOut.clear();
        world.addWork(whole.id).attempt = 9;
        for (const auto& module : world.structure.modules) world.addReflection(whole.id, module.id);
        world.addReflection(whole.id, std::nullopt);
        EXPECT_EQ(world.judge()[0].verdict, Verdict::Ready) << rulesJson(world.judge()[0].rules);
    }
}

TEST(ReadinessProperty, theOrderOfPagesChangesNothing) {
    std::mt19937 random(4242);
    for (int round = 0; round < 100; ++round) {
        World world = completeWorld(random);
        for (int n = 0; n < 6; ++n) {
            const Defect& defect = defects()[random() % defects().size()];
            // Each record is struck by chance, so that attempts and reflections of one learner differ.
            World struck = world;
            defect.apply(struck, world.learners[0].id, random);
            for (std::size_t i = 0; i < world.results.size(); ++i)
                if (random() % 2 == 0) world.results[i] = struck.results[i];
            for (std::size_t i = 0; i < world.reflections.size(); ++i)
                if (random() % 2 == 0) world.reflections[i] = struck.reflections[i];
            for (const auto& [id, verdict] : struck.verdicts)
                if (random() % 2 == 0) world.verdicts[id] = verdict;
        }
        const std::string inOrder = textOf(world.judge());
        for (int n = 0; n < 5; ++n) EXPECT_EQ(textOf(world.judge(&random)), inOrder);
    }
}

}  // namespace
