#pragma once
/// Reads one HTTP/1.x answer to its end, telling a broken one from a whole one (Poco 1.11 takes a chunked body that
/// breaks off for a complete one). Holds no connection; one object an answer.

#include "host/sdk/OutboundHttp.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace host::base::outbound {

class AnswerReader {
public:
    using Receive = std::function<std::size_t(char* buffer, std::size_t size)>;  ///< 0 at the end

    AnswerReader(Receive receive, bool headRequest, std::size_t maxAnswer);

    /// \throws host::sdk::OutboundError Closed, BadAnswer or TooLarge, and whatever `receive` throws
    sdk::OutboundResponse read();

    bool sawAnything() const noexcept { return sawAnything_; }
    /// After read(): the connection can carry another request.
    bool keepsAlive() const noexcept { return keepAlive_; }
    /// What the server's Keep-Alive header says; zero when it says nothing.
    std::chrono::seconds keepAliveTimeout() const noexcept { return keepAliveTimeout_; }

private:
    bool fill();
    std::string line();
    bool readHead(sdk::OutboundResponse& response);
    void readBody(sdk::OutboundResponse& response);
    void readExactly(std::string& body, std::uint64_t length);
    void readChunks(std::string& body);
    void readToEnd(std::string& body);
    [[noreturn]] void tooLarge() const;

    Receive receive_;
    bool headRequest_;
    std::size_t maxAnswer_;
    std::string buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t headBytes_ = 0;
    bool sawAnything_ = false;
    bool keepAlive_ = false;
    std::chrono::seconds keepAliveTimeout_{0};
};

}  // namespace host::base::outbound
