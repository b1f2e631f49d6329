#include "plugin/delivery/PackageSender.h"
#include "tests/support/SimulatedLrs.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::delivery;
using namespace tests;
using Fault = SimulatedLrs::Fault;
using testing::Each;
using testing::HasSubstr;

namespace {

struct PackageSending : testing::Test {
    PackageSending() {
        for (int i = 0; i < 12; ++i) {
            Outgoing one;
            one.id = idOf("one-" + std::to_string(i));
            one.bytes = bytesOf(one.id);
            all.push_back(std::move(one));
        }
    }
    std::string send(std::stop_token stop = {}) {
        PackageSender sender(client, waiter, settings, [this](std::span<Outgoing* const> rows) {
            for (const auto* one : rows) kept[one->id] = one->state;
        });
        return sender.send(all, std::move(stop));
    }
    std::vector<std::string> states() const {
        std::vector<std::string> out;
        for (const auto& one : all) out.push_back(one.state);
        return out;
    }

    FakeClock clock;
    InstantWaiter waiter{clock};
    SimulatedLrs lrs;
    plugin::lrs::LrsClient client{
        lrs, {.endpoint = "https://test.example.org/xAPI", .basic = plugin::lrs::parseBasic("a2V5OnNlY3JldA==")}};
    PackageSendSettings settings{.statements = 5};
    std::vector<Outgoing> all;
    std::map<std::string, std::string> kept;
};

TEST_F(PackageSending, sendsEverythingInOrder) {
    EXPECT_EQ(send(), "");

    EXPECT_THAT(states(), Each("accepted"));
    ASSERT_EQ(lrs.posts().size(), 3u);
    EXPECT_EQ(lrs.posts()[2].ids.back(), all.back().id);
}

TEST_F(PackageSending, namesTheRefusedOneAndSendsTheRest) {
    lrs.poisoned_ = {all[3].id};

    EXPECT_EQ(send(), "");

    EXPECT_EQ(all[3].state, "refused");
    EXPECT_THAT(all[3].message, HasSubstr("verb"));
    EXPECT_EQ(all[3].errorId, "e-2");
    EXPECT_EQ(lrs.stored().size(), 11u);
}

TEST_F(PackageSending, findsTheWrongOneThatTheLrsDoesNotName) {
    lrs.poisoned_ = {all[7].id};
    lrs.namesCulprits_ = false;

    EXPECT_EQ(send(), "");

    EXPECT_EQ(all[7].state, "refused");
    EXPECT_EQ(lrs.stored().size(), 11u);
}

TEST_F(PackageSending, repeatsALostAnswerWithTheSameBytes) {
    lrs.next({Fault::Kind::LoseAnswer});

    EXPECT_EQ(send(), "");

    EXPECT_THAT(states(), Each("accepted"));
    EXPECT_EQ(lrs.stored().size(), 12u);
}

TEST_F(PackageSending, givesUpAfterAFewRepeatsAndLeavesWhatMayHaveArrivedInDoubt) {
    lrs.always(Fault{Fault::Kind::CutBeforeStore});

    EXPECT_THAT(send(), HasSubstr("не ответил"));

    EXPECT_EQ(lrs.posts().size(), 4u);
    EXPECT_EQ(all[0].state, "in_doubt");
    EXPECT_EQ(all[11].state, "waiting");
    EXPECT_EQ(kept.at(all[0].id), "in_doubt");
}

TEST_F(PackageSending, stopsAtAWrongBasicAndSaysWhatToDo) {
    lrs.always(Fault{Fault::Kind::Status, 401});

    EXPECT_THAT(send(), HasSubstr("Проверьте Basic"));

    EXPECT_EQ(lrs.posts().size(), 1u);
    EXPECT_THAT(states(), Each("waiting"));
}

TEST_F(PackageSending, whatWasAcceptedBeforeStaysSoWhenItsRepetitionGetsNoAnswer) {
    send();
    lrs.always(Fault{Fault::Kind::Unreachable});

    EXPECT_NE(send(), "");

    EXPECT_THAT(states(), Each("accepted"));
}

TEST_F(PackageSending, keepsTheDoubtBeforeThePostLeaves) {
    std::string during;
    lrs.onPost_ = [&] {
        if (during.empty()) during = kept.at(all[0].id);
    };

    send();

    EXPECT_EQ(during, "in_doubt");
}

TEST_F(PackageSending, endsWhenTheServerStops) {
    std::stop_source stop;
    stop.request_stop();

    EXPECT_NE(send(stop.get_token()), "");
    EXPECT_TRUE(lrs.posts().empty());
}

}  // namespace
