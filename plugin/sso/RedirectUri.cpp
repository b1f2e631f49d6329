#include "plugin/sso/RedirectUri.h"

#include "common/Text.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::sso {
namespace {

struct Parts {
    std::string_view scheme, host, port, path, rest;  ///< rest: query and fragment with their mark
};

Parts partsOf(std::string_view uri) {
    Parts parts;
    if (const auto end = uri.find("://"); end != std::string_view::npos) {
        parts.scheme = uri.substr(0, end);
        uri.remove_prefix(end + 3);
    }
    const auto authorityEnd = uri.find_first_of("/?#");
    auto authority = uri.substr(0, authorityEnd);
    uri.remove_prefix(authority.size());
    if (authority.find('@') != std::string_view::npos) {
        parts.host = authority;  // a login before the name: taken apart no further, it is refused
        authority = {};
    }
    const auto bracket = authority.find(']');
    const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (parts.host.empty()) parts.host = authority.substr(0, colon);
    if (colon != std::string_view::npos) parts.port = authority.substr(colon + 1);
    const auto pathEnd = uri.find_first_of("?#");
    parts.path = uri.substr(0, pathEnd);
    if (pathEnd != std::string_view::npos) parts.rest = uri.substr(pathEnd);
    return parts;
}

std::string shown(std::string_view text, bool russian) {
    if (text.empty()) return russian ? "ничего" : "nothing";
    return fmt::format(fmt::runtime(russian ? "«{}»" : "'{}'"), common::oneLine(text, 200));
}

Finding differs(const char* code, const char* partRu, const char* partEn, std::string_view given,
                std::string_view wanted, const Wanted& whole, bool wrong) {
    Finding finding;
    finding.code = code;
    finding.wrong = wrong;
    finding.reasonRu =
        fmt::format("{} не как у {}: здесь {}, там {}", partRu, whole.nameRu, shown(given, true), shown(wanted, true));
    finding.reasonEn = fmt::format("its {} isn't that of {}: {} here, {} there", partEn, whole.nameEn,
                                   shown(given, false), shown(wanted, false));
    finding.fixRu =
        "Адреса должны совпадать знак в знак: исправьте здесь или попросите Университет 20.35 изменить клиент.";
    finding.fixEn = "The two must agree to the character: mend it here, or ask University 2035 to change the client.";
    return finding;
}

Finding fault(const char* code, bool wrong, std::string reasonRu, std::string fixRu, std::string reasonEn,
              std::string fixEn) {
    return {code, wrong, std::move(reasonRu), std::move(fixRu), std::move(reasonEn), std::move(fixEn)};
}

std::string_view withoutSlash(std::string_view path) {
    while (path.ends_with('/')) path.remove_suffix(1);
    return path;
}

bool hasUpper(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::vector<Finding> faultsOf(std::string_view uri) {
    std::vector<Finding> found;
    const auto parts = partsOf(uri);
    const bool plain = std::all_of(uri.begin(), uri.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!plain)
        found.push_back(fault("space", true, "содержит пробел или знак не из ASCII",
                              "Уберите пробелы (и в конце строки); кириллицу запишите в виде %XX или punycode.",
                              "has a blank or a character beyond ASCII",
                              "Remove blanks (at the end of the line too); write other letters as %XX or punycode."));
    if (parts.scheme != "https" && parts.scheme != "http") {
        found.push_back(fault("scheme", true, "не начинается с https://", "Запишите адрес целиком, с https://.",
                              "doesn't begin with https://", "Write the whole address, with https://."));
        return found;
    }
    if (parts.scheme == "http")
        found.push_back(fault("http", false, "начинается с http://: код авторизации пойдёт открытым текстом",
                              "Откройте сервер по https и запросите клиент с адресом на https://.",
                              "begins with http://: the authorization code travels in clear",
                              "Serve it by https and ask for a client with an https:// address."));
    if (parts.host.empty() || parts.host.find('@') != std::string_view::npos)
        found.push_back(fault("host", true, "не содержит имени сервера, или перед ним стоят логин и пароль",
                              "Запишите адрес в виде https://ИМЯ/….", "has no server's name, or a login before it",
                              "Write it as https://NAME/…."));
    if (hasUpper(parts.host))
        found.push_back(fault("case", false, "имя сервера записано с прописными буквами",
                              "Браузеры пишут его строчными: запишите так же и в письме.",
                              "has capital letters in the server's name",
                              "Browsers write it in small ones: do so, in the letter too."));
    const auto ownPort = parts.scheme == "https" ? "443" : "80";
    if (parts.port == ownPort)
        found.push_back(fault("default-port", false, "содержит порт, который и так подразумевается",
                              "С портом и без него — разные строки: оставьте такую, какая в письме.",
                              "names the port that is meant anyway",
                              "With and without it are two texts: keep the one of the letter."));
    if (!parts.rest.empty())
        found.push_back(fault("query", true, "содержит ? или #", "К адресу добавятся code и state: уберите остальное.",
                              "has a ? or a #", "code and state are added to it: remove what is there."));
    return found;
}

std::vector<Finding> differences(std::string_view given, const Wanted& wanted) {
    std::vector<Finding> found;
    if (given == wanted.uri) return found;
    const auto here = partsOf(given);
    const auto there = partsOf(wanted.uri);
    const bool sure = wanted.certain;
    if (here.scheme != there.scheme)
        found.push_back(differs("scheme", "схема", "scheme", here.scheme, there.scheme, wanted, sure));
    if (here.host != there.host)
        found.push_back(differs("host", "имя сервера", "server's name", here.host, there.host, wanted, sure));
    if (here.port != there.port) found.push_back(differs("port", "порт", "port", here.port, there.port, wanted, sure));
    if (here.path != there.path) {
        const bool slashOnly = withoutSlash(here.path) == withoutSlash(there.path);
        found.push_back(
            slashOnly ? differs("slash", "косая черта в конце", "slash at the end", here.path, there.path, wanted, true)
                      : differs("path", "путь", "path", here.path, there.path, wanted, true));
    }
    if (here.rest != there.rest)
        found.push_back(
            differs("query", "часть после ? или #", "part after ? or #", here.rest, there.rest, wanted, true));
    if (found.empty()) found.push_back(differs("other", "запись", "spelling", given, wanted.uri, wanted, true));
    return found;
}

std::string originOf(std::string_view uri) {
    const auto scheme = uri.find("://");
    if (scheme == std::string_view::npos) return {};
    return std::string(uri.substr(0, uri.find_first_of("/?#", scheme + 3)));
}

std::string prefixBefore(std::string_view uri, std::string_view suffix) {
    return uri.ends_with(suffix) ? std::string(uri.substr(0, uri.size() - suffix.size())) : std::string();
}

}  // namespace plugin::sso
