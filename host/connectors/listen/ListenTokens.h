#pragma once
/// The tokens by which other systems sign in to listening connections. Made here, shown once, kept as SHA-256, sealed;
/// after a rotation the one before may be accepted for a while, so that nothing sent meanwhile is lost. Thread-safe.

#include "host/connections/ConnectionStore.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Http.h"
#include "host/sdk/Secrets.h"

#include <chrono>
#include <optional>
#include <string>

namespace host::connectors {

class ListenTokens {
public:
    struct Kept {
        std::string hash;  ///< hex of the SHA-256
        std::string lastFour;
        std::string madeBy;
        sdk::Micros madeAt = 0;
        std::string previousHash;  ///< accepted until `previousUntil`
        sdk::Micros previousUntil = 0;
    };

    ListenTokens(sdk::Secrets& secrets, const sdk::Clock& clock) : secrets_(secrets), clock_(clock) {}

    /// A new token, the only time that it is seen. `keepPrevious`: how long the one before is accepted besides.
    std::string make(const connections::Connection& connection, const std::string& who,
                     std::chrono::minutes keepPrevious);
    void erase(const connections::Connection& connection);
    std::optional<Kept> find(const connections::Connection& connection) const;
    /// Takes as long for a wrong one as for a right one.
    bool accepts(const connections::Connection& connection, const std::string& token) const;

private:
    sdk::Secrets& secrets_;
    const sdk::Clock& clock_;
};

/// What a request shows: a bearer token, the password of Basic (any user), or the header; empty when it shows nothing.
std::string tokenOf(const sdk::Request& request, const std::string& header);

}  // namespace host::connectors
