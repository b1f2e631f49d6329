// Every statement kind of every profile as one JSON that a person can review, in golden/PROFILE/. The rendered bytes
// must mean the same. LMSD_WRITE_GOLDEN=1 writes what is missing or different, to be reviewed.

#include "tests/unit/footprint/RandomFlow.h"

#include <gtest/gtest.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace {

using namespace kit;

std::string pretty(const std::string& bytes) {
    const auto json = parsed(bytes);
    rapidjson::StringBuffer buffer;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(' ', 2);
    json.Accept(writer);
    return std::string(buffer.GetString()) + "\n";
}

std::string fileText(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct KindOf {
    std::string profile;
    std::string kind;
};

std::vector<KindOf> everyKind() {
    std::vector<KindOf> all;
    for (const auto& profile : profiles().all())
        for (const StatementKind& kind : profile->statements) all.push_back({profile->name, kind.name});
    return all;
}

/// Of the sample as the tool shows it, its cancellation included.
Plan planned(const std::string& profile) {
    Plan plan;
    planSample(SampleFlow::make(), profiles().get(profile), plan);
    return plan;
}

class Golden : public testing::TestWithParam<KindOf> {};

TEST_P(Golden, meansTheSame) {
    const Plan plan = planned(GetParam().profile);
    const auto draft = std::find_if(plan.drafts.begin(), plan.drafts.end(),
                                    [](const StatementDraft& d) { return d.kind == GetParam().kind; });
    ASSERT_NE(draft, plan.drafts.end()) << "the sample has no record for this kind";
    const std::filesystem::path path = std::filesystem::path(LMSD_SOURCE_DIR "/tests/unit/footprint/golden") /
                                       GetParam().profile / (GetParam().kind + ".json");
    if (std::getenv("LMSD_WRITE_GOLDEN") != nullptr) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << pretty(draft->bytes);
    }
    ASSERT_TRUE(std::filesystem::exists(path)) << path;

    EXPECT_EQ(parsed(draft->bytes), parsed(fileText(path))) << pretty(draft->bytes);
}

TEST_P(Golden, isAscii) {
    for (const auto& draft : planned(GetParam().profile).drafts) {
        if (draft.kind != GetParam().kind) continue;
        EXPECT_TRUE(
            std::all_of(draft.bytes.begin(), draft.bytes.end(), [](char ch) { return ch >= 0x20 && ch < 0x7f; }));
    }
}

std::string nameOf(const testing::TestParamInfo<KindOf>& row) {
    std::string name = row.param.profile + "_" + row.param.kind;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(Profiles, Golden, testing::ValuesIn(everyKind()), nameOf);

TEST(SampleFlow, makesEveryKindOfEveryProfileAndRefusesNothing) {
    for (const auto& profile : profiles().all()) {
        const Plan plan = planned(profile->name);
        for (const Unsendable& u : plan.refused)
            if (!isLeftOut(u, profile->name))
                ADD_FAILURE() << profile->name << " " << u.record.kind << " " << u.record.id << " " << u.code << " "
                              << u.reason;
    }
}

/// Pointers of all values, array indexes as they are.
void pathsOf(const rapidjson::Value& value, const std::string& at, std::set<std::string>& out) {
    if (value.IsObject())
        for (const auto& m : value.GetObject()) pathsOf(m.value, at + " / " + m.name.GetString(), out);
    else if (value.IsArray())
        for (rapidjson::SizeType i = 0; i < value.Size(); ++i) pathsOf(value[i], at + " / " + std::to_string(i), out);
    else
        out.insert(at + " : " + (value.IsNumber() ? "number" : value.IsBool() ? "boolean" : "text"));
}

struct Example {
    const char* kind;
    const char* file;
    RecordId record;
    std::set<std::string> ours;    ///< only in ours: what the example's record does not have
    std::set<std::string> theirs;  ///< only in the example
};
class SpecificationExample : public testing::TestWithParam<Example> {};

TEST_P(SpecificationExample, hasTheSameShape) {
    const char* shared = std::getenv("LMSD_SHARED");
    const std::filesystem::path path =
        std::filesystem::path(shared != nullptr ? shared : LMSD_SOURCE_DIR "/../shared") / "spec/examples" /
        GetParam().file;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no examples: set LMSD_SHARED to the folder with spec/examples";
    Case c;
    const Plan plan = c.plan();
    const StatementDraft* draft = plan.draftOf(GetParam().kind, GetParam().record);
    ASSERT_NE(draft, nullptr);
    std::set<std::string> ours, theirs;
    pathsOf(parsed(draft->bytes), "", ours);
    pathsOf(parsed(fileText(path)), "", theirs);
    for (const auto& p : GetParam().ours) EXPECT_EQ(ours.erase(p), 1u) << p;
    for (const auto& p : GetParam().theirs) EXPECT_EQ(theirs.erase(p), 1u) << p;

    EXPECT_EQ(ours, theirs);
}

const std::string kModuleNum = " / context / extensions / https://api.2035.university/module_num : number";
INSTANTIATE_TEST_SUITE_P(
    Wire, SpecificationExample,
    testing::Values(Example{"methodist.course", "methodist-course.json", 2, {}, {}},
                    Example{"methodist.block", "methodist-block.json", 3, {}, {}},
                    Example{"methodist.module", "methodist-module.json", 11, {}, {}},
                    Example{"methodist.theme", "methodist-theme.json", 21, {}, {}},
                    Example{"methodist.webinar", "methodist-activity.json", 32, {}, {}},
                    Example{"methodist.assessment.final", "methodist-assessment.json", 45, {}, {}},
                    Example{"learner.grade", "learner-grade.json", 1041, {kModuleNum}, {}},
                    Example{"learner.video", "learner-video.json", 1031, {}, {}},
                    Example{"learner.video", "learner-webinar-recording.json", 1032, {}, {}},
                    Example{"learner.viewed", "learner-content-viewed.json", 3301, {}, {}},
                    Example{"methodist.fact.activity", "methodist-fact-definition.json", 51, {}, {}},
                    Example{"learner.fact", "learner-fact.json", 2051, {}, {}},
                    Example{"learner.practice-diary", "learner-practice-diary.json", 2053, {}, {}}),
    [](const auto& row) {
        std::string name = row.param.file;
        std::replace_if(
            name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
        return name;
    });

}  // namespace
