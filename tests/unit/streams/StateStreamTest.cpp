#include "plugin/api/StateStream.h"
#include "tests/support/FakeClock.h"

#include <gmock/gmock.h>

#include <future>
#include <streambuf>

using namespace plugin::api;
using namespace std::chrono_literals;
using host::sdk::AppError;
using host::sdk::Request;
using testing::HasSubstr;
using testing::Not;

namespace {

/// What a client has got so far; it can hang up.
class Client : public std::streambuf {
public:
    /// Waits for it; false when it doesn't come.
    bool sees(const std::string& text) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 10s, [&] { return flushed_.find(text) != std::string::npos; });
    }
    std::string all() const {
        const std::lock_guard lock(mutex_);
        return flushed_;
    }
    void hangUp() { gone_ = true; }

private:
    int_type overflow(int_type c) override {
        pending_ += traits_type::to_char_type(c);
        return c;
    }
    int sync() override {
        if (gone_) throw std::runtime_error("the client is gone");
        const std::lock_guard lock(mutex_);
        flushed_ += std::exchange(pending_, {});
        changed_.notify_all();
        return 0;
    }

    std::atomic<bool> gone_{false};
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::string pending_;
    std::string flushed_;
};

struct StateStream : testing::Test {
    StateStream() { times.tick = 1ms; }
    ~StateStream() override {
        // A test that failed leaves no stream behind to wait for.
        client.hangUp();
    }
    StateStreams& streams() {
        if (!made) made.emplace(changes, clock, times);
        return *made;
    }
    host::sdk::Response answer(const std::string& lastEventId = "") {
        Request request;
        if (!lastEventId.empty()) request.headers = {{"last-event-id", lastEventId}};
        return streams().answer(request, "run/1", [this] {
            ++reads;
            const std::lock_guard lock(mutex);
            if (state.empty()) throw AppError::notFound("There is no such run here.");
            return StreamedState{state, isFinal};
        });
    }
    /// Runs the stream as the host does; the future gives how it ended.
    std::future<std::string> run() {
        return std::async(std::launch::async, [this, response = std::make_shared<host::sdk::Response>(answer())] {
            std::ostream out(&client);
            out.exceptions(std::ios::badbit);
            try {
                response->stream(out);
            } catch (const std::exception& error) {
                return std::string(error.what());
            }
            return std::string("ended");
        });
    }
    void become(const std::string& json, bool final = false) {
        {
            const std::lock_guard lock(mutex);
            state = json;
            isFinal = final;
        }
        changes.ring("run/1");
    }

    Changes changes;
    tests::FakeClock clock;
    StreamTimes times;
    std::optional<StateStreams> made;
    std::mutex mutex;
    std::string state = R"({"state":"running"})";
    bool isFinal = false;
    std::atomic<int> reads{0};
    Client client;
};

TEST_F(StateStream, tellsTheStateAtOnceThenEveryChangeUntilTheFinalOne) {
    auto stream = run();
    ASSERT_TRUE(client.sees("event: state\ndata: {\"state\":\"running\"}\n\n"));

    become(R"({"state":"running","step":"send"})");
    ASSERT_TRUE(client.sees("data: {\"state\":\"running\",\"step\":\"send\"}\n\n"));
    become(R"({"state":"done"})", true);

    EXPECT_EQ(stream.get(), "ended");
    EXPECT_TRUE(client.sees("event: state\nid: final\ndata: {\"state\":\"done\"}\n\n"));
}

TEST_F(StateStream, aFinalStateEndsItAtOnce) {
    become(R"({"state":"done"})", true);

    EXPECT_EQ(run().get(), "ended");
    EXPECT_EQ(reads, 1);
}

TEST_F(StateStream, whatIsNotThereIsAnAnswerOfItsOwn) {
    state.clear();

    EXPECT_THROW(answer(), AppError);
    EXPECT_EQ(changes.watches(), 0U);
}

TEST_F(StateStream, aBrowserThatHasTheFinalStateIsToldToStopAsking) {
    EXPECT_EQ(answer("final").contentType, "text/event-stream") << "not final: as for anybody";

    become(R"({"state":"done"})", true);
    EXPECT_EQ(answer("final").status, 204);
    EXPECT_EQ(answer().contentType, "text/event-stream");
}

TEST_F(StateStream, readsNothingWhileNothingChanges) {
    auto stream = run();
    ASSERT_TRUE(client.sees("running"));
    changes.ring("run/2");
    become(R"({"state":"done"})", true);

    EXPECT_EQ(stream.get(), "ended");
    EXPECT_EQ(reads, 2);
}

TEST_F(StateStream, aChangeThatChangesNothingIsNotTold) {
    auto stream = run();
    ASSERT_TRUE(client.sees("running"));
    changes.ring("run/1");
    changes.ringAll();
    become(R"({"state":"done"})", true);

    EXPECT_EQ(stream.get(), "ended");
    EXPECT_EQ(client.all(),
              "event: state\ndata: {\"state\":\"running\"}\n\nevent: state\nid: final\n"
              "data: {\"state\":\"done\"}\n\n");
}

TEST_F(StateStream, silenceIsFilledWithAHeartbeatAndALook) {
    auto stream = run();
    ASSERT_TRUE(client.sees("running"));

    clock.advance(15s);
    ASSERT_TRUE(client.sees("\n\n:\n\n"));
    {
        const std::lock_guard lock(mutex);
        state = R"({"state":"lost"})";
    }
    EXPECT_THAT(client.all(), Not(HasSubstr("lost")));
    clock.advance(15s);
    EXPECT_TRUE(client.sees("lost")) << "a change that nobody rang for";

    become(R"({"state":"done"})", true);
    EXPECT_EQ(stream.get(), "ended");
}

TEST_F(StateStream, endsWhenTheClientIsGone) {
    auto stream = run();
    ASSERT_TRUE(client.sees("running"));

    client.hangUp();

    EXPECT_EQ(stream.get(), "the client is gone");
}

TEST_F(StateStream, endsAfterItsTimeSoThatTheClientAsksAnew) {
    auto stream = run();
    ASSERT_TRUE(client.sees("running"));

    clock.advance(10min);

    EXPECT_EQ(stream.get(), "ended");
}

TEST_F(StateStream, nothingIsLeftOfAStream) {
    {
        auto stream = run();
        ASSERT_TRUE(client.sees("running"));
        EXPECT_EQ(changes.watches(), 1U);
        client.hangUp();
        stream.get();
    }
    EXPECT_EQ(changes.watches(), 0U);
}

TEST_F(StateStream, aLineBreakInTheJsonBreaksNoEvent) {
    become("{\"arguments\":{\n\"only\":\"tables\"\r\n}}", true);

    run().get();

    EXPECT_THAT(client.all(), HasSubstr("data: {\"arguments\":{ \"only\":\"tables\"  }}\n\n"));
}

TEST(Changes, aChangeBeforeTheWaitIsNotMissed) {
    Changes changes;
    Changes::Watch watch(changes, "check/a");

    changes.ring("check/a");

    EXPECT_TRUE(watch.wait(10s));
    EXPECT_FALSE(watch.wait(0ms));
}

TEST(Changes, manyWaitAndEachIsWoken) {
    Changes changes;
    std::vector<std::future<bool>> all;
    for (int i = 0; i < 6; ++i) {
        auto watch = std::make_shared<Changes::Watch>(changes, "run/1");
        all.push_back(std::async(std::launch::async, [watch] { return watch->wait(10s); }));
    }

    changes.ring("run/1");

    for (auto& one : all) EXPECT_TRUE(one.get());
}

}  // namespace
