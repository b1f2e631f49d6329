// Whatever valid records say, Learning Locker takes what is rendered from them: every golden statement, and thousands
// made at random from a seed. Needs node and npm; see tests/peers/learning-locker.

#include "host/base/outbound/HttpPool.h"
#include "plugin/lrs/LrsClient.h"
#include "tests/support/Peer.h"
#include "tests/unit/footprint/RandomFlow.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using namespace kit;
using plugin::lrs::LrsClient;
using Class = plugin::lrs::PostOutcome::Class;

// In memory the LRS slows down with all it holds: large batches, and a fresh one for every two thousand.
constexpr std::size_t kBatch = 500;
constexpr std::size_t kPerPeer = 2'000;

struct Sent {
    std::vector<std::string> ids;
    std::vector<std::string> bytes;
};

void expectAccepted(LrsClient& client, const Sent& sent) {
    for (std::size_t from = 0; from < sent.ids.size(); from += kBatch) {
        const std::size_t to = std::min(from + kBatch, sent.ids.size());
        const auto slice = [&](const auto& all) {
            return std::pair(all.begin() + static_cast<std::ptrdiff_t>(from),
                             all.begin() + static_cast<std::ptrdiff_t>(to));
        };
        const auto [ids, idsEnd] = slice(sent.ids);
        const auto [texts, textsEnd] = slice(sent.bytes);
        const auto outcome = client.post({texts, textsEnd}, {ids, idsEnd}, {});
        ASSERT_EQ(outcome.outcome, Class::Accepted) << outcome.status << " " << outcome.message;
        for (const auto& culprit : outcome.culprits)
            ADD_FAILURE() << culprit.reason << "\n" << sent.bytes[from + culprit.index];
    }
}

struct Locker {
    Locker()
        : peer("learning-locker"),
          client(pool, {.endpoint = peer["endpoint"], .basic = plugin::lrs::parseBasic(peer["basic"])}) {}
    tests::Peer peer;
    host::base::HttpPool pool{{}};
    LrsClient client;
};

TEST(LearningLocker, takesEveryGoldenStatement) {
    // The same sample makes the statements of two profiles, so ids can be equal while the text is not.
    for (const auto& folder : std::filesystem::directory_iterator(LMSD_SOURCE_DIR "/tests/unit/footprint/golden")) {
        Locker locker;
        Sent sent;
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            std::ifstream in(file.path(), std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            sent.ids.emplace_back(parsed(text)["id"].GetString());
            sent.bytes.push_back(text);
        }
        ASSERT_GT(sent.ids.size(), 5u);
        expectAccepted(locker.client, sent);
    }
}

TEST(LearningLocker, takesWhatIsRenderedFromRandomRecords) {
    const std::size_t wanted = std::getenv("LMSD_FULL") != nullptr ? 10'000 : 2'000;
    const char* const names[] = {"bas", "code-future", "digital-professions"};
    std::size_t made = 0;
    for (unsigned seed = 1; made < wanted;) {
        Sent sent;
        for (; sent.ids.size() < kPerPeer && made < wanted; ++seed) {
            Case c;
            Random random(seed);
            c.profile = names[seed % 3];
            c.sample.installationId = fmt::format("6f1ab7f4-9d0c-4a51-8d4e-{:012}", seed);
            shake(c, random, 40);
            for (auto& draft : c.plan().drafts) {
                if (sent.ids.size() == kPerPeer || made == wanted) break;
                sent.ids.push_back(draft.statementId);
                sent.bytes.push_back(std::move(draft.bytes));
                ++made;
            }
        }
        Locker locker;
        expectAccepted(locker.client, sent);
        if (HasFatalFailure()) return;
    }
    RecordProperty("statements", static_cast<int>(made));
}

}  // namespace
