#pragma once
/// lmsctl's side of the REST API: one request, one answer. A refusal is a Refusal with everything the problem document
/// says; no connection is an Unreachable that says what to check. Used by one thread.

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/URI.h>

#include <iosfwd>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace host::ctl {

/// The server answered no; `what` is ready to be printed.
class Refusal : public std::runtime_error {
public:
    Refusal(int status, const std::string& text) : std::runtime_error(text), status_(status) {}
    int status() const { return status_; }

private:
    int status_;
};

class Unreachable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Answer {
    int status = 0;
    std::string etag;
    std::string location;
    std::string body;

    Poco::JSON::Object::Ptr object() const;  ///< \throws Refusal when the body is no JSON object
};

class RestClient {
public:
    /// `caFile`: empty for the system's authorities. `token`: empty to ask as nobody.
    RestClient(const std::string& server, std::string token, const std::string& caFile);

    Answer get(const std::string& path) { return send("GET", path, {}, {}); }
    Answer post(const std::string& path, const std::string& json) { return send("POST", path, json, {}); }
    Answer put(const std::string& path, const std::string& json, const std::string& etag) {
        return send("PUT", path, json, etag);
    }
    Answer remove(const std::string& path, const std::string& etag = {}) { return send("DELETE", path, {}, etag); }

    /// Sends a stream whose length is known.
    Answer postStream(const std::string& path, const std::string& contentType, std::istream& body,
                      std::uint64_t length);

    /// Every item of a list, page after page.
    Poco::JSON::Array all(const std::string& path);

    /// One segment of a path, percent-encoded.
    static std::string segment(const std::string& text);

private:
    Answer send(const std::string& method, const std::string& path, const std::string& body, const std::string& etag);
    Answer exchange(const std::string& method, const std::string& path, const std::string& contentType,
                    std::istream* body, std::uint64_t length, const std::string& etag);

    Poco::URI server_;
    std::string token_;
    std::string caFile_;
};

}  // namespace host::ctl
