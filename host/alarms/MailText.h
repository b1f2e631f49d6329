#pragma once
/// A message of an alarm as mail: RFC 5322 with a UTF-8 subject (RFC 2047) and body (base64). Pure. Nothing that is put
/// in can add a header: addresses are checked, every other value is encoded.

#include "host/alarms/Messages.h"

#include <string>

namespace host::alarms {

struct Mail {
    std::string from;       ///< a mail address
    std::string to;         ///< a mail address
    std::string subject;    ///< UTF-8
    std::string body;       ///< UTF-8, lines end with \n
    std::string messageId;  ///< without brackets
    std::string inReplyTo;  ///< the same; may be empty
    sdk::Micros at = 0;
};

/// An address that mail servers take as it is: ASCII, no quoted local part, at most 254 characters.
bool isMailAddress(const std::string& text);

/// The whole text, lines end with \r\n. AppError 500 "internal" for an address or an id that is none.
std::string mailText(const Mail& mail);

std::string subjectOf(const Message& message);
std::string bodyOf(const Message& message);

}  // namespace host::alarms
