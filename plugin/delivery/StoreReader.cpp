#include "plugin/delivery/StoreReader.h"

#include "plugin/AnswerText.h"
#include "plugin/lrs/SameStatement.h"

#include <exception>
#include <thread>

namespace plugin::delivery {

using Ask = lrs::LrsClient::Ask;
using Back = lrs::ReadBack::State;
using Same = lrs::Comparison::Outcome;

namespace {

constexpr std::size_t kChunk = 200;
constexpr int kSilent = 3;  // answers in a row that say nothing: the store has other troubles
constexpr std::size_t kNote = 300;

}  // namespace

StoreReader::StoreReader(const NightParts& parts, const Night& night, const store::Destination& destination,
                         const ReadBackSettings& settings, lrs::LrsClient& client)
    : parts_(parts),
      night_(night),
      destination_(destination),
      settings_(settings),
      client_(client),
      readings_(parts.database, parts.clock),
      until_(parts.clock.steadyNow() + settings.budget) {}

std::chrono::milliseconds StoreReader::timeLeft() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(until_ - parts_.clock.steadyNow());
}

void StoreReader::end(const char* by, const std::string& note) {
    if (!endedBy_.empty()) return;
    endedBy_ = by;
    note_ = answerText(note, kNote);
}

bool StoreReader::mayGoOn() {
    if (night_.stopped()) end("stopped", "");
    if (timeLeft() <= std::chrono::milliseconds::zero()) end("out-of-time", "");
    if (!ended() &&
        !parts_.integrations.isStillActive(destination_.organization, destination_.project, destination_.storeId))
        end("stopped", "");
    return !ended();
}

void StoreReader::read(std::int64_t flowId, const std::vector<std::int64_t>& seqs,
                       const std::vector<std::int64_t>& justSent) {
    for (std::size_t at = 0; at < seqs.size() && mayGoOn();) {
        // The first question of a night goes alone: a store that forbids reading is asked once.
        const auto size = std::min(allowed_ ? kChunk : 1, seqs.size() - at);
        const auto first = seqs.begin() + static_cast<std::ptrdiff_t>(at);
        const auto texts = readings_.texts({first, first + static_cast<std::ptrdiff_t>(size)});
        std::vector<Answer> answers(texts.size());
        askAll(texts, answers);
        parts_.at("read-back");
        keep(flowId, texts, answers, justSent);
        parts_.at("read-back-kept");
        at += size;
        if (std::any_of(answers.begin(), answers.end(),
                        [](const auto& answer) { return answer.state == Answer::State::NotAsked; }))
            mayGoOn();  // says why
    }
}

void StoreReader::askAll(const std::vector<store::ReadableText>& texts, std::vector<Answer>& answers) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> halted{false};
    const auto lane = [&] {
        for (auto i = next++; i < texts.size(); i = next++) {
            if (halted || night_.stopped() || parts_.clock.steadyNow() >= until_) return;
            answers[i] = ask(texts[i]);
            if (answers[i].state == Answer::State::Told) silent_ = 0;
            if (answers[i].state == Answer::State::NotAllowed) halted = true;
            if (answers[i].state == Answer::State::Unknown && ++silent_ >= kSilent) {
                fellSilent_ = true;
                halted = true;
            }
        }
    };
    const auto lanes = std::min<std::size_t>(static_cast<std::size_t>(std::max(1, settings_.lanes)), texts.size());
    if (lanes <= 1) {
        lane();
        return;
    }
    std::vector<std::exception_ptr> failures(lanes);
    {
        std::vector<std::jthread> threads;
        for (auto& failure : failures)
            threads.emplace_back([&] {
                try {
                    lane();
                } catch (...) {
                    failure = std::current_exception();
                    halted = true;
                }
            });
    }
    for (const auto& failure : failures)
        if (failure) std::rethrow_exception(failure);
}

StoreReader::Answer StoreReader::ask(const store::ReadableText& text) const {
    Answer answer;
    answer.reading.seq = text.seq;
    // A voided statement is shown under another name only, so "not there" is true under both names alone.
    auto which = text.cancelled ? Ask::Voided : Ask::Statement;
    auto back = client_.get(text.statementId, night_.stop, which);
    if (back.state == Back::Missing) {
        which = text.cancelled ? Ask::Statement : Ask::Voided;
        back = client_.get(text.statementId, night_.stop, which);
    }
    // A cancellation of ours that may have arrived explains both "gone" and "voided": no verdict until it is decided.
    const bool ours = text.mayBeCancelled && !text.cancelled && which == Ask::Voided;
    answer.message = back.message;
    switch (back.state) {
        case Back::NotAllowed:
            answer.state = Answer::State::NotAllowed;
            return answer;
        case Back::Unknown:
            answer.state = Answer::State::Unknown;
            return answer;
        case Back::Missing:
            answer.state = Answer::State::Told;
            if (!ours) answer.reading.verdict = text.cancelled ? "cancelled" : "missing";
            return answer;
        case Back::Found:
            break;
    }
    auto compared = lrs::compareStatements(text.bytes, back.statement);
    if (compared.outcome == Same::NoStatement) {
        answer.state = Answer::State::Unknown;
        answer.message = "HTTP 200, but not the statement that was asked for";
        return answer;
    }
    answer.state = Answer::State::Told;
    if (ours) return answer;
    if (compared.outcome == Same::Differs) {
        answer.reading.verdict = "differs";
        answer.reading.place = std::move(compared.where);
        answer.reading.ours = std::move(compared.ours);
        answer.reading.theirs = std::move(compared.theirs);
    } else {
        answer.reading.verdict = which == Ask::Voided && !text.cancelled ? "voided" : "confirmed";
    }
    return answer;
}

void StoreReader::keep(std::int64_t flowId, const std::vector<store::ReadableText>& texts, std::vector<Answer>& answers,
                       const std::vector<std::int64_t>& justSent) {
    auto& found = found_[flowId];
    std::vector<store::Reading> readings;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto& answer = answers[i];
        switch (answer.state) {
            case Answer::State::NotAsked:
                continue;
            case Answer::State::NotAllowed:
                end("not-allowed", answer.message);
                continue;
            case Answer::State::Unknown:
                ++found.unanswered;
                if (fellSilent_) end("unanswered", answer.message);
                continue;
            case Answer::State::Told:
                break;
        }
        allowed_ = true;
        auto& reading = answer.reading;
        const auto& before = texts[i];
        found.asked.insert(reading.seq);
        found.late.erase(reading.seq);
        if (reading.verdict.empty()) continue;
        if (reading.verdict == "missing") {
            if (std::binary_search(justSent.begin(), justSent.end(), reading.seq)) {
                reading.verdict = "late";
                reading.timesMissing = before.timesMissing;
                found.late.insert(reading.seq);
            } else {
                reading.timesMissing = std::min(before.timesMissing + 1, store::kMostMissing);
                if (reading.timesMissing == store::kMostMissing) reading.verdict = "lost";
            }
        }
        // How a cancelled one is stored is nothing to see to.
        const bool settled = before.cancelled && reading.verdict == "differs";
        if (reading.verdict != "late" && !settled &&
            (before.verdict != reading.verdict || before.timesMissing != reading.timesMissing))
            ++found.verdicts[reading.verdict];
        readings.push_back(std::move(reading));
    }
    readings_.keep(destination_.storeId, flowId, night_.runId, readings);
    // Remembered with its first time, until the store lets itself be read.
    if (endedBy_ == "not-allowed")
        readings_.setRefusal(destination_.storeId, note_);
    else if (!readings.empty() && readings_.refusal(destination_.storeId))
        readings_.clearRefusal(destination_.storeId);
}

}  // namespace plugin::delivery
