#include "host/base/SystemClock.h"

#include <gtest/gtest.h>

#include <ctime>

TEST(SystemClock, tellsMicrosecondsSince1970) {
    host::base::SystemClock clock;

    auto before = static_cast<std::int64_t>(std::time(nullptr));
    auto now = clock.now() / 1'000'000;

    EXPECT_GE(now, before);
    EXPECT_LE(now, before + 60);
}
