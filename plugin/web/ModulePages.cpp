#include "plugin/web/ModulePages.h"

#include <map>
#include <string>

namespace plugin::web {
namespace {

using host::sdk::Page;
using host::sdk::PageText;
using host::sdk::Role;

constexpr const char* kScript = "/assets/u2035/u2035.js";

std::vector<Page> menu() {
    const PageText organization{"Организация", "Organization"};
    std::vector<Page> pages{
        {.id = "u2035-integrations",
         .section = organization,
         .title = {"Интеграции с У2035", "U2035 integrations"},
         .icon = "link",
         .script = kScript,
         .element = "u2035-integrations",
         .order = 30},
        {.id = "u2035-sso",
         .section = organization,
         .title = {"Вход через Университет 20.35", "Sign-in with University 20.35"},
         .icon = "key",
         .script = kScript,
         .element = "u2035-sso",
         .order = 35,
         .least = Role::OrganizationAdmin},
        {.id = "u2035-matching",
         .section = {"Цифровой след", "Digital footprint"},
         .title = {"Сопоставление", "Matching"},
         .icon = "idoff",
         .script = kScript,
         .element = "u2035-matching",
         .order = 155,
         .least = Role::Methodist},
    };
    const auto footprint = [&](const char* id, PageText title, const char* icon, const char* path, int order,
                               Role least = Role::Viewer) {
        pages.push_back({.id = id,
                         .section = {"Цифровой след", "Digital footprint"},
                         .title = std::move(title),
                         .icon = icon,
                         .script = kScript,
                         .element = "u2035-footprint",
                         .path = path,
                         .order = order,
                         .least = least});
    };
    footprint("u2035-morning", {"Утренний обзор", "Morning overview"}, "chart", "", 110);
    // Learners' texts and answers about them: their REST asks for the same role.
    footprint("u2035-quarantine", {"Карантин", "Quarantine"}, "inbox", "quarantine", 120, Role::Methodist);
    footprint("u2035-reflections", {"Рефлексии", "Reflections"}, "text", "reflections", 130, Role::Methodist);
    footprint("u2035-readiness", {"Готовность", "Readiness"}, "ready", "readiness", 140);
    footprint("u2035-unsendable", {"Чего не хватает", "What is missing"}, "split", "unsendable", 150);
    footprint("u2035-exports", {"Таблицы и архивы", "Tables and archives"}, "table", "exports", 160);
    footprint("u2035-statements", {"Записи", "Statements"}, "list", "statements", 170);
    return pages;
}

/// Their hashes are made once: a page asks for its files at every visit.
host::sdk::Handler answers(const common::EmbeddedFiles& files) {
    std::map<std::string, host::sdk::Response> byName;
    for (const auto& file : files) {
        host::sdk::Response response;
        response.contentType = common::contentTypeOf(file.name);
        response.body = file.content;
        response.header("ETag", common::etagOf(file.content)).header("Cache-Control", "no-cache");
        byName.emplace(file.name, std::move(response));
    }
    return [byName = std::move(byName)](const host::sdk::Request& request) {
        const auto found = byName.find(request.parameter("name"));
        if (found == byName.end()) throw host::sdk::AppError::notFound("The module has no such file.");
        return found->second;
    };
}

}  // namespace

std::vector<host::sdk::Registration> registerPages(host::sdk::Pages& pages, host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions options;
    options.access = host::sdk::Access::Public;
    options.operation = {.id = "getU2035File",
                         .tag = "Pages",
                         .summary = "A file of the module's pages, u2035.js first of all",
                         .responseContentType = "text/javascript"};
    kept.push_back(router.add(host::sdk::Method::Get, "/assets/u2035/{name}", options, answers(webFiles())));
    for (const auto& page : menu()) kept.push_back(pages.add(page));
    return kept;
}

}  // namespace plugin::web
