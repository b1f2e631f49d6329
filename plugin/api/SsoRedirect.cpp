#include "plugin/api/SsoRedirect.h"

namespace plugin::api {

using host::sdk::Request;

std::string ssoCallbackPath(const std::string& organization, const std::string& contour) {
    return "/u2035/sso/" + organization + "/" + contour + "/callback";
}

std::string ssoLinkUrl(const store::SsoClientRow& client, const std::string& token) {
    // The page, its cookie and the callback are one site, so they share what stands before the callback's path.
    const auto prefix = sso::prefixBefore(client.redirectUri, ssoCallbackPath(client.organization, client.contour));
    return prefix.empty() ? std::string() : prefix + "/u2035/sso/join?t=" + token;
}

std::string addressOf(const Request& request) {
    const auto proto = request.header("x-forwarded-proto").value_or("");
    const auto host = request.header("host").value_or("");
    return (proto == "https" ? "https://" : "http://") + host;
}

std::vector<sso::Finding> ssoRedirectFindings(const Request& request, const std::string& redirectUri,
                                              const std::string& organization, const std::string& contour) {
    auto findings = sso::faultsOf(redirectUri);
    const auto path = ssoCallbackPath(organization, contour);
    if (redirectUri.ends_with(path)) {
        // A proxy may add a path before ours, and an administrator may come by an address of the inside: only the end
        // of the address is certain.
        const sso::Wanted callback{addressOf(request) + path, "адреса, по которому вы открыли сервер",
                                   "the address by which you came", false};
        for (auto& one : sso::differences(redirectUri, callback))
            if (one.code != "path") findings.push_back(std::move(one));
        return findings;
    }
    const sso::Wanted callback{addressOf(request) + path, "адреса возврата этого сервера", "this server's callback",
                               false};
    for (auto& one : sso::differences(redirectUri, callback)) findings.push_back(std::move(one));
    return findings;
}

}  // namespace plugin::api
