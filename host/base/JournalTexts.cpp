#include "host/base/JournalTexts.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <iterator>

namespace host::base {

namespace {

struct Action {
    const char* code;
    const char* russian;
    const char* english;
};

constexpr Action kActions[] = {
    {"session.signed-in", "Вход на сервер", "Signed in"},
    {"session.refused", "Вход не удался", "A sign-in was refused"},
    {"session.signed-out", "Выход", "Signed out"},
    {"user.created", "Добавлен пользователь", "A user was added"},
    {"user.changed", "Изменён пользователь", "A user was changed"},
    {"user.deleted", "Удалён пользователь", "A user was deleted"},
    {"user.password-changed", "Сменён пароль", "A password was changed"},
    {"token.created", "Создан токен", "A token was made"},
    {"token.withdrawn", "Отозван токен", "A token was withdrawn"},
    {"organization.created", "Создана организация", "An organization was created"},
    {"organization.changed", "Изменены сведения организации", "The organization's details were changed"},
    {"project.created", "Добавлен проект", "A project was added"},
    {"project.changed", "Изменён проект", "A project was changed"},
    {"job.run-requested", "Задание запущено вручную", "A job was run by hand"},
    {"route.run-done", "Передача данных прошла", "A route ran well"},
    {"route.run-failed", "Передача данных не удалась", "A route failed"},
    {"route.run-stopped", "Передача данных остановлена", "A route was stopped"},
    {"alarms.recipients-changed", "Изменены получатели тревог", "The recipients of alarms were changed"},
    {"alarms.tested", "Отправлена пробная тревога", "A test alarm was sent"},
    {"records.batch", "Приняты записи", "Records were taken in"},
    {"records.imported", "Загружен файл с записями", "A file of records was imported"},
    {"records.replaced", "Изменена запись", "A record was replaced"},
    {"records.deleted", "Удалена запись", "A record was deleted"},
    {"records.file-uploaded", "Загружен файл", "A file was uploaded"},
    {"secrets.key-rotated", "Сменён ключ секретов", "The key of the secrets was rotated"},
};

/// The words in `details`, which lose them; empty when there are none.
std::string takeWords(std::string& details, const char* language) {
    if (details.find("\"text\"") == std::string::npos) return {};
    rapidjson::Document json;
    json.Parse(details.data(), details.size());
    if (json.HasParseError() || !json.IsObject()) return {};
    const auto words = json.FindMember("text");
    if (words == json.MemberEnd() || !words->value.IsObject()) return {};
    const auto said = words->value.FindMember(language);
    if (said == words->value.MemberEnd() || !said->value.IsString()) return {};
    std::string text(said->value.GetString(), said->value.GetStringLength());
    json.EraseMember(words);
    rapidjson::StringBuffer out;
    rapidjson::Writer<rapidjson::StringBuffer> writer(out);
    json.Accept(writer);
    details.assign(out.GetString(), out.GetSize());
    return text;
}

}  // namespace

JournalWords wordsOf(const sdk::JournalEntry& entry, bool russian) {
    JournalWords words{{}, entry.details.empty() ? "{}" : entry.details};
    words.text = takeWords(words.details, russian ? "ru" : "en");
    if (!words.text.empty()) return words;
    const auto found = std::find_if(std::begin(kActions), std::end(kActions),
                                    [&](const Action& one) { return entry.action == one.code; });
    if (found != std::end(kActions)) words.text = russian ? found->russian : found->english;
    return words;
}

}  // namespace host::base
