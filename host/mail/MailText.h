#pragma once
/// A message as mail: RFC 5322 with a UTF-8 subject (RFC 2047) and body (base64). Pure. Nothing that is put in can add
/// a header: addresses are checked, every other value is encoded.

#include "host/sdk/Clock.h"

#include <string>

namespace host::mail {

struct Mail {
    std::string from;       ///< a mail address
    std::string to;         ///< a mail address
    std::string subject;    ///< UTF-8
    std::string body;       ///< UTF-8, lines end with \n
    std::string messageId;  ///< without brackets
    std::string inReplyTo;  ///< the same; may be empty
    sdk::Micros at = 0;
    std::string fromName = "lmsd";  ///< UTF-8; whose address `from` is
    bool automatic = true;          ///< no person has sent it, and nobody's absence need be told
};

/// An address that mail servers take as it is: ASCII, no quoted local part, at most 254 characters.
bool isMailAddress(const std::string& text);

/// What may stand behind the @ of such an address.
bool isMailDomain(std::string_view text);

/// The whole text, lines end with \r\n. AppError 500 "internal" for an address or an id that is none.
std::string mailText(const Mail& mail);

}  // namespace host::mail
