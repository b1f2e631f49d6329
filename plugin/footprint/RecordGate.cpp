#include "plugin/footprint/RecordGate.h"

#include <algorithm>

namespace plugin::footprint {
namespace {

using namespace host::sdk;

/// Clocks of the LMS and of this server may differ a little.
constexpr Micros kClockSlack = 5 * 60 * 1'000'000LL;

RecordGate::Person personOf(const Learner& learner, const std::map<RecordId, std::string>* leftOut, Contour contour) {
    RecordGate::Person person;
    person.untiId = contour == Contour::Test ? learner.testUntiId : learner.untiId;
    if (contour != Contour::Test) person.leaderId = learner.leaderId;
    if (leftOut != nullptr)
        if (const auto found = leftOut->find(learner.id); found != leftOut->end()) {
            person.problem = &reasons::kLearnerLeftOut;
            person.detail = found->second;
            return person;
        }
    if (learner.deleted)
        person.problem = &reasons::kLearnerDeleted;
    else if (person.untiId.empty())
        person.problem = contour == Contour::Test ? &reasons::kNoTestUntiId : &reasons::kNoUntiId;
    else if (!isUntiId(person.untiId))
        person.problem = &reasons::kBadUntiId;
    return person;
}

bool isClosed(const std::optional<Micros>& closedAt, Micros now) {
    return closedAt && *closedAt <= now;
}

}  // namespace

bool isUntiId(std::string_view text) {
    return !text.empty() && text[0] != '0' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

RecordGate::RecordGate(const FlowIndex& index, std::span<const Learner> learners,
                       const std::map<RecordId, std::string>* leftOut, Contour contour, Micros now,
                       std::optional<double> viewingMark)
    : now_(now), viewingMark_(viewingMark), flowClosed_(isClosed(index.structure().flow.closedAt, now)) {
    people_.reserve(learners.size());
    for (const Learner& learner : learners) people_.emplace(learner.id, personOf(learner, leftOut, contour));
    nobody_.problem = &reasons::kUnknownLearner;
}

const RecordGate::Person& RecordGate::person(RecordId learnerId) const {
    const auto found = people_.find(learnerId);
    return found == people_.end() ? nobody_ : found->second;
}

bool RecordGate::isFinal(const View& view, const StructurePlace& place) const {
    if (flowClosed_ || isClosed(place.element->closedAt, now_)) return true;
    if (place.element->kind == ElementKind::Webinar && view.attended.value_or(false)) return true;
    return viewingMark_ && view.percent && *view.percent >= *viewingMark_;
}

bool RecordGate::inFuture(const std::optional<Micros>& time) const {
    return time && *time > now_ + kClockSlack;
}

const Reason* RecordGate::contradiction(const Result& result, const Values& values) const {
    const auto number = [&](Name name) { return values[name].number; };
    if (values.has(Name::ResultMin) && values.has(Name::ResultMax)) {
        if (!(number(Name::ResultMax) > number(Name::ResultMin))) return &reasons::kBadScoreBounds;
        const auto outside = [&](Name name) {
            return values.has(name) &&
                   (number(name) < number(Name::ResultMin) || number(name) > number(Name::ResultMax));
        };
        if (outside(Name::ResultRaw)) return &reasons::kMarkOutOfRange;
        if (outside(Name::ResultPassMark)) return &reasons::kBadPassMark;
    }
    if (result.attempt < 1) return &reasons::kBadAttempt;
    if (result.durationSeconds.value_or(0) < 0) return &reasons::kBadDuration;
    return inFuture(result.at) ? &reasons::kTimeInFuture : nullptr;
}

const Reason* RecordGate::contradiction(const View& view) const {
    if (view.percent && !(*view.percent >= 0 && *view.percent <= 100)) return &reasons::kBadViewPercent;
    if (view.watchedSeconds.value_or(0) < 0) return &reasons::kBadDuration;
    return inFuture(view.at) ? &reasons::kTimeInFuture : nullptr;
}

const Reason* RecordGate::contradiction(const Opening& opening) const {
    return inFuture(opening.at) ? &reasons::kTimeInFuture : nullptr;
}

const Reason* RecordGate::contradiction(const Reflection& reflection) const {
    return inFuture(reflection.at) ? &reasons::kTimeInFuture : nullptr;
}

}  // namespace plugin::footprint
