#include "tests/unit/wizard_api/WizardFixture.h"

using namespace tests;

using WizardSteps = WizardFixture;

TEST_F(WizardSteps, areShownOneByOneAsTheyFinish) {
    toStage4();
    peers.buckets = {"only-one"};
    std::vector<std::string> seen;
    integrations.onCheckChange([&](const std::string& id) {
        const auto check = get("/checks/" + id).json();
        const auto steps = check->getArray("steps");
        seen.push_back(
            fmt::format("{} {} {}", check->getValue<std::string>("state"), steps->size(),
                        steps->getObject(static_cast<unsigned>(steps->size() - 1))->getValue<std::string>("name")));
    });
    std::string body = productionBody();
    body.replace(body.find("/works"), 6, "");

    post("/stages/4/check", body);

    EXPECT_THAT(seen, testing::ElementsAre("running 1 lrs.get", "running 2 lrs.post", "running 3 s3.buckets",
                                           "running 4 s3.put", "running 5 s3.read", "running 6 s3.delete",
                                           "passed 6 s3.delete"));
}
