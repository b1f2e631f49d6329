#include "plugin/sso/Failures.h"
#include "plugin/sso/SsoClient.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace plugin::sso;

TEST(SsoFailures, haveEachACodeACauseAndAFixInBothLanguages) {
    std::set<std::string> codes;
    for (int i = 0; i < kFaults; ++i) {
        const auto fault = static_cast<Fault>(i);
        for (const bool russian : {true, false}) {
            const auto text = explain({fault, {}}, russian);
            EXPECT_FALSE(text.cause.empty() || text.fix.empty()) << text.code;
            EXPECT_EQ(text.code, codeOf(fault));
            EXPECT_EQ(text.code.substr(0, 4), "sso.");
            EXPECT_EQ(explainCode(text.code, {}, russian).cause, text.cause);
        }
        EXPECT_TRUE(codes.insert(codeOf(fault)).second) << codeOf(fault);
    }
}

TEST(SsoFailures, quoteWhatTheOtherSideSaid) {
    EXPECT_NE(explain({Fault::Refused, "odd"}, true).cause.find("«odd»"), std::string::npos);
}

TEST(SsoFailures, tellACancelledSignInFromARefusal) {
    EXPECT_EQ(failureOfCallback("access_denied", "The resource owner denied the request").fault, Fault::Cancelled);
    EXPECT_EQ(failureOfCallback("invalid_request", "The requested redirect didn't match the client settings.").fault,
              Fault::RedirectMismatch);
    EXPECT_EQ(failureOfCallback("", "").fault, Fault::CodeMissing);
    EXPECT_EQ(failureOfCallback("odd", "<b>\n").detail, "odd: <b>");
}

}  // namespace
