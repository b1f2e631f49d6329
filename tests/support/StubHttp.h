#pragma once
/// Answers what the test queued, in order (the last one for ever), and keeps what was asked. Thread-safe.

#include "host/sdk/OutboundHttp.h"

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tests {

class StubHttp : public host::sdk::OutboundHttp {
public:
    struct Asked {
        std::string method;
        std::string url;
        std::string body;
        std::vector<std::pair<std::string, std::string>> headers;

        std::string header(const std::string& name) const {
            for (const auto& [key, value] : headers)
                if (key == name) return value;
            return {};
        }
    };

    StubHttp& answer(int status, std::string body = {}, std::vector<std::pair<std::string, std::string>> headers = {}) {
        host::sdk::OutboundResponse response;
        response.status = status;
        response.body = std::move(body);
        response.headers = std::move(headers);
        queue_.push_back({response, std::nullopt});
        return *this;
    }
    StubHttp& fail(host::sdk::OutboundError::Kind kind, bool sent = false, const std::string& reason = {}) {
        queue_.push_back({{}, host::sdk::OutboundError(kind, sent, "no answer", reason)});
        return *this;
    }

    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        const std::lock_guard lock(mutex_);
        std::string body(request.body);
        if (request.bodySource) {
            body.resize(static_cast<std::size_t>(request.bodyLength));
            for (std::size_t at = 0; at < body.size();) {
                const std::size_t got = request.bodySource(body.data() + at, body.size() - at);
                if (got == 0)
                    throw host::sdk::OutboundError(host::sdk::OutboundError::Kind::Source, false, "the body ended");
                at += got;
            }
        }
        asked.push_back({request.method, request.url, body, request.headers});
        const auto next = queue_.front();
        if (queue_.size() > 1) queue_.pop_front();
        if (next.error) throw host::sdk::OutboundError(*next.error);
        return next.response;
    }

    std::vector<Asked> asked;

private:
    struct Next {
        host::sdk::OutboundResponse response;
        std::optional<host::sdk::OutboundError> error;
    };
    std::mutex mutex_;
    std::deque<Next> queue_;
};

}  // namespace tests
