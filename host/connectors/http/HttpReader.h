#pragma once
/// Pages of a route of the kind "http". Used by one thread.

#include "host/connectors/http/HttpRoute.h"
#include "host/connectors/http/PagedReader.h"

#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

namespace host::connectors {

class HttpReader final : public PagedReader {
public:
    HttpReader(std::shared_ptr<WebTools> tools, WebClient client, HttpRoute route, const sdk::SourceRequest& request);

private:
    static ItemPaths paths(const HttpRoute& route, const sdk::SourceRequest& request);

    bool isProvenWhole() const override;
    bool fetch() override;
    bool ask(sdk::OutboundResponse& head);
    bool takeUp();
    void goOnAt(std::uint64_t offset, bool overlaps);
    void stepBack();
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
    bool totalChanged_ = false;
    std::size_t asks_ = 0;

    // Paging::Offset. Every page begins with the last row of the one before, so that it shows when rows have moved.
    std::uint64_t offset_ = 0;              ///< of the page that is asked for
    bool overlaps_ = false;                 ///< does it begin with that row
    bool mayOverlap_ = true;                ///< false: the service gives whole pages only
    std::uint64_t lastOffset_ = 0;          ///< of the page before
    std::vector<std::uint64_t> lastItems_;  ///< its items' hashes
    std::size_t fresh_ = 0;                 ///< items of the page that had not been handed out
    bool steppedBack_ = false;
    int stepsBack_ = 0;
    bool missed_ = false;  ///< rows may have been missed without a sign of it
};

}  // namespace host::connectors
