#pragma once
/// Answers given by the test, request by request; every request is kept. `answer_` may throw OutboundError.

#include "host/sdk/OutboundHttp.h"

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace tests {

class ScriptedHttp : public host::sdk::OutboundHttp {
public:
    struct Seen {
        std::string method, url, body;
        std::vector<std::pair<std::string, std::string>> headers;
        bool typedByPerson = false;
        std::string header(const std::string& name) const {
            for (const auto& [k, v] : headers)
                if (k == name) return v;
            return {};
        }
    };
    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        Seen seen{request.method, request.url, std::string(request.body), request.headers, request.typedByPerson};
        if (request.bodySource) {
            seen.body.resize(request.bodyLength);
            std::size_t at = 0;
            while (at < seen.body.size()) {
                std::size_t n = request.bodySource(seen.body.data() + at, seen.body.size() - at);
                if (n == 0) break;
                at += n;
            }
        }
        {
            std::lock_guard lock(mutex_);
            seen_.push_back(seen);
        }
        if (!answer_)
            throw host::sdk::OutboundError(host::sdk::OutboundError::Kind::Refused, false,
                                           "Nobody listens at " + request.url);
        return answer_(request);
    }
    std::vector<Seen> seen() const {
        std::lock_guard lock(mutex_);
        return seen_;
    }
    static host::sdk::OutboundResponse answer(int status, std::string body,
                                              const std::string& type = "application/json") {
        host::sdk::OutboundResponse r;
        r.status = status;
        r.headers = {{"content-type", type}};
        r.body = std::move(body);
        r.elapsed = std::chrono::milliseconds(5);
        return r;
    }

    std::function<host::sdk::OutboundResponse(const host::sdk::OutboundRequest&)> answer_;

private:
    mutable std::mutex mutex_;
    std::vector<Seen> seen_;
};

}  // namespace tests
