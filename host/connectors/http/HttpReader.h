#pragma once
/// Pages of a route of the kind "http". Used by one thread.

#include "host/connectors/http/HttpRoute.h"
#include "host/connectors/http/PagedReader.h"

#include <memory>
#include <optional>
#include <unordered_set>

namespace host::connectors {

class HttpReader final : public PagedReader {
public:
    HttpReader(std::shared_ptr<WebTools> tools, WebClient client, HttpRoute route, const sdk::SourceRequest& request);

private:
    static ItemPaths paths(const HttpRoute& route, const sdk::SourceRequest& request);

    bool fetch() override;
    void advance(const sdk::OutboundResponse& response);
    std::optional<std::string> whole(const std::string& path);
    void goTo(const std::string& reference);
    void remember(const std::string& place);
    bool finish();

    std::shared_ptr<WebTools> tools_;  ///< the client's
    HttpRoute route_;
    Placeholders values_;
    std::string url_;  ///< of the next page; of Paging::Link, where a link led
    bool more_ = true;
    std::optional<std::uint64_t> total_;
    std::unordered_set<std::size_t> visited_;  ///< hashes of cursors and links
    std::size_t wholeCount_ = 0;
};

}  // namespace host::connectors
