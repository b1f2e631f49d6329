#include "plugin/identities/Suggestions.h"

#include "common/Text.h"
#include "plugin/identities/Fold.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace plugin::identities {
namespace {

using host::sdk::RecordId;

constexpr const char* kWhy[] = {"named-in-table", "same-title", "same-title-folded", "same-leader-id", "same-email"};
constexpr const char* kWhyRu[] = {"названа в таблице", "такое же название",
                                  "название отличается только регистром, ё/е, пробелами или дефисами",
                                  "такой же Leader ID", "такой же e-mail: подсказка, сверьте с человеком"};
constexpr const char* kWhyEn[] = {"the table names it", "the same title",
                                  "the same title but for case, ё/е, spaces or hyphens", "the same Leader-ID",
                                  "the same e-mail: a hint, check with the person"};
constexpr const char* kKinds[kMatched] = {"programme", "flow", "module", "theme"};

/// Marks the suggestions that stand alone on both sides; `scope` keeps ids of different kinds apart.
void markUnique(std::vector<std::vector<Suggestion>>& lists, const std::vector<int>& scope) {
    std::map<std::pair<int, std::string>, int> wanted;
    for (std::size_t i = 0; i < lists.size(); ++i)
        for (const auto& one : lists[i]) ++wanted[{scope[i], one.value}];
    for (std::size_t i = 0; i < lists.size(); ++i)
        if (lists[i].size() == 1) lists[i][0].unique = wanted[{scope[i], lists[i][0].value}] == 1;
}

void add(std::vector<Suggestion>& list, Suggestion suggestion) {
    for (const auto& one : list)
        if (one.value == suggestion.value) return;
    list.push_back(std::move(suggestion));
}

}  // namespace

const char* toString(Why why) {
    return kWhy[static_cast<int>(why)];
}

std::optional<Why> whyFrom(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kWhy); ++i)
        if (name == kWhy[i]) return static_cast<Why>(i);
    return std::nullopt;
}

const char* explain(Why why, bool russian) {
    return (russian ? kWhyRu : kWhyEn)[static_cast<int>(why)];
}

const char* toString(Matched kind) {
    return kKinds[static_cast<int>(kind)];
}

std::optional<Matched> matchedFrom(std::string_view name) {
    for (int i = 0; i < kMatched; ++i)
        if (name == kKinds[i]) return static_cast<Matched>(i);
    return std::nullopt;
}

host::sdk::ConfirmedField fieldOf(Matched kind) {
    using host::sdk::ConfirmedField;
    constexpr ConfirmedField kFields[] = {ConfirmedField::ProgrammeU2035Id, ConfirmedField::FlowU2035Id,
                                          ConfirmedField::ModuleU2035Id, ConfirmedField::ThemeU2035Id};
    return kFields[static_cast<int>(kind)];
}

std::vector<std::vector<Suggestion>> suggest(std::span<const Titled> all, std::span<const KnownId> known,
                                             const std::map<Matched, Rejected>& rejected) {
    const auto isRejected = [&](const Titled& titled, std::int64_t u2035Id) {
        const auto it = rejected.find(titled.kind);
        return it != rejected.end() && it->second.contains({titled.id, std::to_string(u2035Id)});
    };
    std::set<std::pair<Matched, std::int64_t>> held;
    for (const auto& one : all)
        if (one.u2035Id) held.emplace(one.kind, *one.u2035Id);
    std::map<std::pair<Matched, std::string>, std::vector<const KnownId*>> byTitle;
    std::map<std::pair<Matched, RecordId>, std::vector<const KnownId*>> byRecord;
    for (const auto& one : known) {
        if (held.contains({one.kind, one.u2035Id})) continue;
        // Who is named is named: a title that fits others too says nothing then.
        if (one.recordId != 0)
            byRecord[{one.kind, one.recordId}].push_back(&one);
        else if (!one.title.empty())
            byTitle[{one.kind, foldName(one.title)}].push_back(&one);
    }
    std::vector<std::vector<Suggestion>> lists(all.size());
    std::vector<int> scope;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& titled = all[i];
        scope.push_back(static_cast<int>(titled.kind));
        if (titled.u2035Id) continue;
        const auto named = byRecord.find({titled.kind, titled.id});
        if (named != byRecord.end())
            for (const auto* one : named->second)
                if (!isRejected(titled, one->u2035Id))
                    add(lists[i], {std::to_string(one->u2035Id), Why::NamedInTable, one->title, false});
        const auto alike = byTitle.find({titled.kind, foldName(titled.title)});
        if (!lists[i].empty() || titled.title.empty() || alike == byTitle.end()) continue;
        for (const auto* one : alike->second)
            if (!isRejected(titled, one->u2035Id))
                add(lists[i], {std::to_string(one->u2035Id),
                               one->title == titled.title ? Why::SameTitle : Why::SameTitleFold, one->title, false});
    }
    markUnique(lists, scope);
    return lists;
}

std::vector<std::vector<Suggestion>> suggest(std::span<const host::sdk::Learner> without,
                                             std::span<const SpareRow> rows, const std::set<std::string>& held,
                                             const Rejected& rejected) {
    std::unordered_map<std::string, std::vector<const SpareRow*>> byLeader, byEmail;
    std::unordered_map<RecordId, std::vector<const SpareRow*>> byLearner;
    for (const auto& row : rows) {
        if (held.contains(row.untiId)) continue;
        if (row.learnerId != 0) {
            byLearner[row.learnerId].push_back(&row);
            continue;
        }
        if (!row.leaderId.empty()) byLeader[row.leaderId].push_back(&row);
        if (!row.email.empty()) byEmail[common::toLowerAscii(row.email)].push_back(&row);
    }
    std::vector<std::vector<Suggestion>> lists(without.size());
    for (std::size_t i = 0; i < without.size(); ++i) {
        const auto& learner = without[i];
        const auto offer = [&](const SpareRow& row, Why why) {
            if (!rejected.contains({learner.id, row.untiId})) add(lists[i], {row.untiId, why, row.from, false});
        };
        if (const auto it = byLearner.find(learner.id); it != byLearner.end())
            for (const auto* row : it->second) offer(*row, Why::NamedInTable);
        if (!lists[i].empty()) continue;  // who is named is named
        if (const auto it = byLeader.find(learner.leaderId); !learner.leaderId.empty() && it != byLeader.end())
            for (const auto* row : it->second) offer(*row, Why::SameLeaderId);
        const auto it = byEmail.find(common::toLowerAscii(learner.email));
        if (learner.email.empty() || it == byEmail.end()) continue;
        for (const auto* row : it->second) offer(*row, Why::SameEmail);
    }
    markUnique(lists, std::vector<int>(lists.size(), 0));
    return lists;
}

}  // namespace plugin::identities
