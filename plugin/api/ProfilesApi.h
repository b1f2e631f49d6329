#pragma once
/// REST of trying a profile, or one kind of statement, before it serves: for the server's administrator. Nothing is
/// changed, kept or sent: the served profiles are files, read at the start. Thread-safe.

#include "host/sdk/Http.h"
#include "plugin/delivery/Preview.h"

#include <filesystem>
#include <string>
#include <vector>

namespace plugin::api {

class ProfilesApi {
public:
    /// `folder`: of the served profiles' files.
    ProfilesApi(delivery::PreviewParts parts, std::filesystem::path folder)
        : parts_(std::move(parts)), folder_(std::move(folder)) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response check(const host::sdk::Request& request);
    std::string fileOf(const std::string& profile) const;

    delivery::PreviewParts parts_;
    std::filesystem::path folder_;
};

}  // namespace plugin::api
