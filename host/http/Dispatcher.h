#pragma once
/// From a request's head to its route and back: decodes the address, finds the route, asks who it is and whether they
/// may, checks preconditions and the body, runs the handler, and turns what it throws into problem+json. Handlers see
/// values only. Thread-safe.

#include "host/http/Authenticator.h"
#include "host/http/HttpServer.h"
#include "host/http/Origins.h"
#include "host/http/RouterImpl.h"
#include "host/sdk/Logger.h"

#include <atomic>

namespace host::http {

class Dispatcher : public RequestHandler {
public:
    struct Options {
        bool accessLog = true;
        unsigned maxStreams = 6;                    ///< Server-Sent Events at once; beyond it 503, and pages poll
        bool behindProxy = false;                   ///< a proxy on this machine names the client in X-Forwarded-For
        std::vector<std::string> corsOrigins = {};  ///< pages that may ask with a bearer token
        std::vector<OpenDoor> doors = {};           ///< addresses where requests bring credentials of their own
    };

    /// All must outlive the dispatcher. Without an authenticator (the status listener) everybody is anonymous.
    Dispatcher(RouterImpl& router, Authenticator* authenticator, sdk::Logger& logger, Options options);

    void handle(Exchange& exchange) override;

private:
    struct Work;

    void route(Work& work);
    void identify(Work& work);
    void authorize(const Work& work) const;
    void authorizeRole(const Work& work) const;
    void checkPreconditions(const Work& work) const;
    void readBody(Work& work);
    void respond(Work& work, sdk::Response response);
    void fail(Work& work, const sdk::AppError& error);
    void log(const Work& work) const;
    const OpenDoor* doorOf(const Work& work) const;

    RouterImpl& router_;
    Authenticator* authenticator_;
    sdk::Logger& logger_;
    Options options_;
    Origins origins_;
    std::atomic<unsigned> streams_{0};
};

/// "ru" or "en", whichever the header prefers; Russian first.
std::string languageOf(std::string_view acceptLanguage);

}  // namespace host::http
