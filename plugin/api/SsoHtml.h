#pragma once
/// The pages a learner sees on the way to University 2035 and back: plain HTML without a script, in Russian or English.
/// The organization is written as its brand guide asks: «Университет 20.35» in full, since no logo stands beside it
/// (seed 003, 1.5). Everything that isn't ours is escaped. Pure; thread-safe.

#include <string>

namespace plugin::api {

extern const char* const kSsoStyle;  ///< the pages' CSS

/// What a page says; empty members leave their part out.
struct SsoPageText {
    std::string title;
    std::string lead;        ///< first paragraph
    std::string more;        ///< second paragraph
    std::string note;        ///< small print: «Тестовый контур…»
    std::string cause, fix;  ///< of a failure
    std::string code;        ///< of a failure, for the administrator
    std::string name;        ///< confirm: the learner
    std::string untiId, leaderId;
    std::string answer;     ///< trial: users/me as text
    std::string startLink;  ///< the button «Войти через Университет 20.35»
    std::string startText;
    std::string formAction;  ///< confirm: where yes and no go
    std::string csrf;
};

/// `style`: the address of the CSS, relative to the page.
std::string ssoPage(const SsoPageText& text, const std::string& style, bool russian);

}  // namespace plugin::api
