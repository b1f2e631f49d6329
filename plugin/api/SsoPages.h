#pragma once
/// What a learner's browser asks for, without an account: the page of a personal link, the way to University 2035, the
/// way back, and «Это вы?». Every address is public, so nothing here trusts anything but what was handed out before:
/// - a link's token (hashed at rest, for one learner, until used, withdrawn or too old);
/// - `state`, kept hashed on this side, given back once, within minutes, by the browser that holds the sign-in's
/// cookie;
/// - the form's token, which only the page behind that cookie shows.
/// - the same link's token, to learn whether its learner is linked, and, where the platform asked for that when it made
/// the link, to unlink them: nothing of anybody else, and of the unti_id its end only.
/// Where a browser is sent is never taken from a request. Neither token, state, code nor id is logged. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Http.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Organizations.h"
#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Records.h"
#include "host/sdk/Secrets.h"
#include "plugin/api/SsoHtml.h"
#include "plugin/api/SsoJoining.h"
#include "plugin/api/SsoThrottle.h"
#include "plugin/sso/SsoClient.h"
#include "plugin/store/SsoStore.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace plugin::api {

struct SsoPageParts {
    store::SsoStore& store;
    host::sdk::Records& records;
    host::sdk::Organizations& organizations;
    host::sdk::Secrets& secrets;
    host::sdk::OutboundHttp& http;
    host::sdk::Logger& logger;
    const host::sdk::Clock& clock;
    SsoJoining& joining;
    std::chrono::milliseconds timeout;  ///< of each request to University 2035
};

class SsoPages {
public:
    explicit SsoPages(SsoPageParts parts) : parts_(parts), throttle_(parts.clock) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response landing(const host::sdk::Request& request);
    host::sdk::Response start(const host::sdk::Request& request);
    host::sdk::Response callback(const host::sdk::Request& request);
    host::sdk::Response confirmPage(const host::sdk::Request& request);
    host::sdk::Response confirm(const host::sdk::Request& request);
    // -- for the learner's element on a platform's page; SsoLearner.cpp --
    void addLearner(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept);
    store::SsoLink linkOf(const host::sdk::Request& request, const std::string& token);
    host::sdk::Response linkState(const host::sdk::Request& request);
    host::sdk::Response unlink(const host::sdk::Request& request);

    /// The link that may be used, or the page that says why not.
    struct Opened;
    Opened openLink(const host::sdk::Request& request);
    std::optional<sso::Settings> settingsOf(const std::string& organization, const std::string& contour);
    /// The sign-in that waits for its person in this browser, or the page that says why not.
    struct Waiting;
    Waiting waitingFor(const host::sdk::Request& request);
    host::sdk::Response identified(const host::sdk::Request& request, const store::SsoAttempt& attempt,
                                   const std::string& code);
    host::sdk::Response trialPage(const host::sdk::Request& request, const store::SsoAttempt& attempt,
                                  const sso::Identified& found);
    host::sdk::Response failed(const host::sdk::Request& request, const store::SsoAttempt& attempt,
                               const sso::Failure& failure);

    SsoPageParts parts_;
    SsoThrottle throttle_;
};

}  // namespace plugin::api
