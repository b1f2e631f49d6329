#include "plugin/api/SsoHtml.h"

#include <kainjow/mustache.hpp>

namespace plugin::api {

// 48 px of button height and a visible focus: WCAG 2.2, 2.4.11 and 2.5.8.
const char* const kSsoStyle = R"(:root{color-scheme:light dark}
body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;background:Canvas;color:CanvasText}
main{max-width:36rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.5rem 1rem;margin:1.5rem 0}
dt{opacity:.75}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
a.button,button{display:inline-block;box-sizing:border-box;min-height:3rem;padding:.7rem 1.5rem;margin:.5rem .5rem 0 0;
font:inherit;font-weight:600;border:2px solid #1a4fd6;border-radius:.5rem;background:#1a4fd6;color:#fff;
text-decoration:none;cursor:pointer}
button.no{background:transparent;color:inherit;border-color:currentColor}
:focus-visible{outline:3px solid Highlight;outline-offset:3px}
.note,.code{font-size:.95rem;opacity:.85}
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:1rem;border:1px solid currentColor;border-radius:.5rem}
)";

namespace {

// {{…}} is escaped by the library.
const char* const kPage = R"(<!DOCTYPE html>
<html lang="{{lang}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>{{title}}</title><link rel="stylesheet" href="{{style}}"></head>
<body><main>
<h1>{{title}}</h1>
{{#lead}}<p>{{lead}}</p>
{{/lead}}{{#cause}}<p role="alert">{{cause}}</p>
{{/cause}}{{#fix}}<p>{{fix}}</p>
{{/fix}}{{#untiId}}<dl>{{#name}}<dt>{{nameTitle}}</dt><dd>{{name}}</dd>{{/name}}<dt>unti_id</dt><dd>{{untiId}}</dd>{{#leaderId}}<dt>Leader ID</dt><dd>{{leaderId}}</dd>{{/leaderId}}</dl>
{{/untiId}}{{#more}}<p>{{more}}</p>
{{/more}}{{#formAction}}<form method="post" action="{{formAction}}"><input type="hidden" name="csrf" value="{{csrf}}">
<button type="submit" name="answer" value="yes">{{yes}}</button><button type="submit" name="answer" value="no" class="no">{{no}}</button></form>
{{/formAction}}{{#startLink}}<p><a class="button" rel="nofollow" href="{{startLink}}">{{startText}}</a></p>
{{/startLink}}{{#answer}}<pre tabindex="0">{{answer}}</pre>
{{/answer}}{{#note}}<p class="note">{{note}}</p>
{{/note}}{{#code}}<p class="code">{{codeTitle}}: {{code}}</p>
{{/code}}</main></body></html>
)";

}  // namespace

std::string ssoPage(const SsoPageText& text, const std::string& style, bool russian) {
    // Rendering changes the library's own object: a copy for each page.
    static const kainjow::mustache::mustache compiled(kPage);
    auto page = compiled;
    kainjow::mustache::data data;
    data.set("lang", russian ? "ru" : "en");
    data.set("style", style);
    data.set("nameTitle", russian ? "Слушатель" : "Learner");
    data.set("codeTitle", russian ? "Код для администратора" : "Code for the administrator");
    data.set("yes", russian ? "Да, это я" : "Yes, it is me");
    data.set("no", russian ? "Нет, это не я" : "No, it isn’t me");
    const auto set = [&](const char* name, const std::string& value) {
        // An empty text is a section of its own to this library; what isn't there is left out.
        if (!value.empty()) data.set(name, value);
    };
    set("title", text.title);
    set("lead", text.lead);
    set("more", text.more);
    set("note", text.note);
    set("cause", text.cause);
    set("fix", text.fix);
    set("code", text.code);
    set("name", text.name);
    set("untiId", text.untiId);
    set("leaderId", text.leaderId);
    set("answer", text.answer);
    set("startLink", text.startLink);
    set("startText", text.startText);
    set("formAction", text.formAction);
    set("csrf", text.csrf);
    return page.render(data);
}

}  // namespace plugin::api
