#pragma once
/// The full package of one learner to the test contour (seed 003, §2.1 step 2): every statement of a flow's methodist
/// and of one learner with ids of the test contour, sent in order, with a report for University 2035's specialists.
///
/// Nothing of production goes there: the test endpoint and Basic of stage 2 only, unti_ids of the test contour only,
/// statement ids of a namespace of the store's own; a statement that names a production id after all is held back.
/// Blocks; the row in the store says what it is at. One package of an integration at a time (the store sees to it).

#include "host/sdk/Files.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Organizations.h"
#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Records.h"
#include "plugin/delivery/PackageSender.h"
#include "plugin/footprint/FlowPlanner.h"
#include "plugin/s3/S3Client.h"
#include "plugin/store/Integrations.h"
#include "plugin/store/PackageStore.h"

#include <optional>
#include <stop_token>
#include <string>

namespace plugin::delivery {

/// All outlive the package.
struct PackageParts {
    host::sdk::Records& records;
    host::sdk::Organizations& organizations;
    host::sdk::Files& files;
    host::sdk::OutboundHttp& http;
    const host::sdk::Clock& clock;
    host::sdk::Logger& logger;
    const footprint::ProfileSet& profiles;
    store::Integrations& integrations;
    store::PackageStore& packages;
    Waiter& waiter;
    BackoffSettings backoff{};
};

/// The test contour of an integration, and a storage for files where one is given.
struct TestContour {
    lrs::Settings lrs;
    std::optional<s3::Settings> storage;
};

/// UUIDv5 of the installation: what a test endpoint and Basic are remembered as.
std::string testStore(const std::string& installationId, const std::string& organization, const std::string& project,
                      const std::string& endpoint, const lrs::Basic& basic);

/// Plans, sends, and ends the row as "done", "incomplete" or "failed".
void sendPackage(const PackageParts& parts, store::PackageRow row, const TestContour& contour, std::stop_token stop);

/// Voids in the test contour what the package has sent, last first; ends the row as "voided" or "void-incomplete".
void voidPackage(const PackageParts& parts, store::PackageRow row, const TestContour& contour, std::stop_token stop);

}  // namespace plugin::delivery
