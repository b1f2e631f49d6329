#include "host/web/WebPages.h"

#include "host/web/WebFiles.h"

namespace host::web {

std::vector<sdk::Registration> registerWebPages(sdk::Router& router) {
    std::vector<sdk::Registration> all;
    sdk::RouteOptions options;
    options.access = sdk::Access::Public;
    for (const auto& file : webFiles()) {
        std::string path = "/assets/" + std::string(file.name);
        if (file.name == "index.html") path = "/";
        if (file.name == "docs.html") path = "/docs";
        all.push_back(router.add(sdk::Method::Get, path, options,
                                 [content = file.content, type = common::contentTypeOf(file.name),
                                  etag = common::etagOf(file.content)](const sdk::Request&) {
                                     sdk::Response response;
                                     response.contentType = type;
                                     response.body = content;
                                     return response.header("ETag", etag).header("Cache-Control", "no-cache");
                                 }));
    }
    return all;
}

}  // namespace host::web
