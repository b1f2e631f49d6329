#pragma once
/// Documents of xAPI: what course packages remember of a learner (state), of an activity, of an agent. A small store,
/// as the standard asks: by id, with ETags (SHA-1 of the content), merged by POST when both are JSON objects.
/// Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Http.h"
#include "host/xapi/LrsRequest.h"
#include "host/xapi/XapiSources.h"

namespace host::xapi {

class XapiDocuments {
public:
    enum class Resource { State, ActivityProfile, AgentProfile };

    XapiDocuments(sdk::Database& database, const sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// GET, PUT, POST, DELETE. AppError 400, 404, 409, 412, 413 as the standard says.
    sdk::Response answer(const ActiveSource& source, Resource resource, const LrsRequest& request);

private:
    struct Document {
        std::string contentType, content, etag;
        sdk::Micros changedAt = 0;
    };
    std::optional<Document> find(std::int64_t source, const std::string& place, const std::string& name);
    sdk::Response names(std::int64_t source, const std::string& place, const LrsRequest& request);
    void put(std::int64_t source, Resource resource, const std::string& place, const std::string& name,
             const LrsRequest& request);
    void erase(std::int64_t source, Resource resource, const std::string& place, const std::optional<std::string>& name,
               const LrsRequest& request);

    sdk::Database& database_;
    const sdk::Clock& clock_;
};

}  // namespace host::xapi
