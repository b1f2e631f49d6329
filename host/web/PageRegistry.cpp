#include "host/web/PageRegistry.h"

#include "common/Json.h"
#include "common/Text.h"
#include "host/http/Lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace host::web {
namespace {

using sdk::AppError;
using sdk::Page;
using sdk::PageText;

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kName = "abcdefghijklmnopqrstuvwxyz0123456789-";
constexpr std::string_view kPath = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

bool isOf(std::string_view text, std::string_view characters) {
    return text.find_first_not_of(characters) == std::string_view::npos;
}

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= 64 && kLower.find(text.front()) != std::string_view::npos &&
           isOf(text, kName);
}

/// Of this server, whatever a browser does with it: no other host, no way up.
bool isScript(std::string_view text) {
    return text.starts_with("/assets/") && isOf(text, kPath) && text.find("//") == std::string_view::npos &&
           text.find("..") == std::string_view::npos;
}

bool isText(const PageText& text) {
    return !text.ru.empty() && !text.en.empty() && common::isUtf8(text.ru) && common::isUtf8(text.en) &&
           common::isOneLine(text.ru) && common::isOneLine(text.en);
}

void require(bool good, const Page& page, const char* field, const char* fix) {
    if (!good)
        throw AppError(500, "page.invalid", fmt::format("The page '{}' can't have that {}: {}.", page.id, field, fix));
}

void check(const Page& page) {
    require(isName(page.id), page, "id", "a-z, 0-9 and '-', beginning with a letter");
    require(isText(page.section), page, "section", "one line in both languages");
    require(isText(page.title), page, "title", "one line in both languages");
    require(isName(page.icon), page, "icon", "the name of a symbol, a-z, 0-9 and '-'");
    require(isScript(page.script), page, "script", "an address below /assets/ of this server");
    require(isName(page.element) && page.element.find('-') != std::string::npos, page, "element",
            "the name of a custom element has a '-'");
    require(isOf(page.path, kPath), page, "path", "letters, digits and -._~/");
}

const char* nameOf(sdk::Role role) {
    switch (role) {
        case sdk::Role::Viewer:
            return "viewer";
        case sdk::Role::Methodist:
            return "methodist";
        case sdk::Role::OrganizationAdmin:
            break;
    }
    return "organization-admin";
}

constexpr const char* kPageSchema =
    R"({"type":"object","required":["id","section","title","icon","script","element","path","order","least","scope"],)"
    R"("properties":{"id":{"type":"string"},"section":{"type":"string","description":"heading of the menu"},)"
    R"("title":{"type":"string"},"icon":{"type":"string"},)"
    R"("script":{"type":"string","description":"ES module on this server that defines the element"},)"
    R"("element":{"type":"string","description":"name of the custom element"},)"
    R"("path":{"type":"string","description":"what its attribute path begins with"},"order":{"type":"integer"},)"
    R"("least":{"enum":["viewer","methodist","organization-admin"],"description":"the least role that is shown it"},)"
    R"("scope":{"enum":["organization"]}}})";
constexpr const char* kPageExample =
    R"({"id":"u2035-quarantine","section":"Цифровой след","title":"Карантин","icon":"inbox",)"
    R"("script":"/assets/u2035/u2035.js","element":"u2035-footprint","path":"quarantine","order":120,)"
    R"("least":"viewer","scope":"organization"})";

}  // namespace

struct PageRegistry::Kept {
    mutable std::mutex mutex;
    std::map<std::string, Page> pages;
};

PageRegistry::PageRegistry() : kept_(std::make_shared<Kept>()) {}
PageRegistry::~PageRegistry() = default;

sdk::Registration PageRegistry::add(const Page& page) {
    check(page);
    {
        const std::lock_guard lock(kept_->mutex);
        if (!kept_->pages.try_emplace(page.id, page).second)
            throw AppError::conflict("page.taken",
                                     fmt::format("There is a page '{}' already; give this one another id.", page.id));
    }
    return sdk::Registration([weak = std::weak_ptr(kept_), id = page.id] {
        if (const auto kept = weak.lock()) {
            const std::lock_guard lock(kept->mutex);
            kept->pages.erase(id);
        }
    });
}

std::vector<Page> PageRegistry::list() const {
    std::vector<Page> all;
    {
        const std::lock_guard lock(kept_->mutex);
        for (const auto& [id, page] : kept_->pages) all.push_back(page);
    }
    std::stable_sort(all.begin(), all.end(), [](const Page& a, const Page& b) { return a.order < b.order; });
    return all;
}

sdk::Registration registerPagesApi(sdk::Router& router, const PageRegistry& pages) {
    sdk::RouteOptions options;
    options.access = sdk::Access::SignedIn;
    options.operation.id = "listPages";
    options.operation.tag = "Server";
    options.operation.summary = "Pages that modules add to an organization's menu, in its order";
    options.operation.description = "Texts are in the language of `Accept-Language`. `Accept: text/csv` gives CSV.";
    options.operation.responseSchema = http::listSchema(kPageSchema);
    options.operation.responseExample = http::listExample(kPageExample);
    return router.add(sdk::Method::Get, "/api/v1/pages", options, [&pages](const sdk::Request& request) {
        const auto text = [&](const PageText& both) { return request.language == "en" ? both.en : both.ru; };
        http::ListPage list;
        list.columns = {"id", "section", "title", "icon", "script", "element", "path", "order", "least", "scope"};
        for (const auto& page : pages.list()) {
            common::JsonWriter json;
            json.object().member("id", page.id).member("section", text(page.section)).member("title", text(page.title));
            json.member("icon", page.icon).member("script", page.script).member("element", page.element);
            json.member("path", page.path).member("order", page.order).member("least", nameOf(page.least));
            json.member("scope", "organization").end();
            list.items.push_back(json.take());
            list.rows.push_back({page.id, text(page.section), text(page.title), page.icon, page.script, page.element,
                                 page.path, std::to_string(page.order), nameOf(page.least), "organization"});
        }
        return http::listResponse(request, std::move(list));
    });
}

}  // namespace host::web
