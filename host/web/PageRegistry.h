#pragma once
/// The pages that modules show, and GET /api/v1/pages, of which the platform makes its menu. Thread-safe. Handles may
/// outlive the registry.

#include "host/sdk/Http.h"
#include "host/sdk/Pages.h"

#include <memory>
#include <vector>

namespace host::web {

class PageRegistry : public sdk::Pages {
public:
    PageRegistry();
    ~PageRegistry() override;

    [[nodiscard]] sdk::Registration add(const sdk::Page& page) override;

    /// In the order of the menu: by `order`, then by id.
    std::vector<sdk::Page> list() const;

private:
    struct Kept;
    std::shared_ptr<Kept> kept_;
};

[[nodiscard]] sdk::Registration registerPagesApi(sdk::Router& router, const PageRegistry& pages);

}  // namespace host::web
