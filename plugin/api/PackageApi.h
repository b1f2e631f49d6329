#pragma once
/// REST of full packages to the test contour: begin one, look at its report, void it. HTTP to values and back; the
/// rules are in plugin/delivery/FullPackage. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"
#include "host/sdk/Records.h"
#include "host/sdk/Secrets.h"
#include "plugin/api/PackageRunner.h"
#include "plugin/integration/ProjectFacts.h"
#include "plugin/store/IntegrationStore.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace plugin::api {

struct PackageServices {
    host::sdk::Router& router;
    host::sdk::Organizations& organizations;
    host::sdk::Records& records;
    host::sdk::Secrets& secrets;
    host::sdk::Journal& journal;
    store::IntegrationStore& integrations;
    store::PackageStore& packages;
    PackageRunner& runner;
    std::string installationId;
    /// What a project's profile says; nullopt when its profile isn't there.
    std::function<std::optional<integration::ProjectFacts>(const host::sdk::Project&)> factsOf;
};

class PackageApi {
public:
    explicit PackageApi(PackageServices services) : services_(std::move(services)) {}

    /// Ends packages that an earlier process left, then registers the routes.
    void registerRoutes();

private:
    struct Subject;
    struct Asked;
    Subject subjectOf(const host::sdk::Request& request) const;
    delivery::TestContour contourOf(const Subject& subject) const;
    static Asked read(const std::string& body);
    host::sdk::Response begin(const host::sdk::Request& request);
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response voidOne(const host::sdk::Request& request);
    host::sdk::Response answer(const Subject& subject, const store::PackageRow& row, int status) const;
    void journal(const host::sdk::Request& request, const Subject& subject, const std::string& action,
                 const store::PackageRow& row) const;

    PackageServices services_;
    std::vector<host::sdk::Registration> registrations_;
};

}  // namespace plugin::api
