#include "plugin/footprint/Template.h"

#include "plugin/footprint/JsonText.h"

#include <algorithm>
#include <array>

namespace plugin::footprint {
namespace {

/// Text of a value as it stands inside a string. \return false for text that is not UTF-8.
bool appendInside(std::string& out, ValueType type, const Value& value, const Values& values) {
    switch (type) {
        case ValueType::Integer:
            appendInteger(out, value.integer);
            return true;
        case ValueType::Number:
            appendNumber(out, value.number);
            return true;
        case ValueType::Boolean:
            out += value.boolean ? "true" : "false";
            return true;
        case ValueType::Duration:
            appendDuration(out, value.integer);
            return true;
        case ValueType::Time:
            values.zone().append(out, value.integer);
            return true;
        case ValueType::Uuid:
            out += value.text;  // made here, so plain
            return true;
        default:
            if (value.json.empty()) return appendJsonText(out, value.text);
            out += value.json;
            return true;
    }
}

bool appendTexts(std::string& out, std::span<const std::string> texts) {
    out += '[';
    for (const std::string& text : texts) {
        out += '"';
        if (!appendJsonText(out, text)) return false;
        out += "\",";
    }
    out.back() = ']';
    return true;
}

bool appendValue(std::string& out, Name name, ValueType type, const Value& value, const Values& values) {
    switch (type) {
        case ValueType::Integer:
        case ValueType::Number:
        case ValueType::Boolean:
            return appendInside(out, type, value, values);
        case ValueType::TextList:
            return appendTexts(out, values.texts(name));
        default:
            break;
    }
    out += '"';
    const bool fine = appendInside(out, type, value, values);
    out += '"';
    return fine;
}

std::string comparable(Name name, const Value& value, const Values& values) {
    const ValueType type = placeholder(name).type;
    std::string out;
    if (type != ValueType::TextList && type != ValueType::FileList) appendInside(out, type, value, values);
    return out;
}

bool isTextual(Name name) {
    const ValueType type = placeholder(name).type;
    return type == ValueType::Text || type == ValueType::Iri || type == ValueType::Uuid;
}

/// Containers and loops that are open while a template is rendered; deeper nesting is refused by the compiler.
constexpr std::size_t kMaxNesting = 32;

}  // namespace

bool Condition::holds(const Values& values) const {
    const Value& actual = values[name];
    if (test == Test::Equals || test == Test::Differs) {
        // A missing value equals nothing and so differs from everything.
        const bool equal =
            actual.present && (isTextual(name) ? actual.text == value : comparable(name, actual, values) == value);
        return equal == (test == Test::Equals);
    }
    const bool truth = actual.present && (placeholder(name).type != ValueType::Boolean || actual.boolean);
    return truth == (test == Test::Holds);
}

bool allHold(const std::vector<Condition>& conditions, const Values& values) {
    return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& c) { return c.holds(values); });
}

std::optional<RenderFailure> Template::render(Values& values, std::string& out) const {
    const std::size_t start = out.size();
    const auto fail = [&](RenderFailure::Kind kind, Name name) {
        out.resize(start);
        return RenderFailure{kind, name};
    };
    std::array<std::size_t, kMaxNesting> opened{};
    std::size_t depth = 0;
    std::array<std::size_t, kMaxNesting> items{};
    std::size_t loops = 0;

    for (std::size_t at = 0; at < ops_.size(); ++at) {
        const Op& op = ops_[at];
        switch (op.code) {
            case Op::Code::Literal:
                out.append(literals_, op.a, op.b);
                break;
            case Op::Code::Value:
            case Op::Code::Inside: {
                const Value& value = values[op.name];
                if (!value.present) return fail(RenderFailure::Kind::Missing, op.name);
                const bool fine = op.code == Op::Code::Value ? appendValue(out, op.name, op.type, value, values)
                                                             : appendInside(out, op.type, value, values);
                if (!fine) return fail(RenderFailure::Kind::BadText, op.name);
                break;
            }
            case Op::Code::Need:
                if (!values.has(op.name)) return fail(RenderFailure::Kind::Missing, op.name);
                break;
            case Op::Code::JumpMissing:
                if (!values.has(op.name)) at = op.b - 1;
                break;
            case Op::Code::JumpUnless:
                if (!allHold(conditions_[op.a], values)) at = op.b - 1;
                break;
            case Op::Code::Jump:
                at = op.b - 1;
                break;
            case Op::Code::Open:
                opened[depth++] = out.size();
                break;
            case Op::Code::Close: {
                // Every member is followed by a comma: the last one becomes the bracket.
                const bool droppable = op.b != 0;
                const std::size_t place = droppable ? opened[--depth] : 0;
                if (out.back() == ',') {
                    out.back() = literals_[op.a];
                } else if (droppable) {
                    out.resize(place);
                    at = op.b - 1;
                } else {
                    out += literals_[op.a];
                }
                break;
            }
            case Op::Code::EachBegin:
                if (values.listSize(op.name) == 0) {
                    at = op.b - 1;
                } else {
                    items[loops++] = 0;
                    values.enterItem(op.name, 0);
                }
                break;
            case Op::Code::EachEnd:
                if (++items[loops - 1] < values.listSize(op.name)) {
                    values.enterItem(op.name, items[loops - 1]);
                    at = op.b - 1;
                } else {
                    --loops;
                }
                break;
        }
    }
    return std::nullopt;
}

const std::vector<std::string>& Template::constantKeys(const std::string& objectPointer) const {
    static const std::vector<std::string> none;
    const auto found = constantKeys_.find(objectPointer);
    return found == constantKeys_.end() ? none : found->second;
}

bool Template::uses(Name name) const {
    return used_[static_cast<std::size_t>(name)];
}

void Template::joinLiterals() {
    using Code = Op::Code;
    std::vector<bool> target(ops_.size() + 1, false);
    const auto jumps = [](const Op& op) {
        return op.code == Code::JumpMissing || op.code == Code::JumpUnless || op.code == Code::Jump ||
               op.code == Code::EachBegin || op.code == Code::EachEnd || (op.code == Code::Close && op.b != 0);
    };
    for (const Op& op : ops_)
        if (jumps(op)) target[op.b] = true;
    std::vector<Op> joined;
    std::string text;
    std::vector<std::uint32_t> moved(ops_.size() + 1, 0);
    bool mayJoin = false;
    for (std::size_t i = 0; i < ops_.size(); ++i) {
        Op op = ops_[i];
        if (target[i]) mayJoin = false;
        moved[i] = static_cast<std::uint32_t>(joined.size());
        if (op.code == Code::Literal) {
            const std::string_view piece = std::string_view(literals_).substr(op.a, op.b);
            if (piece.empty()) continue;
            op.a = static_cast<std::uint32_t>(text.size());
            text += piece;
            if (mayJoin) {
                joined.back().b += op.b;
                continue;
            }
        } else if (op.code == Code::Close) {
            text += literals_[op.a];
            op.a = static_cast<std::uint32_t>(text.size() - 1);
        }
        mayJoin = op.code == Code::Literal;
        joined.push_back(op);
    }
    moved.back() = static_cast<std::uint32_t>(joined.size());
    for (Op& op : joined)
        if (jumps(op)) op.b = moved[op.b];
    ops_ = std::move(joined);
    literals_ = std::move(text);
}

}  // namespace plugin::footprint
