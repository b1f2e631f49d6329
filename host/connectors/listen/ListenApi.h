#pragma once
/// What other systems send: POST and PUT /in/{org}/{connection}/{prefix}, and what an organization sees of it. A
/// connection's name is unique in its organization only, and the address has both: so no organization can take a name
/// away from another, or learn of one.
///
/// A request is answered when its records stand: 200 with counts and what was refused, 422 when nothing was taken. A
/// repeat does nothing twice: records are known by their ids, and Idempotency-Key gets the same answer again. What can
/// be sent again later with success is 503 with Retry-After. Nobody who shows no right token learns whether an
/// organization, a connection or a route is there. Thread-safe. Everything in Parts must outlive it.

#include "host/accounts/SignInThrottle.h"
#include "host/connections/ConnectionRuns.h"
#include "host/connectors/listen/ListenTokens.h"
#include "host/connectors/listen/RequestMemory.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace host::connectors {

class ListenApi {
public:
    struct Parts {
        connections::ConnectionStore& store;
        connections::ConnectionRuns& runner;
        connections::SourceRegistry& sources;
        sdk::Database& database;
        sdk::Secrets& secrets;
        sdk::Organizations& organizations;
        sdk::Journal& journal;
        const sdk::Clock& clock;
        std::string version;  ///< of the server, for OpenAPI
    };
    /// Registers its routes.
    ListenApi(sdk::Router& router, Parts parts);

private:
    struct Place;

    void addAddresses(sdk::Router& router);
    void addAdministration(sdk::Router& router);

    sdk::Response receive(const sdk::Request& request);
    Place placeOf(const sdk::Request& request);
    sdk::Response take(const sdk::Request& request, const Place& place);
    sdk::Response takeBody(const sdk::Request& request, const Place& place, std::string body);

    sdk::Response show(const sdk::Request& request);
    sdk::Response makeToken(const sdk::Request& request);
    sdk::Response eraseToken(const sdk::Request& request);
    sdk::Response describe(const sdk::Request& request);

    connections::Connection listening(const sdk::Request& request);
    void note(const sdk::Request& request, const char* action, const connections::Connection& connection);

    Parts p_;
    ListenTokens tokens_;
    RequestMemory memory_;
    accounts::SignInThrottle throttle_;
    std::atomic<unsigned> bodies_{0};  ///< held in memory at once
    std::vector<sdk::Registration> routes_;
};

}  // namespace host::connectors
