#include "plugin/integration/Texts.h"

#include "common/TimeZone.h"

#include <date/tz.h>

namespace plugin::integration {

namespace {

struct Pair {
    const char* russian;
    const char* english;
    std::string in(Language language) const { return language == Language::English ? english : russian; }
};

constexpr Pair kStageTexts[] = {
    {"Скопируйте шаблон письма и отправьте его с корпоративного адреса организации на {mail}, чтобы получить доступ к "
     "тестовому контуру. Когда придёт письмо с данными, нажмите кнопку \"Данные у меня\".\n"
     "Отсутствие части информации в заявке влияет на скорость",
     "Copy the letter and send it from the organisation's corporate address to {mail} to be given access to the test "
     "contour. When the letter with the data has come, press \"I have the data\".\n"
     "A request with parts missing takes longer."},
    {"Введите параметр Basic из письма с данными тестового контура и нажмите кнопку \"Подключить\". После успешной "
     "проверки нажмите кнопку \"Проверено\".",
     "Enter Basic from the letter with the data of the test contour and press \"Connect\". After a successful check "
     "press \"Checked\"."},
    {"После отправки письма Университету 2035 в течение 3 рабочих дней вам придут два письма:\n"
     "– Письмо с данными для получения доступа к продуктовому контуру (Basic, Key, Secret)\n"
     "– Письмо с данными для доступа к хранилищу S3 (User Id, Password, Access Key ID, Secret Key).\n"
     "После их получения нажмите кнопку \"Данные у меня\" и переходите к следующему пункту",
     "Within 3 working days after you have written to University 2035 you will get two letters:\n"
     "– a letter with the data for access to the production contour (Basic, Key, Secret)\n"
     "– a letter with the data for access to the S3 storage (User Id, Password, Access Key ID, Secret Key).\n"
     "When you have them, press \"I have the data\" and go on to the next stage."},
    {"Введите параметр Basic из первого письма, а также User Id, Access Key ID и Secret Key из второго. После этого "
     "нажмите кнопку Интеграция. Мы проверим правильность соединения и сообщим вам о результате в течение минуты. При "
     "успешной интеграции ваш проект будет подключен к хранилищу Университета 2035, и мы сможем передавать цифровой "
     "след в автоматическом режиме. Нажмите активную кнопку \"Все отлично\" для завершения настройки",
     "Enter Basic from the first letter, and User Id, Access Key ID and Secret Key from the second. Then press "
     "Integration. We will check the connection and tell you the result within a minute. After a successful "
     "integration your project is connected to University 2035's storage, and we can send the digital footprint "
     "automatically. Press the active button \"All is well\" to finish the set-up."},
};

constexpr Pair kContinue[] = {{"Данные у меня", "I have the data"},
                              {"Проверено", "Checked"},
                              {"Данные у меня", "I have the data"},
                              {"Все отлично", "All is well"}};
constexpr Pair kTitles[] = {{"Этап 1. Доступ к тестовому контуру", "Stage 1. Access to the test contour"},
                            {"Этап 2. Проверка тестового контура", "Stage 2. Check of the test contour"},
                            {"Этап 3. Доступ к промышленному контуру", "Stage 3. Access to the production contour"},
                            {"Этап 4. Проверка промышленного контура", "Stage 4. Check of the production contour"}};

const std::map<std::string, Pair>& reasons() {
    static const std::map<std::string, Pair> all{
        {"integration.active",
         {"Интеграция активна: изменить в ней ничего нельзя. Сначала отключите её.",
          "The integration is active; nothing in it can be changed. Disconnect it first."}},
        {"integration.not-active",
         {"Заменить ключ можно только у активной интеграции. Завершите настройку.",
          "Only an active integration's key can be replaced. Finish the set-up."}},
        {"integration.not-open",
         {"Карточка интеграции ещё не открыта. Сначала откройте её.",
          "The card has not been opened yet. Open it first."}},
        {"integration.already-open", {"Карточка интеграции уже открыта.", "The card was opened before."}},
        {"integration.locked-stage",
         {"Этот этап ещё не открыт. Сначала завершите предыдущий.",
          "This stage is not opened yet. Finish the one before it first."}},
        {"integration.check-running",
         {"Проверка ещё идёт. Дождитесь её окончания: это не дольше минуты.",
          "A check is still running. Wait for its end: a minute at most."}},
        {"integration.not-checked",
         {"Подтверждать нечего: успешной проверки на этом этапе ещё нет.",
          "There is nothing to confirm: this stage has no successful check yet."}},
        {"integration.nothing-changed",
         {"Этап уже пройден. Кнопка станет активной, когда вы измените Basic и проверка с ним пройдёт успешно.",
          "The stage is passed. Its button becomes active when Basic is changed and checked successfully."}},
        {"integration.same-basic",
         {"Этот Basic уже сохранён для другого контура. Возьмите Basic из письма этого контура.",
          "This Basic is stored for the other contour already. Take the Basic of this contour's letter."}},
        {"integration.no-storage",
         {"У этой интеграции нет хранилища S3, заменять нечего.",
          "This integration has no S3 storage to replace a key of."}},
        {"integration.replace-off",
         {"Замена ключа отключена администратором сервера.",
          "Replacing keys is switched off by the server's administrator."}},
        {"integration.same-store-required",
         {"Организация уже передавала данные по этому проекту. Укажите, то же это хранилище (sameStore: true) или "
          "новое "
          "(sameStore: false): от этого зависит, что отправлять заново.",
          "The organisation has sent data in this project before. Say whether this is the same store (sameStore: true) "
          "or "
          "a new one (sameStore: false): what is sent again depends on it."}},
        {"integration.confirm-counts",
         {"Для другого хранилища всё, что уже передавалось, снова станет к отправке. Сколько это фактов — в dueAgain; "
          "подтвердите это число: {\"sameStore\": false, \"expected\": …}.",
          "For another store everything that was delivered becomes due again. How many statements that is stands in "
          "dueAgain; confirm that number: {\"sameStore\": false, \"expected\": …}."}},
        {"integration.store-evidence",
         {"Ответы самого LRS противоречат сказанному: посмотрите в evidence, сколько переданных раньше фактов в нём "
          "нашлось. Если вы уверены, добавьте confirm: true.",
          "The LRS's own answers contradict it: see in evidence how many statements sent earlier were found there. If "
          "you are sure, add confirm: true."}},
        {"integration.declared-test",
         {"Это хранилище объявлено тестовым контуром: рабочие цифровые следы в него не отправляются. Возьмите адрес и "
          "Basic из письма о промышленном контуре.",
          "This store was declared the test contour: no working footprint is sent to it. Take address and Basic from "
          "the letter about the production contour."}},
        {"integration.no-such-store",
         {"Среди прежних хранилищ промышленного контура такого нет. Выберите одно из choices.",
          "There is no such store among the earlier ones of the production contour. Take one of choices."}},
        {"integration.confirm-required",
         {"Отключение сбрасывает все настройки интеграции. Подтвердите его: {\"confirm\": true}.",
          "Disconnecting wipes every setting of the integration. Confirm it: {\"confirm\": true}."}},
        {"integration.not-participating",
         {"Проект не открыт организации: на странице редактирования организации не отмечено участие в проекте.",
          "The project is not open to the organisation: taking part is not ticked on its edit page."}},
        {"precondition-failed",
         {"Настройку уже изменил кто-то другой. Посмотрите текущее состояние и повторите действие.",
          "Somebody else has changed the set-up meanwhile. Look at the current state and try again."}},
        {"validation", {"Данные заполнены не полностью или с ошибками.", "The data are incomplete or wrong."}},
        {"idempotency-key.reused",
         {"Этот Idempotency-Key уже использован с другими данными.",
          "This Idempotency-Key was used with other data before."}},
    };
    return all;
}

}  // namespace

std::string statusText(Status status, Language language) {
    switch (status) {
        case Status::NotDone:
            return Pair{"Не выполнен", "Not done"}.in(language);
        case Status::InProgress:
            return Pair{"В процессе", "In progress"}.in(language);
        case Status::DataError:
            return Pair{"Ошибка данных", "Data error"}.in(language);
        case Status::Active:
            return Pair{"Активен", "Active"}.in(language);
    }
    return {};
}

std::string stageStatusText(StageState state, Language language) {
    switch (state) {
        case StageState::Locked:
            return Pair{"не открыт", "not opened"}.in(language);
        case StageState::Open:
            return Pair{"в процессе", "in progress"}.in(language);
        case StageState::Done:
            return Pair{"выполнено", "done"}.in(language);
        case StageState::Failed:
            return Pair{"ошибка данных", "data error"}.in(language);
    }
    return {};
}

std::string stageTitle(int stage, Language language) {
    return kTitles[stage - 1].in(language);
}

std::string stageText(int stage, const ProjectFacts& facts, Language language) {
    std::string text = kStageTexts[stage - 1].in(language);
    constexpr std::string_view kMail = "{mail}";
    if (auto at = text.find(kMail); at != std::string::npos) text.replace(at, kMail.size(), facts.mailTo);
    return text;
}

std::string continueText(int stage, Language language) {
    return kContinue[stage - 1].in(language);
}

std::string checkText(int stage, Language language) {
    if (stage == 2) return Pair{"Подключить", "Connect"}.in(language);
    if (stage == 4) return Pair{"Интеграция", "Integration"}.in(language);
    return {};
}

std::string activeHint(Language language) {
    return Pair{"Интеграция настроена. Чтобы изменить настройки, отключите её и пройдите настройку заново.",
                "The integration is set up. To change its settings, disconnect it and set it up anew."}
        .in(language);
}

std::string testContourWarning(const std::string& address, Language language) {
    const Pair text{
        "Адрес промышленного контура {} ведёт в тестовый контур. Рабочие цифровые следы туда не отправляются: "
        "их пришлось бы посылать повторно. Исправьте адрес и настройте интеграцию заново.",
        "The production contour's address {} leads to the test contour. No working footprint is sent there: "
        "it would have to be sent again. Correct the address and set the integration up anew."};
    return fmt::format(fmt::runtime(text.in(language)), address);
}

std::string reasonText(const std::string& code, Language language) {
    auto it = reasons().find(code);
    return it == reasons().end() ? std::string() : it->second.in(language);
}

host::sdk::Micros afterWorkingDays(host::sdk::Micros from, int days, const std::string& timeZone) {
    auto zone = common::TimeZone::require(timeZone);
    std::int64_t local = from + zone.offsetSeconds(from) * 1'000'000;
    auto day = date::floor<date::days>(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(local)));
    for (int left = days; left > 0;) {
        day += date::days(1);
        local += std::chrono::microseconds(date::days(1)).count();
        date::weekday weekday(day);
        if (weekday != date::Saturday && weekday != date::Sunday) --left;
    }
    return zone.fromLocal(local);
}

}  // namespace plugin::integration
