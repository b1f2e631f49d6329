#include "plugin/tables/TableOutputs.h"

#include "plugin/tables/ManifestJson.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace plugin::tables {
namespace {

using namespace host::sdk;
using namespace plugin::footprint;

constexpr auto kAlreadySentFolder = "already-sent";

void makeFolder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw AppError(
            500, "tables.write",
            fmt::format("The tables' folder '{}' could not be made: {}; check the permissions of the module's folder.",
                        folder.filename().string(), error.message()));
}

/// A file went missing, or changed, before it was packed.
void refuse(Manifest& manifest, const UnsendableSink& unsendable, const TableOutput& output, RefusedRow&& row) {
    --manifest.rows;
    ++manifest.unsendable[row.refusal.code];
    if (!unsendable) return;
    unsendable({{toString(row.head.isView ? Source::View : Source::Result), row.head.recordId, row.head.revision},
                output.table->name,
                row.head.flowId,
                row.head.learnerId,
                std::move(row.refusal.code),
                std::move(row.refusal.field),
                std::move(row.refusal.reason),
                std::move(row.refusal.fix)});
}

void list(Manifest& manifest, const TableOutput& output, const Pair& pair) {
    const bool upload = output.channel == Channel::Tables;
    TablePair listed{pair.name,
                     output.table->name,
                     output.table->title,
                     toString(output.channel),
                     output.programmeId,
                     pair.rows,
                     pair.artifacts,
                     pair.overLimit,
                     {},
                     pair.from,
                     pair.to};
    if (upload) listed.spool = std::string(kSpoolFolder) + "/" + output.spool->path().filename().string();
    manifest.pairs.push_back(std::move(listed));
    for (const PairFile& file : pair.files)
        manifest.files.push_back({file.path, pair.name, toString(file.role), file.format, output.table->name,
                                  output.table->title, toString(output.channel), output.programmeId, file.rows,
                                  file.bytes, file.sha256});
}

}  // namespace

TableOutputs::TableOutputs(const ExportSettings& settings, std::filesystem::path folder)
    : settings_(&settings), folder_(std::move(folder)) {
    makeFolder(folder_ / kSpoolFolder);
}

TableOutputs::~TableOutputs() {
    // Only what is empty goes; what is staged removes itself before.
    outputs_.clear();
    std::error_code ignored;
    if (!committed_) std::filesystem::remove(folder_ / kSpoolFolder, ignored);
}

void TableOutputs::release() {
    for (auto& [key, output] : outputs_) output.spool->release();
}

TableOutput& TableOutputs::of(const FlowStructure& structure, const Table& table, const TableRows& rows,
                              Channel channel) {
    const RecordId flowId = table.perFlow ? structure.flow.id : 0;
    const auto [found, isNew] = outputs_.try_emplace({&table, structure.programme.id, flowId, channel});
    TableOutput& output = found->second;
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
    if (!stems_.insert(stem).second) {
        stem += fmt::format("-p{}", structure.programme.id);
        if (table.perFlow) stem += fmt::format("-f{}", structure.flow.id);
        stems_.insert(stem);
    }
    output.stem = std::move(stem);
    if (sent) makeFolder(folder_ / kAlreadySentFolder);
    SpoolHeader header{table.name,        table.title, settings_->organization.timeZone, {table.xlsx, table.csv},
                       rows.namesFiles(), {}};
    for (const TableColumn& column : table.columns) header.columns.push_back(column.title);
    const std::string name = std::filesystem::path(output.stem).filename().string() + ".rows";
    output.spool = std::make_unique<StagedFile>(folder_ / kSpoolFolder / name, StagedFile::Hash::None);
    spool::appendHeader(output.spool->buffer(), header);
    return output;
}

PairLimits TableOutputs::limitsOf(const Table& table) const {
    const PairLimits& own = settings_->limits;
    return {own.rows > 0 ? own.rows : table.maxRows, own.bytes > 0 ? own.bytes : table.maxBytes,
            own.archiveBytes > 0 ? own.archiveBytes : table.archiveBytes};
}

std::vector<Pair> TableOutputs::cut(const TableOutput& output) const {
    // What went through the LRS is not uploaded: no archive, and nothing to split.
    const bool upload = output.channel == Channel::Tables;
    // Not synced: a spool that a power failure takes is only missed when a pair is split, and told then.
    output.spool->release();
    SpoolReader spool(output.spool->staged());
    std::unique_ptr<FilePacker> packer;
    if (upload && settings_->open && spool.header().namesFiles) packer = packFromStore(settings_->open);
    return cutPairs(spool, spool.firstRow(), static_cast<std::uint64_t>(output.spool->bytes()),
                    {folder_, folder_ / kSpoolFolder, limitsOf(*output.table), settings_->now, packer.get(),
                     [&](std::size_t number) {
                         return number == 0 ? output.stem : fmt::format("{}-part{}", output.stem, number + 1);
                     }});
}

Manifest TableOutputs::commit(Manifest manifest, const UnsendableSink& unsendable) {
    const std::vector<std::string> before = filesOfManifest(folder_);
    std::vector<std::function<void()>> publish;
    std::vector<std::unique_ptr<StagedFile>> notes;
    std::set<std::string> written;
    bool sent = false;
    for (auto& [key, output] : outputs_) {
        bool any = false;
        for (Pair& pair : cut(output)) {
            for (RefusedRow& row : pair.refused) refuse(manifest, unsendable, output, std::move(row));
            // A table whose every row was refused has nothing to say.
            if (pair.rows == 0) continue;
            any = true;
            list(manifest, output, pair);
            for (PairFile& file : pair.files) {
                written.insert(file.path);
                publish.push_back(std::move(file.publish));
            }
        }
        if (!any) continue;
        if (output.channel == Channel::Lrs) {
            sent = true;
            continue;
        }
        written.insert(std::string(kSpoolFolder) + "/" + output.spool->path().filename().string());
        publish.emplace_back([spool = output.spool.get()] { spool->publish(); });
    }
    std::sort(manifest.files.begin(), manifest.files.end(),
              [](const TableFile& a, const TableFile& b) { return a.path < b.path; });
    std::sort(manifest.pairs.begin(), manifest.pairs.end(),
              [](const TablePair& a, const TablePair& b) { return a.name < b.name; });
    manifest.json = manifestJson(*settings_, manifest);
    if (sent) notes.push_back(note(folder_ / kAlreadySentFolder / "README.txt", fmt::format("{}\r\n", kAlreadySent)));
    notes.push_back(note(folder_ / "manifest.json", manifest.json));
    // Everything is on the disk; from here on only names change, the manifest's last.
    for (const auto& one : publish) one();
    for (auto& file : notes) file->publish();
    committed_ = true;
    for (const std::string& path : before)
        if (written.count(path) == 0) removeOfManifest(folder_, path);
    if (sent) syncFolder(folder_ / kAlreadySentFolder);
    syncFolder(folder_ / kSpoolFolder);
    syncFolder(folder_);
    return manifest;
}

std::unique_ptr<StagedFile> TableOutputs::note(const std::filesystem::path& path, const std::string& text) const {
    auto file = std::make_unique<StagedFile>(path, StagedFile::Hash::None);
    file->buffer() += text;
    file->finish();
    return file;
}

}  // namespace plugin::tables
