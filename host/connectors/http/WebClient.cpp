#include "host/connectors/http/WebClient.h"

#include "common/Encoding.h"
#include "common/HttpDate.h"
#include "common/Text.h"
#include "host/connectors/http/AnswerText.h"
#include "host/connectors/http/WebUrl.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>

namespace host::connectors {
namespace {

using sdk::OutboundError;
using sdk::SourceError;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Kind = SourceError::Kind;

constexpr int kAttempts = 5;
constexpr seconds kLongestWait{300};

bool passes(const OutboundError& error) {
    switch (error.kind()) {
        case OutboundError::Kind::Dns:
        case OutboundError::Kind::Refused:
        case OutboundError::Kind::ConnectTimeout:
        case OutboundError::Kind::Closed:
        case OutboundError::Kind::Timeout:
            return true;
        default:
            return false;
    }
}

/// 500 is not among them: services answer it to questions that they will never understand (1C does).
bool passes(int status) {
    return status == 408 || status == 425 || status == 429 || status == 502 || status == 503 || status == 504;
}

/// Said before anything was done with the request; a gateway that got no answer can't say it.
bool isRefusal(int status) {
    return status == 408 || status == 425 || status == 429 || status == 503;
}

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

milliseconds Turns::take(const std::string& service, unsigned perMinute, std::chrono::steady_clock::time_point now) {
    if (perMinute == 0) return milliseconds(0);
    const std::lock_guard lock(mutex_);
    auto& next = next_[service];
    const auto begin = std::max(next, now);
    next = begin + std::chrono::duration_cast<std::chrono::steady_clock::duration>(seconds(60)) / perMinute;
    return std::chrono::ceil<milliseconds>(begin - now);
}

std::function<void(milliseconds, const std::stop_token&)> WebTools::realPause() {
    return [](milliseconds time, const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, time, [] { return false; });
    };
}

WebClient::WebClient(WebTools& tools, const sdk::SourceRequest& request)
    : tools_(tools),
      settings_(WebSettings::from(request.connection)),
      organization_(request.organization),
      stop_(request.stop),
      log_(request.log) {}

void readFirst(sdk::SourceKind& kind, sdk::SourceRequest request) {
    request.limit = 1;
    sdk::SourceRow row;
    kind.open(request)->next(row);
}

void WebClient::log(const std::string& line) const {
    if (log_) log_(line);
}

bool WebClient::mayGo(const std::string& url) const {
    const auto origin = originOf(url);
    return !origin.empty() &&
           std::find(settings_.origins.begin(), settings_.origins.end(), origin) != settings_.origins.end();
}

void WebClient::checkGo(const std::string& url) const {
    if (mayGo(url)) return;
    throw SourceError(
        Kind::Configuration,
        fmt::format("The source's answer leads to {}, which is not the connection's host.", shownUrl(url)),
        "If it is right, name that host among the connection's other hosts; if the service only calls "
        "itself by another name, set its outer address there.");
}

void WebClient::wait(milliseconds time) const {
    if (time > milliseconds(0) && !stop_.stop_requested()) tools_.pause(time, stop_);
    if (stop_.stop_requested()) throw SourceError(Kind::Cancelled, "The run was stopped.", "");
}

sdk::OutboundResponse WebClient::send(Ask ask) {
    for (int hops = 0;; ++hops) {
        auto response = exchange(ask);
        if (response.status == 401 && settings_.auth == WebAuth::ClientCredentials && !accessToken_.empty()) {
            accessToken_ = {};  // it may have expired during a long run; once
            response = exchange(ask);
        }
        if (response.status >= 200 && response.status < 300) return response;
        if (ask.mayRedirect && isRedirect(response.status) && hops < 5 && !response.header("location").empty()) {
            ask.url = resolved(ask.url, typedEncoded(response.header("location")));
            checkGo(ask.url);
            continue;
        }
        throw statusError(response, ask.url, messageOf(response.body, settings_.secrets()));
    }
}

sdk::OutboundResponse WebClient::exchange(const Ask& ask) {
    auto pause = milliseconds(1000);
    for (int attempt = 1;; ++attempt) {
        auto time = pause;
        std::string why;
        try {
            auto response = once(ask);
            if (!passes(response.status) || attempt == kAttempts) return response;
            if (!ask.repeatable && !isRefusal(response.status)) return response;
            why = std::to_string(response.status);
            time = std::max(pause, retryAfter(response));
            if (time > kLongestWait)
                throw SourceError(Kind::Limit,
                                  fmt::format("{} asks to come back in {} seconds ({}).", shownUrl(ask.url),
                                              std::chrono::ceil<seconds>(time).count(), response.status),
                                  "Run it later, or set the number of requests a minute in the connection.");
        } catch (const OutboundError& error) {
            if (!passes(error) || attempt == kAttempts) throw outboundError(error, ask.url);
            if (!ask.repeatable && sent_ && error.requestSent()) {
                log("The request may have been carried out, so it is not repeated.");
                throw outboundError(error, ask.url);
            }
            why = outboundError(error, ask.url).what();
        }
        log(fmt::format("Request {} failed for the moment ({}); repeated in {} s.", requests_, why,
                        std::chrono::ceil<seconds>(time).count()));
        wait(time);
        pause *= 2;
    }
}

sdk::OutboundResponse WebClient::once(const Ask& ask) {
    wait(tools_.turns.take(organization_ + " " + settings_.origins.front(), settings_.requestsPerMinute,
                           tools_.clock.steadyNow()));
    ++requests_;
    sent_ = false;
    sdk::OutboundRequest request;
    request.method = ask.method;
    request.url = ask.url;
    request.headers = ask.headers;
    if (!ask.accept.empty()) request.headers.emplace_back("Accept", ask.accept);
    if (!ask.contentType.empty()) request.headers.emplace_back("Content-Type", ask.contentType);
    request.body = ask.body;
    request.timeout = settings_.timeout;
    request.maxAnswer = ask.maxAnswer == 0 ? tools_.maxPage : ask.maxAnswer;
    request.typedByPerson = true;
    request.stop = stop_;
    // Who we are is told to the service itself only, never to another host that a link or a file leads to.
    if (originOf(request.url) == settings_.origins.front()) {
        request.headers.insert(request.headers.end(), settings_.headers.begin(), settings_.headers.end());
        authorize(request);
    }
    lastStatus_ = 0;
    sent_ = true;
    auto response = tools_.http.send(request);
    lastStatus_ = response.status;
    return response;
}

void WebClient::authorize(sdk::OutboundRequest& request) {
    const auto& secret = settings_.secret.reveal();
    switch (settings_.auth) {
        case WebAuth::None:
            return;
        case WebAuth::Basic:
            request.headers.emplace_back("Authorization", "Basic " + common::toBase64(settings_.user + ":" + secret));
            return;
        case WebAuth::Bearer:
            request.headers.emplace_back("Authorization", "Bearer " + secret);
            return;
        case WebAuth::Header:
            request.headers.emplace_back(settings_.name, secret);
            return;
        case WebAuth::Query:
            appendQuery(request.url, settings_.name, secret);
            return;
        case WebAuth::ClientCredentials:
            if (accessToken_.empty()) fetchToken();
            request.headers.emplace_back("Authorization", "Bearer " + accessToken_.reveal());
    }
}

void WebClient::fetchToken() {
    // RFC 6749, 4.4 and 2.3.1: id and secret are form-encoded before they go into Basic.
    std::string body = "grant_type=client_credentials";
    if (!settings_.scope.empty()) body += "&scope=" + percentEncoded(settings_.scope);
    sdk::OutboundRequest request;
    request.method = "POST";
    request.url = settings_.tokenUrl;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"Accept", "application/json"},
                       {"Authorization", "Basic " + common::toBase64(percentEncoded(settings_.user) + ":" +
                                                                     percentEncoded(settings_.secret.reveal()))}};
    request.body = body;
    request.timeout = settings_.timeout;
    request.maxAnswer = 1024 * 1024;
    request.typedByPerson = true;
    request.stop = stop_;
    sdk::OutboundResponse response;
    try {
        response = tools_.http.send(request);
    } catch (const OutboundError& error) {
        if (passes(error)) throw;
        throw outboundError(error, settings_.tokenUrl);
    }
    if (response.status != 200) {
        auto error = statusError(response, settings_.tokenUrl, messageOf(response.body, settings_.secrets()));
        // RFC 6749, 5.2: invalid_client is 400 or 401.
        if (response.status == 400)
            error = SourceError(Kind::Credentials, error.what(), "Check the client's id, secret and scope.");
        throw error;
    }
    rapidjson::Document json;
    json.Parse<rapidjson::kParseIterativeFlag>(response.body.data(), response.body.size());
    const bool is = !json.HasParseError() && json.IsObject() && json.HasMember("access_token") &&
                    json["access_token"].IsString() && common::isOneLine(json["access_token"].GetString());
    if (!is)
        throw SourceError(Kind::Format,
                          fmt::format("{} answers without an access_token.", shownUrl(settings_.tokenUrl)),
                          "Check the address that gives tokens.");
    accessToken_ = sdk::SecretString(json["access_token"].GetString());
}

milliseconds WebClient::retryAfter(const sdk::OutboundResponse& response) const {
    const auto text = std::string(common::trim(response.header("retry-after")));
    long count = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (failed == std::errc() && end == text.data() + text.size()) return seconds(std::clamp(count, 0L, 31'536'000L));
    if (const auto date = common::parseHttpDate(text)) {
        const auto left = date->time_since_epoch() - std::chrono::microseconds(tools_.clock.now());
        return std::clamp(std::chrono::ceil<milliseconds>(left), milliseconds(0), milliseconds(seconds(31'536'000)));
    }
    return milliseconds(0);
}

}  // namespace host::connectors
