// UntiIdsApi: what changes learners. Rows are marked first, written then and settled last, each in a transaction of its
// own: after a crash between them the next apply ends what was begun, since a learner who has the row's unti_id already
// is told apart by the mark.

#include "common/JsonReader.h"
#include "common/Text.h"
#include "plugin/api/UntiIdsApi.h"
#include "plugin/api/UntiIdsView.h"

#include <fmt/format.h>

#include <set>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::FieldError;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::UntiIdVerdict;
using identities::RowState;
using identities::UntiReason;
namespace reasons = identities::reasons;

namespace {

constexpr std::size_t kChunk = 1000;  // of one transaction of the records
constexpr std::size_t kMaxErrors = 20;

struct Wish {
    bool allMatched = false;
    std::set<std::int64_t> rows;
    std::set<std::int64_t> overwrite;
};

std::set<std::int64_t> numbersOf(const Poco::Dynamic::Var& value, const std::string& name) {
    const auto wrong = [&] {
        return AppError::validation("The apply is not valid.",
                                    {{"/" + name, "is no list of row numbers", "Give whole numbers, as in [2, 17]."}});
    };
    if (value.type() != typeid(Poco::JSON::Array::Ptr)) throw wrong();
    const auto& array = value.extract<Poco::JSON::Array::Ptr>();
    std::set<std::int64_t> numbers;
    for (const auto& item : *array) {
        if (!item.isInteger() || item.isBoolean()) throw wrong();
        numbers.insert(item.convert<std::int64_t>());
    }
    return numbers;
}

Wish readWish(const std::string& body) {
    const auto object = common::parseJsonObject(body);
    for (const auto& name : object->getNames())
        if (name != "rows" && name != "overwrite")
            throw AppError::validation("The apply is not valid.",
                                       {{fmt::format("/{}", common::beginning(name, 100)), "is not a field of an apply",
                                         "Give 'rows' and 'overwrite' only."}});
    Wish wish;
    const auto rows = object->get("rows");
    if (rows.isString() && rows.extract<std::string>() == "all-matched")
        wish.allMatched = true;
    else if (!rows.isEmpty())
        wish.rows = numbersOf(rows, "rows");
    else
        throw AppError::validation("The apply is not valid.",
                                   {{"/rows", "is missing", "Give \"all-matched\" or row numbers."}});
    if (object->has("overwrite")) wish.overwrite = numbersOf(object->get("overwrite"), "overwrite");
    return wish;
}

/// The rows that a person chose; AppError 422 names those that can't be.
std::vector<store::UntiRow> chosenOf(std::vector<store::UntiRow> eligible, Wish wish) {
    std::vector<store::UntiRow> chosen;
    std::vector<FieldError> errors;
    for (auto& row : eligible) {
        const bool conflicting = row.verdict.state == RowState::Conflicting;
        const bool named = wish.rows.erase(row.number) > 0;
        const bool overwrite = wish.overwrite.erase(row.number) > 0;
        if (conflicting && named && !overwrite)
            errors.push_back({"/rows", fmt::format("names row {}, whose learner has another unti_id", row.number),
                              "Name it in 'overwrite' when that one is wrong."});
        else if (!conflicting && overwrite && !named && !wish.allMatched)
            errors.push_back({"/overwrite", fmt::format("names row {}, where nothing is to be replaced", row.number),
                              "Name it in 'rows'."});
        else if (conflicting ? overwrite : (named || wish.allMatched))
            chosen.push_back(std::move(row));
    }
    for (const auto& [rest, field] : {std::pair(wish.rows, "/rows"), std::pair(wish.overwrite, "/overwrite")})
        for (const auto number : rest)
            errors.push_back({field, fmt::format("names row {}, which can't be applied", number),
                              "Read the row's state and reason in the list of rows."});
    if (errors.size() > kMaxErrors) errors.resize(kMaxErrors);
    if (!errors.empty()) throw AppError::validation("These rows can't be applied.", errors);
    if (chosen.empty())
        throw AppError(
            422, "unti-ids.nothing-to-apply",
            "No row of the import is ready to be applied; read the rows' reasons, mend them and import again.");
    return chosen;
}

store::UntiRowChange changeTo(const store::UntiRow& row, RowState state, const UntiReason* why = nullptr,
                              const std::string& detail = {}) {
    identities::RowVerdict verdict;
    if (why != nullptr) verdict.because(*why, detail);
    return {row.number, state, verdict.code, verdict.reason, verdict.fix, {}};
}

}  // namespace

Response UntiIdsApi::apply(const Request& request) {
    auto import = findUnchanged(request);
    const auto wish = readWish(request.body);
    auto eligible = imports_.rowsIn(import.id, {RowState::Matched, RowState::Conflicting, RowState::Applying});
    const auto rows = begin(import, chosenOf(std::move(eligible), wish));
    const auto outcome = assign(import, rows, request.principal.login);
    return ended(request, "unti-ids.applied", outcome);
}

Response UntiIdsApi::undo(const Request& request) {
    const auto import = findUnchanged(request);
    const auto rows = imports_.rowsIn(import.id, {RowState::Applied});
    if (rows.empty())
        throw AppError(422, "unti-ids.nothing-to-undo", "This import has written nothing that could be taken back.");
    if (!imports_.change(import.id, import.revision, {}))
        changedMeanwhile(*imports_.find(import.organization, import.id));
    return ended(request, "unti-ids.undone", takeBack(import, rows, request.principal.login));
}

store::UntiImport UntiIdsApi::findUnchanged(const Request& request) {
    auto import = find(request);
    const auto expected = host::sdk::ifMatch(request);
    if (expected && *expected != import.revision) changedMeanwhile(import);
    return import;
}

void UntiIdsApi::changedMeanwhile(const store::UntiImport& current) {
    common::JsonWriter json;
    writeImport(json, current);
    throw AppError(412, "precondition-failed",
                   fmt::format("The import was changed meanwhile: it is at revision {}. Read it again, then repeat.",
                               current.revision))
        .withCurrent(json.take());
}

/// Marks the rows and notes whose each learner's earlier unti_id was; the rows keep the state they had.
std::vector<store::UntiRow> UntiIdsApi::begin(const store::UntiImport& import, std::vector<store::UntiRow> chosen) {
    std::map<host::sdk::RecordId, std::string> ofPersons;
    for (const auto& one : records_.assignedUntiIds(import.organization))
        if (one.test == (import.contour == "test")) ofPersons[one.learnerId] = one.untiId;
    std::vector<store::UntiRowChange> marks;
    for (auto& row : chosen) {
        auto mark = changeTo(row, RowState::Applying);
        if (row.verdict.state != RowState::Applying) {
            const auto it = ofPersons.find(row.verdict.learnerId);
            row.previousAssigned = it != ofPersons.end() && it->second == row.verdict.previous;
            mark.previousAssigned = row.previousAssigned;
        }
        marks.push_back(std::move(mark));
    }
    if (!imports_.change(import.id, import.revision, marks))
        changedMeanwhile(*imports_.find(import.organization, import.id));
    return chosen;
}

UntiIdsApi::Outcome UntiIdsApi::assign(const store::UntiImport& import, const std::vector<store::UntiRow>& rows,
                                       const std::string& who) {
    std::vector<store::UntiRowChange> changes;
    Outcome outcome;
    for (std::size_t from = 0; from < rows.size(); from += kChunk) {
        std::vector<host::sdk::UntiIdAssignment> wanted;
        const auto to = std::min(rows.size(), from + kChunk);
        for (std::size_t i = from; i < to; ++i)
            wanted.push_back(
                {rows[i].verdict.learnerId, import.contour == "test", rows[i].untiId, rows[i].verdict.previous});
        const auto outcomes = records_.assignUntiIds(import.organization, wanted, who);
        for (std::size_t i = from; i < to; ++i) {
            const auto& row = rows[i];
            const auto& [verdict, other] = outcomes.at(i - from);
            switch (verdict) {
                case UntiIdVerdict::Assigned:
                    changes.push_back(changeTo(row, RowState::Applied));
                    break;
                case UntiIdVerdict::Same:
                    // Begun before and cut off: it was this import that set it.
                    changes.push_back(
                        changeTo(row, row.verdict.state == RowState::Applying ? RowState::Applied : RowState::Same));
                    break;
                case UntiIdVerdict::NoLearner:
                    changes.push_back(changeTo(row, RowState::Refused, &reasons::kLearnerGone));
                    break;
                case UntiIdVerdict::Taken: {
                    const auto holder = records_.learner(import.organization, other);
                    changes.push_back(
                        changeTo(row, RowState::Refused, &reasons::kTaken, holder ? holder->externalId : ""));
                    break;
                }
                case UntiIdVerdict::NotValid:
                    changes.push_back(changeTo(row, RowState::Refused, &reasons::kBadUntiId, row.untiId));
                    break;
                case UntiIdVerdict::Changed:
                case UntiIdVerdict::TakenBack:
                    changes.push_back(changeTo(row, RowState::Refused, &reasons::kChangedMeanwhile));
                    break;
            }
            ++outcome[toString(changes.back().state)];
        }
    }
    imports_.change(import.id, import.revision + 1, changes, store::UntiStep::Applied, who);
    return outcome;
}

UntiIdsApi::Outcome UntiIdsApi::takeBack(const store::UntiImport& import, const std::vector<store::UntiRow>& rows,
                                         const std::string& who) {
    std::vector<store::UntiRowChange> changes;
    Outcome outcome;
    const bool test = import.contour == "test";
    for (std::size_t from = 0; from < rows.size(); from += kChunk) {
        std::vector<host::sdk::UntiIdAssignment> wanted;
        const auto to = std::min(rows.size(), from + kChunk);
        for (std::size_t i = from; i < to; ++i)
            wanted.push_back({rows[i].verdict.learnerId, test,
                              rows[i].previousAssigned ? rows[i].verdict.previous : std::string(), rows[i].untiId});
        const auto outcomes = records_.assignUntiIds(import.organization, wanted, who);
        for (std::size_t i = from; i < to; ++i) {
            const auto& row = rows[i];
            const auto& [verdict, other] = outcomes.at(i - from);
            if (verdict == UntiIdVerdict::TakenBack || verdict == UntiIdVerdict::Assigned ||
                verdict == UntiIdVerdict::Same) {
                changes.push_back(changeTo(row, RowState::Undone));
            } else if (verdict == UntiIdVerdict::Taken) {
                const auto holder = records_.learner(import.organization, other);
                changes.push_back(
                    changeTo(row, RowState::Kept, &reasons::kTakenMeanwhile, holder ? holder->externalId : ""));
            } else {
                changes.push_back(
                    changeTo(row, RowState::Kept,
                             verdict == UntiIdVerdict::NoLearner ? &reasons::kLearnerGone : &reasons::kSourceChanged));
            }
            ++outcome[toString(changes.back().state)];
        }
    }
    imports_.change(import.id, import.revision + 1, changes, store::UntiStep::Undone, who);
    return outcome;
}

Response UntiIdsApi::ended(const Request& request, const std::string& action, const Outcome& outcome) {
    const auto import = find(request);
    common::JsonWriter told;
    told.object();
    for (const auto& [name, count] : outcome) told.member(name, count);
    journal_.append({import.organization, request.principal.login, request.clientAddress, action,
                     fmt::format("learners/unti-ids/{}", import.id), told.end().take(), request.requestId});
    common::JsonWriter json;
    writeImport(json, import, &outcome);
    auto response = Response::json(json.take());
    return response.etag(import.revision);
}

}  // namespace plugin::api
