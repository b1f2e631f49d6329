#include "host/modules/ElfNote.h"
#include "host/modules/ModuleLoader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

namespace {

using namespace host::modules;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::vector<unsigned char> bytesOf(const std::string& module) {
    std::ifstream in(fs::path(TEST_MODULES) / (module + ".so"), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A module directory of a test's own, gone with it.
class OwnDirectory : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "lmsd-modules-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        directory_ = fs::canonical(pattern);
        fs::copy_file(fs::path(TEST_MODULES) / "good.so", file());
    }
    void TearDown() override { fs::remove_all(directory_); }

    fs::path file() const { return directory_ / "good.so"; }
    std::string refusal(const std::optional<std::string>& sha256 = {}) {
        auto loaded = ModuleLoader(directory_).load("good", sha256);
        return loaded ? "loaded" : loaded.error().reason;
    }

    fs::path directory_;
};

TEST(ElfNote, readsTheDescriptorOfAGoodModule) {
    auto descriptor = readElfNote(fs::path(TEST_MODULES) / "good.so");

    ASSERT_TRUE(descriptor) << descriptor.error().reason;
    EXPECT_STREQ(descriptor->name, "good");
    EXPECT_STREQ(descriptor->className, "GoodModule");
    EXPECT_STREQ(descriptor->buildTag, HOST_SDK_BUILD_TAG);
}

TEST(ElfNote, readsTheDescriptorWithoutATableOfSections) {
    auto bytes = bytesOf("good");
    std::fill_n(bytes.begin() + 0x28, 8, static_cast<unsigned char>(0));  // e_shoff

    auto descriptor = parseElfNote(bytes);

    ASSERT_TRUE(descriptor) << descriptor.error().reason;
    EXPECT_STREQ(descriptor->name, "good");
}

TEST(ElfNote, survivesAFileCutOffAnywhere) {
    const auto whole = bytesOf("good");
    for (std::size_t size = 0; size < whole.size(); size += size < 4096 ? 1 : 997) {
        // A copy of the exact size, so that a sanitizer sees every read beyond it.
        std::vector<unsigned char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        auto descriptor = parseElfNote(cut);
        if (descriptor) {
            EXPECT_STREQ(descriptor->name, "good");
        }
    }
}

TEST(ElfNote, survivesEveryByteOfItsHeadersBeingWrong) {
    const auto whole = bytesOf("good");
    const std::size_t note = [&] {
        const std::string magic = "LMSDMOD1";
        return static_cast<std::size_t>(std::search(whole.begin(), whole.end(), magic.begin(), magic.end()) -
                                        whole.begin());
    }();
    ASSERT_LT(note, whole.size());
    std::size_t answers = 0;
    auto damage = [&](std::size_t at) {
        auto damaged = whole;
        for (int value : {0x00, 0x7f, 0x80, 0xff}) {
            damaged[at] = static_cast<unsigned char>(value);
            static_cast<void>(parseElfNote(damaged));
            ++answers;
        }
    };
    for (std::size_t at = 0; at < 1024; ++at) damage(at);
    for (std::size_t at = note - 24; at < note + 32; ++at) damage(at);
    for (std::size_t at = whole.size() - 2400; at < whole.size(); ++at) damage(at);  // the table of sections
    EXPECT_GT(answers, 10'000u);
}

TEST(DescriptorCheck, refusesATextWithoutAnEnd) {
    auto descriptor = readElfNote(fs::path(TEST_MODULES) / "good.so").value();
    std::memset(descriptor.name, 'a', sizeof(descriptor.name));

    auto verdict = checkDescriptor(descriptor, "good");

    ASSERT_TRUE(verdict.refusal);
    EXPECT_THAT(*verdict.refusal, HasSubstr("field 'name' is not terminated in the module"));
}

TEST(DescriptorCheck, refusesWhatIsNotOurMagic) {
    auto descriptor = readElfNote(fs::path(TEST_MODULES) / "good.so").value();
    descriptor.magic = 1;

    EXPECT_THAT(checkDescriptor(descriptor, "good").refusal.value(),
                HasSubstr("field 'magic' is 0x0000000000000001 in the module, 0x31444f4d44534d4c in this host"));
}

TEST(DescriptorCheck, acceptsAnOlderMinor) {
    auto descriptor = readElfNote(fs::path(TEST_MODULES) / "good.so").value();
    HostAbi newer;
    newer.minor += 3;

    EXPECT_FALSE(checkDescriptor(descriptor, "good", newer).refusal);
}

TEST(DescriptorCheck, showsUnprintableBytesOfAModuleEscaped) {
    auto descriptor = readElfNote(fs::path(TEST_MODULES) / "good.so").value();
    std::strcpy(descriptor.buildTag, "a\x1b[31m\n");

    EXPECT_THAT(checkDescriptor(descriptor, "good").refusal.value(), HasSubstr("'a\\x1b[31m\\x0a'"));
}

TEST_F(OwnDirectory, loadsAModule) {
    EXPECT_EQ(refusal(), "loaded");
}

TEST_F(OwnDirectory, refusesAFileEverybodyMayWrite) {
    ::chmod(file().c_str(), 0666);
    EXPECT_EQ(refusal(),
              "Module 'good.so' refused: everybody may write to the file; run 'chmod o-w' on it and install "
              "it again.");
}

TEST_F(OwnDirectory, refusesADirectoryEverybodyMayWrite) {
    ::chmod(directory_.c_str(), 0777);
    EXPECT_EQ(refusal(), "Module 'good.so' refused: everybody may write to the module directory '" +
                             directory_.string() + "'; run 'chmod o-w' on it and check who put what there.");
}

TEST_F(OwnDirectory, refusesALinkOutOfTheDirectory) {
    fs::remove(file());
    const fs::path outside = fs::canonical(fs::path(TEST_MODULES) / "good.so");
    fs::create_symlink(outside, file());
    EXPECT_EQ(refusal(), "Module 'good.so' refused: it is a link out of the module directory, to '" + outside.string() +
                             "'; put the file itself there.");
}

TEST_F(OwnDirectory, refusesAFileWithAnotherChecksum) {
    EXPECT_THAT(refusal(std::string(64, '0')),
                testing::AllOf(HasSubstr("its SHA-256 is "), HasSubstr("update its entry in 'modules.sha256'")));
}

TEST_F(OwnDirectory, refusesAModuleThatIsNotThere) {
    fs::remove(file());
    EXPECT_EQ(refusal(), "Module 'good.so' refused: it is not in the module directory '" + directory_.string() +
                             "' (No such file or directory); install it there or take 'good' out of 'modules.load'.");
}

}  // namespace
