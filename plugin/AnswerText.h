#pragma once
/// What another server sent, made fit for people, JSON and the log: valid UTF-8, no control characters, cut at a
/// character's border, and free of our own secrets even when the server echoes them.

#include "host/sdk/OutboundHttp.h"
#include "plugin/CheckStep.h"

#include <utf8.h>

#include <string>
#include <string_view>
#include <vector>

namespace plugin {

/// At most `limit` bytes of `text`.
inline std::string answerText(std::string_view text, std::size_t limit, const std::vector<std::string>& secrets = {}) {
    constexpr std::size_t kWindow = 64 * 1024;  // nobody reads further, and a secret is short
    std::string window(text.substr(0, kWindow));
    for (const auto& secret : secrets) {
        if (secret.empty()) continue;
        for (auto at = window.find(secret); at != std::string::npos; at = window.find(secret, at))
            window.replace(at, secret.size(), "***");
    }
    std::string valid;
    utf8::replace_invalid(window.begin(), window.end(), std::back_inserter(valid));
    for (char& c : valid)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f) c = ' ';
    if (valid.size() > limit) {
        std::size_t end = limit;
        while (end > 0 && (static_cast<unsigned char>(valid[end]) & 0xc0u) == 0x80u) --end;
        valid.resize(end);
    }
    return valid;
}

/// Fills code, cause and fix of a step that got no answer; `observed` too.
inline void explainNoAnswer(CheckStep& step, const host::sdk::OutboundError& error) {
    using Kind = host::sdk::OutboundError::Kind;
    const std::string time = std::to_string(step.milliseconds) + " мс";
    step.passed = false;
    switch (error.kind()) {
        case Kind::Dns:
            step.code = "dns";
            step.observed = "Имя сервера не найдено";
            step.cause = "Адрес указан неверно, или сервер имён его не знает";
            step.fix = "Сверьте адрес с письмом Университета 20.35";
            break;
        case Kind::Refused:
            step.code = "refused";
            step.observed = "В соединении отказано за " + time;
            step.cause = "Адрес или порт указан неверно, либо соединение закрыто межсетевым экраном";
            step.fix = "Сверьте адрес с письмом Университета 20.35 и откройте этот порт для исходящих соединений";
            break;
        case Kind::ConnectTimeout:
        case Kind::Timeout:
            step.code = "timeout";
            step.observed = "Ответа нет " + time;
            step.cause = error.kind() == Kind::Timeout
                             ? "Сервер принял соединение, но не ответил вовремя"
                             : "Соединение не установлено: адрес указан неверно или закрыт межсетевым экраном";
            step.fix =
                "Сверьте адрес с письмом Университета 20.35, откройте порт для исходящих соединений; если адрес верен, "
                "повторите проверку позже";
            break;
        case Kind::Tls:
            step.code = "tls";
            step.observed = "Защищённое соединение (TLS) не установлено";
            if (error.reason() == "expired") {
                step.cause = "Срок действия сертификата сервера истёк";
                step.fix = "Сообщите об этом владельцу сервера: сертификат должен обновить он";
            } else if (error.reason() == "not-yet-valid") {
                step.cause = "Сертификат сервера ещё не действует";
                step.fix = "Проверьте дату и время на этом сервере";
            } else if (error.reason() == "other-name") {
                step.cause = "Сертификат сервера выдан на другое имя";
                step.fix = "Сверьте имя сервера в адресе с письмом Университета 20.35";
            } else if (error.reason() == "handshake") {
                step.cause = "Сервер не договорился о TLS версии 1.2 или выше; возможно, это порт без TLS";
                step.fix = "Сверьте схему и порт в адресе с письмом Университета 20.35";
            } else {
                step.cause = "Сертификату сервера нет доверия: он подписан неизвестным удостоверяющим центром";
                step.fix = "Добавьте сертификат удостоверяющего центра в файл доверенных (CA) в настройках сервера";
            }
            break;
        case Kind::Forbidden:
            step.code = "forbidden-address";
            step.observed = "Запрос не отправлен";
            step.cause = "Такой адрес не разрешён: нужен https и адрес вне внутренней сети";
            step.fix = "Укажите адрес из письма Университета 20.35; исключение может разрешить администратор сервера";
            break;
        case Kind::BadUrl:
            step.code = "bad-address";
            step.observed = "Запрос не отправлен";
            step.cause = "Адрес записан с ошибкой";
            step.fix = "Скопируйте адрес из письма Университета 20.35 целиком, он начинается с https://";
            break;
        case Kind::Closed:
            step.code = "server-trouble";
            step.observed = "Сервер закрыл соединение, не ответив, через " + time;
            step.cause = "Неполадка на стороне сервера или посредника перед ним";
            step.fix = "Повторите проверку позже; если не пройдёт, напишите в Университет 20.35";
            break;
        case Kind::Cancelled:
            step.code = "cancelled";
            step.observed = "Проверка прервана";
            step.cause = "Проверка была остановлена";
            step.fix = "Запустите проверку ещё раз";
            break;
        case Kind::BadAnswer:
        case Kind::TooLarge:
        case Kind::Source:
            step.code = "unexpected-answer";
            step.observed = "Ответ не разобран";
            step.cause = "По этому адресу отвечает что-то другое";
            step.fix = "Сверьте адрес с письмом Университета 20.35";
            break;
    }
}

}  // namespace plugin
