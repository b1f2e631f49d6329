// SsoApi: what the codes mean that a page of the sign-in shows («Код для администратора»).

#include "plugin/api/SsoApi.h"
#include "plugin/api/SsoView.h"
#include "plugin/sso/Failures.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::Request;
using host::sdk::Response;

void SsoApi::addErrors(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept) {
    host::sdk::RouteOptions options;
    options.least = host::sdk::Role::OrganizationAdmin;
    options.operation = {.id = "listSsoErrors",
                         .tag = "SSO",
                         .summary = "Что означают коды ошибок входа · What the codes of a failed sign-in mean",
                         .description = "In the order in which a sign-in can fail; in the language that is asked for.",
                         .responseSchema = listSchema(kSsoErrorSchema),
                         .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kSsoErrorExample)};
    kept.push_back(router.add(host::sdk::Method::Get, under("/sso/errors"), std::move(options),
                              [this](const Request& request) { return errors(request); }));
}

Response SsoApi::errors(const Request& request) {
    CsvText csv;
    for (const auto* name : {"code", "cause", "fix"}) csv.cell(name);
    csv.endRow();
    common::JsonWriter json;
    json.object().key("items").array();
    for (int i = 0; i < sso::kFaults; ++i) {
        const auto words = sso::explain({static_cast<sso::Fault>(i), {}}, request.language == "ru");
        csv.cell(words.code).cell(words.cause).cell(words.fix).endRow();
        json.object().member("code", words.code).member("cause", words.cause).member("fix", words.fix).end();
    }
    if (wantsCsv(request)) return csvPage(request, csv, "sso-errors.csv", std::nullopt);
    json.end().member("next", nullptr).end();
    return jsonPage(json);
}

}  // namespace plugin::api
