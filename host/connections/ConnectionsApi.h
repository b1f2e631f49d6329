#pragma once
/// REST of connections, their routes and their runs, of kinds of source and of ready-made sets. Organization-admins
/// change, methodists run and try, viewers read; every change is in the journal. Thread-safe. Everything in Parts must
/// outlive it.

#include "host/connections/ConnectionJson.h"
#include "host/connections/ConnectionRuns.h"
#include "host/connections/RunLog.h"
#include "host/connections/SourceSets.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"

#include <string>
#include <vector>

namespace host::connections {

class ConnectionsApi {
public:
    struct Parts {
        ConnectionStore& store;
        RunStore& runs;
        CheckStore& checks;
        ConnectionRuns& runner;
        SourceRegistry& sources;
        const SourceSets& sets;
        sdk::Secrets& secrets;
        sdk::Organizations& organizations;
        sdk::Journal& journal;
        const sdk::Clock& clock;
    };
    /// Registers its routes.
    ConnectionsApi(sdk::Router& router, Parts parts);

private:
    using Handle = sdk::Response (ConnectionsApi::*)(const sdk::Request&);
    void add(sdk::Router& router, sdk::Method method, const char* path, sdk::RouteOptions options, Handle handle);
    void addConnections(sdk::Router& router);
    void addRoutes(sdk::Router& router);
    void addRuns(sdk::Router& router);

    sdk::Response listKinds(const sdk::Request& request);
    sdk::Response listSets(const sdk::Request& request);
    sdk::Response list(const sdk::Request& request);
    sdk::Response create(const sdk::Request& request);
    sdk::Response get(const sdk::Request& request);
    sdk::Response replace(const sdk::Request& request);
    sdk::Response erase(const sdk::Request& request);
    sdk::Response enable(const sdk::Request& request);
    sdk::Response disable(const sdk::Request& request);
    sdk::Response check(const sdk::Request& request);
    sdk::Response checkNew(const sdk::Request& request);
    sdk::Response runAll(const sdk::Request& request);
    sdk::Response log(const sdk::Request& request);

    sdk::Response listRoutes(const sdk::Request& request);
    sdk::Response createRoute(const sdk::Request& request);
    sdk::Response createFromSet(const sdk::Request& request);
    sdk::Response orderRoutes(const sdk::Request& request);
    sdk::Response getRoute(const sdk::Request& request);
    sdk::Response replaceRoute(const sdk::Request& request);
    sdk::Response eraseRoute(const sdk::Request& request);
    sdk::Response enableRoute(const sdk::Request& request);
    sdk::Response disableRoute(const sdk::Request& request);

    sdk::Response tryRoute(const sdk::Request& request);
    sdk::Response run(const sdk::Request& request);
    sdk::Response cancel(const sdk::Request& request);
    sdk::Response listRuns(const sdk::Request& request);
    sdk::Response getRun(const sdk::Request& request);
    sdk::Response runLog(const sdk::Request& request);

    Connection connection(const sdk::Request& request);
    ReadConnection readNew(const std::string& org, const Poco::JSON::Object::Ptr& body);
    Route route(const sdk::Request& request, const Connection& connection);
    void requireRules(const Connection& connection, const Route& route, const std::vector<Route>& others);
    /// Of a kind that is not loaded: AppError 409.
    sdk::SourceDescription description(const std::string& kind);
    std::set<std::string> keptSecrets(const Connection& connection, const sdk::SourceDescription& description);
    void saveSecrets(const Connection& connection, const ReadSettings& settings);
    sdk::Response shown(const Connection& connection, const sdk::Request& request, int status = 200);
    RouteSummary summaryOf(const Connection& connection, const std::vector<RouteHead>& heads);
    std::string connectionText(const Connection& connection, const ConnectionNews& news, const std::string& language);
    sdk::Response shown(const Connection& connection, const Route& route, const sdk::Request& request,
                        int status = 200);
    std::string routeText(const Connection& connection, const Route& route, const std::string& language);
    sdk::Response setEnabled(const sdk::Request& request, bool enabled);
    sdk::Response setRouteEnabled(const sdk::Request& request, bool enabled);
    void note(const sdk::Request& request, const char* action, const std::string& subject,
              const std::string& details = {});

    Parts p_;
    std::vector<sdk::Registration> routes_;
};

}  // namespace host::connections
