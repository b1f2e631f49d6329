#pragma once
/// HTTP as a module sees it: values in, values out. The host reads bodies up to a limit, checks who may, turns
/// AppError into RFC 9457 problem+json and writes OpenAPI from what is registered here.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/sdk/Error.h"
#include "host/sdk/Registration.h"

namespace host::sdk {
inline namespace abi1 {

enum class Method { Get, Post, Put, Patch, Delete };

/// Ordered: a later role may do what an earlier one may.
enum class Role { Viewer, Methodist, OrganizationAdmin };

/// Who asks. Filled by the host from the session cookie or the bearer token.
struct Principal {
    std::string login;  ///< as the journal names it: login, or "token:NAME"
    bool signedIn = false;
    bool serverAdmin = false;
    std::map<std::string, Role> roles;  ///< organization id → highest role

    bool may(const std::string& organization, Role least) const {
        auto it = roles.find(organization);
        return it != roles.end() && it->second >= least;
    }
};

/// Valid during the call of the handler only.
struct Request {
    Method method = Method::Get;
    std::string path;                                             ///< decoded, without query
    std::map<std::string, std::string> pathParameters;            ///< "{org}" → value, decoded
    std::vector<std::pair<std::string, std::string>> query;       ///< decoded, in order
    std::vector<std::pair<std::string, std::string>> headers;     ///< names in lower case
    std::string body;                                             ///< whole, unless the route streams it
    std::istream* bodyStream = nullptr;                           ///< set when the route streams it
    Principal principal;
    std::string requestId;
    std::string clientAddress;
    std::string language = "ru";  ///< "ru" or "en", by Accept-Language

    const std::string& parameter(const std::string& name) const {
        auto it = pathParameters.find(name);
        if (it == pathParameters.end()) throw AppError(500, "internal", "The route has no parameter '" + name + "'.");
        return it->second;
    }
    std::optional<std::string> queryValue(std::string_view name) const { return find(query, name); }
    std::optional<std::string> header(std::string_view lowerCaseName) const { return find(headers, lowerCaseName); }

private:
    static std::optional<std::string> find(const std::vector<std::pair<std::string, std::string>>& all,
                                           std::string_view name) {
        for (const auto& [key, value] : all)
            if (key == name) return value;
        return std::nullopt;
    }
};

struct Response {
    int status = 200;
    std::string contentType = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::function<void(std::ostream&)> stream;  ///< when set, written chunked instead of `body`
    std::string file;                           ///< when set, this file of the server is sent instead

    static Response json(std::string text, int status = 200) {
        Response r;
        r.status = status;
        r.body = std::move(text);
        return r;
    }
    static Response noContent() {
        Response r;
        r.status = 204;
        r.contentType.clear();
        return r;
    }
    Response& header(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    Response& etag(std::int64_t version) { return header("ETag", "\"" + std::to_string(version) + "\""); }
};

using Handler = std::function<Response(const Request&)>;

enum class Access {
    Public,        ///< nobody need be signed in
    SignedIn,      ///< anybody signed in
    Organization,  ///< `{org}` in the path; `least` role there; a foreign organization looks like 404
    ServerAdmin
};

/// What OpenAPI and /docs say of an operation. Schemas and examples are JSON texts.
struct Operation {
    std::string id;       ///< "listIntegrations"
    std::string tag;      ///< group: "Wizard"
    std::string summary;  ///< one line
    std::string description = {};
    std::string requestSchema = {};
    std::string requestExample = {};
    std::string responseSchema = {};
    std::string responseExample = {};
    int successStatus = 200;
    std::vector<std::pair<std::string, std::string>> queryParameters = {};  ///< name → description
    std::string requestContentType = "application/json";
    std::string responseContentType = "application/json";
};

struct RouteOptions {
    Access access = Access::Organization;
    Role least = Role::Viewer;            ///< with Access::Organization
    bool serverAdminToo = false;          ///< with Access::Organization: the server's administrator as well
    std::uint64_t maxBody = 1024 * 1024;  ///< bytes; beyond it 413
    bool streamBody = false;              ///< hand the body as a stream; `maxBody` still holds
    bool requireIfMatch = false;          ///< 428 without If-Match; the handler compares (`ifMatch`)
    Operation operation;
};

class Router {
public:
    virtual ~Router() = default;

    /// `path` is absolute: "/api/v1/organizations/{org}/u2035/integrations/{project}". AppError when it is taken.
    [[nodiscard]] virtual Registration add(Method method, const std::string& path, RouteOptions options,
                                           Handler handler) = 0;
};

/// If-Match as a version number; nullopt when the header is absent or "*". A malformed one is AppError 400.
inline std::optional<std::int64_t> ifMatch(const Request& request) {
    auto value = request.header("if-match");
    if (!value || *value == "*") return std::nullopt;
    std::string_view text = *value;
    if (text.size() < 3 || text.size() > 20 || text.front() != '"' || text.back() != '"')
        throw AppError::badRequest("If-Match is not an ETag of ours; send the ETag of the last answer, as in \"7\".");
    std::int64_t version = 0;
    for (char c : text.substr(1, text.size() - 2)) {
        if (c < '0' || c > '9')
            throw AppError::badRequest("If-Match is not an ETag of ours; send the ETag of the last answer, as in \"7\".");
        version = version * 10 + (c - '0');
    }
    return version;
}

}  // namespace abi1
}  // namespace host::sdk
