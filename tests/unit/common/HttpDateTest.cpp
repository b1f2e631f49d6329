#include "common/HttpDate.h"

#include <gtest/gtest.h>

using common::parseHttpDate;

TEST(HttpDate, readsTheFormOfTheStandard) {
    EXPECT_EQ(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT")->time_since_epoch().count(), 784'111'777);
    EXPECT_EQ(parseHttpDate("Thu, 01 Jan 1970 00:00:00 GMT")->time_since_epoch().count(), 0);
    EXPECT_EQ(parseHttpDate("Sat, 29 Feb 2020 23:59:60 GMT")->time_since_epoch().count(), 1'583'020'800);
}

TEST(HttpDate, refusesEverythingElse) {
    for (const char* text :
         {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
          "Sun, 6 Nov 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT", "unM, 06 Nov 1994 08:49:37 GMT",
          "Sun, 06 ovD 1994 08:49:37 GMT", "Sun, 30 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 08:49:-1 GMT",
          "Sun, 06 Nov 1994 08:49:n! GMT", "Sun, 06 Nov 1994 08:49:37 GMT "})
        EXPECT_FALSE(parseHttpDate(text)) << text;
}
