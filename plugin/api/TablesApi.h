#pragma once
/// REST of the tables' columns: an organization uploads the template it downloaded from its account of University 2035,
/// says once what the names did not tell, and from then on its files have exactly the template's columns. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"
#include "plugin/footprint/Profile.h"
#include "plugin/store/TableTemplateStore.h"

#include <vector>

namespace plugin::api {

/// All outlive the API.
struct TablesServices {
    host::sdk::Organizations& organizations;
    host::sdk::Journal& journal;
    const footprint::ProfileSet& profiles;
    store::TableTemplateStore& templates;
};

class TablesApi {
public:
    explicit TablesApi(TablesServices services) : services_(services) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    struct Subject;
    Subject subjectOf(const host::sdk::Request& request) const;
    host::sdk::Response show(const host::sdk::Request& request) const;
    host::sdk::Response upload(const host::sdk::Request& request);
    host::sdk::Response map(const host::sdk::Request& request);
    host::sdk::Response remove(const host::sdk::Request& request);
    void journal(const host::sdk::Request& request, const Subject& subject, const char* action,
                 const std::string& details);

    TablesServices services_;
};

}  // namespace plugin::api
