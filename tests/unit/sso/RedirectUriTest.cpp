#include "plugin/sso/RedirectUri.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace plugin::sso;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> codes(const std::vector<Finding>& findings) {
    std::vector<std::string> out;
    for (const auto& one : findings) {
        EXPECT_FALSE(one.reasonRu.empty() || one.fixRu.empty() || one.reasonEn.empty() || one.fixEn.empty())
            << one.code;
        out.push_back(one.code);
    }
    return out;
}

std::vector<std::string> differ(std::string_view given, const std::string& wanted) {
    return codes(differences(given, {wanted, "адреса из письма", "the letter's address", true}));
}

// The seed's own examples (003, 1.1).
TEST(SsoRedirectUri, tellsTheSeedsMismatchesApart) {
    const std::string wanted = "https://staging.experts.work/";

    EXPECT_THAT(differ("https://staging.experts.work/", wanted), IsEmpty());
    EXPECT_THAT(differ("http://staging.experts.work/", wanted), ElementsAre("scheme"));
    EXPECT_THAT(differ("https://staging.experts.work", wanted), ElementsAre("slash"));
    EXPECT_THAT(differ("https://staging.experts.work/auth/callback/", wanted), ElementsAre("path"));
}

TEST(SsoRedirectUri, tellsPortsAndNamesApart) {
    EXPECT_THAT(differ("https://a.ru:8443/c", "https://a.ru/c"), ElementsAre("port"));
    EXPECT_THAT(differ("https://b.ru/c", "https://a.ru/c"), ElementsAre("host"));
    EXPECT_THAT(differ("https://a.ru/c?x=1", "https://a.ru/c"), ElementsAre("query"));
    EXPECT_THAT(differ("https://A.ru/C", "https://a.ru/c"), ElementsAre("host", "path"));
}

TEST(SsoRedirectUri, isSureOnlyOfThePathWhenTheServersOwnNameIsAGuess) {
    const auto found = differences("https://lms.ru/x", {"http://10.0.0.5:8080/y", "у", "y", false});

    for (const auto& one : found) EXPECT_EQ(one.wrong, one.code == "path") << one.code;
    EXPECT_THAT(codes(found), ElementsAre("scheme", "host", "port", "path"));
}

TEST(SsoRedirectUri, findsFaultsOfTheAddressItself) {
    EXPECT_THAT(codes(faultsOf("https://lms.example.org/cb")), IsEmpty());
    EXPECT_THAT(codes(faultsOf("lms.example.org/cb")), ElementsAre("scheme"));
    EXPECT_THAT(codes(faultsOf("https://lms.example.org/cb ")), ElementsAre("space"));
    EXPECT_THAT(codes(faultsOf("http://lms.example.org/cb")), ElementsAre("http"));
    EXPECT_THAT(codes(faultsOf("https://Lms.example.org:443/cb#x")), ElementsAre("case", "default-port", "query"));
    EXPECT_THAT(codes(faultsOf("https://a:b@lms.example.org/cb")), ElementsAre("host"));
    EXPECT_THAT(codes(faultsOf("https://[::1]:8443/cb")), IsEmpty());
    EXPECT_THAT(codes(faultsOf("javascript:alert(1)")), ElementsAre("scheme"));
}

TEST(SsoRedirectUri, findsTheServersPrefix) {
    EXPECT_EQ(originOf("https://lms.ru:8443/a/b?c"), "https://lms.ru:8443");
    EXPECT_EQ(originOf("nothing"), "");
    EXPECT_EQ(prefixBefore("https://lms.ru/x/u2035/cb", "/u2035/cb"), "https://lms.ru/x");
    EXPECT_EQ(prefixBefore("https://lms.ru/x", "/u2035/cb"), "");
}

}  // namespace
