#pragma once
/// Shared by the tests of the footprint room: the shipped profiles, a plan that is kept, and a sample to bend.

#include "plugin/footprint/FlowPlanner.h"
#include "plugin/footprint/Profile.h"
#include "plugin/footprint/SampleFlow.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kit {

using namespace plugin::footprint;
using namespace host::sdk;

inline const ProfileSet& profiles() {
    static const ProfileSet set = ProfileSet::load(LMSD_SOURCE_DIR "/config/profiles");
    return set;
}

/// Keeps what a planner says.
class Plan : public PlanSink {
public:
    void due(StatementDraft&& draft) override { drafts.push_back(std::move(draft)); }
    void unsendable(Unsendable&& why) override { refused.push_back(std::move(why)); }

    const StatementDraft* draftOf(const std::string& kind, RecordId id) const {
        for (const auto& d : drafts)
            if (d.kind == kind && d.record.id == id) return &d;
        return nullptr;
    }
    const Unsendable* refusalOf(const std::string& recordKind, RecordId id) const {
        for (const auto& u : refused)
            if (u.record.kind == recordKind && u.record.id == id) return &u;
        return nullptr;
    }
    std::string codeOf(const std::string& recordKind, RecordId id) const {
        const Unsendable* found = refusalOf(recordKind, id);
        return found == nullptr ? "" : found->code;
    }
    std::vector<StatementDraft> drafts;
    std::vector<Unsendable> refused;
};

/// The sample flow with everything a planner can be told; change it, then plan.
struct Case {
    SampleFlow sample = SampleFlow::make();
    std::string profile = "bas";
    std::optional<Profile> changed;  ///< instead of the shipped one
    Contour contour = Contour::Production;
    std::map<RecordId, std::string> leftOut;
    std::map<std::pair<std::string, RecordId>, Known> known;
    std::string testMethodist;
    bool storage = true;  ///< the store has a storage beside it
    PlanCounts counts;

    Element& element(RecordId id) {
        for (auto& e : sample.structure.elements)
            if (e.id == id) return e;
        throw std::out_of_range("element");
    }
    Result& result(RecordId id) {
        for (auto& r : sample.results)
            if (r.id == id) return r;
        throw std::out_of_range("result");
    }
    Known& told(const std::string& kind, RecordId id) { return known.at({kind, id}); }
    View& view(RecordId id) {
        for (auto& v : sample.views)
            if (v.id == id) return v;
        throw std::out_of_range("view");
    }

    Plan plan() {
        Plan sink;
        const KnownLookup lookup = [&](const std::string& kind, RecordId id) -> const Known* {
            const auto found = known.find({kind, id});
            return found == known.end() ? nullptr : &found->second;
        };
        const FileLookup files = [&](RecordId id) -> const PlacedFile* {
            const auto found = sample.files.find(id);
            return found == sample.files.end() ? nullptr : &found->second;
        };
        const PlanInput input{changed ? *changed : profiles().get(profile),
                              sample.organization,
                              sample.project,
                              sample.structure,
                              sample.learners,
                              sample.installationId,
                              sample.now,
                              contour,
                              &leftOut,
                              lookup,
                              testMethodist,
                              storage ? files : FileLookup(),
                              {},
                              [](const Known& k) { return "https://lms.example.org/of/" + k.statementId; }};
        FlowPlanner planner(input, sink);
        planner.structure();
        planner.results(sample.results);
        planner.views(sample.views);
        planner.openings(sample.openings);
        planner.reflections(sample.reflections);
        counts = planner.counts();
        return sink;
    }
    /// Remembers a plan as delivered.
    void deliver(const Plan& plan) {
        for (const auto& d : plan.drafts)
            known[{d.kind, d.record.id}] = {d.record.revision, d.statementId, d.digest, d.record.id};
    }
};

inline rapidjson::Document parsed(const std::string& json) {
    rapidjson::Document document;
    document.Parse(json.c_str());
    EXPECT_FALSE(document.HasParseError()) << json;
    return document;
}

}  // namespace kit
