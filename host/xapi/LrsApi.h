#pragma once
/// /data/xAPI as a writer of statements needs it: about, statements (POST, PUT, GET by id and in order), documents of
/// state, activities and agents; xAPI 1.0.x, over HTTP or as a form. Not there, and said so with 404 or 400: searching
/// statements by agent, verb or activity, the resources agents and activities, signatures, OAuth.
///
/// A request shows key and secret of an xAPI source (Basic); cookies and tokens of people count nowhere here.

#include "host/records/FileStore.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Http.h"
#include "host/sdk/Organizations.h"
#include "host/xapi/LrsRequest.h"
#include "host/xapi/StatementIntake.h"
#include "host/xapi/StatementRows.h"
#include "host/xapi/XapiDocuments.h"
#include "host/xapi/XapiSources.h"

#include <functional>
#include <vector>

namespace host::xapi {

class LrsApi {
public:
    struct Parts {
        sdk::Database& database;
        records::FileStore& files;
        sdk::Organizations& organizations;
        XapiSources& sources;
        const sdk::Clock& clock;
    };
    LrsApi(sdk::Router& router, Parts parts);

    static constexpr const char* kPrefix = "/data/xAPI/";
    static constexpr const char* kRequestHeaders =
        "Authorization, Content-Type, X-Experience-API-Version, X-Experience-API-Hash, If-Match, If-None-Match, "
        "Accept, Accept-Language";
    static constexpr const char* kExposedHeaders =
        "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through, WWW-Authenticate, "
        "X-Request-Id";

private:
    using Handle = std::function<sdk::Response(const ActiveSource&, const LrsRequest&)>;
    void add(sdk::Router& router, const char* name, const Handle& handle);
    sdk::Response described(sdk::Response response) const;
    sdk::Response answer(const sdk::Request& request, const Handle& handle);
    sdk::Response statements(const ActiveSource& source, const LrsRequest& request);
    sdk::Response take(const ActiveSource& source, const LrsRequest& request);
    sdk::Response one(const ActiveSource& source, const LrsRequest& request, const std::string& id, bool voided);
    sdk::Response many(const ActiveSource& source, const LrsRequest& request);
    sdk::Response shown(const ActiveSource& source, std::string json, const std::vector<AttachmentRow>& attachments);
    std::string authority(const ActiveSource& source);

    Parts p_;
    StatementIntake intake_;
    XapiDocuments documents_;
    std::vector<sdk::Registration> routes_;
};

}  // namespace host::xapi
