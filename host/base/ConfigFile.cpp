#include "host/base/ConfigFile.h"

#include "common/Text.h"

#include <fstream>
#include <map>

namespace host::base {

void readConfigFile(const std::filesystem::path& file, std::vector<ConfigLine>& lines,
                    std::vector<ConfigProblem>& problems) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        problems.push_back(
            {"", file.string(), "the file can't be read", "check that it is there and readable by the server"});
        return;
    }
    std::map<std::string, std::string> seen;
    std::string raw;
    for (int number = 1; std::getline(in, raw); ++number) {
        std::string origin = file.string() + ":" + std::to_string(number);
        std::string_view text = raw;
        if (number == 1 && text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
        text = common::trim(text);
        if (text.empty() || text.front() == '#') continue;
        if (!common::isUtf8(text)) {
            problems.push_back({"", origin, "the line is not UTF-8", "save the file as UTF-8"});
            continue;
        }
        auto equals = text.find('=');
        std::string key(common::trim(text.substr(0, equals)));
        if (equals == std::string_view::npos || key.empty()) {
            problems.push_back({"", origin, "the line is not 'key = value'", "write it so, or begin it with '#'"});
            continue;
        }
        auto [earlier, fresh] = seen.emplace(key, origin);
        if (!fresh) {
            problems.push_back(
                {key, origin, "is set twice in one file, first at " + earlier->second, "remove one of them"});
            continue;
        }
        lines.push_back({key, std::string(common::trim(text.substr(equals + 1))), origin, file.parent_path()});
    }
}

}  // namespace host::base
