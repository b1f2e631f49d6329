#pragma once
/// The kind of source "http": any service that answers JSON or XML to a request, page by page. A mapping's columns are
/// paths into an item. Thread-safe.

#include "host/connections/KindFacts.h"
#include "host/connectors/http/WebClient.h"

#include <memory>

namespace host::connectors {

class HttpKind final : public sdk::SourceKind, public connections::TellsFacts {
public:
    explicit HttpKind(std::shared_ptr<WebTools> tools) : tools_(std::move(tools)) {}

    sdk::SourceDescription describe() const override;
    connections::KindFacts facts() const override;
    void check(const sdk::SourceRequest& request) override;
    std::unique_ptr<sdk::SourceReader> open(const sdk::SourceRequest& request) override;

private:
    std::shared_ptr<WebTools> tools_;
};

}  // namespace host::connectors
