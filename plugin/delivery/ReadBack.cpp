#include "plugin/delivery/ReadBack.h"

#include "plugin/delivery/ReadChoice.h"
#include "plugin/delivery/ReceiptWriting.h"
#include "plugin/delivery/StoreAlarms.h"
#include "plugin/delivery/StoreReader.h"
#include "plugin/delivery/UnsendableBuffer.h"
#include "plugin/footprint/Reasons.h"
#include "plugin/store/ReceiptStore.h"

#include <fmt/format.h>

namespace plugin::delivery {

namespace {

using Mode = ReadBackSettings::Mode;
/// One destination's reading: what is chosen, what is asked again, and what each flow's receipt says of it.
class Reading {
public:
    Reading(const NightParts& parts, Night& night, const ProjectNight& project, const ReadBackSettings& settings,
            const FlowBatches& covered)
        : parts_(parts),
          night_(night),
          destination_(*project.destination),
          settings_(settings),
          covered_(covered),
          readings_(parts.database, parts.clock),
          client_(parts.http, {.endpoint = destination_.endpoint,
                               .basic = lrs::parseBasic(destination_.basicToken.reveal()),
                               .typedByPerson = destination_.addressTypedByPerson,
                               .timeout = settings.timeout}),
          reader_(parts, night, destination_, settings, client_) {}

    std::map<std::int64_t, store::ReadFacts> run() {
        const auto resting = parts_.destinations.find(destination_.storeId);
        reads_ = settings_.mode != Mode::None && !resting;
        const auto mode = settings_.mode == Mode::None                      ? "none"
                          : resting && resting->why == store::Rest::Refused ? "paused"
                          : resting                                         ? "unanswered"
                          : settings_.mode == Mode::Whole                   ? "whole"
                                                                            : "sample";
        const auto flows = parts_.outbox.flows(destination_.storeId);
        parts_.runs.expect(night_.runId, static_cast<std::int64_t>(flows.size()));
        for (const auto flow : flows) {
            const FlowDone done(parts_, night_);
            auto& facts = facts_[flow];
            facts.mode = mode;
            if (resting && settings_.mode != Mode::None) facts.note = resting->reason;
            if (reads_) readChosen(flow, facts);
        }
        if (reads_) {
            askAgain();
            readRest();
        }
        for (auto& [flow, facts] : facts_) {
            const auto& found = reader_.found()[flow];
            facts.asked = static_cast<std::int64_t>(found.asked.size());
            facts.unanswered = found.unanswered;
            facts.late = static_cast<std::int64_t>(found.late.size());
        }
        return std::move(facts_);
    }

    /// Nothing cut it short, so that what it didn't find isn't there.
    bool whole() const { return reads_ && !reader_.ended(); }

    /// News of this night.
    std::int64_t of(const char* verdict) const {
        std::int64_t sum = 0;
        for (const auto& [flow, found] : reader_.found())
            if (const auto it = found.verdicts.find(verdict); it != found.verdicts.end()) sum += it->second;
        return sum;
    }

private:
    struct Rest {
        std::vector<std::int64_t> seqs;
        std::vector<std::int64_t> justSent;  ///< of the flow, ascending
    };

    void readChosen(std::int64_t flow, store::ReadFacts& facts) {
        const auto it = covered_.find(flow);
        const auto covered = it == covered_.end() ? 0 : it->second;
        const auto rows = readings_.readable(destination_.storeId, flow);
        const auto seed = static_cast<std::uint64_t>(night_.runId) * 1'000'003u + static_cast<std::uint64_t>(flow);
        auto choice = choose(rows, covered, settings_, seed);
        facts.of = choice.of;
        auto& rest = rest_[flow];
        for (const auto& row : rows)
            if (row.batchId > covered && row.verdict != "late") rest.justSent.push_back(row.seq);
        reader_.read(flow, choice.chosen, rest.justSent);
        if (!choice.chosen.empty()) noteEnd(facts);
        rest.seqs = std::move(choice.rest);
    }

    /// What was just sent and isn't there yet, once more after one pause for all of it.
    void askAgain() {
        std::map<std::int64_t, std::vector<std::int64_t>> late;
        for (auto& [flow, found] : reader_.found())
            if (!found.late.empty()) late[flow] = {found.late.begin(), found.late.end()};
        if (late.empty() || reader_.ended() || reader_.timeLeft() <= settings_.pause) return;
        parts_.waiter.wait(settings_.pause, night_.stop);
        waited_ = true;
        for (const auto& [flow, seqs] : late) {
            reader_.read(flow, seqs, {});
            noteEnd(facts_[flow]);
        }
    }

    /// Where a sample misses something, the whole flow is looked at.
    void readRest() {
        for (auto& [flow, rest] : rest_) {
            const auto& verdicts = reader_.found()[flow].verdicts;
            if (rest.seqs.empty() || (verdicts.count("missing") == 0 && verdicts.count("lost") == 0)) continue;
            facts_[flow].mode = "whole";
            reader_.read(flow, rest.seqs, waited_ ? std::vector<std::int64_t>() : rest.justSent);
            noteEnd(facts_[flow]);
        }
    }

    void noteEnd(store::ReadFacts& facts) {
        if (!reader_.ended()) return;
        facts.mode = reader_.endedBy();
        facts.note = reader_.note();
    }

    const NightParts& parts_;
    Night& night_;
    const store::Destination& destination_;
    const ReadBackSettings& settings_;
    const FlowBatches& covered_;
    store::ReadingStore readings_;
    lrs::LrsClient client_;
    StoreReader reader_;
    std::map<std::int64_t, store::ReadFacts> facts_;
    std::map<std::int64_t, Rest> rest_;
    bool waited_ = false;
    bool reads_ = false;
};

const footprint::Reason& reasonOf(const std::string& verdict) {
    return verdict == "differs" ? footprint::reasons::kStoredDifferently
           : verdict == "lost"  ? footprint::reasons::kLostInStore
                                : footprint::reasons::kVoidedThere;
}

/// Verdict → how many.
using Findings = std::map<std::string, std::int64_t>;

/// Lists those of the night's flows; tells how many the whole store has.
Findings listFindings(const NightParts& parts, Night& night, const ProjectNight& project) {
    UnsendableBuffer unsendable(parts, night, "statements", project.project.id);
    store::ReadingStore readings(parts.database, parts.clock);
    Findings found;
    readings.eachFinding(project.destination->storeId, [&](std::span<const store::Finding> rows) {
        for (const auto& row : rows) {
            ++found[row.reading.verdict];
            if (night.arguments.flowId != 0 && row.flowId != night.arguments.flowId) continue;
            auto detail = "факт " + row.statementId;
            if (row.reading.verdict == "differs")
                detail += fmt::format(", {}: передано «{}», хранится «{}»", row.reading.place, row.reading.ours,
                                      row.reading.theirs);
            auto refusal = footprint::Refusal::of(reasonOf(row.reading.verdict), detail);
            unsendable.add({row.record, row.kind, row.flowId, row.learnerId, std::move(refusal.code),
                            std::move(refusal.field), std::move(refusal.reason), std::move(refusal.fix)});
        }
    });
    unsendable.flush();
    return found;
}

/// One alarm of a store for all that a person must see to there; it is over when nothing of it is left. `sawAll`:
/// nothing was left unasked, without which the silence about it proves nothing.
void raiseAlarm(const NightParts& parts, const ProjectNight& project, Findings& found, std::int64_t missing,
                bool sawAll) {
    const auto& destination = *project.destination;
    const auto key = kReadBackAlarm + destination.storeId;
    if (found.empty() && missing == 0) {
        if (sawAll) parts.alarms.clear(key);
        return;
    }
    host::sdk::Alarm alarm;
    alarm.key = key;
    alarm.organization = destination.organization;
    alarm.code = "read-back";
    alarm.title = fmt::format("Проект {}: в LRS хранится не то, что передано и принято",
                              projectNamed(project.project.id, project.project.title));
    alarm.detail = fmt::format(
        "Хранится не таким, каким передано: {}. Пропадало трижды: {}. Отменено не нами: {}. Не найдено этой ночью и "
        "передаётся снова: {}.",
        found["differs"], found["lost"], found["voided"], missing);
    alarm.fix =
        "Откройте список того, что не может быть передано: коды stored-differently, lost-in-store и voided-there; "
        "приложите его к письму в Университет 20.35.";
    parts.alarms.raise(alarm);
}

/// Counts, log and the night's reasons: told once, where it is decided.
void tell(const NightParts& parts, Night& night, const ProjectNight& project, const Reading& reading) {
    struct Told {
        const char* verdict;
        const char* metric;
        const char* reason;
        const char* alarm;
    };
    static constexpr Told kTold[] = {
        {"confirmed", "statements_confirmed_total", nullptr, nullptr},
        {"missing", "statements_missing_total",
         "statements that the LRS had accepted are not there; they are sent again",
         "ALARM: the LRS does not have statements that it had accepted; they are sent again"},
        {"differs", "statements_different_total",
         "statements are stored otherwise than they were sent; see the list of the unsendable",
         "ALARM: the LRS has statements otherwise than they were sent; see the list of the unsendable"},
        {"lost", "statements_lost_total",
         "statements were missing too often and are not sent again; see the list of the unsendable",
         "ALARM: the LRS lost statements again and again; see the list of the unsendable"},
        {"voided", "statements_voided_there_total",
         "statements were voided in the LRS by somebody else; see the list of the unsendable",
         "ALARM: somebody else voided statements in the LRS; see the list of the unsendable"}};
    const auto& destination = *project.destination;
    for (const auto& told : kTold) {
        const auto count = reading.of(told.verdict);
        night.count(told.verdict, count);
        parts.metrics.add(told.metric, static_cast<double>(count));
        if (count == 0 || told.reason == nullptr) continue;
        night.reasons.push_back(fmt::format("{}: {} {}", project.project.id, count, told.reason));
        parts.logger.error(told.alarm, {{"organization", destination.organization},
                                        {"project", destination.project},
                                        {"store", destination.storeId},
                                        {"statements", std::to_string(count)}});
    }
}

}  // namespace

void confirmDelivered(const NightParts& parts, Night& night, const ProjectNight& project,
                      const ReadBackSettings& settings) {
    if (night.stopped()) return;  // what is not told by a receipt now is told by the next one
    if (night.trigger == "follow-up") {
        // Between nights nothing is read and no receipt written, but the list goes on naming what was found.
        listFindings(parts, night, project);
        return;
    }
    parts.runs.progress(night.runId, "confirm", night.counts);
    store::ReceiptStore receipts(parts.database);
    const auto covered = receipts.covered(project.destination->storeId);
    Reading reading(parts, night, project, settings, covered);
    const auto read = reading.run();
    auto found = listFindings(parts, night, project);
    if (settings.mode != Mode::None) {
        tell(parts, night, project, reading);
        // A night of one flow doesn't see what is missing of the others.
        raiseAlarm(parts, project, found, reading.of("missing"), night.arguments.flowId == 0 && reading.whole());
    }
    if (night.stopped()) return;
    writeReceipts(parts, night, project, receipts, covered, read);
}

}  // namespace plugin::delivery
