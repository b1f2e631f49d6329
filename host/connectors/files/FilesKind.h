#pragma once
/// The kind "files": CSV, XLSX, JSON and XML that a person uploads to a route or a program puts into a watched folder
/// of the server. CSV and XLSX are streamed; JSON and XML are held in memory, up to 64 MiB. Thread-safe.

#include "host/connections/Delivery.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace host::connectors {

class FilesKind : public connections::BroughtKind {
public:
    static constexpr const char* kName = "files";

    /// `folders`: those beneath which the configuration lets organizations have watched ones. `maxUpload`: bytes of one
    /// upload.
    FilesKind(std::vector<std::filesystem::path> folders, std::uint64_t maxUpload)
        : folders_(std::move(folders)), maxUpload_(maxUpload) {}

    sdk::SourceDescription describe() const override;
    connections::KindFacts facts() const override;
    /// Whether the connection's folder is there and files can be moved in it. \throws SourceError
    void check(const sdk::SourceRequest& request) override;
    /// The same of the folder of a route, and of those within it that a file goes through.
    void checkRoute(const sdk::SourceRequest& request, const std::string& prefix) const override;
    /// SourceError Configuration: files are brought.
    std::unique_ptr<sdk::SourceReader> open(const sdk::SourceRequest& request) override;
    std::unique_ptr<sdk::SourceReader> read(const sdk::SourceRequest& request, std::unique_ptr<std::istream> bytes,
                                            const std::string& contentType) const override;
    /// A file is the whole list when its route says that deletions are followed.
    bool isWhole() const override { return true; }

private:
    std::vector<std::filesystem::path> folders_;
    std::uint64_t maxUpload_;
};

/// The real folder FOLDER/ORGANIZATION/`folder`/`prefix` beneath one of `roots`; links that lead out of it don't
/// count. So no organization names another's. \throws SourceError Configuration, NotThere
std::filesystem::path watchedFolder(const std::vector<std::filesystem::path>& roots, const std::string& organization,
                                    const std::string& folder, const std::string& prefix);

}  // namespace host::connectors
