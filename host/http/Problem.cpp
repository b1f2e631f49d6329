#include "host/http/Problem.h"

#include "common/Json.h"
#include "host/http/Answer.h"

namespace host::http {

sdk::Response problem(const sdk::AppError& error, std::string_view instance, std::string_view requestId) {
    int status = error.status() >= 400 && error.status() <= 599 ? error.status() : 500;
    common::JsonWriter json;
    json.object()
        .member("type", "/problems/" + error.code())
        .member("title", statusPhrase(status))
        .member("status", status)
        .member("code", error.code())
        .member("detail", std::string_view(error.what()));
    if (!instance.empty()) json.member("instance", instance);
    json.member("requestId", requestId);
    if (!error.errors().empty()) {
        json.key("errors").array();
        for (const auto& field : error.errors())
            json.object()
                .member("pointer", field.pointer)
                .member("reason", field.reason)
                .member("fix", field.fix)
                .end();
        json.end();
    }
    if (!error.current().empty()) json.rawMember("current", error.current());
    json.end();
    auto response = sdk::Response::json(json.take(), status);
    response.contentType = "application/problem+json";
    if (status == 503) response.header("Retry-After", "5");
    if (status == 401) response.header("WWW-Authenticate", "Bearer realm=\"lmsd\"");
    return response;
}

}  // namespace host::http
