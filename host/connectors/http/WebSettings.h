#pragma once
/// What every connection to a web service has in common: where it is, who we are there, how often it may be asked.
/// Values.

#include "host/sdk/Sources.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace host::connectors {

enum class WebAuth { None, Basic, Bearer, Header, Query, ClientCredentials };

struct WebSettings {
    std::string base;  ///< absolute, percent-encoded
    WebAuth auth = WebAuth::None;
    std::string user;      ///< Basic: the user; ClientCredentials: the client's id
    std::string name;      ///< Header, Query: what carries the key
    std::string tokenUrl;  ///< ClientCredentials
    std::string scope;
    sdk::SecretString secret;  ///< password, token, key or the client's secret
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<std::string> origins;  ///< where links and files may lead besides the base's origin: "https://h:443"
    unsigned requestsPerMinute = 0;    ///< 0: as they come
    std::chrono::milliseconds timeout{90'000};

    /// \throws sdk::SourceError Configuration
    static WebSettings from(const sdk::SourceValues& values);
    /// The fields of a connection; `example` of the address.
    static std::vector<sdk::SourceField> fields(const std::string& example);

    /// What may never be shown.
    std::vector<std::string> secrets() const;
};

/// Header names and values that a request can carry. \throws sdk::SourceError Configuration
void checkHeaders(const std::vector<std::pair<std::string, std::string>>& headers);

}  // namespace host::connectors
