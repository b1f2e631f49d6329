#include "host/base/Metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

using host::base::MetricsRegistry;
using testing::HasSubstr;
using testing::Not;

TEST(MetricsRegistry, writesTheTextFormat) {
    MetricsRegistry metrics;
    metrics.describe("runs_total", "Runs, by state\nand \\ more");
    metrics.add("runs_total", 1, {{"state", "ok"}});
    metrics.add("runs_total", 2, {{"state", "ok"}});
    metrics.add("runs_total", 0.5, {{"state", "failed"}});
    metrics.set("queue", 3);
    metrics.set("queue", 2);

    EXPECT_EQ(metrics.exposition(),
              "# TYPE lmsd_queue gauge\nlmsd_queue 2\n"
              "# HELP lmsd_runs_total Runs, by state\\nand \\\\ more\n# TYPE lmsd_runs_total counter\n"
              "lmsd_runs_total{state=\"failed\"} 0.5\nlmsd_runs_total{state=\"ok\"} 3\n"
              "# TYPE lmsd_metrics_refused_total counter\nlmsd_metrics_refused_total 0\n");
}

TEST(MetricsRegistry, escapesLabelValues) {
    MetricsRegistry metrics;
    metrics.set("a", 1, {{"l", "q\"b\\n\n"}});

    EXPECT_THAT(metrics.exposition(), HasSubstr("lmsd_a{l=\"q\\\"b\\\\n\\n\"} 1\n"));
}

TEST(MetricsRegistry, takesLabelsInAnyOrderForTheSameSample) {
    MetricsRegistry metrics;
    metrics.add("a", 1, {{"x", "1"}, {"y", "2"}});
    metrics.add("a", 1, {{"y", "2"}, {"x", "1"}});

    EXPECT_THAT(metrics.exposition(), HasSubstr("lmsd_a{x=\"1\",y=\"2\"} 2\n"));
}

TEST(MetricsRegistry, makesNamesValid) {
    MetricsRegistry metrics;
    metrics.set("u2035-x.y z", 1, {{"1-a", "v"}});

    EXPECT_THAT(metrics.exposition(), HasSubstr("lmsd_u2035_x_y_z{__a=\"v\"} 1\n"));
}

TEST(MetricsRegistry, countsWhatIsMisusedInsteadOfShowingIt) {
    MetricsRegistry metrics;
    metrics.add("a", 1);
    metrics.set("a", 7);
    metrics.add("a", -1);
    metrics.add("a", std::numeric_limits<double>::quiet_NaN());

    EXPECT_THAT(metrics.exposition(), HasSubstr("lmsd_a 1\n"));
    EXPECT_THAT(metrics.exposition(), HasSubstr("lmsd_metrics_refused_total 3\n"));
}

TEST(MetricsRegistry, boundsTheLabelSetsOfOneName) {
    MetricsRegistry metrics;
    for (int i = 0; i < 1001; ++i) metrics.add("a", 1, {{"id", std::to_string(i)}});

    EXPECT_THAT(metrics.exposition(), HasSubstr("lmsd_metrics_refused_total 1\n"));
    EXPECT_THAT(metrics.exposition(), Not(HasSubstr("id=\"1000\"")));
}

TEST(MetricsRegistry, asksItsCollectorsAsLongAsTheyAreRegistered) {
    MetricsRegistry metrics;
    int asked = 0;
    {
        auto collector = metrics.onCollect([&](host::sdk::Metrics& m) { m.set("asked", ++asked); });
        EXPECT_THAT(metrics.exposition(), HasSubstr("lmsd_asked 1\n"));
    }
    metrics.exposition();

    EXPECT_EQ(asked, 1);
}
