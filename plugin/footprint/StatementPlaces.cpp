#include "plugin/footprint/StatementPlaces.h"

#include <array>

namespace plugin::footprint {
namespace {

using Keys = std::span<const std::string_view>;

constexpr std::array<std::string_view, 9> kStatement{"id",     "version", "timestamp", "actor",      "verb",
                                                     "object", "result",  "context",   "attachments"};
constexpr std::array<std::string_view, 2> kAgent{"objectType", "account"};
constexpr std::array<std::string_view, 2> kAccount{"homePage", "name"};
constexpr std::array<std::string_view, 2> kVerb{"id", "display"};
constexpr std::array<std::string_view, 3> kActivity{"id", "objectType", "definition"};
constexpr std::array<std::string_view, 2> kReference{"id", "objectType"};
constexpr std::array<std::string_view, 5> kDefinition{"name", "description", "type", "moreInfo", "extensions"};
constexpr std::array<std::string_view, 6> kResult{"score",    "success",  "completion",
                                                  "response", "duration", "extensions"};
constexpr std::array<std::string_view, 4> kScore{"scaled", "raw", "min", "max"};
// `platform` and `revision` are xAPI, but refused beside a StatementRef and of no use elsewhere.
constexpr std::array<std::string_view, 5> kContext{"registration", "instructor", "contextActivities", "language",
                                                   "extensions"};
constexpr std::array<std::string_view, 4> kContextActivities{"parent", "grouping", "category", "other"};
constexpr std::array<std::string_view, 7> kAttachment{"usageType", "display", "description", "contentType",
                                                      "length",    "sha2",    "fileUrl"};

std::vector<std::string> listed(Keys keys) {
    return {keys.begin(), keys.end()};
}

}  // namespace

Keys KnownKeys::statement() {
    return kStatement;
}
Keys KnownKeys::agent() {
    return kAgent;
}
Keys KnownKeys::account() {
    return kAccount;
}
Keys KnownKeys::verb() {
    return kVerb;
}
Keys KnownKeys::activity() {
    return kActivity;
}
Keys KnownKeys::reference() {
    return kReference;
}
Keys KnownKeys::definition() {
    return kDefinition;
}
Keys KnownKeys::result() {
    return kResult;
}
Keys KnownKeys::score() {
    return kScore;
}
Keys KnownKeys::context() {
    return kContext;
}
Keys KnownKeys::contextActivities() {
    return kContextActivities;
}
Keys KnownKeys::attachment() {
    return kAttachment;
}

Places statementPlaces(bool reference, bool graded) {
    using enum ValueType;
    const std::vector<ValueType> numbers{Number, Integer};
    Places places;
    places.values = {
        {"/id", {Uuid}, true},
        {"/version", {Text}, true},
        {"/timestamp", {Time}, true},
        {"/actor/objectType", {Text}, true},
        {"/actor/account/homePage", {Iri}, true},
        {"/actor/account/name", {Text}, true},
        {"/verb/id", {Iri}, true},
        {"/verb/display", {}, true},
        {"/object/objectType", {Text}, true},
        {"/object/id", {reference ? Uuid : Iri}, true},
        {"/object/definition/type", {Iri}, false},
        {"/result/score/raw", numbers, graded},
        {"/result/score/min", numbers, graded},
        {"/result/score/max", numbers, graded},
        {"/result/score/scaled", numbers, graded},
        {"/result/success", {Boolean}, graded},
        {"/result/completion", {Boolean}, false},
        {"/result/duration", {Duration}, false},
        {"/result/response", {Text}, false},
        {"/context/instructor/account/name", {Text}, false},
        {"/context/contextActivities/parent/*/id", {Iri}, false},
        {"/context/extensions", {}, true},
        {"/attachments/*/usageType", {Iri}, false},
        {"/attachments/*/contentType", {Text}, false},
        {"/attachments/*/length", {Integer}, false},
        {"/attachments/*/sha2", {Text}, false},
        {"/attachments/*/fileUrl", {Iri}, false},
    };
    places.objects = {
        {"", listed(kStatement)},
        {"/actor", listed(kAgent)},
        {"/actor/account", listed(kAccount)},
        {"/verb", listed(kVerb)},
        {"/object", listed(reference ? Keys(kReference) : Keys(kActivity))},
        {"/object/definition", listed(kDefinition)},
        {"/result", listed(kResult)},
        {"/result/score", listed(kScore)},
        {"/context", listed(kContext)},
        {"/context/instructor", listed(kAgent)},
        {"/context/instructor/account", listed(kAccount)},
        {"/context/contextActivities", listed(kContextActivities)},
        {"/context/contextActivities/parent/*", listed(kActivity)},
        {"/attachments/*", listed(kAttachment)},
    };
    return places;
}

}  // namespace plugin::footprint
