#include "common/Sha256.h"
#include "host/sdk/Error.h"
#include "plugin/artifacts/ArtifactKey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

using namespace plugin::artifacts;
using host::sdk::AppError;

namespace {

const std::string kSha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

KeyFile file(const std::string& name, const std::string& type = "application/pdf") {
    return {kSha256, name, type};
}

TEST(ArtifactKey, saysWhoseWorkItIsAndWhichBytes) {
    EXPECT_EQ(workKey("bas", 1204, "final-work", "104512", file("Работа.PDF")),
              "bas/flow1204/final-work/104512-9f86d081884c7d65.pdf");
    EXPECT_EQ(materialKey("bas", 1204, "video", file("v.mp4", "video/mp4")), "bas/flow1204/video/9f86d081884c7d65.mp4");
    EXPECT_EQ(letterKey("bas", file("скан.jpg", "image/jpeg")), "bas/letters/9f86d081884c7d65.jpg");
}

TEST(ArtifactKey, isAsciiWhateverThePersonCalledTheFile) {
    std::mt19937 random(2035);
    const std::string pieces[] = {"..",
                                  "/",
                                  "\\",
                                  ".",
                                  "Ё",
                                  "щ",
                                  "%2e",
                                  " ",
                                  "\n",
                                  "\xff",
                                  "'",
                                  "\"",
                                  "PDF",
                                  "tar.gz",
                                  "я.я",
                                  "\xf0\x9f\x98\x80",
                                  "?",
                                  "#",
                                  std::string(1, '\0'),
                                  "a"};
    for (int i = 0; i < 20'000; ++i) {
        std::string name;
        for (auto left = random() % 8; left > 0; --left) name += pieces[random() % std::size(pieces)];
        const auto key = workKey("code-future", 7, "practice-diary", "1", file(name));
        ASSERT_EQ(key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._/-"), std::string::npos) << key;
        ASSERT_EQ(std::count(key.begin(), key.end(), '/'), 3) << key;
        ASSERT_EQ(key.find(".."), std::string::npos) << key;
        ASSERT_TRUE(key.starts_with("code-future/flow7/practice-diary/1-9f86d081884c7d65.")) << key;
        ASSERT_LE(key.size(), 1024u);
    }
}

TEST(ArtifactKey, isAnotherForOtherBytesAndTheSameForTheSame) {
    const auto of = [](const std::string& bytes, const std::string& name) {
        return workKey("bas", 1, "case", "5", {common::Sha256::hex(bytes), name, "application/pdf"});
    };
    EXPECT_NE(of("first", "a.pdf"), of("second", "a.pdf"));
    EXPECT_EQ(of("first", "a.pdf"), of("first", "другое имя.pdf"));
}

TEST(ArtifactKey, takesNoPartThatCouldLeadElsewhere) {
    EXPECT_THROW(workKey("bas/..", 1, "case", "5", file("a.pdf")), AppError);
    EXPECT_THROW(workKey("bas", 1, "../case", "5", file("a.pdf")), AppError);
    EXPECT_THROW(workKey("bas", 1, "case", "5/6", file("a.pdf")), AppError);
    EXPECT_THROW(workKey("bas", 1, "case", "", file("a.pdf")), AppError);
    EXPECT_THROW(workKey("bas", -1, "case", "5", file("a.pdf")), AppError);
    EXPECT_THROW(letterKey("bas", {"9f86", "a.pdf", ""}), AppError);
}

struct Named {
    const char* name;
    const char* type;
    const char* extension;
};
class Extension : public testing::TestWithParam<Named> {};
TEST_P(Extension, isTheNamesElseTheTypes) {
    EXPECT_EQ(extensionOf(GetParam().name, GetParam().type), GetParam().extension);
}
INSTANTIATE_TEST_SUITE_P(
    Table, Extension,
    testing::Values(Named{"a.PDF", "", "pdf"}, Named{"a.tar.gz", "", "gz"}, Named{"отчёт.док", "", "dok"},
                    Named{"отчёт.Щит", "", "schit"}, Named{"no extension", "application/pdf", "pdf"},
                    Named{"no extension", "text/plain; charset=utf-8", "txt"}, Named{".hidden", "image/png", "png"},
                    Named{"Глава 1. Введение в предмет", "video/mp4", "mp4"}, Named{"a.", "", "bin"},
                    Named{"a.???", "application/x-unknown", "bin"}, Named{"", "", "bin"}));

struct Typed {
    const char* type;
    bool taken;
};
class MediaType : public testing::TestWithParam<Typed> {};
TEST_P(MediaType, isTakenByTheLrsOrNot) {
    EXPECT_EQ(isAttachable(GetParam().type), GetParam().taken);
}
INSTANTIATE_TEST_SUITE_P(Table, MediaType,
                         testing::Values(Typed{"application/pdf", true}, Typed{"text/plain; charset=utf-8", true},
                                         Typed{"Video/mp4", true}, Typed{"model/gltf", true},
                                         Typed{"font/woff2", false}, Typed{"chemical/x-pdb", false}, Typed{"", false},
                                         Typed{"video", false}, Typed{"video/", false}));

}  // namespace
