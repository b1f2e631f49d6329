#include "plugin/sso/FormText.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace plugin::sso;

TEST(SsoFormText, encodesEverythingButTheUnreserved) {
    EXPECT_EQ(formText({{"a", "x y+/=&"}, {"b", "ж~-._"}}), "a=x%20y%2B%2F%3D%26&b=%D0%B6~-._");
}

TEST(SsoFormText, readsWhatABrowserPosts) {
    const auto fields = parseForm("token=a%2Bb+c&empty=&alone&bad=%zz%4");

    EXPECT_EQ(fieldOf(fields, "token"), "a+b c");
    EXPECT_EQ(fieldOf(fields, "empty"), "");
    EXPECT_EQ(fieldOf(fields, "bad"), "%zz%4");
    EXPECT_EQ(fieldOf(fields, "absent"), "");
    EXPECT_EQ(fields.size(), 4U);
}

}  // namespace
