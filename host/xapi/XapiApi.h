#pragma once
/// REST of xAPI sources: who may send statements, with which rules, and what has become of them. Of the organization's
/// administrator; methodists and viewers read, originals of statements and values in troubles methodists alone: they
/// hold what learners said.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"
#include "host/xapi/StatementCounts.h"
#include "host/xapi/XapiSources.h"

#include <functional>
#include <optional>
#include <vector>

namespace host::xapi {

class XapiApi {
public:
    struct Parts {
        sdk::Database& database;
        XapiSources& sources;
        const RuleLibrary& library;
        sdk::Organizations& organizations;
        sdk::Journal& journal;
        const sdk::Clock& clock;
        /// Asks for statements to be read again, as soon as may be; says who asked.
        std::function<void(const std::string& who)> readAgain;
    };
    XapiApi(sdk::Router& router, Parts parts);

private:
    using Handle = sdk::Response (XapiApi::*)(const sdk::Request&);
    void add(sdk::Router& router, sdk::Method method, const std::string& path, sdk::RouteOptions options,
             Handle handle);

    sdk::Response listRules(const sdk::Request& request);
    sdk::Response getRules(const sdk::Request& request);
    sdk::Response list(const sdk::Request& request);
    sdk::Response create(const sdk::Request& request);
    sdk::Response get(const sdk::Request& request);
    sdk::Response replace(const sdk::Request& request);
    sdk::Response erase(const sdk::Request& request);
    sdk::Response rotate(const sdk::Request& request);
    sdk::Response remap(const sdk::Request& request);
    sdk::Response retry(const sdk::Request& request);
    sdk::Response forms(const sdk::Request& request);
    sdk::Response troubles(const sdk::Request& request);
    sdk::Response statements(const sdk::Request& request);
    sdk::Response statement(const sdk::Request& request);

    XapiSource source(const sdk::Request& request);
    static std::optional<State> stateAsked(const sdk::Request& request);
    XapiSource readSource(const sdk::Request& request, XapiSource before, bool isNew) const;
    std::string text(const XapiSource& source, const sdk::SecretString* secret,
                     const SourceCounts* counts = nullptr) const;
    /// As a field of CSV.
    static std::string timeText(sdk::Micros time);
    void note(const sdk::Request& request, const char* action, const std::string& name, std::string details = {});

    Parts p_;
    std::vector<sdk::Registration> routes_;
};

}  // namespace host::xapi
