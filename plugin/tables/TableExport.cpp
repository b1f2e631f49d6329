#include "plugin/tables/TableExport.h"

#include "plugin/footprint/FlowIndex.h"
#include "plugin/footprint/RecordGate.h"
#include "plugin/footprint/RecordValues.h"
#include "plugin/tables/CellText.h"
#include "plugin/tables/TableOutputs.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

namespace plugin::tables {
namespace {

using namespace host::sdk;
using namespace plugin::footprint;

constexpr auto kTestFolder = "test-contour";

/// "Иванов Иван Иванович"
std::string nameOf(const Learner& learner) {
    std::string name;
    for (const std::string* part : {&learner.lastName, &learner.firstName, &learner.middleName}) {
        if (part->empty()) continue;
        if (!name.empty()) name += ' ';
        name += *part;
    }
    return name;
}

}  // namespace

struct TableExport::Impl {
    /// What is known of one element of the flow at work.
    struct Target {
        const StructurePlace* place = nullptr;
        const TableRows* rows = nullptr;  ///< nullptr: the profile has no table for it
        TableOutput* outputs[2] = {};     ///< by channel; made with the first row
        const Table* table = nullptr;
        std::optional<TableRows::Fixed> fixed;
    };
    /// The flow at work.
    struct Work {
        Work(const ExportSettings& settings, const FlowTables& tables)
            : input(tables),
              index(tables.structure),
              values(settings.profile, settings.organization, settings.project, index,
                     settings.contour == Contour::Test ? std::string() : tables.structure.flow.methodistUntiId),
              gate(index, tables.learners, tables.leftOut, settings.contour, settings.now,
                   settings.profile.policies.viewingMark) {}
        FlowTables input;
        FlowIndex index;
        RecordValues values;
        RecordGate gate;
        std::unordered_map<RecordId, Target> ofResults, ofViews;
        std::unordered_map<RecordId, const Learner*> learners;  ///< made with the first file
    };

    Impl(const ExportSettings& exportSettings, UnsendableSink sink)
        : settings(exportSettings),
          unsendable(std::move(sink)),
          outputs(settings, settings.contour == Contour::Test ? settings.directory / kTestFolder : settings.directory) {
        tableList = settings.profile.tables;
        for (Table& table : tableList) {
            const auto own = settings.templates.find(table.name);
            if (own != settings.templates.end() && own->second.problem.empty()) table.columns = own->second.columns;
        }
        rows.reserve(tableList.size());
        for (const Table& table : tableList) rows.emplace_back(table);
    }

    void flow(const FlowTables& input) {
        // Buffers of other programmes are not needed for now; the memory of a night stays small however many there are.
        outputs.release();
        work = std::make_unique<Work>(settings, input);
    }

    Target& target(Source source, RecordId elementId) {
        auto& targets = source == Source::Result ? work->ofResults : work->ofViews;
        const auto [found, isNew] = targets.try_emplace(elementId);
        if (isNew) found->second = makeTarget(source, elementId);
        return found->second;
    }

    Target makeTarget(Source source, RecordId elementId) const {
        Target target;
        target.place = work->index.element(elementId);
        if (target.place == nullptr) return target;
        for (std::size_t i = 0; i < tableList.size() && target.rows == nullptr; ++i)
            if (tableList[i].from == source && tableList[i].fits(target.place->element->kind)) {
                target.table = &tableList[i];
                target.rows = &rows[i];
            }
        return target;
    }

    template <class Record>
    void refuse(Source source, const Record& record, const Target& target, Refusal refusal) {
        ++manifest.unsendable[refusal.code];
        if (!unsendable) return;
        unsendable({{toString(source), record.id, record.revision},
                    target.table == nullptr ? "" : target.table->name,
                    record.flowId,
                    record.learnerId,
                    std::move(refusal.code),
                    std::move(refusal.field),
                    std::move(refusal.reason),
                    std::move(refusal.fix)});
    }

    template <class Record>
    void add(Source source, const Record& record) {
        manifest.lastChangedAt = std::max(manifest.lastChangedAt, record.changedAt);
        const Told told = toldOf(source, record);
        const bool tables = work->input.channel == Channel::Tables;
        if (record.deleted && (!tables || told == Told::Nothing)) {
            ++manifest.skipped;
            return;
        }
        Target& target = this->target(source, record.elementId);
        if (record.deleted) return refuse(source, record, target, Refusal::of(reasons::kDeletedAfterSending));
        if (record.flowId != work->input.structure.flow.id)
            return refuse(source, record, target, Refusal::of(reasons::kWrongFlow));
        if (target.place == nullptr) return refuse(source, record, target, Refusal::of(reasons::kUnknownElement));
        if (tables && told == Told::Another)
            return refuse(source, record, target, Refusal::of(reasons::kChangedAfterSending));
        if (tables && told == Told::Unknown)
            return refuse(source, record, target, Refusal::of(reasons::kMayHaveArrived));
        if (!isFinal(record, *target.place) || (!tables && told != Told::This)) {
            ++manifest.waiting;
            return;
        }
        if (target.rows == nullptr)
            return refuse(source, record, target,
                          Refusal::of(reasons::kKindNotInProfile, host::sdk::toString(target.place->element->kind)));
        if (const std::string* problem = templateProblem(*target.table))
            return refuse(source, record, target, Refusal::of(reasons::kTemplateNotMapped, *problem));
        const RecordGate::Person& person = work->gate.person(record.learnerId);
        if (person.problem != nullptr)
            return refuse(source, record, target, Refusal::of(*person.problem, person.detail));
        if (target.place->deleted) return refuse(source, record, target, Refusal::of(reasons::kElementDeleted));
        work->values.enter(*target.place);
        work->values.learner(person.untiId, person.leaderId);
        files.clear();
        if (auto refusal = fill(record, person.untiId)) return refuse(source, record, target, std::move(*refusal));
        if (const Reason* wrong = contradictionOf(record)) return refuse(source, record, target, Refusal::of(*wrong));
        if (!target.fixed) target.fixed = target.rows->fix(work->values.values());
        write(source, record, target, told == Told::This ? Channel::Lrs : work->input.channel);
    }

    const std::string* templateProblem(const Table& table) const {
        const auto found = settings.templates.find(table.name);
        return found == settings.templates.end() || found->second.problem.empty() ? nullptr : &found->second.problem;
    }

    template <class Record>
    void write(Source source, const Record& record, Target& target, Channel channel) {
        if (target.fixed->refusal) return refuse(source, record, target, *target.fixed->refusal);
        TableOutput*& chosen = target.outputs[static_cast<std::size_t>(channel)];
        if (chosen == nullptr) chosen = &outputs.of(work->input.structure, *target.table, *target.rows, channel);
        StagedFile& spool = *chosen->spool;
        const RowHead head{source == Source::View, record.id,        record.revision,
                           record.flowId,          record.learnerId, record.at.value_or(0)};
        if (auto refusal =
                target.rows->append(spool.buffer(), *target.fixed, work->values.values(), head, files, owner))
            return refuse(source, record, target, std::move(*refusal));
        ++manifest.rows;
        spool.written();
    }

    template <class Record>
    Told toldOf(Source source, const Record& record) const {
        if (!work->input.delivered) return Told::Nothing;
        return work->input.delivered(toString(source), record.id, record.revision,
                                     work->gate.person(record.learnerId).untiId);
    }
    bool isFinal(const Result& result, const StructurePlace&) const { return result.graded; }
    bool isFinal(const View& view, const StructurePlace& place) const { return work->gate.isFinal(view, place); }
    const Reason* contradictionOf(const Result& result) const {
        return work->gate.contradiction(result, work->values.values());
    }
    const Reason* contradictionOf(const View& view) const { return work->gate.contradiction(view); }

    std::optional<Refusal> fill(const View& view, std::string_view) {
        work->values.view(view);
        return std::nullopt;
    }
    std::optional<Refusal> fill(const Result& result, std::string_view untiId) {
        work->values.result(result);
        if (result.fileIds.empty() || !work->input.files) return std::nullopt;
        for (const RecordId id : result.fileIds) {
            const host::sdk::File* file = work->input.files(id);
            // Where the row needs no file, it would go without one and nobody would know.
            if (file == nullptr || file->deleted || file->sha256.size() != 64) {
                files.clear();
                return isFileNeeded(result) ? std::nullopt : std::optional(Refusal::of(reasons::kFileGone));
            }
            if (const TextFault fault = faultOf(file->name, true); fault != TextFault::None)
                return Refusal::of(fault == TextFault::NotUtf8 ? reasons::kBadText : reasons::kControlCharacter);
            files.push_back({file->name, file->contentType, file->size, file->sha256});
        }
        owner.untiId = untiId;
        owner.name = learnerName(result.learnerId);
        owner.element = work->values.values()[Name::ElementTitle].text;
        for (std::string* text : {&owner.name, &owner.element})
            if (faultOf(*text, true) != TextFault::None) text->clear();
        return std::nullopt;
    }

    /// Then its absence has a reason of its own.
    bool isFileNeeded(const Result& result) {
        const Table* table = target(Source::Result, result.elementId).table;
        return table != nullptr && std::any_of(table->columns.begin(), table->columns.end(), [](const auto& column) {
                   return column.name == Name::ResultFileNames && column.required;
               });
    }

    std::string learnerName(RecordId id) {
        if (work->learners.empty())
            for (const Learner& learner : work->input.learners) work->learners.emplace(learner.id, &learner);
        const auto found = work->learners.find(id);
        return found == work->learners.end() ? std::string() : nameOf(*found->second);
    }

    ExportSettings settings;
    UnsendableSink unsendable;
    TableOutputs outputs;
    std::vector<Table> tableList;  ///< the profile's, with the columns of templates
    std::vector<TableRows> rows;   ///< as `tableList`
    std::unique_ptr<Work> work;
    std::vector<RowFile> files;  ///< of the row at work
    RowPerson owner;
    Manifest manifest;
};

TableExport::TableExport(const ExportSettings& settings, UnsendableSink unsendable)
    : impl_(std::make_unique<Impl>(settings, std::move(unsendable))) {}
TableExport::~TableExport() = default;

void TableExport::flow(const FlowTables& flow) {
    impl_->flow(flow);
}

void TableExport::results(std::span<const Result> results) {
    if (!impl_->work) throw std::logic_error("TableExport: flow() comes before its results.");
    for (const Result& result : results) {
        impl_->manifest.lastResultId = std::max(impl_->manifest.lastResultId, result.id);
        impl_->add(Source::Result, result);
    }
}

void TableExport::views(std::span<const View> views) {
    if (!impl_->work) throw std::logic_error("TableExport: flow() comes before its views.");
    for (const View& view : views) {
        impl_->manifest.lastViewId = std::max(impl_->manifest.lastViewId, view.id);
        impl_->add(Source::View, view);
    }
}

Manifest TableExport::commit() {
    impl_->work.reset();
    return impl_->outputs.commit(std::move(impl_->manifest), impl_->unsendable);
}

}  // namespace plugin::tables
