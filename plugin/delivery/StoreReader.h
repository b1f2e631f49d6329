#pragma once
/// Asks one store for statements, a chunk at a time over several connections, and writes down what it found.
///
/// It gives up for the night when the store doesn't let this credential read, falls silent or the time is up; what was
/// found until then is kept. One thread calls it; the asking threads end with each call.

#include "plugin/delivery/ReadBack.h"
#include "plugin/lrs/LrsClient.h"
#include "plugin/store/ReadingStore.h"
#include "plugin/store/ReceiptText.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace plugin::delivery {

class StoreReader {
public:
    StoreReader(const NightParts& parts, const Night& night, const store::Destination& destination,
                const ReadBackSettings& settings, lrs::LrsClient& client);

    /// Reads these statements of a flow. `justSent`, ascending: what is missing of them is but late.
    void read(std::int64_t flowId, const std::vector<std::int64_t>& seqs, const std::vector<std::int64_t>& justSent);

    /// Ended for the night; the mode of ReceiptText.h that says why.
    bool ended() const noexcept { return !endedBy_.empty(); }
    const std::string& endedBy() const noexcept { return endedBy_; }
    const std::string& note() const noexcept { return note_; }
    std::chrono::milliseconds timeLeft() const;

    struct Found {
        std::set<std::int64_t> asked;  ///< an answer was got about them
        std::int64_t unanswered = 0;
        std::map<std::string, std::int64_t> verdicts;  ///< news only
        std::set<std::int64_t> late;
    };
    std::map<std::int64_t, Found>& found() noexcept { return found_; }
    const std::map<std::int64_t, Found>& found() const noexcept { return found_; }

private:
    struct Answer {
        enum class State { NotAsked, Told, NotAllowed, Unknown } state = State::NotAsked;
        store::Reading reading;  ///< without a verdict: it says nothing yet
        std::string message;
    };
    void askAll(const std::vector<store::ReadableText>& texts, std::vector<Answer>& answers);
    Answer ask(const store::ReadableText& text) const;
    void keep(std::int64_t flowId, const std::vector<store::ReadableText>& texts, std::vector<Answer>& answers,
              const std::vector<std::int64_t>& justSent);
    bool mayGoOn();
    void end(const char* by, const std::string& note);

    const NightParts& parts_;
    const Night& night_;
    const store::Destination& destination_;
    const ReadBackSettings& settings_;
    lrs::LrsClient& client_;
    store::ReadingStore readings_;
    std::chrono::steady_clock::time_point until_;
    bool allowed_ = false;        ///< one answer that counts has come
    std::atomic<int> silent_{0};  ///< answers in a row that said nothing
    std::atomic<bool> fellSilent_{false};
    std::string endedBy_;
    std::string note_;
    std::map<std::int64_t, Found> found_;
};

}  // namespace plugin::delivery
