#include "host/http/RouterImpl.h"
#include "host/web/PageRegistry.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

using namespace host::sdk;
using host::web::PageRegistry;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

Page aPage(const std::string& id, int order = 1) {
    return {
        id,    {"Раздел", "Section"}, {"Страница", "Page"}, "list", "/assets/module/pages.js", "module-page", "inside",
        order, Role::Methodist};
}

std::vector<std::string> idsOf(const PageRegistry& pages) {
    std::vector<std::string> ids;
    for (const auto& page : pages.list()) ids.push_back(page.id);
    return ids;
}

TEST(PageRegistry, listsPagesByOrderThenId) {
    PageRegistry pages;

    auto c = pages.add(aPage("c", 5));
    auto b = pages.add(aPage("b", 10));
    auto a = pages.add(aPage("a", 10));

    EXPECT_THAT(idsOf(pages), ElementsAre("c", "a", "b"));
}

TEST(PageRegistry, forgetsAPageWhoseHandleIsGone) {
    PageRegistry pages;
    auto kept = pages.add(aPage("kept"));

    { auto gone = pages.add(aPage("gone")); }

    EXPECT_THAT(idsOf(pages), ElementsAre("kept"));
}

TEST(PageRegistry, handlesMayOutliveIt) {
    Registration late;
    {
        PageRegistry pages;
        late = pages.add(aPage("late"));
    }
    late.reset();
}

TEST(PageRegistry, anIdIsTakenOnce) {
    PageRegistry pages;
    auto first = pages.add(aPage("one"));

    try {
        auto second = pages.add(aPage("one"));
        FAIL();
    } catch (const AppError& error) {
        EXPECT_EQ(error.code(), "page.taken");
    }
    EXPECT_THAT(idsOf(pages), ElementsAre("one"));
}

TEST(PageRegistry, refusesWhatABrowserMustNotBeGiven) {
    PageRegistry pages;
    const auto refused = [&](const std::string& field, const std::function<void(Page&)>& spoil) {
        Page page = aPage("page");
        spoil(page);
        try {
            auto registration = pages.add(page);
            ADD_FAILURE() << field << " was taken";
        } catch (const AppError& error) {
            EXPECT_EQ(error.code(), "page.invalid");
            EXPECT_THAT(error.what(), HasSubstr("can't have that " + field));
        }
    };

    refused("id", [](Page& p) { p.id = "Стр"; });
    refused("section", [](Page& p) { p.section.en = ""; });
    refused("title", [](Page& p) { p.title.ru = "две\nстроки"; });
    refused("icon", [](Page& p) { p.icon = "<svg>"; });
    for (const auto* script : {"https://elsewhere.example/x.js", "//elsewhere.example/x.js", "/assets//x.js",
                               "/assets/../api/v1/x", "/assets/x.js?y", "javascript:alert(1)"})
        refused("script", [&](Page& p) { p.script = script; });
    refused("element", [](Page& p) { p.element = "page"; });
    refused("path", [](Page& p) { p.path = "a b"; });
    EXPECT_THAT(pages.list(), IsEmpty());
}

TEST(PagesApi, tellsTextsInTheLanguageAskedFor) {
    host::http::RouterImpl router;
    PageRegistry pages;
    auto route = host::web::registerPagesApi(router, pages);
    auto page = pages.add(aPage("one"));
    Request request;

    auto match = router.match(Method::Get, {"api", "v1", "pages"});
    const auto russian = match.route->handler(request).body;
    request.language = "en";
    const auto english = match.route->handler(request).body;

    EXPECT_EQ(match.route->options.access, Access::SignedIn);
    EXPECT_EQ(russian, R"({"items":[{"id":"one","section":"Раздел","title":"Страница","icon":"list",)"
                       R"("script":"/assets/module/pages.js","element":"module-page","path":"inside","order":1,)"
                       R"("least":"methodist","scope":"organization"}],"next":null})");
    EXPECT_THAT(english, HasSubstr(R"("section":"Section","title":"Page")"));
}

}  // namespace
