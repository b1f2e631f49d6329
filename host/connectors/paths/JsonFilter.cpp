#include "host/connectors/paths/JsonFilter.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace host::connectors {
namespace {

using Literal = JsonFilter::Literal;

/// What is compared; the text is the filter's or the document's.
struct Operand {
    Literal::Type type;
    std::string_view text;
};

/// Nothing, or a value that can be compared; lists and objects are equal to nothing.
std::optional<Operand> valueOf(const JsonFilter::Side& side, const JsonNode& node) {
    if (const auto* literal = std::get_if<Literal>(&side)) return Operand{literal->type, literal->text};
    bool twice = false;
    const auto* value = std::get<JsonPath>(side).find(node, twice);
    if (value == nullptr || twice) return std::nullopt;
    switch (value->GetType()) {
        case rapidjson::kNullType:
            return Operand{Literal::Type::Null, {}};
        case rapidjson::kTrueType:
            return Operand{Literal::Type::True, {}};
        case rapidjson::kFalseType:
            return Operand{Literal::Type::False, {}};
        case rapidjson::kStringType:
            return Operand{Literal::Type::Text, {value->GetString(), value->GetStringLength()}};
        default:
            return std::nullopt;
    }
}

std::optional<double> numberOf(const Operand& one) {
    if (one.type != Literal::Type::Number && one.type != Literal::Type::Text) return std::nullopt;
    const char* const end = one.text.data() + one.text.size();
    double number = 0;
    const auto [at, failed] = std::from_chars(one.text.data(), end, number);
    if (failed != std::errc() || at != end || !std::isfinite(number)) return std::nullopt;
    return number;
}

enum class Order { Less, Equal, Greater, None };  ///< None: the two can't be compared

Order compare(const std::optional<Operand>& a, const std::optional<Operand>& b) {
    if (!a || !b) return a || b ? Order::None : Order::Equal;
    if (a->type == Literal::Type::Number || b->type == Literal::Type::Number) {
        const auto x = numberOf(*a), y = numberOf(*b);
        if (!x || !y) return Order::None;
        return *x < *y ? Order::Less : *x > *y ? Order::Greater : Order::Equal;
    }
    if (a->type != b->type) return Order::None;
    if (a->type != Literal::Type::Text) return Order::Equal;
    const int order = a->text.compare(b->text);
    return order < 0 ? Order::Less : order > 0 ? Order::Greater : Order::Equal;
}

}  // namespace

bool JsonFilter::takes(const JsonNode& node) const {
    switch (operator_) {
        case Operator::Not:
            return !inner_[0]->takes(node);
        case Operator::And:
            for (const auto& part : inner_)
                if (!part->takes(node)) return false;
            return true;
        case Operator::Or:
            for (const auto& part : inner_)
                if (part->takes(node)) return true;
            return false;
        case Operator::Exists: {
            JsonArena arena;
            return !std::get<JsonPath>(sides_[0]).nodes(node, arena).empty();
        }
        default:
            break;
    }
    const auto order = compare(valueOf(sides_[0], node), valueOf(sides_[1], node));
    switch (operator_) {
        case Operator::Equal:
            return order == Order::Equal;
        case Operator::NotEqual:
            return order != Order::Equal;
        case Operator::Less:
            return order == Order::Less;
        case Operator::LessEqual:
            return order == Order::Less || order == Order::Equal;
        case Operator::Greater:
            return order == Order::Greater;
        default:
            return order == Order::Greater || order == Order::Equal;
    }
}

}  // namespace host::connectors
