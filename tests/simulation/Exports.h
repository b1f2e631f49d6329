#pragma once
/// What lies in the folder of exports after a process died: nothing half-written may have its name.

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace tests::simulation {

/// Looks at every manifest.json under the folder: the files it names are there, whole. Empty: all is well.
inline std::string wrongExport(const std::filesystem::path& exports) {
    std::error_code none;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(exports, none)) {
        if (entry.path().filename() != "manifest.json") continue;
        std::ifstream in(entry.path());
        Poco::JSON::Object::Ptr manifest;
        try {
            manifest = Poco::JSON::Parser().parse(in).extract<Poco::JSON::Object::Ptr>();
        } catch (const std::exception&) {
            return "a manifest is not whole: " + entry.path().string();
        }
        const auto files = manifest->getArray("files");
        if (files.isNull()) return "a manifest names no files: " + entry.path().string();
        for (std::size_t i = 0; i < files->size(); ++i) {
            const auto file = files->getObject(static_cast<unsigned>(i));
            const auto path = entry.path().parent_path() / file->getValue<std::string>("path");
            if (!std::filesystem::exists(path)) return "a manifest names a file that is not there: " + path.string();
            if (std::filesystem::file_size(path) != file->getValue<std::uint64_t>("bytes"))
                return "a file is not whole: " + path.string();
        }
    }
    return {};
}

}  // namespace tests::simulation
