#include "host/http/RouterImpl.h"
#include "host/web/WebFiles.h"
#include "host/web/WebPages.h"

#include <gmock/gmock.h>

#include <regex>

using namespace host::sdk;

namespace {

std::string fileNamed(std::string_view name) {
    for (const auto& file : host::web::webFiles())
        if (file.name == name) return std::string(file.content);
    return {};
}

TEST(WebPages, servesItsPagesAndAssets) {
    host::http::RouterImpl router;
    auto registrations = host::web::registerWebPages(router);

    auto docs = router.match(Method::Get, {"docs"}).route->handler({});
    auto script = router.match(Method::Get, {"assets", "docs.js"}).route->handler({});

    EXPECT_EQ(docs.contentType, "text/html; charset=utf-8");
    EXPECT_THAT(docs.body, testing::HasSubstr("/assets/docs.js"));
    EXPECT_EQ(script.contentType, "text/javascript; charset=utf-8");
    EXPECT_EQ(router.match(Method::Get, {""}).outcome, host::http::RouterImpl::Match::Outcome::Found);
}

TEST(WebPages, holdNothingTheContentPolicyWouldRefuse) {
    for (const auto& file : host::web::webFiles()) {
        std::string text(file.content);
        if (file.name.find(".html") == std::string_view::npos) continue;
        EXPECT_FALSE(std::regex_search(text, std::regex("<script(?![^>]*src=)"))) << file.name;
        EXPECT_FALSE(std::regex_search(text, std::regex("<style|\\sstyle=|\\son[a-z]+="))) << file.name;
    }
}

TEST(WebPages, takeNothingFromElsewhere) {
    for (const auto& file : host::web::webFiles()) {
        // Texts of the shell give addresses as examples; that it asks nothing of elsewhere is seen in a browser.
        if (file.name.starts_with("shell.") || file.name.starts_with("host-")) continue;
        std::string text(file.content);
        text = std::regex_replace(text, std::regex("http://www.w3.org/2000/svg"), "");
        EXPECT_FALSE(std::regex_search(text, std::regex("https?://|//[a-z]+\\.[a-z]"))) << file.name;
    }
}

TEST(WebPages, referOnlyToFilesThatAreThere) {
    const std::regex reference("(?:/assets/|from '\\./)([a-z]+\\.[a-z]+)");
    for (const auto& file : host::web::webFiles()) {
        std::string text(file.content);
        for (std::sregex_iterator i(text.begin(), text.end(), reference), end; i != end; ++i)
            EXPECT_NE(fileNamed((*i)[1].str()), "") << file.name << " refers to " << (*i)[1];
    }
}

TEST(WebPages, theDocsHaveTheColoursAndSizesOfTheOtherPages) {
    const auto tokens = fileNamed("tokens.css");
    const auto docs = fileNamed("docs.html");
    EXPECT_LT(docs.find("/assets/tokens.css"), docs.find("/assets/site.css"));
    const std::regex use("var\\((--u-[a-z0-9-]+)"), definition("(^|[\\s;{])--u-[a-z0-9-]+:");
    for (const auto* name : {"site.css", "docs.css"}) {
        const auto sheet = fileNamed(name);
        EXPECT_FALSE(std::regex_search(sheet, definition)) << name << " has tokens of its own";
        for (std::sregex_iterator i(sheet.begin(), sheet.end(), use), end; i != end; ++i)
            EXPECT_THAT(tokens, testing::HasSubstr((*i)[1].str() + ":")) << name;
    }
}

TEST(WebPages, everyTextIsThereInBothLanguages) {
    auto texts = fileNamed("texts.js");
    auto middle = texts.find("\n  en: {");
    ASSERT_NE(middle, std::string::npos);
    auto keysOf = [](const std::string& part) {
        std::set<std::string> keys;
        const std::regex key("[{,]\\s*([a-zA-Z]+): ['\"]");
        for (std::sregex_iterator i(part.begin(), part.end(), key), end; i != end; ++i) keys.insert((*i)[1]);
        return keys;
    };
    auto russian = keysOf(texts.substr(0, middle));
    auto english = keysOf(texts.substr(middle));

    EXPECT_EQ(russian, english);
    EXPECT_GT(russian.size(), 40U);
    const std::regex used("\\bt\\('([a-zA-Z]+)'\\)|data-text=\"([a-zA-Z]+)\"");
    for (const auto& file : host::web::webFiles()) {
        std::string text(file.content);
        for (std::sregex_iterator i(text.begin(), text.end(), used), end; i != end; ++i) {
            auto name = (*i)[1].matched ? (*i)[1].str() : (*i)[2].str();
            EXPECT_TRUE(russian.count(name)) << file.name << " uses " << name;
        }
    }
}

}  // namespace
