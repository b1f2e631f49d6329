#pragma once
/// REST of signing in at University 2035: the OAuth client of each contour with the lint of its redirect_uri, personal
/// links for learners, and joins that wait for an administrator. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/RecordNames.h"
#include "host/sdk/Records.h"
#include "host/sdk/Secrets.h"
#include "plugin/api/SsoJoining.h"
#include "plugin/store/SsoStore.h"

#include <map>
#include <string>
#include <vector>

namespace plugin::api {

struct SsoParts {
    store::SsoStore& store;
    host::sdk::Records& records;
    host::sdk::RecordNames& recordNames;
    host::sdk::Secrets& secrets;
    host::sdk::Journal& journal;
    const host::sdk::Clock& clock;
    SsoJoining& joining;
};

class SsoApi {
public:
    explicit SsoApi(SsoParts parts) : parts_(parts) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    void addClients(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept);
    void addLinks(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept);
    void addJoins(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept);
    void addErrors(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept);

    host::sdk::Response clients(const host::sdk::Request& request);
    host::sdk::Response client(const host::sdk::Request& request);
    host::sdk::Response putClient(const host::sdk::Request& request);
    host::sdk::Response eraseClient(const host::sdk::Request& request);
    host::sdk::Response trial(const host::sdk::Request& request);
    host::sdk::Response makeLinks(const host::sdk::Request& request);
    host::sdk::Response links(const host::sdk::Request& request);
    host::sdk::Response revokeLink(const host::sdk::Request& request);
    host::sdk::Response joins(const host::sdk::Request& request);
    host::sdk::Response joinsSummary(const host::sdk::Request& request);
    host::sdk::Response join(const host::sdk::Request& request);
    host::sdk::Response decide(const host::sdk::Request& request);
    host::sdk::Response undo(const host::sdk::Request& request);
    host::sdk::Response errors(const host::sdk::Request& request);

    store::SsoClientRow clientOf(const host::sdk::Request& request);
    store::SsoClientRow configured(const std::string& organization, const std::string& contour);
    std::map<std::string, host::sdk::Learner> learnersByExternalId(const std::string& organization,
                                                                   const std::vector<std::string>& externalIds);
    store::SsoJoin joinOf(const host::sdk::Request& request);
    host::sdk::Response shownJoin(const host::sdk::Request& request, const store::SsoJoin& join);
    void note(const host::sdk::Request& request, const char* action, const std::string& subject,
              const std::string& details = {});

    SsoParts parts_;
};

}  // namespace plugin::api
