#pragma once
/// A message of an alarm in words, as mail has them: subject and body. Pure.

#include "host/alarms/Messages.h"

#include <string>

namespace host::alarms {

std::string subjectOf(const Message& message);
std::string bodyOf(const Message& message);

}  // namespace host::alarms
