#include "host/sources/CsvImport.h"

#include "host/sources/CsvSource.h"

#include <fmt/format.h>

namespace host::sources {
namespace {

using records::RecordDraft;
using records::VerdictStatus;
using sdk::AppError;

constexpr std::size_t kBatch = 1000;

}  // namespace

ImportReport CsvImport::run(const std::string& organization, std::istream& csv,
                            const std::function<void(const RowError&)>& onError) {
    CsvSource source(csv, mapping_.csv);
    const RowReader rows(mapping_, source.columns());
    ImportReport report;
    auto tell = [&](RowError error, std::int64_t line) {
        ++report.errors;
        error.line = line;
        onError(error);
    };

    std::vector<RecordDraft> drafts;
    struct Origin {
        sdk::SourceRow row;
        std::int64_t line = 0;
    };
    std::vector<Origin> origins;  // to say where an error of the store's lies
    auto flush = [&] {
        if (drafts.empty()) return;
        const auto verdicts = store_.upsert(organization, mapping_.source, drafts);
        for (std::size_t i = 0; i < verdicts.size(); ++i) {
            report.created += verdicts[i].status == VerdictStatus::Created ? 1 : 0;
            report.updated += verdicts[i].status == VerdictStatus::Updated ? 1 : 0;
            report.unchanged += verdicts[i].status == VerdictStatus::Unchanged ? 1 : 0;
            report.rejected += verdicts[i].status == VerdictStatus::Rejected ? 1 : 0;
            for (const auto& error : verdicts[i].errors) tell(rows.locate(origins[i].row, error), origins[i].line);
        }
        drafts.clear();
        origins.clear();
    };

    sdk::SourceRow row;
    try {
        while (source.next(row)) {
            ++report.rows;
            if (row.problem) {
                ++report.rejected;
                tell(rows.problemOf(row), source.line());
            } else if (!rows.isTaken(row)) {
                ++report.skipped;
            } else {
                drafts.push_back(rows.read(row));
                origins.push_back({row, source.line()});
                if (drafts.size() == kBatch) flush();
            }
        }
    } catch (const sdk::SourceError&) {
        flush();
        throw AppError(400, "upload-broken",
                       "The file ended in the middle. Rows before were brought in; send it again.");
    }
    flush();
    return report;
}

}  // namespace host::sources
