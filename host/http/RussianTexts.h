#pragma once
/// What the host says of errors, for those who asked for Russian. Thread-safe.

#include "common/Phrases.h"
#include "host/sdk/Http.h"

namespace host::http {

const common::Phrasebook& russianTexts();

/// Of it, what is said of records, files and imports.
const common::Phrasebook::Phrases& russianRecordTexts();

/// Of it, what is said of a mapping that is not valid.
const common::Phrasebook::Phrases& russianMappingTexts();

/// Who names no language gets the texts as they are: programs, and people with curl.
inline bool asksForRussian(const sdk::Request& request) {
    return request.language == "ru" && request.header("accept-language");
}

/// A text in the language that was asked for.
inline std::string saidTo(const sdk::Request& request, const std::string& english) {
    return asksForRussian(request) ? russianTexts().text(english) : english;
}

}  // namespace host::http
