#pragma once
/// The bytes of an answer as UTF-8, whatever encoding they came in; and what an answer is when it isn't what it should
/// be. Pure; thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::connectors {

struct PageText {
    std::string text;      ///< UTF-8 without a mark at the beginning
    bool damaged = false;  ///< bytes that are no text stand as U+FFFD in it
    bool guessed = false;  ///< nobody said which encoding it is; it was taken for UTF-8
};

/// The encoding is `given` (the route's word), else the Content-Type's charset, else the mark at the beginning, else
/// what an XML declaration says, else UTF-8. \throws sdk::SourceError Configuration or Format for an unknown one
PageText textOf(std::string body, const std::string& contentType, const std::string& given);

/// A page for people came instead of data.
struct HtmlPage {
    std::string title;          ///< as the page names itself, cut
    bool asksToSignIn = false;  ///< it has a field for a password
};
std::optional<HtmlPage> htmlPage(std::string_view body);

/// What a server says of an error, in the shapes that servers use (RFC 9457, OData v3 and v4, "message", "error"), in
/// one line; empty when it says nothing that can be read. `secrets` are blotted out.
std::string messageOf(std::string_view body, const std::vector<std::string>& secrets);

/// What a JSON answer says of an error at its top ("error", "errors"), as services do that answer it with 200; empty
/// when it tells none.
std::string errorIn(std::string_view body, const std::vector<std::string>& secrets);

}  // namespace host::connectors
