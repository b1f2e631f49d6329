#include "host/modules/ModuleServices.h"
#include "tests/integration/modules/LoaderHost.h"

#include <gtest/gtest.h>

namespace {

using namespace host;

struct EndlessReader : sdk::SourceReader {
    explicit EndlessReader(std::stop_token s) : stop(std::move(s)) {}
    const std::vector<std::string>& columns() const override { return names; }
    bool next(sdk::SourceRow&) override { return !stop.stop_requested(); }
    std::stop_token stop;
    std::vector<std::string> names{"id"};
};

struct EndlessKind : sdk::SourceKind {
    sdk::SourceDescription describe() const override {
        sdk::SourceDescription kind;
        kind.name = "endless";
        return kind;
    }
    void check(const sdk::SourceRequest&) override {}
    std::unique_ptr<sdk::SourceReader> open(const sdk::SourceRequest& request) override {
        return std::make_unique<EndlessReader>(request.stop);
    }
};

std::chrono::steady_clock::time_point now() {
    return std::chrono::steady_clock::now();
}

TEST(ModulesSources, aModuleIsNotThoughtIdleWhileAReaderOfItsIsOpen) {
    tests::LoaderHost host;
    modules::ModuleServices services(host.parts, "adapter");
    auto kind = std::make_shared<EndlessKind>();
    const std::weak_ptr<EndlessKind> alive = kind;
    const auto handle = services.sources().add(std::move(kind));
    const auto held = host.sources.kinds.at("endless");
    auto reader = held->open({});
    sdk::SourceRow row;
    EXPECT_TRUE(reader->next(row));

    EXPECT_FALSE(services.takeBack(now())) << "its code is in use";
    EXPECT_TRUE(host.sources.kinds.empty());
    EXPECT_FALSE(reader->next(row)) << "it was asked to end";

    reader.reset();
    EXPECT_TRUE(services.takeBack(now()));
    EXPECT_TRUE(alive.expired()) << "nothing of the module is left, though the host holds the kind";
    EXPECT_THROW(held->open({}), sdk::AppError);
    EXPECT_THROW(held->describe(), sdk::AppError);
}

}  // namespace
