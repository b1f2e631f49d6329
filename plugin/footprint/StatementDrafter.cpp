#include "plugin/footprint/StatementDrafter.h"

#include "common/Sha256.h"
#include "plugin/footprint/PersonDigest.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace plugin::footprint {

using namespace host::sdk;

StatementDrafter::StatementDrafter(const PlanInput& input, const FlowIndex& index, const std::string& methodist)
    : input_(input),
      values_(input.profile, input.organization, input.project, index, methodist),
      ids_(input.installationId),
      idPrefix_(fmt::format("{}|{}|{}|", input.organization.id, input.project.id, input.structure.flow.id)) {
    for (const StatementKind& kind : input.profile.statements)
        bySource_[static_cast<std::size_t>(kind.from)].push_back(&kind);
}

const StatementKind* StatementDrafter::choose(Source source) const {
    const Element* element = at_ == nullptr ? nullptr : at_->element;
    for (const StatementKind* kind : kindsOf(source))
        if ((element == nullptr || kind->fits(element->kind)) && allHold(kind->when, values_.values())) return kind;
    return nullptr;
}

bool StatementDrafter::asks(Source source, ElementKind element) const {
    const auto& kinds = kindsOf(source);
    return std::any_of(kinds.begin(), kinds.end(), [&](const StatementKind* kind) { return kind->fits(element); });
}

void StatementDrafter::enter(const StructurePlace& where) {
    if (at_ == &where) return;
    at_ = &where;
    values_.enter(where);
    workIds_ = {};
    materialIds_ = where.element == nullptr ? std::span<const RecordId>() : where.element->fileIds;
    values_.values().setFiles(Name::ResultFiles, {});
    if (where.element != nullptr)
        place(Name::ElementFiles, where.element->fileIds, materials_);
    else
        values_.values().setFiles(Name::ElementFiles, {});
}

void StatementDrafter::files(const Result& result) {
    workIds_ = result.fileIds;
    place(Name::ResultFiles, result.fileIds, works_);
}

void StatementDrafter::place(Name list, const std::vector<RecordId>& ids, std::vector<PlacedFile>& out) {
    out.clear();
    if (input_.files)
        for (const RecordId id : ids)
            if (const PlacedFile* file = input_.files(id)) out.push_back(*file);
    // All of a work or nothing: a statement that names half of the files would be taken for the whole.
    if (out.size() < ids.size()) out.clear();
    values_.values().setFiles(list, out);
}

std::string StatementDrafter::statementId(const StatementKind& kind, std::string_view record, int attempt,
                                          std::int64_t revision, int cancels) {
    name_.assign(idPrefix_);
    fmt::format_to(std::back_inserter(name_), "{}|{}|{}|{}", kind.name, record, attempt, revision);
    if (cancels > 0) fmt::format_to(std::back_inserter(name_), "+{}", cancels);
    return ids_.v5(name_);
}

/// The first thing known of what keeps a file from its place.
std::string StatementDrafter::problemOf(std::span<const RecordId> ids) const {
    if (!input_.fileProblem) return {};
    for (const RecordId id : ids)
        if (auto problem = input_.fileProblem(id); !problem.empty()) return problem;
    return {};
}

/// Files that the statement should carry and can't.
std::optional<Refusal> StatementDrafter::missingFiles(const StatementKind& kind) {
    const std::pair<Name, std::span<const RecordId>> lists[] = {{Name::ResultFiles, workIds_},
                                                                {Name::ElementFiles, materialIds_}};
    for (const auto& [list, ids] : lists) {
        if (ids.empty() || !kind.body.uses(list)) continue;
        if (!input_.files) {
            if (input_.profile.policies.filesWithoutStorage == FilesWithoutStorage::Hold)
                return Refusal::of(reasons::kNoStorage);
            ++filesLeftOut_;
            continue;
        }
        const auto placed = values_.values().files(list);
        if (placed.empty() ||
            std::any_of(placed.begin(), placed.end(), [](const PlacedFile& f) { return f.url.empty(); }))
            return Refusal::of(reasons::kFileNotInStorage, problemOf(ids));
    }
    return std::nullopt;
}

std::optional<Refusal> StatementDrafter::render(const StatementKind& kind, StatementDraft& draft) {
    values_.statement(draft.statementId, draft.timestamp);
    if (auto refusal = missingFiles(kind)) return refusal;
    draft.bytes.reserve(1536);
    if (const auto failure = kind.body.render(values_.values(), draft.bytes)) return Refusal::failed(*failure);
    if (draft.bytes.size() + 2 > static_cast<std::size_t>(input_.profile.limits.bytes))
        return Refusal::of(reasons::kTooLarge, fmt::format("{} байт", draft.bytes.size()));
    // A diary refers to its block, a cancellation to what it cancels: each to what it depends on.
    const Expectation expected{input_.now, kind.graded, draft.dependsOn, kind.contextExtensions};
    if (const auto broken = validator_.check(draft.bytes, expected)) {
        Refusal refusal =
            Refusal::of(reasons::kInvalidStatement, fmt::format("правило {} ({})", broken->rule, broken->reason));
        refusal.field = broken->pointer;
        return refusal;
    }
    return std::nullopt;
}

std::string StatementDrafter::learnerDigest(Source source) {
    static constexpr Name names[] = {
        Name::ProfileProject, Name::ProgrammeId,       Name::FlowId,        Name::ModuleNumber,  Name::ResultRaw,
        Name::ResultMin,      Name::ResultMax,         Name::ResultSuccess, Name::ResultAttempt, Name::ViewPercent,
        Name::ViewWatched,    Name::OpeningDownloaded, Name::ReflectionText};
    // What the record before left behind is no fact of this one.
    std::vector<Name> own;
    for (const Name one : names)
        if ((placeholder(one).scopes & scopeOf(source)) != 0) own.push_back(one);
    return personPart(values_.values()[Name::LearnerUntiId].text) +
           common::Sha256::hex(factsOf(own)).substr(0, kDigestPart);
}

std::string StatementDrafter::structureDigest(const StatementKind& kind) {
    std::vector<Name> names;
    for (std::size_t i = 0; i < kNameCount; ++i) {
        const auto one = static_cast<Name>(i);
        // A list counts as a whole; what its last item left behind, of whichever statement, is no fact of this one.
        if ((placeholder(one).scopes & ~(kFileScope | kPersonScope)) == 0) continue;
        if (one != Name::StatementId && one != Name::StatementTimestamp && kind.body.uses(one)) names.push_back(one);
    }
    return common::Sha256::hex(factsOf(names)).substr(0, kDigestPart);
}

std::string StatementDrafter::factsOf(const std::vector<Name>& names) {
    const Values& values = values_.values();
    std::string text;
    for (const Name one : names) {
        const Value& value = values[one];
        if (!value.present) continue;
        fmt::format_to(std::back_inserter(text), "{}=", placeholder(one).text);
        switch (placeholder(one).type) {
            case ValueType::Integer:
            case ValueType::Duration:
            case ValueType::Time:
                fmt::format_to(std::back_inserter(text), "{}", value.integer);
                break;
            case ValueType::Number:
                fmt::format_to(std::back_inserter(text), "{}", value.number);
                break;
            case ValueType::Boolean:
                text += value.boolean ? "true" : "false";
                break;
            case ValueType::TextList:
                text += fmt::format("{}", fmt::join(values.texts(one), "\n"));
                break;
            case ValueType::FileList:
                for (const PlacedFile& file : values.files(one)) text += file.sha256 + ",";
                break;
            default:
                text += value.text;
        }
        text += '\n';
    }
    return text;
}

}  // namespace plugin::footprint
