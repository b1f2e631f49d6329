#pragma once
/// Settings of a connection or a route: checked against what its kind describes, kept as JSON without secrets, and
/// handed to the kind as values. Pure; thread-safe.

#include "common/Json.h"
#include "common/JsonReader.h"
#include "host/connections/KindFacts.h"
#include "host/sdk/Secrets.h"
#include "host/sdk/Sources.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace host::connections {

struct ReadSettings {
    std::string json;                                                 ///< an object, secrets left out
    std::map<std::string, std::optional<sdk::SecretString>> secrets;  ///< to be sealed; nullopt: to be erased
    std::vector<sdk::FieldError> missing;  ///< where `settings` is not there at all: beside `body`'s errors
};

/// Reads `settings` of a body, `object` being the same body; what is wrong goes into `body`'s errors with its place.
/// `kept`: names of the secrets that are sealed already. A secret that is not given stays; what GET shows of it may be
/// sent back.
ReadSettings readSettings(common::JsonReader& body, const Poco::JSON::Object::Ptr& object,
                          const std::vector<sdk::SourceField>& fields, const std::set<std::string>& kept);

/// Kept settings as values; what is not given has its fallback. `secret` gives a sealed one.
sdk::SourceValues settingsFrom(const std::string& json, const std::vector<sdk::SourceField>& fields,
                               const std::function<std::optional<sdk::SecretString>(const std::string&)>& secret = {});

/// As people see them: of a secret whether it is set and its last four characters.
void writeSettings(common::JsonWriter& json, const std::string& kept, const std::vector<sdk::SourceField>& fields,
                   const std::function<std::optional<sdk::SecretString>(const std::string&)>& secret = {});

/// A description for forms, in the language "ru" or "en".
void writeDescription(common::JsonWriter& json, const sdk::SourceDescription& description, const KindFacts& facts,
                      const std::string& language);
void writeFields(common::JsonWriter& json, const std::vector<sdk::SourceField>& fields, const std::string& language,
                 const FactsOfFields& facts = {});

}  // namespace host::connections
