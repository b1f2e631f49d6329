#include "plugin/integration/Letters.h"

#include "host/sdk/Error.h"

#include <kainjow/mustache.hpp>

namespace plugin::integration {

using host::sdk::AppError;
using host::sdk::FieldError;

namespace {

constexpr std::string_view kSubject = "Subject: ";
constexpr const char* kOnOrganizationPage = "на странице редактирования организации";
constexpr const char* kOnLetter = "перед копированием шаблона";

/// One fact of a letter: its name in templates, its title for people, where it is filled in.
struct Fact {
    std::string name, title, where, pointer, value;
};

std::vector<Fact> factsOf(const host::sdk::Organization& o, const ProjectFacts& p, const IntegrationState& s,
                          const LetterExtras& x) {
    return {
        {"legalName", "Юридическое наименование, как в договоре", kOnOrganizationPage, "/legalName", o.legalName},
        {"fullName", "Полное наименование организации", kOnOrganizationPage, "/fullName", o.fullName},
        {"project", "Название проекта", "в списке проектов сервера", "", p.title},
        {"guid", "guid из ответа тестового контура", "на этапе 2, кнопкой «Подключить»", "", s.guid},
        {"serviceUrl", "Домен/ссылка сервиса (url)", kOnLetter, "?serviceUrl", x.serviceUrl},
        {"redirectUri", "Домен/ссылка перенаправления (redirect_uri)", kOnLetter, "?redirectUri", x.redirectUri},
        {"clientId", "Идентификатор приложения клиента (client_id)", kOnLetter, "?clientId", x.clientId},
        {"responsibleName", "ФИО ответственного за интеграцию", kOnOrganizationPage, "/responsibleName",
         o.responsibleName},
        {"responsiblePhone", "Телефон ответственного за интеграцию", kOnOrganizationPage, "/responsiblePhone",
         o.responsiblePhone},
        {"responsibleEmail", "Адрес электронной почты ответственного за интеграцию", kOnOrganizationPage,
         "/responsibleEmail", o.responsibleEmail},
        {"leaderId", "Leader ID", kOnLetter, "?leaderId", x.leaderId},
        {"usersMe", "Содержание ответа «GET /users/me» на тестовом контуре", "в тексте письма", "", x.usersMe},
        {"contour", "Контур", "", "", x.failed.contour},
        {"step", "Шаг проверки, который не прошёл", "проверкой на этапе 2 или 4", "", x.failed.title},
        {"url", "Адрес запроса", "", "", x.failed.url},
        {"parameters", "Параметры запроса", "", "", x.failed.parameters},
        {"answer", "Ответ", "", "", x.failed.answer},
        {"errorId", "errorId", "", "", x.failed.errorId},
        {"userId", "User ID", "на этапе 4", "", s.storage.userId},
        {"browser", "Браузер", "в тексте письма", "", x.browser},
    };
}

/// Facts without which a letter is slower to be answered. What a failed step doesn't have (an answer when nothing
/// came, a User ID before stage 4) isn't missing.
std::vector<std::string> neededFor(const std::string& kind, const ProjectFacts& facts) {
    std::vector<std::string> sso{"fullName", "project",         "serviceUrl",       "redirectUri",
                                 "clientId", "responsibleName", "responsiblePhone", "responsibleEmail"};
    if (kind == "sso-test") return sso;
    if (kind == "sso-production") {
        sso.insert(sso.end(), {"leaderId", "usersMe"});
        return sso;
    }
    if (kind == "support") return {"legalName", "project", "step"};
    if (kind == "production-access" && facts.guidInProductionLetter) return {"legalName", "project", "guid"};
    return {"legalName", "project"};
}

std::string tidy(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text + "\n";
}

}  // namespace

struct Letters::Template {
    kainjow::mustache::mustache subject;
    kainjow::mustache::mustache body;
};

const std::vector<std::string>& Letters::kinds() {
    static const std::vector<std::string> all{"test-access", "production-access", "storage-access",
                                              "sso-test",    "sso-production",    "support"};
    return all;
}

Letters::Letters(const std::map<std::string, std::string>& templates) {
    std::vector<FieldError> faults;
    for (const auto& kind : kinds()) {
        auto it = templates.find(kind);
        std::string file = kind + ".mustache";
        if (it == templates.end()) {
            faults.push_back({file, "there is no such template", "restore the file from the package"});
            continue;
        }
        const std::string& text = it->second;
        auto end = text.find('\n');
        if (text.compare(0, kSubject.size(), kSubject) != 0 || end == std::string::npos || text[end + 1] != '\n') {
            faults.push_back({file, "it doesn't begin with a line 'Subject: …' and an empty line", "add them"});
            continue;
        }
        auto made = std::make_unique<Template>(
            Template{kainjow::mustache::mustache(text.substr(kSubject.size(), end - kSubject.size())),
                     kainjow::mustache::mustache(text.substr(end + 2))});
        for (auto* part : {&made->subject, &made->body}) {
            if (!part->is_valid()) faults.push_back({file, part->error_message(), "mend the template"});
            part->set_custom_escape([](const std::string& plain) { return plain; });
        }
        templates_[kind] = std::move(made);
    }
    if (!faults.empty())
        throw AppError(
            500, "letters.invalid",
            fmt::format("The letters' templates can't be used: {}: {}.", faults.front().pointer, faults.front().reason),
            faults);
}

Letters::~Letters() = default;
Letters::Letters(Letters&&) noexcept = default;
Letters& Letters::operator=(Letters&&) noexcept = default;

Letter Letters::write(const std::string& kind, const host::sdk::Organization& organization, const ProjectFacts& facts,
                      const IntegrationState& state, const LetterExtras& extras) const {
    auto it = templates_.find(kind);
    if (it == templates_.end())
        throw AppError::notFound(
            fmt::format("There is no letter '{}'; there are: {}.", kind, fmt::join(kinds(), ", ")));
    Letter letter;
    letter.to = facts.mailTo;
    letter.from = organization.corporateEmail;
    kainjow::mustache::data data;
    auto all = factsOf(organization, facts, state, extras);
    auto needed = neededFor(kind, facts);
    for (const auto& fact : all) {
        data.set(fact.name, fact.value);
        if (fact.value.empty() && std::find(needed.begin(), needed.end(), fact.name) != needed.end())
            letter.missing.push_back({fact.name, fact.title, fact.where, fact.pointer});
    }
    data.set("wantsGuid", facts.guidInProductionLetter ? kainjow::mustache::data::type::bool_true
                                                       : kainjow::mustache::data::type::bool_false);
    if (letter.from.empty())
        letter.missing.push_back({"corporateEmail", "Корпоративный адрес электронной почты организации",
                                  kOnOrganizationPage, "/corporateEmail"});
    // render() of this library isn't const though it changes nothing but its own error text.
    kainjow::mustache::mustache subject = it->second->subject;
    kainjow::mustache::mustache body = it->second->body;
    letter.subject = subject.render(data);
    letter.body = tidy(body.render(data));
    return letter;
}

}  // namespace plugin::integration
