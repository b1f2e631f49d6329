#pragma once
/// A JSON template with typed placeholders, compiled once into literal pieces and value slots.
///
/// Language: `"{result.raw}"` alone in a string becomes the typed value; inside other text it is interpolated; `{x?}`
/// drops its member when the value is missing, and a container left empty by that is dropped too; `{"$if": COND,
/// "$then": V, "$else": W}` (or `$if` beside other members) keeps a value on a condition; `[{"$each": "{list}",
/// "$item": V}]` repeats. COND is one condition or an array of which all must hold: `name`, `!name`, `name=value`,
/// `name!=value`. `{{` and `}}` are braces. Everything is escaped to ASCII.
///
/// Immutable after compile: one template serves any number of threads.

#include "host/sdk/Error.h"
#include "plugin/footprint/Conditions.h"
#include "plugin/footprint/Placeholders.h"
#include "plugin/footprint/Values.h"

#include <rapidjson/document.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::footprint {

/// Why a template could not be rendered for a record.
struct RenderFailure {
    enum class Kind { Missing, BadText } kind = Kind::Missing;
    Name name = Name::Count;
};

/// What xAPI fixes about places of a template. Pointers are of the statement that comes out (no `$then`), '*' stands
/// for an array index.
struct PlaceRule {
    std::string pointer;           ///< "/result/score/raw"
    std::vector<ValueType> types;  ///< one of them; empty: any
    bool required = false;         ///< must always be there
};
struct ObjectRule {
    std::string pointer;            ///< "/actor"
    std::vector<std::string> keys;  ///< no others
};
struct Places {
    std::vector<PlaceRule> values;
    std::vector<ObjectRule> objects;
};

class Template {
public:
    /// Adds every error found to `errors`; a template with errors must not be rendered.
    static Template compile(const rapidjson::Value& json, unsigned scope, const Places& places,
                            const std::string& pointer, std::vector<host::sdk::FieldError>& errors);

    /// Appends the JSON to `out`. On failure `out` is as it was. Values of list items are set in `values` on the way.
    std::optional<RenderFailure> render(Values& values, std::string& out) const;

    bool uses(Name name) const;
    /// Keys of the object at a pointer that every statement carries: what is neither optional nor conditional.
    const std::vector<std::string>& constantKeys(const std::string& objectPointer) const;

private:
    friend class TemplateCompiler;
    struct Op {
        enum class Code : std::uint8_t {
            Literal,      ///< append literals_[a, a+b)
            Value,        ///< append a slot as a JSON value
            Inside,       ///< append a slot's text inside a string
            Need,         ///< fail when the slot is missing
            JumpMissing,  ///< to b when the slot is missing
            JumpUnless,   ///< to b unless conditions_[a] hold
            Jump,         ///< to b
            Open,         ///< remember the place, for a container that may stay empty
            Close,        ///< literals_[a] is the bracket; b: where to go on when the container was empty and dropped
            EachBegin,    ///< of a list slot; to b when there is nothing
            EachEnd       ///< next item, back to b
        } code;
        Name name = Name::Count;
        ValueType type = ValueType::Text;  ///< of the name
        std::uint32_t a = 0;
        std::uint32_t b = 0;
    };
    /// Joins literals that became neighbours. What is jumped to stays the beginning of a piece.
    void joinLiterals();

    std::vector<Op> ops_;
    std::string literals_;
    std::vector<std::vector<Condition>> conditions_;
    std::map<std::string, std::vector<std::string>> constantKeys_;
    std::vector<bool> used_ = std::vector<bool>(kNameCount, false);
};

}  // namespace plugin::footprint
