#pragma once
/// The kind of source "odata": entity sets of OData 4, 3 and 2 services, and of 1C. A mapping's columns are properties
/// ("Score"), or reach over a navigation property ("Student/Name"). Thread-safe.

#include "host/connections/KindFacts.h"
#include "host/connectors/http/WebClient.h"

#include <memory>

namespace host::connectors {

class ODataKind final : public sdk::SourceKind, public connections::TellsFacts {
public:
    explicit ODataKind(std::shared_ptr<WebTools> tools) : tools_(std::move(tools)) {}

    sdk::SourceDescription describe() const override;
    connections::KindFacts facts() const override;
    void check(const sdk::SourceRequest& request) override;
    std::unique_ptr<sdk::SourceReader> open(const sdk::SourceRequest& request) override;

private:
    std::shared_ptr<WebTools> tools_;
};

}  // namespace host::connectors
