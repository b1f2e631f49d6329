#pragma once
/// Asks one web service for one run: signs in, waits its turn, repeats what failed for the moment, and turns what went
/// wrong into words. WebTools are shared by all runs and thread-safe; a WebClient is used by one thread.

#include "host/connectors/http/WebSettings.h"
#include "host/sdk/Clock.h"
#include "host/sdk/OutboundHttp.h"

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>

namespace host::connectors {

/// Spreads requests to one service over time, whichever runs make them.
class Turns {
public:
    /// How long to wait before the next request; the turn is taken.
    std::chrono::milliseconds take(const std::string& service, unsigned perMinute,
                                   std::chrono::steady_clock::time_point now);

private:
    std::mutex mutex_;
    std::map<std::string, std::chrono::steady_clock::time_point> next_;
};

struct WebTools {
    sdk::OutboundHttp& http;  ///< outlives the tools
    sdk::Clock& clock;
    /// Waits so long, less when `stop` is asked.
    std::function<void(std::chrono::milliseconds, const std::stop_token&)> pause;
    std::size_t maxPage = 32u * 1024 * 1024;   ///< bytes of one answer: one page is in memory at a time
    std::size_t maxFile = 256u * 1024 * 1024;  ///< bytes of one file
    Turns turns = {};

    static std::function<void(std::chrono::milliseconds, const std::stop_token&)> realPause();
};

class WebClient {
public:
    /// \throws sdk::SourceError Configuration
    WebClient(WebTools& tools, const sdk::SourceRequest& request);

    struct Ask {
        std::string method = "GET";
        std::string url;
        std::string body = {};
        std::string contentType = {};
        std::string accept = {};
        std::vector<std::pair<std::string, std::string>> headers = {};
        std::size_t maxAnswer = 0;  ///< 0: that of a page
        bool mayRedirect = false;   ///< to the allowed hosts; for files
        bool repeatable = true;     ///< false: asked once only, unless it surely was not carried out
    };
    /// An answer of 2xx. \throws sdk::SourceError
    sdk::OutboundResponse send(Ask ask);

    /// May a link or a file lead there? The service's own origin, or one of the connection's other hosts.
    bool mayGo(const std::string& url) const;
    /// \throws sdk::SourceError Configuration when it may not
    void checkGo(const std::string& url) const;

    const WebSettings& settings() const { return settings_; }
    void log(const std::string& line) const;
    std::size_t maxPage() const { return tools_.maxPage; }
    std::size_t maxFile() const { return tools_.maxFile; }
    /// Of the last request; 0 when nothing was answered.
    int lastStatus() const { return lastStatus_; }

private:
    sdk::OutboundResponse exchange(const Ask& ask);
    sdk::OutboundResponse once(const Ask& ask);
    void authorize(sdk::OutboundRequest& request);
    void fetchToken();
    void wait(std::chrono::milliseconds time) const;
    std::chrono::milliseconds retryAfter(const sdk::OutboundResponse& response) const;

    WebTools& tools_;
    WebSettings settings_;
    std::string organization_;
    std::stop_token stop_;
    std::function<void(const std::string&)> log_;
    sdk::SecretString accessToken_;
    std::size_t requests_ = 0;
    int lastStatus_ = 0;
    bool sent_ = false;  ///< the last request itself, not only the one for its token
};

/// Whether a route brings anything: its first row. \throws sdk::SourceError
void readFirst(sdk::SourceKind& kind, sdk::SourceRequest request);

/// Of an answer that is no success. `message`: what the server says.
sdk::SourceError statusError(const sdk::OutboundResponse& response, const std::string& url, const std::string& message);
/// Of no answer.
sdk::SourceError outboundError(const sdk::OutboundError& error, const std::string& url);

}  // namespace host::connectors
