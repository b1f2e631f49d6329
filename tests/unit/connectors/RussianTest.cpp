#include "host/connectors/http/WebTexts.h"
#include "tests/unit/connectors/WebFixture.h"

namespace {

using namespace tests;
using namespace host::connectors;
using host::sdk::OutboundError;

class Russian : public WebFixture {
protected:
    static bool isRussian(const std::string& text) {
        static const auto book = [] {
            auto all = webPhrases();
            all.insert(all.end(), webServicePhrases().begin(), webServicePhrases().end());
            return common::Phrasebook(all);
        }();
        const auto found = book.russian(text);
        return found && found->find("\xD0") != std::string::npos;
    }
    static void said(const SourceError& error) {
        EXPECT_TRUE(isRussian(error.what())) << error.what();
        if (error.kind() != SourceError::Kind::Cancelled) {
            EXPECT_TRUE(isRussian(error.fix())) << error.fix();
        }
    }
};

TEST_F(Russian, everyAnswerThatIsNoSuccess) {
    for (int status : {302, 400, 401, 403, 404, 413, 429, 500, 503, 504})
        for (const char* message : {"", "because"}) {
            host::sdk::OutboundResponse response;
            response.status = status;
            if (status == 302) response.headers = {{"location", "/other"}};
            said(statusError(response, "https://h/api?key=x", message));
        }
    for (const char* reason : {"expired", "not-yet-valid", "other-name", "untrusted", "revoked", "handshake"})
        said(outboundError(OutboundError(OutboundError::Kind::Tls, false, "x", reason), "https://h"));
    using K = OutboundError::Kind;
    for (auto kind : {K::Forbidden, K::Dns, K::Refused, K::ConnectTimeout, K::Timeout, K::Closed, K::BadAnswer,
                      K::TooLarge, K::Cancelled})
        said(outboundError(OutboundError(kind, false, "x"), "https://h"));
}

TEST_F(Russian, whatIsWrongInsideAPageToo) {
    request.route.texts = {{"items", "$.d"}, {"paging", "link"}, {"nextPath", "$.next"}};
    const char* const bodies[] = {"[{",
                                  "",
                                  "x",
                                  R"({"e":1})",
                                  R"({"d":"none"})",
                                  "<html><title>x</title></html>",
                                  R"({"d":[{"id":1}],"next":"https://x/"})",
                                  R"({"d":[{"id":1}],"next":{}})",
                                  R"({"d":[{"id":1}],"next":"?a=1"})"};
    for (const char* body : bodies) {
        StubHttp one;
        one.answer(200, body);
        tools = std::shared_ptr<WebTools>(new WebTools{one, clock, tools->pause});
        said(failure<HttpKind>());
    }
}

}  // namespace
