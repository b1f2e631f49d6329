#pragma once
/// What would be told of one flow, learner or kind: rendered and checked, nothing sent, nothing kept.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Organizations.h"
#include "host/sdk/Records.h"
#include "plugin/footprint/FlowPlanner.h"
#include "plugin/store/Integrations.h"

#include <string>
#include <vector>

namespace plugin::delivery {

/// All outlive the call.
struct PreviewParts {
    host::sdk::Records& records;
    host::sdk::Organizations& organizations;
    host::sdk::Database& database;
    const host::sdk::Clock& clock;
    const footprint::ProfileSet& profiles;
    store::Integrations& integrations;
    std::string installationId;
};

struct PreviewAsked {
    std::string organization;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;  ///< 0: every learner and the methodist; else just the learner's statements
    std::string kind;                   ///< empty: every kind
    std::size_t limit = 20;             ///< statements shown; as many reasons
    bool all = false;                   ///< what was delivered already as well
    const footprint::Profile* instead =
        nullptr;  ///< a profile on trial, for the served one; the outbox isn't looked at
};

struct PreviewStatement {
    footprint::StatementDraft draft;  ///< with the frozen bytes where the outbox has the statement and keeps them
    std::string state;                ///< the outbox's; empty: it isn't there
};

struct Preview {
    std::string project;
    std::string profile;  ///< version
    std::vector<PreviewStatement> statements;
    std::vector<footprint::Unsendable> unsendable;
    std::int64_t due = 0;  ///< of what was looked at
    std::int64_t cannot = 0;
    std::int64_t known = 0;
    std::int64_t notFinal = 0;
    bool complete = true;  ///< everything was looked at; else it ended once there was enough to show
};

/// \throws AppError 404 when there is no such flow; 409 "project.no-profile"; 422 for an unknown kind or learner.
Preview preview(const PreviewParts& parts, const PreviewAsked& asked);

}  // namespace plugin::delivery
