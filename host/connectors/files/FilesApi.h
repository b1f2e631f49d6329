#pragma once
/// Uploads to routes of files, and what arrived at them. Thread-safe. Everything in Parts must outlive it.

#include "host/connectors/files/Arrivals.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"

#include <cstdint>
#include <vector>

namespace host::connectors {

class FilesApi {
public:
    struct Parts {
        connections::ConnectionStore& store;
        Arrivals& arrivals;
        sdk::Organizations& organizations;
        sdk::Journal& journal;
        std::uint64_t maxUpload = 0;  ///< bytes
    };
    /// Registers its routes.
    FilesApi(sdk::Router& router, Parts parts);

private:
    sdk::Response upload(const sdk::Request& request);
    sdk::Response repeat(const sdk::Request& request);
    sdk::Response list(const sdk::Request& request);
    std::string textOf(const connections::Connection& connection, const connections::Route& route,
                       const Arrival& arrival, const std::string& language) const;
    connections::Connection connection(const sdk::Request& request);

    Parts p_;
    std::vector<sdk::Registration> routes_;
};

}  // namespace host::connectors
