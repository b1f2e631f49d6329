#pragma once
/// REST of the files a night wrote: the list, their manifest, the files themselves. Only what a manifest names can be
/// fetched: a name from outside is compared, never joined to a path. Thread-safe.

#include "host/sdk/Http.h"
#include "plugin/store/RunStore.h"

#include <filesystem>
#include <vector>

namespace plugin::api {

class ExportsApi {
public:
    /// `folder` holds ORG/RUN/PROJECT/.
    ExportsApi(store::RunStore& runs, std::filesystem::path folder) : runs_(runs), folder_(std::move(folder)) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    struct File;
    std::vector<File> filesOf(const std::string& organization, std::int64_t runId) const;
    static void addFilesOf(const std::filesystem::path& projectFolder, const std::string& part,
                           std::vector<File>& files);
    store::ExportRow require(const host::sdk::Request& request);
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response file(const host::sdk::Request& request);

    store::RunStore& runs_;
    std::filesystem::path folder_;
};

}  // namespace plugin::api
