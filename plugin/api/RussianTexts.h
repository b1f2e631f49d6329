#pragma once
/// What the module says of errors and runs in English, for those who asked for Russian; and the router that does so for
/// every route. Thread-safe.

#include "common/Phrases.h"
#include "host/sdk/Http.h"

#include <string>

namespace plugin::api {

const common::Phrasebook& russianTexts();

/// Of it, what is said of files that people bring: lists of unti_ids, templates of tables, profiles.
const common::Phrasebook::Phrases& russianFileTexts();

/// Whether a person's page asks for Russian; who names no language gets the texts as they are on record.
bool asksForRussian(const host::sdk::Request& request);

/// The language of texts that are on record in neither: Russian but for who asks for English.
inline bool isRussian(const host::sdk::Request& request) {
    return request.language != "en";
}

/// A run's message: reasons, each of a project or of the whole night, one after another.
std::string runMessage(const std::string& message, bool russian);

/// Gives its routes to another router; their errors are told in Russian to whoever asks for it.
class RussianRouter : public host::sdk::Router {
public:
    explicit RussianRouter(host::sdk::Router& router) : router_(router) {}
    [[nodiscard]] host::sdk::Registration add(host::sdk::Method method, const std::string& path,
                                              host::sdk::RouteOptions options, host::sdk::Handler handler) override;

private:
    host::sdk::Router& router_;
};

}  // namespace plugin::api
