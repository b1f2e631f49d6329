#pragma once
/// What a night is asked to do. Made from the JSON of POST /runs or of the job's arguments.

#include "host/sdk/Records.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/store/XapiFileStore.h"
#include "plugin/tables/Pair.h"

#include <cstdint>
#include <string>

namespace plugin::delivery {

struct NightArguments {
    std::string organization;  ///< empty: every organization
    std::int64_t runId = 0;    ///< row queued by the API; 0: made when the run starts
    bool dryRun = false;       ///< plans and counts, keeps nothing, sends nothing
    bool statements = true;
    bool tables = true;      ///< neither, nor xAPI files: readiness only, which every night ends with
    bool xapiFiles = false;  ///< prepared xAPI files instead of sending and tables
    store::FileSelection selection = store::FileSelection::Due;   ///< what goes into them
    std::int64_t fileStatements = 0;                              ///< of one file; 0: the module's limit
    std::int64_t fileBytes = 0;                                   ///< of one file; 0: the module's limit
    host::sdk::RecordId learnerId = 0;                            ///< of a dry run; 0: every learner and the methodist
    std::string kind;                                             ///< of a dry run; empty: every kind of statement
    std::string project;                                          ///< of a dry run; empty: every project
    host::sdk::RecordId flowId = 0;                               ///< 0: every flow in scope
    footprint::Contour contour = footprint::Contour::Production;  ///< Test: tables with test ids, nothing is sent
    tables::PairLimits limits;  ///< of this run's tables; 0: the server's or the profile's
    std::string resend;  ///< «Переотправить в промышленный контур» of this project is why it runs; says so, no more

    /// The body of POST /runs: {"dryRun", "only": "tables" | "statements" | "xapi-files" | "readiness", "flow": id,
    /// "contour": "test"}, with "xapi-files" {"select", "fileStatements", "fileBytes"}, with "dryRun" {"learner",
    /// "kind", "project"}, with tables {"maxRows", "maxBytes", "archiveBytes"}; "" is {}. \throws AppError 400 or 422
    /// with all that is wrong.
    static NightArguments fromRequest(const std::string& body);
    /// What `toJobArguments` wrote. \throws AppError.
    static NightArguments fromJob(const std::string& json);
    std::string toJobArguments() const;
    /// As `fromRequest` takes it, for people.
    std::string toRequest() const;
};

}  // namespace plugin::delivery
