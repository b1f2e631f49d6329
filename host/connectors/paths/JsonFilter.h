#pragma once
/// The condition of a JSONPath filter: comparisons, existence, "!", "&&", "||" and parentheses over paths from "@" and
/// literals. Numbers stay as the source wrote them (texts) until they are compared, so a number and the same number in
/// quotes are equal here, unlike RFC 9535. Immutable, thread-safe.

#include "host/connectors/paths/JsonPath.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace host::connectors {

class JsonFilter {
public:
    bool takes(const JsonNode& node) const;

    enum class Operator { Exists, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Not, And, Or };
    struct Literal {
        enum class Type { Null, True, False, Number, Text };
        Type type = Type::Null;
        std::string text;
    };
    using Side = std::variant<JsonPath, Literal>;

private:
    friend class JsonPathParser;

    Operator operator_ = Operator::Exists;
    std::vector<Side> sides_;
    std::vector<std::shared_ptr<const JsonFilter>> inner_;
};

}  // namespace host::connectors
