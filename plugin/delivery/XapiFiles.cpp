#include "plugin/delivery/XapiFiles.h"

#include "plugin/delivery/TableWriting.h"
#include "plugin/store/XapiFileStore.h"

#include <fmt/format.h>

namespace plugin::delivery {

namespace {

constexpr std::size_t kPage = 2'000;

void addRows(const NightParts& parts, Night& night, const ProjectNight& project, store::XapiFileStore& rows,
             const store::FileQuery& query, XapiFileSet& files) {
    store::FileCursor cursor;
    std::vector<store::FileRow> page;
    do {
        if (night.stopped()) return;
        page = rows.rows(query, cursor, kPage);
        for (const auto& row : page)
            files.add(query.methodist, {row.statementId, row.kind, row.profileVersion, row.bytes});
        rows.remember(night.runId, project.project.id, page);
        if (!page.empty()) cursor = {page.back().rank, page.back().seq, page.back().recordId, page.back().revision};
        parts.at("xapi-page");
    } while (page.size() == kPage);
}

void addPart(const NightParts& parts, Night& night, const ProjectNight& project, store::XapiFileStore& rows,
             bool methodist, XapiFileSet& files) {
    store::FileQuery query{project.storeId(), night.arguments.selection, night.arguments.flowId, methodist};
    if (query.selection == store::FileSelection::Due) return addRows(parts, night, project, rows, query, files);
    for (auto& kind : rows.kinds(query.storeId)) {
        query.kind = std::move(kind);
        addRows(parts, night, project, rows, query, files);
    }
}

}  // namespace

XapiFileLimits limitsOf(const NightArguments& arguments, XapiFileLimits configured) {
    if (arguments.fileStatements != 0) configured.statements = static_cast<std::size_t>(arguments.fileStatements);
    if (arguments.fileBytes != 0) configured.bytes = static_cast<std::size_t>(arguments.fileBytes);
    return configured;
}

void shareKnown(const NightParts& parts, Night& night, const ProjectNight& project) {
    if (night.arguments.dryRun) return;
    store::XapiFileStore rows(parts.database, parts.clock);
    const store::Target target{project.storeId(), night.organization.id, project.project.id};
    const auto filesStore =
        store::XapiFileStore::filesStore(parts.installationId, night.organization.id, project.project.id);
    std::int64_t undecided = 0;
    for (const auto& other : project.otherStores) {
        const auto adopted = rows.adopt(other, target, other == filesStore);
        if (adopted > 0) night.count("known.fromElsewhere", adopted);
        undecided += rows.undecided(other);
    }
    if (undecided == 0) return;
    night.count("undecided", undecided);
    night.reasons.push_back(
        target.storeId == filesStore
            ? fmt::format("{}: {} statements may have reached an earlier LRS, so they are in no file; set the "
                          "integration up again with the same store",
                          project.project.id, undecided)
            : fmt::format("{}: {} statements stand in xAPI files and nobody said whether those were handed over, so "
                          "they are not sent; say so at the export",
                          project.project.id, undecided));
}

WrittenXapi writeXapiFiles(const NightParts& parts, Night& night, const ProjectNight& project, XapiFileLimits limits) {
    const auto& organization = night.organization.id;
    const auto& name = project.project.id;
    store::XapiFileStore rows(parts.database, parts.clock);
    const store::Target target{project.storeId(), organization, name};
    // Nobody sends while a night runs: what is found in the middle of it was cut off, and may have arrived.
    parts.outbox.recoverInterrupted(target.storeId);
    WrittenXapi written;
    try {
        XapiFileSet files(exportFolder(parts.exportsFolder, organization, night.runId) / name, limits,
                          {organization, name, store::toString(night.arguments.selection), parts.clock.now()});
        for (const bool methodist : {true, false}) addPart(parts, night, project, rows, methodist, files);
        if (!night.stopped() && files.statements() > 0) {
            files.finish();
            parts.at("xapi-staged");
            // Before the files appear: from the moment somebody can take them nobody knows who has them.
            rows.markExported(night.runId, target, files.bytes());
            parts.at("xapi-marked");
            files.publish();
            parts.at("xapi-published");
            written = {static_cast<int>(files.files().size()), files.statements()};
        }
    } catch (...) {
        rows.forget(night.runId);
        throw;
    }
    if (written.files == 0) rows.forget(night.runId);
    night.count("xapiFiles", written.files);
    night.count("xapiStatements", written.statements);
    return written;
}

}  // namespace plugin::delivery
