#include "plugin/delivery/ReflectionChecking.h"

#include "common/Json.h"
#include "common/Rfc3339.h"
#include "plugin/footprint/Reasons.h"
#include "plugin/reflections/Corpus.h"
#include "plugin/reflections/Passages.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

namespace plugin::delivery {

namespace {

using footprint::ReflectionPolicy;
using footprint::ReflectionVerdict;
using host::sdk::RecordId;
using host::sdk::Reflection;
using reflections::Standing;

constexpr host::sdk::Micros kDay = 86'400'000'000;

/// What is remembered of a text between the two passes.
struct Seen {
    std::int64_t revision = 0;
    RecordId flow = 0;
    RecordId learner = 0;
};

/// What the planner may do with a checked revision.
struct Fate {
    std::int64_t revision = 0;
    Standing standing = Standing::Fine;
    std::string why;       ///< the checks' reasons
    std::string decision;  ///< a person's, of this revision
    std::string comment;
};

struct Fates {
    ReflectionPolicy policy = ReflectionPolicy::Hold;
    std::unordered_map<RecordId, Fate> byId;

    ReflectionVerdict of(const Reflection& reflection) const {
        const auto it = byId.find(reflection.id);
        if (it == byId.end() || it->second.revision != reflection.revision)
            return doubtful(footprint::Refusal::of(footprint::reasons::kReflectionUnchecked));
        const auto& fate = it->second;
        if (fate.decision == "hold")
            return held(footprint::Refusal::of(footprint::reasons::kReflectionHeldByPerson, fate.comment));
        if (fate.decision == "accept" || fate.standing == Standing::Fine) return {};
        return doubtful(footprint::Refusal::of(footprint::reasons::kReflectionHeld, fate.why));
    }

private:
    ReflectionVerdict doubtful(footprint::Refusal&& refusal) const {
        if (policy == ReflectionPolicy::Hold) return held(std::move(refusal));
        ReflectionVerdict verdict;
        verdict.fate = ReflectionVerdict::Fate::SendMarked;
        return verdict;
    }
    static ReflectionVerdict held(footprint::Refusal&& refusal) {
        return {ReflectionVerdict::Fate::Hold, std::move(refusal.code), std::move(refusal.field),
                std::move(refusal.reason), std::move(refusal.fix)};
    }
};

void describe(reflections::Corpus& corpus, const host::sdk::FlowStructure& structure) {
    corpus.describe(structure.programme.title);
    corpus.describe(structure.programme.description);
    const auto all = [&](const auto& records) {
        for (const auto& record : records) {
            corpus.describe(record.title);
            corpus.describe(record.description);
        }
    };
    all(structure.blocks);
    all(structure.modules);
    all(structure.themes);
    all(structure.elements);
}

/// One programme with the flows of it that the night covers.
class ProgrammeCheck {
public:
    ProgrammeCheck(const NightParts& parts, Night& night, const ProjectNight& project,
                   reflections::Dictionary& dictionary)
        : parts_(parts),
          night_(night),
          project_(project),
          corpus_(project.profile->policies.reflectionLimits, &dictionary) {}

    void addFlow(const host::sdk::FlowStructure& structure) {
        programme_ = structure.programme.id;
        describe(corpus_, structure);
    }

    void read(RecordId flow) {
        eachText(flow, [&](const Reflection& one) {
            corpus_.add({one.id, flow, one.learnerId, one.moduleId, one.at, one.text});
            seen_[one.id] = {one.revision, flow, one.learnerId};
        });
    }

    void judge() {
        corpus_.judge([&](auto id, const reflections::Verdict& verdict) {
            if (verdict.standing() != Standing::Fine) verdicts_[id] = verdict;
        });
    }

    /// The rows of a flow, of the revisions that were checked.
    std::vector<store::ReflectionRow> rows(RecordId flow) const {
        std::vector<store::ReflectionRow> out;
        eachText(flow, [&](const Reflection& one) {
            const auto seen = seen_.find(one.id);
            if (seen == seen_.end() || seen->second.revision != one.revision) return;  // changed meanwhile
            store::ReflectionRow row;
            row.id = one.id;
            row.revision = one.revision;
            row.project = project_.project.id;
            row.programmeId = programme_;
            row.flowId = flow;
            row.moduleId = one.moduleId.value_or(0);
            row.learnerId = one.learnerId;
            const auto verdict = verdicts_.find(one.id);
            row.verdict =
                reflections::toString(verdict == verdicts_.end() ? Standing::Fine : verdict->second.standing());
            if (verdict != verdicts_.end()) addFindings(row, verdict->second, one.text);
            out.push_back(std::move(row));
        });
        return out;
    }

private:
    template <class F>
    void eachText(RecordId flow, F each) const {
        parts_.records.reflections(night_.organization.id, flow, 0, [&](std::span<const Reflection> page) {
            for (const auto& one : page)
                if (!one.deleted) each(one);
            return !night_.stopped();
        });
    }

    void addFindings(store::ReflectionRow& row, const reflections::Verdict& verdict, const std::string& text) const {
        auto findings = verdict.findings;
        std::stable_sort(findings.begin(), findings.end(),
                         [](const auto& a, const auto& b) { return a.standing > b.standing; });
        common::JsonWriter json;
        json.array();
        for (const auto& finding : findings) {
            row.codes.emplace_back(finding.check->code);
            json.object()
                .member("code", finding.check->code)
                .member("verdict", reflections::toString(finding.standing))
                .member("share", rounded(finding.share))
                .key("resembles")
                .array();
            for (const auto& one : finding.resemblances) {
                json.object();
                if (const auto other = seen_.find(one.reflection); other != seen_.end())
                    json.member("reflection", std::to_string(one.reflection))
                        .member("revision", other->second.revision)
                        .member("flow", std::to_string(other->second.flow))
                        .member("learner", std::to_string(other->second.learner));
                json.member("share", rounded(one.share))
                    .member("fragment", reflections::fragment(text, one.firstWord, one.lastWord))
                    .end();
            }
            json.end().end();
        }
        json.end();
        row.findings = json.take();
    }

    /// Two digits: a share with more says nothing more, and the same verdict stays the same text.
    static double rounded(double share) { return static_cast<double>(static_cast<int>(share * 100 + 0.5)) / 100; }

    const NightParts& parts_;
    Night& night_;
    const ProjectNight& project_;
    RecordId programme_ = 0;
    reflections::Corpus corpus_;
    std::unordered_map<RecordId, Seen> seen_;
    std::unordered_map<RecordId, reflections::Verdict> verdicts_;
};

std::string reasonsOf(const std::vector<std::string>& codes) {
    std::vector<std::string> texts;
    for (const auto& code : codes)
        if (const auto* check = reflections::findCheck(code)) {
            texts.emplace_back(check->reason);
            texts.back().pop_back();  // the full stop
        }
    return fmt::format("{}", fmt::join(texts, "; "));
}

Standing standingOf(const std::string& verdict) {
    if (verdict == "flagged") return Standing::Flagged;
    return verdict == "borderline" ? Standing::Borderline : Standing::Fine;
}

/// Keeps a flow's verdicts, adds its fates and tells of those held when the flow is about to end.
void settle(const NightParts& parts, store::ReflectionStore& store, Night& night, const ProjectNight& project,
            const host::sdk::Flow& flow, const std::vector<store::ReflectionRow>& rows, Fates& fates) {
    const auto& organization = night.organization.id;
    if (!night.arguments.dryRun) store.replaceFlow(organization, flow.id, rows);
    auto decided = store.decided(organization, flow.id);
    std::int64_t held = 0;
    for (const auto& row : rows) {
        Fate fate{row.revision, standingOf(row.verdict), reasonsOf(row.codes), {}, {}};
        if (auto it = decided.find(row.id); it != decided.end() && it->second.revision == row.revision) {
            fate.decision = it->second.decision;
            fate.comment = it->second.comment;
        }
        night.count("reflections.checked", 1);
        if (fate.standing != Standing::Fine) night.count("reflections." + row.verdict, 1);
        Reflection asked;
        asked.id = row.id;
        asked.revision = row.revision;
        fates.byId[row.id] = std::move(fate);
        held += fates.of(asked).fate == ReflectionVerdict::Fate::Hold ? 1 : 0;
    }
    if (held == 0) return;
    night.count("reflections.held", held);
    const auto days = project.profile->policies.reflectionLimits.alarmDays;
    if (!flow.endsAt || parts.clock.now() < *flow.endsAt - days * kDay) return;
    night.count("reflectionsHeldNearEnd", held);
    parts.logger.warning("Reflections are held and their flow ends: judge them, or the learners lack them",
                         {{"organization", organization},
                          {"project", project.project.id},
                          {"flow", std::to_string(flow.id)},
                          {"held", std::to_string(held)},
                          {"endsAt", common::Rfc3339::utc(*flow.endsAt)}});
}

}  // namespace

std::vector<std::string> missingDictionaries(const ReflectionSettings& settings) {
    std::vector<std::string> missing;
    for (const auto& base : {settings.russian, settings.english}) {
        if (base.empty()) continue;
        std::error_code ignored;
        for (const auto* ending : {".aff", ".dic"})
            if (!std::filesystem::is_regular_file(base.string() + ending, ignored))
                missing.push_back(base.string() + ending);
    }
    return missing;
}

footprint::ReflectionVerdictLookup checkReflections(const NightParts& parts, store::ReflectionStore& store,
                                                    const ReflectionSettings& settings, Night& night,
                                                    const ProjectNight& project) {
    const auto& organization = night.organization.id;
    auto fates = std::make_shared<Fates>();
    fates->policy = project.profile->policies.reflections;
    const footprint::ReflectionVerdictLookup lookup = [fates](const Reflection& reflection) {
        return fates->of(reflection);
    };
    std::map<RecordId, std::map<RecordId, host::sdk::FlowStructure>> programmes;  // flows of this night
    for (const auto& chosen : project.flows)
        if (auto structure = parts.records.structure(organization, chosen.id))
            programmes[structure->programme.id].emplace(chosen.id, std::move(*structure));
    if (programmes.empty()) return lookup;

    reflections::Dictionary dictionary(settings.russian, settings.english);
    for (const auto& missing : dictionary.missing()) {
        night.count("reflections.dictionariesMissing", 1);
        parts.logger.warning("Reflections are not checked for real words of a language", {{"err", missing}});
    }
    for (auto& [programme, flows] : programmes) {
        if (night.stopped()) break;
        ProgrammeCheck check(parts, night, project, dictionary);
        std::set<RecordId> read;
        for (const auto& [id, structure] : flows) {
            check.addFlow(structure);
            read.insert(id);
        }
        for (const auto& flow : parts.records.flows(organization, programme))
            if (read.insert(flow.id).second)
                if (auto structure = parts.records.structure(organization, flow.id)) check.addFlow(*structure);
        for (const auto id : read) check.read(id);
        if (night.stopped()) break;  // what was half read would be half compared
        check.judge();
        for (const auto& [id, structure] : flows) {
            const auto rows = check.rows(id);
            if (night.stopped()) return lookup;
            settle(parts, store, night, project, structure.flow, rows, *fates);
        }
    }
    return lookup;
}

}  // namespace plugin::delivery
