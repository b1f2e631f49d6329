#pragma once
/// Answers of another server, written as raw HTTP between lines of "%%": what is no HTTP becomes the error that the
/// outbound client would throw. The last one is given for ever, as a broken server would.

#include "host/base/outbound/AnswerReader.h"
#include "host/base/outbound/Url.h"
#include "tests/fuzz/Fuzz.h"

#include <algorithm>
#include <vector>

namespace fuzz {

class RawAnswers final : public host::sdk::OutboundHttp {
public:
    RawAnswers(Input in, std::string host) : host_(std::move(host)) {
        do {
            answers_.push_back(in.until("\n%%\n"));
        } while (!in.empty());
    }

    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        const auto url = host::base::outbound::Url::parse(request.url);
        require(url.host == host_ || url.host.ends_with("." + host_), "nobody's answer sends us elsewhere",
                request.url);
        for (const auto& [name, value] : request.headers)
            require(value.find_first_of("\r\n") == std::string::npos, "no header of ours holds a line break", name);
        if (request.bodySource) drain(request);
        const auto answer = answers_[std::min(asked_++, answers_.size() - 1)];
        std::string_view rest = answer;
        host::base::outbound::AnswerReader reader(
            [&rest](char* to, std::size_t most) {
                const auto n = std::min(most, rest.size());
                std::copy_n(rest.data(), n, to);
                rest.remove_prefix(n);
                return n;
            },
            request.method == "HEAD", request.maxAnswer);
        last_ = reader.read();
        return last_;
    }

    std::size_t asked() const { return asked_; }
    const host::sdk::OutboundResponse& last() const { return last_; }

private:
    static void drain(const host::sdk::OutboundRequest& request) {
        char buffer[4096];
        for (std::uint64_t left = request.bodyLength; left > 0;) {
            const auto n =
                request.bodySource(buffer, static_cast<std::size_t>(std::min<std::uint64_t>(left, sizeof buffer)));
            if (n == 0)
                throw host::sdk::OutboundError(host::sdk::OutboundError::Kind::Source, false, "the body ended early");
            left -= n;
        }
    }

    std::string host_;
    std::vector<std::string_view> answers_;
    std::size_t asked_ = 0;
    host::sdk::OutboundResponse last_;
};

/// Fit for people and JSON, and without our secret.
inline void requireShown(const std::string& text, std::size_t most, std::string_view secret) {
    require(text.size() <= most, "a text for people keeps its limit", text);
    require(common::isUtf8(text), "a text for people is UTF-8", text);
    require(text.find(secret) == std::string::npos, "no text holds a secret", text);
}

}  // namespace fuzz
