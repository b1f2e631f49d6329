#pragma once
/// The request target taken apart: decoded path segments and query. Refuses (AppError 400) what has no place in an
/// address: bad percent-encoding, bytes that aren't UTF-8, control characters, "." and ".." segments however encoded.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::http {

struct Target {
    std::string path;                   ///< decoded
    std::vector<std::string> segments;  ///< decoded one by one: an encoded '/' stays inside its segment
    std::vector<std::pair<std::string, std::string>> query;
};

Target parseTarget(std::string_view raw);

}  // namespace host::http
