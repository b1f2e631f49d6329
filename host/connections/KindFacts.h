#pragma once
/// What the pages need to know of a kind of source besides its fields, so that they need not know kinds by name: how
/// data come, which fields are asked for when, what choices are called, where a connection leads. The host's own kinds
/// say it; of a module's kind, which knows the SDK's description only, there are none, and every field is asked for.

#include "common/Json.h"
#include "host/sdk/Sources.h"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace host::connections {

struct FieldFacts {
    /// Another field of the same form has one of these values, or by its fallback.
    struct Condition {
        std::string field;
        std::vector<std::string> values;
    };
    std::optional<Condition> when = {};                 ///< asked for only then
    bool rare = false;                                  ///< most people leave it as it is
    std::string syntax = {};                            ///< what a text is written in: "sql"; empty: nothing special
    std::map<std::string, sdk::PageText> choices = {};  ///< what choices are called; others are called as they are
};
using FactsOfFields = std::map<std::string, FieldFacts>;

struct KindFacts {
    int order = std::numeric_limits<int>::max();  ///< in which one chooses; then by title
    /// For whoever chooses how to connect; of a kind without it only the title is known.
    struct Way {
        sdk::PageText title;
        sdk::PageText fits;
        sdk::PageText needs;
        sdk::PageText time;  ///< how long it takes to set up; may be empty
    };
    std::optional<Way> way;
    /// Data are brought and not fetched: nothing runs by itself.
    struct Brought {
        std::vector<std::string> by;            ///< "upload", "folder", "request": as the triggers of runs
        bool whole = false;                     ///< what comes may be all there is: deletions may be followed
        std::optional<std::uint64_t> maxBytes;  ///< of one upload
    };
    std::optional<Brought> brought;
    /// The settings that say where a connection leads, and what stands before each but the first that is given.
    std::vector<std::pair<std::string, std::string>> leadsTo;
    /// Columns of a mapping are paths into an item, whatever the description says, while a field of the route has one
    /// of these values.
    std::optional<FieldFacts::Condition> pathsWhen;
    FactsOfFields connection;
    FactsOfFields route;
};

/// Beside sdk::SourceKind, whose shape modules rely on. Thread-safe.
class TellsFacts {
public:
    virtual ~TellsFacts() = default;
    virtual KindFacts facts() const = 0;
};

/// Of a kind that tells none: none.
KindFacts factsOf(const sdk::SourceKind* kind);

/// Members of an open object of the kind: way, brought, leadsTo, pathsWhen.
void writeFacts(common::JsonWriter& json, const KindFacts& facts, const std::string& language);
/// Members of an open object of the field.
void writeFieldFacts(common::JsonWriter& json, const FieldFacts& facts, const std::string& language);

}  // namespace host::connections
