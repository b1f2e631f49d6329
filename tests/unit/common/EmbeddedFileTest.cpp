#include "common/EmbeddedFile.h"

#include <gmock/gmock.h>

namespace tests {

const common::EmbeddedFiles& sampleFiles();

}  // namespace tests

namespace {

std::string onDisk(std::string_view name) {
    std::ifstream in(LMSD_SOURCE_DIR "/tests/unit/common/embedded/" + std::string(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(EmbeddedFile, holdsTheFileByteForByte) {
    ASSERT_EQ(tests::sampleFiles().size(), 2U);
    for (const auto& file : tests::sampleFiles()) {
        ASSERT_FALSE(onDisk(file.name).empty()) << file.name;
        EXPECT_EQ(file.content, onDisk(file.name)) << file.name;
    }
}

TEST(EmbeddedFile, browsersAreToldWhatItIs) {
    EXPECT_EQ(common::contentTypeOf("index.html"), "text/html; charset=utf-8");
    EXPECT_EQ(common::contentTypeOf("u2035.js"), "text/javascript; charset=utf-8");
    EXPECT_EQ(common::contentTypeOf("u2035.js.map"), "application/json");
    EXPECT_EQ(common::contentTypeOf("site.css"), "text/css; charset=utf-8");
    EXPECT_EQ(common::contentTypeOf("icon.svg"), "image/svg+xml");
    EXPECT_EQ(common::contentTypeOf("text.woff2"), "font/woff2");
    EXPECT_EQ(common::contentTypeOf("LICENSE"), "application/octet-stream");
}

TEST(EmbeddedFile, anotherContentIsAnotherTag) {
    EXPECT_EQ(common::etagOf("a"), common::etagOf("a"));
    EXPECT_NE(common::etagOf("a"), common::etagOf("b"));
    EXPECT_EQ(common::etagOf("a").front(), '"');
    EXPECT_EQ(common::etagOf("a").back(), '"');
}

}  // namespace
