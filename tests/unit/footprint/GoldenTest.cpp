// Every statement kind of bas as one JSON that a person can review, in golden/. The rendered bytes must mean the same.
// LMSD_WRITE_GOLDEN=1 writes what is missing or different, to be reviewed.

#include "tests/unit/footprint/FootprintTestKit.h"

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

std::vector<std::string> kindsOfBas() {
    std::vector<std::string> names;
    for (const StatementKind& kind : profiles().get("bas").statements) names.push_back(kind.name);
    return names;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, meansTheSame) {
    Case c;
    const Plan plan = c.plan();
    const auto draft = std::find_if(plan.drafts.begin(), plan.drafts.end(),
                                    [](const StatementDraft& d) { return d.kind == GetParam(); });
    ASSERT_NE(draft, plan.drafts.end()) << "the sample has no record for this kind";
    const std::filesystem::path path =
        std::filesystem::path(LMSD_SOURCE_DIR "/tests/unit/footprint/golden") / (GetParam() + ".json");
    if (std::getenv("LMSD_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << pretty(draft->bytes);
    ASSERT_TRUE(std::filesystem::exists(path)) << path;

    EXPECT_EQ(parsed(draft->bytes), parsed(fileText(path))) << pretty(draft->bytes);
}

TEST_P(Golden, isAscii) {
    Case c;
    for (const auto& draft : c.plan().drafts) {
        if (draft.kind != GetParam()) continue;
        EXPECT_TRUE(
            std::all_of(draft.bytes.begin(), draft.bytes.end(), [](char ch) { return ch >= 0x20 && ch < 0x7f; }));
    }
}

std::string nameOf(const testing::TestParamInfo<std::string>& row) {
    std::string name = row.param;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(Bas, Golden, testing::ValuesIn(kindsOfBas()), nameOf);

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
INSTANTIATE_TEST_SUITE_P(Wire, SpecificationExample,
                         testing::Values(Example{"methodist.course", "methodist-course.json", 2, {}, {}},
                                         Example{"methodist.block", "methodist-block.json", 3, {}, {}},
                                         Example{"methodist.module", "methodist-module.json", 11, {}, {}},
                                         Example{"methodist.theme", "methodist-theme.json", 21, {}, {}},
                                         Example{"methodist.webinar", "methodist-activity.json", 32, {}, {}},
                                         Example{"methodist.assessment.final", "methodist-assessment.json", 45, {}, {}},
                                         Example{"learner.grade", "learner-grade.json", 1041, {kModuleNum}, {}},
                                         Example{"learner.video", "learner-video.json", 1031, {}, {}}),
                         [](const auto& row) {
                             std::string name = row.param.kind;
                             std::replace(name.begin(), name.end(), '.', '_');
                             return name;
                         });

}  // namespace
