#include "plugin/integration/Contours.h"

#include <gtest/gtest.h>

using namespace plugin::integration;

namespace {

const std::string kTest = "https://api.u2035test.ru/lrs-external/data/xAPI/";

}  // namespace

TEST(Contours, knowTheTestAddressHoweverItIsWritten) {
    for (const char* same :
         {"https://api.u2035test.ru/lrs-external/data/xAPI", "http://api.u2035test.ru/lrs-external/data/xAPI/",
          "HTTPS://API.U2035TEST.RU:443/lrs-external/data/xAPI/",
          "https://api.u2035test.ru//lrs-external//data/xapi///", "https://api.u2035test.ru./lrs-external/data/xAPI",
          "https://api.u2035test.ru/lrs-external/data/xAPI/statements",
          "https://api.u2035test.ru/lrs-external/./data/../data/xAPI",
          " https://api.u2035test.ru/lrs-external/data/xAPI ", "https://api.u2035test.ru/lrs%2Dexternal/data/xAPI"})
        EXPECT_TRUE(isSameAddress(same, kTest)) << same;
}

TEST(Contours, takeNoOtherAddressForIt) {
    for (const char* other :
         {"https://api.u2035.ru/lrs-external/data/xAPI/", "https://api.u2035test.ru/lrs-internal/data/xAPI/",
          "https://api.u2035test.ru:8443/lrs-external/data/xAPI/", "https://u2035test.ru/lrs-external/data/xAPI/", "",
          "no address", "https://"})
        EXPECT_FALSE(isSameAddress(other, kTest)) << other;
    EXPECT_FALSE(isSameAddress("", "")) << "two projects without an address have none in common";
}

TEST(Contours, countTheProfilesAddressAndTheAdministrators) {
    EXPECT_TRUE(isTestAddress(kTest, kTest, "https://other.example.org/xAPI"));
    EXPECT_TRUE(isTestAddress("https://other.example.org/xAPI/", kTest, "https://other.example.org/xAPI"));
    EXPECT_FALSE(isTestAddress("https://lrs.example.org/xAPI", kTest, ""));
}
