#include "host/connectors/http/AnswerText.h"

#include "common/Text.h"
#include "host/sdk/Sources.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <memory>
#include <unicode/ucnv.h>

namespace host::connectors {
namespace {

using Kind = sdk::SourceError::Kind;

struct CloseConverter {
    void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};

std::string decoded(std::string_view body, const std::string& charset, bool givenByRoute) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(charset.c_str(), &status));
    if (U_FAILURE(status))
        throw sdk::SourceError(givenByRoute ? Kind::Configuration : Kind::Format,
                               fmt::format("The encoding '{}' is not known.", common::oneLine(charset, 40)),
                               "Write the encoding in the route: utf-8, windows-1251, koi8-r, iso-8859-1, utf-16.");
    std::string out(body.size() * 3 + 16, '\0');
    const auto length =
        ucnv_toAlgorithmic(UCNV_UTF8, converter.get(), out.data(), static_cast<std::int32_t>(out.size()), body.data(),
                           static_cast<std::int32_t>(body.size()), &status);
    if (U_FAILURE(status))
        throw sdk::SourceError(Kind::Format,
                               fmt::format("The answer can't be read as '{}'.", common::oneLine(charset, 40)),
                               "Write the right encoding in the route.");
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string charsetOf(const std::string& contentType) {
    const auto lower = common::toLowerAscii(contentType);
    const auto at = lower.find("charset=");
    if (at == std::string::npos) return {};
    auto value = std::string_view(lower).substr(at + 8);
    value = common::trim(value.substr(0, value.find(';')));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return std::string(value);
}

/// <?xml version="1.0" encoding="windows-1251"?>
std::string declaredInXml(std::string_view body) {
    if (body.substr(0, 5) != "<?xml") return {};
    const auto head = body.substr(0, std::min(body.find("?>"), std::size_t{200}));
    const auto at = head.find("encoding=");
    if (at == std::string_view::npos || at + 10 >= head.size()) return {};
    const auto value = head.substr(at + 10);
    return std::string(value.substr(0, value.find(head[at + 9])));
}

bool isUtf8Name(const std::string& charset) {
    const auto lower = common::toLowerAscii(charset);
    return lower == "utf-8" || lower == "utf8";
}

std::string_view blankless(std::string_view body) {
    if (body.substr(0, 3) == "\xEF\xBB\xBF") body.remove_prefix(3);
    return common::trim(body.substr(0, 4096));
}

/// The first of the members that is there; JSON pointers of OData v4, v3, RFC 9457 and of custom.
const rapidjson::Value* firstText(const rapidjson::Value& root) {
    static const std::vector<std::vector<const char*>> kPlaces = {{"error", "message", "value"},
                                                                  {"error", "message"},
                                                                  {"odata.error", "message", "value"},
                                                                  {"error_description"},
                                                                  {"detail"},
                                                                  {"message"},
                                                                  {"errorMessage"},
                                                                  {"error"},
                                                                  {"title"}};
    for (const auto& place : kPlaces) {
        const rapidjson::Value* at = &root;
        for (const char* name : place) {
            const auto found = at->IsObject() ? at->FindMember(name) : rapidjson::Value::ConstMemberIterator();
            at = at->IsObject() && found != at->MemberEnd() ? &found->value : nullptr;
            if (at == nullptr) break;
        }
        if (at != nullptr && at->IsString() && at->GetStringLength() > 0) return at;
    }
    return nullptr;
}

}  // namespace

PageText textOf(std::string body, const std::string& contentType, const std::string& given) {
    PageText page;
    const bool utf8Mark = body.compare(0, 3, "\xEF\xBB\xBF") == 0;
    const bool utf16Mark = body.compare(0, 2, "\xFF\xFE") == 0 || body.compare(0, 2, "\xFE\xFF") == 0;
    auto charset = given;
    if (charset.empty()) charset = charsetOf(contentType);
    if (charset.empty() && utf8Mark) charset = "utf-8";
    if (charset.empty() && utf16Mark) charset = "utf-16";
    if (charset.empty()) charset = declaredInXml(body);
    page.guessed = charset.empty();
    if (page.guessed || isUtf8Name(charset)) {
        if (utf8Mark) body.erase(0, 3);
        if (common::isUtf8(body)) {
            page.text = std::move(body);
            return page;
        }
        charset = "utf-8";
    }
    page.text = decoded(body, charset, !given.empty());
    if (page.text.compare(0, 3, "\xEF\xBB\xBF") == 0) page.text.erase(0, 3);
    page.damaged = page.text.find("\xEF\xBF\xBD") != std::string::npos;
    return page;
}

std::optional<HtmlPage> htmlPage(std::string_view body) {
    const auto begin = common::toLowerAscii(blankless(body).substr(0, 200));
    if (begin.compare(0, 9, "<!doctype") != 0 && begin.compare(0, 5, "<html") != 0) return std::nullopt;
    if (begin.find("html") == std::string::npos) return std::nullopt;
    HtmlPage page;
    const auto lower = common::toLowerAscii(body.substr(0, 256 * 1024));
    const auto open = lower.find("<title");
    const auto from = open == std::string::npos ? open : lower.find('>', open);
    const auto to = from == std::string::npos ? from : lower.find("</title", from);
    if (to != std::string::npos) page.title = common::oneLine(common::trim(body.substr(from + 1, to - from - 1)), 80);
    page.asksToSignIn = lower.find("type=\"password\"") != std::string::npos ||
                        lower.find("type='password'") != std::string::npos ||
                        lower.find("type=password") != std::string::npos;
    return page;
}

std::string errorIn(std::string_view body, const std::vector<std::string>& secrets) {
    const auto begin = blankless(body);
    if (begin.empty() || begin.front() != '{') return {};
    rapidjson::Document json;
    json.Parse<rapidjson::kParseIterativeFlag>(begin.data(), begin.size());
    if (json.HasParseError() || !json.IsObject()) return {};
    for (const auto* name : {"error", "errors"}) {
        const auto found = json.FindMember(name);
        if (found == json.MemberEnd()) continue;
        const auto& value = found->value;
        const bool says = (value.IsString() && value.GetStringLength() > 0) ||
                          (value.IsObject() && !value.ObjectEmpty()) || (value.IsArray() && !value.Empty()) ||
                          value.IsTrue();
        if (!says) continue;
        auto message = messageOf(body, secrets);
        return message.empty() ? std::string(name) : message;
    }
    return {};
}

std::string messageOf(std::string_view body, const std::vector<std::string>& secrets) {
    std::string text;
    const auto begin = blankless(body);
    if (!begin.empty() && begin.front() == '{' && body.size() < 1024 * 1024) {
        rapidjson::Document json;
        json.Parse<rapidjson::kParseIterativeFlag>(begin.data(),
                                                   body.size() - static_cast<std::size_t>(begin.data() - body.data()));
        if (!json.HasParseError())
            if (const auto* found = firstText(json)) text.assign(found->GetString(), found->GetStringLength());
    } else if (!begin.empty() && begin.front() != '<' && begin.size() < 500) {
        text = std::string(begin);
    } else if (const auto at = begin.find("<message"); at != std::string_view::npos) {  // OData as Atom
        const auto from = begin.find('>', at);
        const auto to = begin.find("</message", at);
        if (from != std::string_view::npos && to != std::string_view::npos && from < to)
            text = std::string(begin.substr(from + 1, to - from - 1));
    }
    for (const auto& secret : secrets)
        if (secret.size() >= 4)
            for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
                text.replace(at, secret.size(), "…");
    return common::oneLine(common::trim(text), 300);
}

}  // namespace host::connectors
