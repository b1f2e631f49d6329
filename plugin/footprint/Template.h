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

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/sdk/Error.h"
#include "plugin/footprint/Placeholders.h"
#include "plugin/footprint/Values.h"

#include <rapidjson/document.h>

namespace plugin::footprint {

/// Why a template could not be rendered for a record.
struct RenderFailure {
    enum class Kind { Missing, BadText } kind = Kind::Missing;
    Name name = Name::Count;
};

/// A condition on one value; all of a list must hold.
struct Condition {
    enum class Test : std::uint8_t { Holds, HoldsNot, Equals, Differs } test = Test::Holds;
    Name name = Name::Count;
    std::string value;
    bool holds(const Values& values) const;
};
bool allHold(const std::vector<Condition>& conditions, const Values& values);

/// Compiles conditions (a string or an array of strings); errors carry JSON pointers below `pointer`.
std::vector<Condition> compileConditions(const rapidjson::Value& json, unsigned scope, const std::string& pointer,
                                         std::vector<host::sdk::FieldError>& errors);

/// What a place in a template must hold; given by the caller for the places whose type xAPI fixes.
struct PlaceRule {
    std::string pointer;              ///< "/result/score/raw"; '*' matches one array index
    std::vector<ValueType> types;     ///< one of them
    bool required = false;            ///< the place must be there, and not optional
};

class Template {
public:
    /// Adds every error found to `errors`; a template with errors must not be rendered.
    static Template compile(const rapidjson::Value& json, unsigned scope, std::span<const PlaceRule> rules,
                            const std::string& pointer, std::vector<host::sdk::FieldError>& errors);

    /// Appends the JSON to `out`. On failure `out` is as it was. Values of list items are set in `values` on the way.
    std::optional<RenderFailure> render(Values& values, std::string& out) const;

    bool uses(Name name) const;
    /// Names without which nothing can be rendered, in the order of the template.
    const std::vector<Name>& needs() const noexcept { return needs_; }

private:
    friend class TemplateCompiler;
    struct Op {
        enum class Code : std::uint8_t {
            Literal,      ///< append literals_[a, a+b)
            Value,        ///< append a slot as a JSON value
            Inside,       ///< append a slot's text inside a string
            JumpMissing,  ///< to b when slot a is missing
            JumpUnless,   ///< to b unless conditions_[a] hold
            Jump,         ///< to b
            Open,         ///< remember the place, for a container that may stay empty
            Close,        ///< literals_[a] is the bracket; b: drop the container when empty
            EachBegin,    ///< of list slot a; to b when there is nothing
            EachEnd       ///< next item, back to b
        } code;
        Name name = Name::Count;
        std::uint32_t a = 0;
        std::uint32_t b = 0;
    };
    std::vector<Op> ops_;
    std::string literals_;
    std::vector<std::vector<Condition>> conditions_;
    std::vector<Name> needs_;
    std::vector<bool> used_ = std::vector<bool>(kNameCount, false);
};

}  // namespace plugin::footprint
