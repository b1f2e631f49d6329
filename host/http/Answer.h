#pragma once
/// Writes one answer to a connection: small ones with a single write, streams in chunks, files in pieces. Every answer
/// carries the security headers. Used by the thread that answers the request.

#include "host/http/Connection.h"
#include "host/sdk/Http.h"

#include <functional>
#include <ostream>
#include <string>
#include <string_view>

namespace host::http {

class Answer {
public:
    struct Facts {
        bool headOnly = false;  ///< HEAD: everything but the body
        int minorVersion = 1;
        bool keepAlive = true;
        std::string_view requestId;
        std::function<bool()> stopping;  ///< a streamed answer fails when it says so, asked at every flush
    };

    Answer(Connection& connection, Facts facts);

    /// Sends `response` whole. What `response.stream` throws before its first byte went out comes out of here with
    /// nothing sent; thrown later it is ConnectionLost, because the client must see that the answer is broken off.
    void send(const sdk::Response& response);

    /// A streamed answer also fails when this says so.
    void stopWhen(std::function<bool()> also);

    /// The next request on this connection would be read wrongly: say Connection: close.
    void refuseKeepAlive() { facts_.keepAlive = false; }
    bool keepAlive() const { return facts_.keepAlive; }
    bool begun() const { return begun_; }
    std::uint64_t bytes() const { return bytes_; }

private:
    enum class Length { Known, Chunked, UntilClose };

    std::string head(const sdk::Response& response, Length kind, std::uint64_t length) const;
    void sendBody(const sdk::Response& response);
    void sendStream(const sdk::Response& response);
    void sendFile(const sdk::Response& response);
    void write(std::string_view bytes);

    Connection& connection_;
    Facts facts_;
    bool begun_ = false;
    std::uint64_t bytes_ = 0;
};

/// "Not Found" for 404; "Unknown" for numbers that have no name.
std::string_view statusPhrase(int status);

}  // namespace host::http
