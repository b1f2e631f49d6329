#include "common/Encoding.h"
#include "common/Sha256.h"

#include <gtest/gtest.h>

using namespace common;

TEST(Base64, agreesWithTheExamplesOfRfc4648) {
    struct Case {
        const char* plain;
        const char* encoded;
    } cases[] = {{"", ""},
                 {"f", "Zg=="},
                 {"fo", "Zm8="},
                 {"foo", "Zm9v"},
                 {"foob", "Zm9vYg=="},
                 {"fooba", "Zm9vYmE="},
                 {"foobar", "Zm9vYmFy"}};
    for (const auto& c : cases) {
        EXPECT_EQ(toBase64(c.plain), c.encoded);
        EXPECT_EQ(fromBase64(c.encoded), c.plain);
    }
}

TEST(Base64, refusesWhatIsNotExactlyAnEncoding) {
    for (const char* text : {"Zg", "Zg=", "Zh==", "Zg==Zg==", "Z g=", "====", "Zm9v\n", "Zm-_"})
        EXPECT_FALSE(fromBase64(text)) << text;
}

TEST(Base64Url, hasNoCharacterThatAnAddressWouldEscape) {
    std::string bytes = "\xff\xef\xfe\x3e";

    EXPECT_EQ(toBase64Url(bytes), "_-_-Pg");
    EXPECT_EQ(fromBase64Url("_-_-Pg"), bytes);
    EXPECT_FALSE(fromBase64Url("_-_-Pg=="));
}

TEST(Hex, goesBothWays) {
    EXPECT_EQ(toHex(std::string("\x00\xff\x10", 3)), "00ff10");
    EXPECT_EQ(fromHex("00FF10"), std::string("\x00\xff\x10", 3));
    EXPECT_FALSE(fromHex("0"));
    EXPECT_FALSE(fromHex("0g"));
}

TEST(Sha256, agreesWithTheExamplesOfTheStandard) {
    EXPECT_EQ(Sha256::hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(Sha256().update("a").update("bc").finishHex(),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, keyedAgreesWithRfc4231) {
    EXPECT_EQ(toHex(Sha256::hmac("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}
