#include "plugin/delivery/TableWriting.h"

#include "plugin/delivery/UnsendableBuffer.h"
#include "plugin/tables/ColumnMatching.h"
#include "plugin/tables/TableExport.h"

namespace plugin::delivery {

namespace {

/// The files of one page's results.
class PageFiles {
public:
    explicit PageFiles(const NightParts& parts, const std::string& organization)
        : parts_(parts), organization_(organization) {}

    void load(std::span<const host::sdk::Result> page) {
        files_.clear();
        std::vector<host::sdk::RecordId> ids;
        for (const auto& result : page) ids.insert(ids.end(), result.fileIds.begin(), result.fileIds.end());
        if (ids.empty()) return;
        for (auto& file : parts_.records.files(organization_, ids)) files_.emplace(file.id, std::move(file));
    }

    const host::sdk::File* find(host::sdk::RecordId id) const {
        auto it = files_.find(id);
        return it == files_.end() ? nullptr : &it->second;
    }

private:
    const NightParts& parts_;
    const std::string& organization_;
    std::map<host::sdk::RecordId, host::sdk::File> files_;
};

tables::DeliveredLookup lookupIn(store::DeliveredRecords& delivered) {
    return [&delivered](const char* kind, host::sdk::RecordId id, std::int64_t revision, std::string_view untiId) {
        const auto* found = delivered.find(kind, id);
        if (found == nullptr) return tables::Told::Nothing;
        if (!found->accepted) return tables::Told::Unknown;
        const bool same = found->revision == revision && footprint::isOfPerson(found->digest, untiId);
        return same ? tables::Told::This : tables::Told::Another;
    };
}

/// What is asked of this run comes first, then what the server is set to; the profile's is the export's own to know.
tables::PairLimits limitsOf(const NightParts& parts, const NightArguments& arguments) {
    const tables::PairLimits& run = arguments.limits;
    const tables::PairLimits& server = parts.tableLimits;
    return {run.rows > 0 ? run.rows : server.rows, run.bytes > 0 ? run.bytes : server.bytes,
            run.archiveBytes > 0 ? run.archiveBytes : server.archiveBytes};
}

}  // namespace

std::vector<tables::MappedColumn> mappedColumns(const store::TableTemplate& own) {
    std::vector<tables::MappedColumn> columns;
    for (const auto& column : own.columns) {
        const bool empty = column.decision == store::TemplateColumn::kEmpty;
        columns.push_back({column.title, empty ? std::string() : column.decision, empty});
    }
    return columns;
}

namespace {

std::map<std::string, tables::TemplateColumns> templatesOf(const NightParts& parts, const ProjectNight& project,
                                                           const std::string& organization) {
    std::map<std::string, tables::TemplateColumns> templates;
    for (const auto& [element, own] : parts.templates.ofProject(organization, project.project.id))
        for (const auto& table : project.profile->tables)
            if (table.name == element)
                templates.emplace(element, tables::templateColumns(mappedColumns(own), own.leftOut, table));
    return templates;
}

}  // namespace

std::filesystem::path exportFolder(const std::filesystem::path& exports, const std::string& organization,
                                   std::int64_t runId) {
    return exports / organization / std::to_string(runId);
}

const char* tablesOrigin(const NightArguments& arguments) {
    return arguments.contour == footprint::Contour::Test ? "test-tables" : "tables";
}

WrittenTables writeTables(const NightParts& parts, Night& night, const ProjectNight& project) {
    const auto& organization = night.organization.id;
    UnsendableBuffer unsendable(parts, night, tablesOrigin(night.arguments), project.project.id);
    bool listed = true;  // what an lrs flow can't tell is on the list already, from its statements
    const tables::ExportSettings settings{
        .profile = *project.profile,
        .organization = night.organization,
        .project = project.project,
        .contour = night.arguments.contour,
        .now = parts.clock.now(),
        .directory = exportFolder(parts.exportsFolder, organization, night.runId) / project.project.id,
        .limits = limitsOf(parts, night.arguments),
        .open = [&](const std::string& sha256) { return parts.files.open(organization, sha256); },
        .templates = templatesOf(parts, project, organization)};
    tables::TableExport tables(settings, [&](footprint::Unsendable&& why) {
        if (listed) unsendable.add(std::move(why));
    });
    PageFiles files(parts, organization);
    parts.runs.expect(night.runId, static_cast<std::int64_t>(project.flows.size()));
    for (const auto& flow : project.flows) {
        if (night.stopped()) return {};
        const FlowDone done(parts, night);
        auto structure = parts.records.structure(organization, flow.id);
        if (!structure) continue;
        auto learners = parts.records.learners(organization, flow.id);
        listed = flow.channel == footprint::Channel::Tables;
        store::DeliveredRecords delivered(parts.database);
        tables.flow({.structure = *structure,
                     .learners = learners,
                     .channel = flow.channel,
                     .leftOut = &project.scope.leftOutLearners,
                     .delivered = night.arguments.contour == footprint::Contour::Test ? tables::DeliveredLookup()
                                                                                      : lookupIn(delivered),
                     .files = [&](host::sdk::RecordId id) { return files.find(id); }});
        parts.records.results(organization, flow.id, 0, [&](std::span<const host::sdk::Result> page) {
            files.load(page);
            tables.results(page);
            return !night.stopped();
        });
        parts.records.views(organization, flow.id, 0, [&](std::span<const host::sdk::View> page) {
            tables.views(page);
            return !night.stopped();
        });
    }
    if (night.stopped()) return {};
    listed = true;  // a file that went missing refuses a row of a tables flow
    parts.at("tables-staged");
    auto manifest = tables.commit();
    parts.at("tables-committed");
    unsendable.flush();
    night.count("tableRows", manifest.rows);
    night.count("tableFiles", static_cast<std::int64_t>(manifest.files.size()));
    night.count("tableNotFinal", manifest.waiting);
    night.count("tableSkipped", manifest.skipped);
    return {static_cast<int>(manifest.files.size()), manifest.rows};
}

}  // namespace plugin::delivery
