#include "plugin/identities/Matching.h"

#include "common/Text.h"
#include "plugin/identities/Fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace plugin::identities {
namespace {

using host::sdk::Learner;
using host::sdk::RecordId;

constexpr const char* kStates[kRowStates] = {"matched",   "conflicting", "same",        "repeated", "taken",
                                             "ambiguous", "unmatched",   "bad-unti-id", "left-out", "applying",
                                             "applied",   "refused",     "undone",      "kept"};
constexpr std::string_view kApproved = "одобрена";

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value <= 0) return std::nullopt;
    return value;
}

std::string comparable(Field field, std::string_view text) {
    switch (field) {
        case Field::FullName:
        case Field::LastName:
        case Field::FirstName:
        case Field::MiddleName:
            return foldName(text);
        case Field::Email:
            return common::toLowerAscii(common::trim(text));
        default:
            return std::string(common::trim(text));
    }
}

std::string fullName(const Learner& learner) {
    return learner.lastName + " " + learner.firstName + " " + learner.middleName;
}

std::string valueOf(Field field, const Learner& learner) {
    switch (field) {
        case Field::ExternalId:
            return learner.externalId;
        case Field::LeaderId:
            return learner.leaderId;
        case Field::FullName:
            return learner.lastName.empty() || learner.firstName.empty() ? std::string() : fullName(learner);
        case Field::LastName:
            return learner.lastName;
        case Field::FirstName:
            return learner.firstName;
        case Field::MiddleName:
            return learner.middleName;
        case Field::Email:
            return learner.email;
        default:
            return {};
    }
}

/// People without a patronymic are many: two empty ones agree, an empty and a given one do not.
bool mayBeEmpty(Field field) {
    return field == Field::MiddleName;
}

/// Rows of one list that contradict each other, or say the same twice.
void compareRows(std::span<const ListRow> rows, std::vector<RowVerdict>& verdicts) {
    std::map<RecordId, std::set<std::string>> untiIds;
    std::unordered_map<std::string, std::set<RecordId>> learners;
    const auto counts = [](const RowVerdict& verdict) {
        return verdict.state == RowState::Matched || verdict.state == RowState::Conflicting ||
               verdict.state == RowState::Same || verdict.state == RowState::Taken;
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!counts(verdicts[i])) continue;
        untiIds[verdicts[i].learnerId].insert(rows[i].untiId);
        learners[rows[i].untiId].insert(verdicts[i].learnerId);
    }
    std::set<RecordId> seen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& verdict = verdicts[i];
        if (!counts(verdict)) continue;
        const auto& ids = untiIds[verdict.learnerId];
        if (ids.size() > 1) {
            verdict.state = RowState::Ambiguous;
            verdict.because(reasons::kTwoUntiIds, fmt::format("{}", fmt::join(ids, ", ")));
        } else if (learners[rows[i].untiId].size() > 1) {
            verdict.state = RowState::Ambiguous;
            verdict.because(reasons::kTwoLearners);
        } else if (!seen.insert(verdict.learnerId).second) {
            verdict.state = RowState::Repeated;
            verdict.because(reasons::kRepeated);
        }
    }
}

}  // namespace

const char* toString(RowState state) {
    return kStates[static_cast<int>(state)];
}

std::optional<RowState> rowStateFrom(std::string_view name) {
    for (int i = 0; i < kRowStates; ++i)
        if (name == kStates[i]) return static_cast<RowState>(i);
    return std::nullopt;
}

bool isUntiId(std::string_view text) {
    return !text.empty() && text.size() <= 19 && text.front() != '0' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void RowVerdict::because(const UntiReason& why, const std::string& detail) {
    code = why.code;
    reason = why.reason;
    fix = why.fix;
    if (!detail.empty()) reason += " (" + detail + ")";
}

Matcher::Matcher(MatchOptions options, std::vector<KnownFlow> flows, const Learners& learners)
    : options_(std::move(options)), flows_(std::move(flows)) {
    for (const auto& flow : flows_) {
        auto& index = byFlow_[flow.id];
        for (auto& learner : learners(flow.id)) {
            if (learner.deleted) continue;
            const auto& kept = learners_.try_emplace(learner.id, std::move(learner)).first->second;
            const auto key = keyOf(kept);
            if (!key.empty()) index[key].push_back(&kept);
            if (!untiIdOf(kept).empty()) holders_.try_emplace(untiIdOf(kept), &kept);
        }
    }
}

const std::string& Matcher::untiIdOf(const Learner& learner) const {
    return options_.test ? learner.testUntiId : learner.untiId;
}

/// Empty when a part is missing that must not be.
std::string Matcher::keyOf(const std::vector<std::string>& values) const {
    std::string key;
    for (std::size_t i = 0; i < options_.keys.size(); ++i) {
        const std::string part = comparable(options_.keys[i], values[i]);
        if (part.empty() && !mayBeEmpty(options_.keys[i])) return {};
        key += part;
        key += '\x1f';  // no text of one line holds it
    }
    return key;
}

std::string Matcher::keyOf(const Learner& learner) const {
    std::vector<std::string> values;
    for (const auto field : options_.keys) values.push_back(valueOf(field, learner));
    return keyOf(values);
}

bool Matcher::findFlow(const ListRow& row, RowVerdict& verdict, std::vector<RecordId>& flows) const {
    const auto id = wholeNumber(row.flowId);
    if (!id) {
        verdict.because(reasons::kNoFlowId, row.flowId);
        return false;
    }
    bool otherCourse = false;
    const auto course = options_.hasCourse ? wholeNumber(row.courseId) : std::nullopt;
    for (const auto& flow : flows_) {
        if (flow.u2035Id != id) continue;
        if (course && flow.courseId && *flow.courseId != *course)
            otherCourse = true;
        else
            flows.push_back(flow.id);
    }
    if (!flows.empty()) return true;
    if (otherCourse)
        verdict.because(reasons::kOtherCourse, row.courseId);
    else
        verdict.because(reasons::kUnknownFlow, row.flowId);
    return false;
}

RowVerdict Matcher::one(const ListRow& row) const {
    RowVerdict verdict;
    if (options_.hasStatus && !options_.anyStatus && foldName(row.status) != kApproved) {
        verdict.state = RowState::LeftOut;
        verdict.because(reasons::kOtherStatus, row.status);
        return verdict;
    }
    if (row.untiLostDigits || !isUntiId(row.untiId)) {
        verdict.state = RowState::BadUntiId;
        verdict.because(row.untiLostDigits   ? reasons::kLostDigits
                        : row.untiId.empty() ? reasons::kNoUntiId
                                             : reasons::kBadUntiId,
                        std::string(common::beginning(row.untiId, 40)));
        return verdict;
    }
    std::vector<RecordId> flows;
    if (!findFlow(row, verdict, flows)) return verdict;
    if (row.keyLostDigits) {
        verdict.because(reasons::kKeyLostDigits);
        return verdict;
    }
    const auto key = keyOf(row.keys);
    if (key.empty()) {
        verdict.because(reasons::kEmptyCell);
        return verdict;
    }
    std::map<RecordId, const Learner*> found;
    for (const auto flow : flows) {
        const auto& index = byFlow_.at(flow);
        if (const auto it = index.find(key); it != index.end())
            for (const auto* learner : it->second) found[learner->id] = learner;
    }
    if (found.empty()) {
        verdict.because(reasons::kNoLearner);
        return verdict;
    }
    if (found.size() > 1) {
        std::vector<std::string> ids;
        for (const auto& [id, learner] : found) ids.push_back(learner->externalId);
        verdict.state = RowState::Ambiguous;
        verdict.because(reasons::kSeveralLearners, fmt::format("{}", fmt::join(ids, ", ")));
        return verdict;
    }
    const Learner& learner = *found.begin()->second;
    verdict.learnerId = learner.id;
    verdict.learnerExternalId = learner.externalId;
    verdict.previous = untiIdOf(learner);
    const auto holder = holders_.find(row.untiId);
    if (verdict.previous == row.untiId) {
        verdict.state = RowState::Same;
    } else if (holder != holders_.end()) {
        verdict.state = RowState::Taken;
        verdict.because(reasons::kTaken, holder->second->externalId);
    } else if (!verdict.previous.empty()) {
        verdict.state = RowState::Conflicting;
        verdict.because(reasons::kHasAnother, verdict.previous);
    } else {
        verdict.state = RowState::Matched;
    }
    return verdict;
}

std::vector<RowVerdict> Matcher::match(std::span<const ListRow> rows) const {
    std::vector<RowVerdict> verdicts;
    verdicts.reserve(rows.size());
    for (const auto& row : rows) verdicts.push_back(one(row));
    compareRows(rows, verdicts);
    return verdicts;
}

}  // namespace plugin::identities
