#pragma once
/// Ready-made sets of routes: config/sources/NAME/set.json and a file for each route, in the set's order. Read and
/// checked as a whole when the server starts; immutable afterwards, thread-safe.
///
///     set.json:       {"title": {"ru","en"}, "kind": "sql", "parameters": [{"name","title":{…},"required","fallback",
///                      "example","hint"}], "order": ["10-programmes", …]}
///     10-programmes.json: {"title": {"ru","en"}, "kind": "sql", "settings": {…}, "mapping": {…},
///                      "watermark": {…}, "deletions": "keep" | "follow"}
///
/// "{name}" of a parameter stands for its value, in every text of settings, mapping and watermark; braces with any
/// other word stay as they are (templates of the mapping).

#include "host/connections/ConnectionStore.h"
#include "host/sdk/Sources.h"

#include <Poco/JSON/Object.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace host::connections {

struct SourceSet {
    struct Piece {
        std::string name;  ///< of the route: the file's name without its number
        sdk::PageText title;
        std::string json;  ///< the whole file
    };
    std::string name;
    sdk::PageText title;
    std::string kind;
    std::vector<sdk::SourceField> parameters;
    std::vector<Piece> routes;
};

class SourceSets {
public:
    /// AppError 422 lists what is wrong in which file. A missing folder has no sets.
    explicit SourceSets(const std::filesystem::path& folder);

    /// AppError 404 with the nearest name.
    const SourceSet& find(const std::string& name) const;
    const std::map<std::string, SourceSet>& all() const { return sets_; }

    /// The bodies of the routes, as POST …/routes takes them. `values`: the parameters'.
    static std::vector<Poco::JSON::Object::Ptr> bodies(const SourceSet& set,
                                                       const std::map<std::string, std::string>& values,
                                                       const std::string& language);

private:
    std::map<std::string, SourceSet> sets_;
};

}  // namespace host::connections
