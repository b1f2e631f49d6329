#pragma once
/// Entities of one set, page by page. Used by one thread.

#include "host/connectors/http/PagedReader.h"
#include "host/connectors/odata/ODataModel.h"
#include "host/connectors/odata/ODataRoute.h"

#include <memory>
#include <optional>
#include <unordered_set>

namespace host::connectors {

class ODataReader final : public PagedReader {
public:
    ODataReader(std::shared_ptr<WebTools> tools, WebClient client, ODataRoute route, const sdk::SourceRequest& request);

private:
    bool fetch() override;
    void refine(sdk::SourceRow& row) override;

    void prepare();
    void load(const std::string& url);
    void requireDialect(const std::string& head, const std::string& url) const;
    void advance();
    bool takeUp();
    void stepBack();
    void afterPage();
    void explain(const sdk::SourceError& error);
    const ODataModel* model();
    std::string nextUrl() const;

    std::shared_ptr<WebTools> tools_;  ///< the client's
    ODataRoute route_;
    sdk::SourceRequest request_;
    ODataQuery query_;
    std::optional<ODataModel> model_;
    bool modelAsked_ = false;
    bool prepared_ = false;
    bool more_ = true;
    std::string link_;                         ///< where the service says the next page is; empty: it doesn't
    std::unordered_set<std::size_t> visited_;  ///< hashes of links
    std::optional<std::uint64_t> total_;

    // $skip and $top.
    std::size_t batch_ = 0;                 ///< rows since query_.skip
    std::optional<std::uint64_t> lastRow_;  ///< hash of the last row that was handed out
    int stepsBack_ = 0;
};

/// How a request to such a service is made. `accept`: of entities.
WebClient::Ask odataAsk(ODataDialect dialect, std::string url);

}  // namespace host::connectors
