#include "host/connections/RouteSummary.h"

#include <gtest/gtest.h>

namespace {

using namespace host::connections;

RouteHead head(const std::string& name, const std::string& state, host::sdk::Micros startedAt = 1) {
    RouteHead one;
    one.name = name;
    if (state.empty()) return one;
    Run run;
    run.state = state;
    run.startedAt = startedAt;
    one.latest = run;
    return one;
}

RouteHead remarked(RouteHead one) {
    one.latest->diagnoses.push_back({"source.no-data", "", ""});
    return one;
}

RouteHead disabled(RouteHead one) {
    one.enabled = false;
    return one;
}

TEST(RouteSummary, aFailureIsWorseThanWhatWasBrokenOffAndThatThanARemark) {
    const auto sum = summarize({},
                               {remarked(head("remarked", "done")), head("cut", "interrupted", 9),
                                head("failed", "failed"), head("also", "failed"), head("well", "done")},
                               0);
    ASSERT_TRUE(sum.worst && sum.latest);
    EXPECT_EQ(sum.worst->name, "failed");
    EXPECT_EQ(sum.latest->name, "cut");
    EXPECT_EQ(sum.failing, 3U);
    EXPECT_EQ(sum.remarked, 1U);
    EXPECT_EQ(sum.well, 1U);
}

TEST(RouteSummary, whatIsDisabledOrGoesOnIsNoFailure) {
    const auto sum = summarize({}, {disabled(head("off", "failed", 5)), head("on", "running"), head("new", "")}, 0);
    EXPECT_FALSE(sum.worst);
    EXPECT_EQ(sum.latest->name, "off");
    EXPECT_EQ(sum.count, 3U);
    EXPECT_EQ(sum.enabled, 2U);
    EXPECT_EQ(sum.running, 1U);
    EXPECT_EQ(sum.failing + sum.well, 0U);
}

TEST(RouteSummary, theNextRunIsTheEarliestOfEnabledRoutesAndOfNoneThatIsOff) {
    Connection connection;
    connection.schedule = {"0 5 * * *", "UTC"};
    auto own = head("own", ""), off = disabled(head("off", ""));
    own.schedule = {"0 6 * * *", "UTC"};
    off.schedule = {"0 1 * * *", "UTC"};
    constexpr host::sdk::Micros kHour = host::sdk::Micros{3600} * 1'000'000;

    EXPECT_EQ(summarize(connection, {own, off}, 0).nextRunAt, 6 * kHour);
    EXPECT_EQ(summarize(connection, {own, off, head("with it", "")}, 0).nextRunAt, 5 * kHour);
    connection.enabled = false;
    EXPECT_FALSE(summarize(connection, {own, head("with it", "")}, 0).nextRunAt);
}

}  // namespace
