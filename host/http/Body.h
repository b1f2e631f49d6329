#pragma once
/// The body of a request, read from its connection: fixed length or chunked, up to a limit, with a deadline. Used by
/// the thread that answers the request.

#include "host/http/Connection.h"

#include <cstdint>
#include <istream>
#include <streambuf>
#include <string>
#include <vector>

namespace host::http {

class Body {
public:
    /// Looks at `connection.head`, which stays valid meanwhile: its bytes are consumed already, so the facts are
    /// copied.
    Body(Connection& connection, const RequestHead& head, std::chrono::milliseconds timeout);

    /// Bytes beyond this are AppError 413. Set before reading; AppError 413 at once when the length is announced.
    void limit(std::uint64_t maxBytes);

    /// Up to `size` bytes; 0 at the end. AppError 400 for bad chunks, ConnectionLost when the peer goes.
    std::size_t read(char* to, std::size_t size);
    std::string readAll();

    /// True when nothing of it is left on the connection (drops a small rest that has arrived already).
    bool finished();

private:
    void begin();
    bool nextChunk();
    std::string readLine(std::size_t most);

    Connection& connection_;
    bool chunked_;
    bool expectContinue_;
    bool end_;
    std::uint64_t left_;  ///< of the body, or of the chunk
    std::uint64_t total_ = 0;
    std::uint64_t maxBytes_ = 0;
    bool firstChunk_ = true;
    std::chrono::milliseconds timeout_;
    SteadyTime deadline_{};
    bool begun_ = false;
};

/// A body as a stream. Errors come out of the stream's functions as exceptions.
class BodyStream : public std::istream {
public:
    explicit BodyStream(Body& body);

private:
    class Buffer : public std::streambuf {
    public:
        explicit Buffer(Body& body);

    private:
        int_type underflow() override;

        Body& body_;
        std::vector<char> bytes_;
    };

    Buffer buffer_;
};

}  // namespace host::http
