#pragma once
/// Letters that a person of an organization sends from its own corporate address, through the server's mail server. The
/// server's administrator says which addresses it may send as. Thread-safe.

#include <string>

#include "host/sdk/Clock.h"

namespace host::sdk {
inline namespace abi1 {

struct Letter {
    std::string organization;  ///< whose corporate address it comes from
    std::string to;            ///< one mail address
    std::string subject;       ///< UTF-8; becomes one line
    std::string body;          ///< UTF-8 plain text, lines end with \n
    /// The same for every try of the same letter, so that mail servers can tell a repeat: a UUID.
    std::string id;
    std::string language = "ru";  ///< of what goes wrong: "ru" or "en"
};

struct SentLetter {
    std::string from;
    std::string to;
    Micros at = 0;
};

class Mail {
public:
    virtual ~Mail() = default;

    /// Why the organization can't send, in words for people in `language` ("ru" or "en"); empty when it can. Asks
    /// nobody outside.
    virtual std::string whyNot(const std::string& organization, const std::string& language) = 0;

    /// Returns when the mail server has taken it; blocks for some seconds at most. AppError in the letter's language:
    /// 409 "mail.not-possible" for what `whyNot` tells, 422 "mail.refused" when the mail server wants no such letter,
    /// 429 "mail.too-many", 503 "mail.unavailable" when it is out of reach or the server stops, 504 "mail.in-doubt" when
    /// it may have the letter: tried again it goes out under the same id.
    virtual SentLetter send(const Letter& letter) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
