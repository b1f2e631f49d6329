#include "plugin/tables/TableExport.h"

#include "common/Text.h"
#include "plugin/footprint/FlowIndex.h"
#include "plugin/footprint/RecordGate.h"
#include "plugin/footprint/RecordValues.h"
#include "plugin/tables/CsvFile.h"
#include "plugin/tables/ManifestJson.h"
#include "plugin/tables/TableRows.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <system_error>
#include <tuple>
#include <unordered_map>

namespace plugin::tables {
namespace {

using namespace host::sdk;
using namespace plugin::footprint;

constexpr auto kAlreadySentFolder = "already-sent";
constexpr auto kTestFolder = "test-contour";

void makeFolder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw AppError(
            500, "tables.write",
            fmt::format("The tables' folder '{}' could not be made: {}; check the permissions of the module's folder.",
                        folder.filename().string(), error.message()));
}

/// `.pdf` of a file's name, only where it can stand in an archive: no Cyrillic, no blanks.
std::string extensionOf(const std::string& name) {
    const auto dot = name.rfind('.');
    if (dot == std::string::npos || dot + 1 == name.size()) return {};
    const std::string extension = common::toLowerAscii(name.substr(dot + 1));
    const bool plain = std::all_of(extension.begin(), extension.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    return plain ? "." + extension : std::string();
}

/// Rows of one table, programme (or flow) and channel; more than one file where the profile splits.
struct Output {
    const Table* table = nullptr;
    std::string stem;  ///< path without part number and .csv
    Channel channel = Channel::Tables;
    RecordId programmeId = 0;
    std::vector<std::unique_ptr<CsvFile>> parts;
    std::vector<TableFile> files;
};

}  // namespace

struct TableExport::Impl {
    /// What is known of one element of the flow at work.
    struct Target {
        const StructurePlace* place = nullptr;
        const TableRows* rows = nullptr;  ///< nullptr: the profile has no table for it
        Output* outputs[2] = {};          ///< by channel; made with the first row
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
    };
    using OutputKey = std::tuple<const Table*, RecordId, RecordId, Channel>;

    Impl(const ExportSettings& exportSettings, UnsendableSink sink)
        : settings(exportSettings), unsendable(std::move(sink)) {
        folder = settings.contour == Contour::Test ? settings.directory / kTestFolder : settings.directory;
        makeFolder(folder);
        rows.reserve(settings.profile.tables.size());
        for (const Table& table : settings.profile.tables) rows.emplace_back(table);
    }

    void flow(const FlowTables& tables) {
        // Buffers of other programmes are not needed for now; the memory of a night stays small however many there are.
        for (auto& [key, output] : outputs)
            for (auto& part : output.parts) part->release();
        work = std::make_unique<Work>(settings, tables);
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
        const auto& tables = settings.profile.tables;
        for (std::size_t i = 0; i < tables.size() && target.rows == nullptr; ++i)
            if (tables[i].from == source && tables[i].fits(target.place->element->kind)) {
                target.table = &tables[i];
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
        const RecordGate::Person& person = work->gate.person(record.learnerId);
        if (person.problem != nullptr)
            return refuse(source, record, target, Refusal::of(*person.problem, person.detail));
        if (target.place->deleted) return refuse(source, record, target, Refusal::of(reasons::kElementDeleted));
        work->values.enter(*target.place);
        work->values.learner(person.untiId);
        fill(record, person.untiId);
        if (const Reason* wrong = contradictionOf(record)) return refuse(source, record, target, Refusal::of(*wrong));
        if (!target.fixed) target.fixed = target.rows->fix(work->values.values());
        write(source, record, target, told == Told::This ? Channel::Lrs : work->input.channel);
    }

    template <class Record>
    void write(Source source, const Record& record, Target& target, Channel channel) {
        if (target.fixed->refusal) return refuse(source, record, target, *target.fixed->refusal);
        Output*& chosen = target.outputs[static_cast<std::size_t>(channel)];
        if (chosen == nullptr) chosen = &output(*target.table, channel);
        Output& output = *chosen;
        const std::int64_t limit = output.table->maxRows;
        if (output.parts.empty() || (limit > 0 && output.files.back().rows >= limit)) newPart(output, *target.rows);
        CsvFile& file = *output.parts.back();
        if (auto refusal = target.rows->append(file.buffer(), *target.fixed, work->values.values()))
            return refuse(source, record, target, std::move(*refusal));
        ++output.files.back().rows;
        ++manifest.rows;
        file.written();
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

    void fill(const View& view, std::string_view) { work->values.view(view); }
    void fill(const Result& result, std::string_view untiId) {
        work->values.result(result);
        if (result.fileIds.empty() || !work->input.files) return;
        fileNames.clear();
        for (const RecordId id : result.fileIds) {
            const host::sdk::File* file = work->input.files(id);
            if (file == nullptr || file->sha256.size() < 16) return;
            if (!fileNames.empty()) fileNames += ';';
            fileNames += fmt::format("{}-{}{}", untiId, file->sha256.substr(0, 16), extensionOf(file->name));
        }
        work->values.values().setText(Name::ResultFileNames, fileNames);
    }

    Output& output(const Table& table, Channel channel) {
        const FlowStructure& structure = work->input.structure;
        const RecordId flowId = table.perFlow ? structure.flow.id : 0;
        const auto [found, isNew] = outputs.try_emplace({&table, structure.programme.id, flowId, channel});
        Output& output = found->second;
        if (!isNew) return output;
        output.table = &table;
        output.channel = channel;
        output.programmeId = structure.programme.id;
        const bool sent = output.channel == Channel::Lrs;
        std::string stem = fmt::format("{}{}{}-{}", sent ? kAlreadySentFolder : "", sent ? "/" : "", table.name,
                                       structure.programme.u2035Id.value_or(0));
        if (table.perFlow) stem += fmt::format("-flow{}", structure.flow.u2035Id.value_or(0));
        if (sent) stem += "-already-sent";
        // Two programmes can carry the same id of University 2035, by mistake or in two years.
        if (!stems.insert(stem).second) {
            stem += fmt::format("-p{}", structure.programme.id);
            if (table.perFlow) stem += fmt::format("-f{}", structure.flow.id);
            stems.insert(stem);
        }
        output.stem = std::move(stem);
        if (sent) makeFolder(folder / kAlreadySentFolder);
        return output;
    }

    void newPart(Output& output, const TableRows& tableRows) {
        const std::size_t number = output.parts.size() + 1;
        const std::string path = number == 1 ? output.stem + ".csv" : fmt::format("{}-part{}.csv", output.stem, number);
        if (!output.parts.empty()) output.parts.back()->release();
        output.parts.push_back(std::make_unique<CsvFile>(folder / path));
        output.parts.back()->buffer() += tableRows.header();
        output.files.push_back(
            {path, output.table->name, output.table->title, toString(output.channel), output.programmeId, 0, 0, {}});
    }

    Manifest commit() {
        const std::vector<std::string> before = filesOfManifest(folder);
        std::vector<std::unique_ptr<CsvFile>> notes;
        std::set<std::string> written;
        bool sent = false;
        for (auto& [key, output] : outputs)
            for (std::size_t i = 0; i < output.parts.size(); ++i) {
                TableFile& file = output.files[i];
                // A file whose every row was refused has nothing to say.
                if (file.rows == 0) continue;
                output.parts[i]->finish();
                file.bytes = output.parts[i]->bytes();
                file.sha256 = output.parts[i]->sha256();
                written.insert(file.path);
                sent = sent || output.channel == Channel::Lrs;
                manifest.files.push_back(file);
            }
        std::sort(manifest.files.begin(), manifest.files.end(),
                  [](const TableFile& a, const TableFile& b) { return a.path < b.path; });
        manifest.json = manifestJson(settings, manifest);
        if (sent)
            notes.push_back(note(folder / kAlreadySentFolder / "README.txt", fmt::format("{}\r\n", kAlreadySent)));
        notes.push_back(note(folder / "manifest.json", manifest.json));
        // Everything is on the disk; from here on only names change, the manifest's last.
        for (auto& [key, output] : outputs)
            for (std::size_t i = 0; i < output.parts.size(); ++i)
                if (output.files[i].rows > 0) output.parts[i]->publish();
        for (auto& file : notes) file->publish();
        for (const std::string& path : before)
            if (written.count(path) == 0) removeOld(path);
        if (sent) syncFolder(folder / kAlreadySentFolder);
        syncFolder(folder);
        return manifest;
    }

    std::unique_ptr<CsvFile> note(const std::filesystem::path& path, const std::string& text) const {
        auto file = std::make_unique<CsvFile>(path);
        file->buffer() += text;
        file->finish();
        return file;
    }

    /// A table of an earlier night that this one does not have: left there, it would be uploaded again.
    void removeOld(const std::string& path) const {
        const std::filesystem::path relative(path);
        const bool ours =
            relative.extension() == ".csv" && path.find("..") == std::string::npos && relative.is_relative();
        std::error_code ignored;
        if (ours) std::filesystem::remove(folder / relative, ignored);
    }

    ExportSettings settings;
    UnsendableSink unsendable;
    std::filesystem::path folder;
    std::vector<TableRows> rows;  ///< as the profile's tables
    std::map<OutputKey, Output> outputs;
    std::set<std::string> stems;
    std::unique_ptr<Work> work;
    std::string fileNames;
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
    return impl_->commit();
}

}  // namespace plugin::tables
