#pragma once
/// REST of the files a night wrote: the list, their manifest, the files themselves, splitting one that could not be
/// uploaded. Only what a manifest names can be fetched: a name from outside is compared, never joined to a path.
/// Thread-safe.

#include "common/Json.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "plugin/store/RunStore.h"
#include "plugin/store/UploadStore.h"

#include <filesystem>
#include <mutex>
#include <vector>

namespace plugin::api {

class ExportsApi {
public:
    /// `folder` holds ORG/RUN/PROJECT/.
    ExportsApi(store::RunStore& runs, store::UploadStore& uploads, host::sdk::Journal& journal,
               const host::sdk::Clock& clock, std::filesystem::path folder)
        : runs_(runs), uploads_(uploads), journal_(journal), clock_(clock), folder_(std::move(folder)) {}

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
    host::sdk::Response split(const host::sdk::Request& request);
    host::sdk::Response uploaded(const host::sdk::Request& request);
    static void write(common::JsonWriter& json, const host::sdk::Request& request, std::int64_t runId, const File& file,
                      const std::map<std::string, store::Uploaded>& uploads);
    static const File& named(const std::vector<File>& files, const host::sdk::Request& request);

    store::RunStore& runs_;
    store::UploadStore& uploads_;
    host::sdk::Journal& journal_;
    const host::sdk::Clock& clock_;
    std::filesystem::path folder_;
    std::mutex splitting_;  ///< two at a time would each replace the manifest the other has read
};

}  // namespace plugin::api
