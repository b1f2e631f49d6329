#include "host/connectors/sql/TextDecoder.h"
#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>

namespace {

using host::connectors::sql::encodeText;
using host::connectors::sql::TextDecoder;
using ::testing::HasSubstr;

TEST(TextDecoder, readsWindows1251AndTellsWhatItHasNot) {
    const TextDecoder decoder("CP1251");
    std::string out;

    EXPECT_TRUE(decoder.decode("\xC0\xED\xED\xE0 \xB9 7", out));
    EXPECT_EQ(out, "Анна № 7");
    EXPECT_FALSE(decoder.decode("\xC0\x98", out));
}

TEST(TextDecoder, checksUtf8) {
    const TextDecoder decoder("");
    std::string out;

    EXPECT_TRUE(decoder.decode("Анна", out));
    EXPECT_EQ(out, "Анна");
    EXPECT_FALSE(decoder.decode("\xC0\xED\xED\xE0", out));
    EXPECT_FALSE(decoder.decode("\xED\xA0\x80", out));
}

TEST(TextDecoder, readsEncodingsOfSeveralBytesALetter) {
    const TextDecoder decoder("UTF-16LE");
    std::string out;

    EXPECT_TRUE(decoder.decode(std::string_view("\x10\x04\x3D\xD8\x00\xDE", 6), out));
    EXPECT_EQ(out, "А😀");
    EXPECT_FALSE(decoder.decode(std::string_view("\x3D\xD8", 2), out));
}

TEST(TextDecoder, namesAnEncodingThatIsNone) {
    EXPECT_REFUSED(TextDecoder("klingon"), Configuration, "'klingon' is not known");
    EXPECT_REFUSED(encodeText("日", "CP1251"), Query, "CP1251");
    EXPECT_EQ(encodeText("Анна", "CP1251"), "\xC0\xED\xED\xE0");
}

}  // namespace
