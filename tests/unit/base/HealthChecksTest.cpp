#include "host/base/HealthChecks.h"
#include "host/sdk/Error.h"

#include <gtest/gtest.h>

using host::base::HealthChecks;
using host::sdk::HealthStatus;

TEST(HealthChecks, areAllGoodOnlyWhenEachIs) {
    HealthChecks checks;
    auto good = checks.add("a", [] { return HealthStatus{true, "fine"}; });
    EXPECT_TRUE(checks.report().ok);

    auto bad = checks.add("b", [] { return HealthStatus{false, "disk"}; });

    EXPECT_FALSE(checks.report().ok);
    EXPECT_EQ(
        checks.report().json(),
        R"({"status":"failing","checks":[{"name":"a","ok":true,"detail":"fine"},{"name":"b","ok":false,"detail":"disk"}]})");
}

TEST(HealthChecks, countAThrowingCheckAsFailedWithoutShowingWhy) {
    HealthChecks checks;
    auto check = checks.add("a", []() -> HealthStatus { throw std::runtime_error("SELECT secret"); });

    EXPECT_FALSE(checks.report().ok);
    EXPECT_EQ(checks.report().lines.front().status.detail, "the check itself failed");
}

TEST(HealthChecks, areTakenBackWithTheirHandleEvenAfterTheRegistry) {
    host::sdk::Registration outlives;
    {
        HealthChecks checks;
        {
            auto check = checks.add("a", [] { return HealthStatus{false, ""}; });
        }
        EXPECT_TRUE(checks.report().ok);
        outlives = checks.add("b", [] { return HealthStatus{}; });
    }
    EXPECT_NO_THROW(outlives.reset());
}

TEST(HealthChecks, refuseANameTwice) {
    HealthChecks checks;
    auto first = checks.add("a", [] { return HealthStatus{}; });

    EXPECT_THROW(static_cast<void>(checks.add("a", [] { return HealthStatus{}; })), host::sdk::AppError);
}
