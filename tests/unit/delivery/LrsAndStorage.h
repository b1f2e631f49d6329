#pragma once
/// A storage that only keeps what it is given, beside the simulated LRS. Thread-safe.

#include "common/Sha256.h"
#include "tests/support/SimulatedLrs.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

inline const std::string kEndpoint = "https://s3.example.net";

/// Sends what goes to the storage's host there, the rest to the LRS.
class LrsAndStorage : public host::sdk::OutboundHttp {
public:
    explicit LrsAndStorage(SimulatedLrs& lrs) : lrs_(lrs) {}

    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        if (!request.url.starts_with(kEndpoint)) return lrs_.send(request);
        const std::lock_guard lock(mutex_);
        asked.push_back(request.method + " " + request.url.substr(kEndpoint.size()));
        host::sdk::OutboundResponse response;
        response.status = 200;
        if (request.method == "PUT") {
            std::string body(static_cast<std::size_t>(request.bodyLength), '\0');
            std::size_t at = 0;
            while (at < body.size()) {
                const auto got = request.bodySource(body.data() + at, body.size() - at);
                if (got == 0)
                    throw host::sdk::OutboundError(host::sdk::OutboundError::Kind::Source, false, "the body ended");
                at += got;
            }
            if (putStatus == 200) objects[request.url] = body;
            response.status = putStatus;
            if (putStatus == 403) response.body = "<Error><Code>SignatureDoesNotMatch</Code></Error>";
        } else if (request.method == "HEAD") {
            const auto found = objects.find(request.url);
            response.status = found == objects.end() ? 404 : 200;
            if (found != objects.end())
                response.headers = {{"content-length", std::to_string(found->second.size())},
                                    {"x-amz-meta-sha256", common::Sha256::hex(found->second)}};
        } else {
            response.body = "<ListMultipartUploadsResult/>";
        }
        return response;
    }

    std::map<std::string, std::string> objects;
    std::vector<std::string> asked;
    int putStatus = 200;

private:
    SimulatedLrs& lrs_;
    std::mutex mutex_;
};

}  // namespace tests
