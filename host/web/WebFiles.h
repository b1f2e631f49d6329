#pragma once
/// The files of host/web/files, embedded when the program is built.

#include <string_view>
#include <vector>

namespace host::web {

struct WebFile {
    std::string_view name;
    std::string_view content;
};

const std::vector<WebFile>& webFiles();

}  // namespace host::web
