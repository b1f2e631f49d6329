#include "plugin/lrs/LrsClient.h"

#include <gtest/gtest.h>

using plugin::lrs::basicFrom;
using plugin::lrs::parseBasic;

namespace {

// base64 of "lrs-key:lrs-secret"
constexpr const char* kToken = "bHJzLWtleTpscnMtc2VjcmV0";

std::string pointerOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const host::sdk::AppError& error) {
        EXPECT_EQ(error.status(), 422);
        EXPECT_FALSE(error.errors().at(0).reason.empty());
        EXPECT_FALSE(error.errors().at(0).fix.empty());
        return error.errors().at(0).pointer;
    }
    return "accepted";
}

}  // namespace

class PastedBasic : public testing::TestWithParam<std::string> {};
TEST_P(PastedBasic, isUnderstood) {
    EXPECT_EQ(parseBasic(GetParam()).token().reveal(), kToken);
}
INSTANTIATE_TEST_SUITE_P(Table, PastedBasic,
                         testing::Values("bHJzLWtleTpscnMtc2VjcmV0", "Basic bHJzLWtleTpscnMtc2VjcmV0",
                                         "basic\tbHJzLWtleTpscnMtc2VjcmV0", "  BASIC  bHJzLWtleTpscnMtc2VjcmV0 \r\n",
                                         "bHJzLWtleTps\r\n cnMtc2VjcmV0", "Basic\nbHJzLWtleTps cnMtc2VjcmV0"));

TEST(Basic, addsThePaddingThatGotLost) {
    EXPECT_EQ(parseBasic("YTpi").token().reveal(), "YTpi");
    EXPECT_EQ(parseBasic("YTpiYg").token().reveal(), "YTpiYg==");
    EXPECT_EQ(parseBasic("YTpiYg==").token().reveal(), "YTpiYg==");
}

class WrongBasic : public testing::TestWithParam<std::string> {};
TEST_P(WrongBasic, isRefusedWithItsField) {
    EXPECT_EQ(pointerOf([] { parseBasic(GetParam()); }), "/basic");
}
INSTANTIATE_TEST_SUITE_P(Table, WrongBasic,
                         testing::Values("", "   ", "Basic", "Basic ", "not base64!", "lrs-key:lrs-secret",
                                         "bm9jb2xvbg==" /* nocolon */, "OnNlY3JldA==" /* :secret */,
                                         "a2V5Og==" /* key: */, "a2V5OnNlYzpyZXQ=" /* key:sec:ret */,
                                         "YTpiAA==" /* a:b and NUL */, "YTpiY", "кириллица"));

TEST(Basic, isMadeFromKeyAndSecret) {
    EXPECT_EQ(basicFrom(" lrs-key ", "lrs-secret\n").token().reveal(), kToken);
}

TEST(Basic, namesTheFieldOfKeyAndSecretThatIsWrong) {
    EXPECT_EQ(pointerOf([] { basicFrom("", "secret"); }), "/key");
    EXPECT_EQ(pointerOf([] { basicFrom("a:b", "secret"); }), "/key");
    EXPECT_EQ(pointerOf([] { basicFrom("key", " "); }), "/secret");
    EXPECT_EQ(pointerOf([] { basicFrom("key", "se:cret"); }), "/secret");
}

TEST(Basic, hasTheSameFingerprintHoweverItWasPasted) {
    // echo -n bHJzLWtleTpscnMtc2VjcmV0 | sha256sum
    const std::string expected = "20a54350debb65d3d4bf2558d9e9130ed4f2e2840ec959f9bdaa97ebcea8541a";
    EXPECT_EQ(parseBasic("Basic bHJzLWtleTps cnMtc2VjcmV0").fingerprint(), expected);
    EXPECT_EQ(basicFrom("lrs-key", "lrs-secret").fingerprint(), expected);
    EXPECT_NE(basicFrom("lrs-key", "lrs-secret2").fingerprint(), expected);
}
