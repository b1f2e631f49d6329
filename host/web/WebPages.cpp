#include "host/web/WebPages.h"

#include "common/Sha256.h"
#include "host/web/WebFiles.h"

namespace host::web {
namespace {

std::string contentType(std::string_view name) {
    auto extension = name.substr(name.rfind('.') + 1);
    if (extension == "html") return "text/html; charset=utf-8";
    if (extension == "css") return "text/css; charset=utf-8";
    if (extension == "js") return "text/javascript; charset=utf-8";
    if (extension == "svg") return "image/svg+xml";
    return "application/octet-stream";
}

}  // namespace

std::vector<sdk::Registration> registerWebPages(sdk::Router& router) {
    std::vector<sdk::Registration> all;
    sdk::RouteOptions options;
    options.access = sdk::Access::Public;
    for (const auto& file : webFiles()) {
        std::string path = "/assets/" + std::string(file.name);
        if (file.name == "index.html") path = "/";
        if (file.name == "docs.html") path = "/docs";
        auto etag = '"' + common::Sha256::hex(file.content).substr(0, 24) + '"';
        all.push_back(router.add(sdk::Method::Get, path, options,
                                 [content = file.content, type = contentType(file.name), etag](const sdk::Request&) {
                                     sdk::Response response;
                                     response.contentType = type;
                                     response.body = content;
                                     return response.header("ETag", etag).header("Cache-Control", "no-cache");
                                 }));
    }
    return all;
}

}  // namespace host::web
