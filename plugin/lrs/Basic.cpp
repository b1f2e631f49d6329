#include "common/Encoding.h"
#include "common/Sha256.h"
#include "common/Text.h"
#include "plugin/lrs/LrsClient.h"

namespace plugin::lrs {
namespace {

using host::sdk::AppError;
using host::sdk::SecretString;

[[noreturn]] void refuse(const std::string& pointer, const std::string& reason, const std::string& fix) {
    throw AppError::validation("The LRS credential can't be used; see the field's reason", {{pointer, reason, fix}});
}

bool isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isPrintable(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}

/// Padding may be missing: it gets lost in copying.
std::optional<std::string> decode(std::string text) {
    while (!text.empty() && text.back() == '=') text.pop_back();
    text.append((4 - text.size() % 4) % 4, '=');
    return common::fromBase64(text);
}

constexpr const char* kPaste = "paste the whole Basic of University 2035's letter, or enter Key and Secret";
constexpr const char* kColonInSecret = "the secret has a colon in it, which the LRS does not accept";
constexpr const char* kAskForAnother = "ask University 2035 for a secret without a colon";

}  // namespace

std::string Basic::fingerprint() const {
    return common::Sha256::hex(token_.reveal());
}

Basic parseBasic(std::string_view pasted) {
    std::string text(common::trim(pasted));
    if (common::toLowerAscii(text.substr(0, 5)) == "basic" && (text.size() == 5 || isSpace(text[5]))) text.erase(0, 5);
    text.erase(std::remove_if(text.begin(), text.end(), isSpace), text.end());
    if (text.empty()) refuse("/basic", "it is empty", kPaste);

    const auto decoded = decode(text);
    if (!decoded || !isPrintable(*decoded)) refuse("/basic", "it is not base64 of Key:Secret", kPaste);
    const auto colon = decoded->find(':');
    if (colon == std::string::npos) refuse("/basic", "there is no colon between Key and Secret in it", kPaste);
    if (colon == 0) refuse("/basic", "the Key in it is empty", kPaste);
    if (colon + 1 == decoded->size()) refuse("/basic", "the Secret in it is empty", kPaste);
    if (decoded->find(':', colon + 1) != std::string::npos) refuse("/basic", kColonInSecret, kAskForAnother);
    Basic basic;
    basic.token_ = SecretString(common::toBase64(*decoded));
    basic.secret_ = SecretString(decoded->substr(colon + 1));
    return basic;
}

Basic basicFrom(std::string_view pastedKey, std::string_view pastedSecret) {
    const std::string key(common::trim(pastedKey));
    const std::string secret(common::trim(pastedSecret));
    if (key.empty()) refuse("/key", "it is empty", "paste the Key of University 2035's letter");
    if (key.find(':') != std::string::npos || !isPrintable(key))
        refuse("/key", "a Key has neither a colon nor a line break in it", "paste the Key of University 2035's letter");
    if (secret.empty()) refuse("/secret", "it is empty", "paste the Secret of University 2035's letter");
    if (secret.find(':') != std::string::npos) refuse("/secret", kColonInSecret, kAskForAnother);
    if (!isPrintable(secret))
        refuse("/secret", "a Secret has no line break in it", "paste the Secret of University 2035's letter");
    Basic basic;
    basic.token_ = SecretString(common::toBase64(key + ":" + secret));
    basic.secret_ = SecretString(secret);
    return basic;
}

}  // namespace plugin::lrs
