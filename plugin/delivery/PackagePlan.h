#pragma once
/// What one learner's full package consists of: statements with ids and bytes of the test store, and what can't be
/// among them. See FullPackage.h.

#include "plugin/delivery/FullPackage.h"

#include <map>
#include <vector>

namespace plugin::delivery {

struct PackagePlan {
    std::int64_t generation = 1;
    std::string profileVersion;
    std::vector<store::TestStatement> statements;  ///< the methodist's first
    std::vector<footprint::Unsendable> unsent;
};

/// Files that lie in the test storage, by record id, and why others don't.
struct PackageFiles {
    bool storageGiven = false;
    std::map<host::sdk::RecordId, footprint::PlacedFile> placed;
    std::map<host::sdk::RecordId, std::string> failed;
};

/// Puts them there and reads them back as anybody could.
PackageFiles placeFiles(const PackageParts& parts, const store::PackageRow& row,
                        const std::optional<s3::Settings>& storage, std::stop_token stop);

/// \throws AppError 404 when flow, project or profile is gone.
PackagePlan planPackage(const PackageParts& parts, const store::PackageRow& row, const PackageFiles& files);

}  // namespace plugin::delivery
