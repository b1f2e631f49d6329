#pragma once
/// redirect_uri, which University 2035 compares character by character (seed 003, 1.1 and 1.4): what is wrong with one
/// by itself, and where two of them differ. Pure; thread-safe.

#include <string>
#include <string_view>
#include <vector>

namespace plugin::sso {

struct Finding {
    std::string code;   ///< "scheme", "host", "port", "path", "slash", "query", "space", "case", "default-port", …
    bool wrong = true;  ///< it can't work; false: it may, and a person should look
    std::string reasonRu, fixRu;
    std::string reasonEn, fixEn;

    const std::string& reason(bool russian) const { return russian ? reasonRu : reasonEn; }
    const std::string& fix(bool russian) const { return russian ? fixRu : fixEn; }
};

/// What is wrong with it as it is written; empty: nothing.
std::vector<Finding> faultsOf(std::string_view redirectUri);

/// Where `given` isn't `wanted`: by part (scheme, host, port, slash at the end, path, query), in words; empty when they
/// are equal to the character. `what` names the wanted one in the genitive, in both languages.
struct Wanted {
    std::string uri;
    const char* nameRu;   ///< «адреса возврата этого сервера»
    const char* nameEn;   ///< "this server's callback"
    bool certain = true;  ///< false: the wanted one is a guess (by the Host of a request), but for its path
};
std::vector<Finding> differences(std::string_view given, const Wanted& wanted);

/// "https://host:port" of an address; empty when it has none.
std::string originOf(std::string_view uri);
/// What stands before `suffix` in `uri`; empty when it doesn't end so.
std::string prefixBefore(std::string_view uri, std::string_view suffix);

}  // namespace plugin::sso
