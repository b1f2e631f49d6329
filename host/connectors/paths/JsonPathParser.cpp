#include "host/connectors/paths/JsonPathParser.h"

#include "host/sdk/Sources.h"

#include <fmt/format.h>

#include <charconv>

namespace host::connectors {

void JsonPathParser::fail(const std::string& why) const {
    throw sdk::SourceError(
        sdk::SourceError::Kind::Configuration,
        fmt::format("The path '{}' can't be understood at character {}: {}.", text_, at_ + 1, why),
        "Write names with dots (user.name), $.data[*] for the items of a list, ['a name'] for a name "
        "with other characters, ^.name for a field of what the item belongs to.");
}

bool JsonPathParser::take(std::string_view token) {
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
}

void JsonPathParser::blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
}

JsonPath JsonPathParser::path() {
    JsonPath path;
    path.text_ = std::string(text_);
    if (text_.size() > 1000) fail("it is longer than 1000 characters");
    for (;;) {
        if (take("../"))
            ++path.up_;
        else if (take("^"))
            ++path.up_;
        else
            break;
    }
    const bool rooted = path.up_ == 0 && (take("$") || take("@"));
    // A name without its dot at the beginning: "user.name".
    if (!atEnd() && peek() != '.' && peek() != '[') {
        if (rooted) fail("'.' or '[' must follow");
        path.segments_.push_back({{plainName(false)}, false});
    }
    segments(path, false);
    if (!atEnd()) fail("something unexpected follows");
    return path;
}

void JsonPathParser::segments(JsonPath& path, bool inFilter) {
    for (;;) {
        if (take("..")) {
            JsonPath::Segment segment;
            if (peek() == '[')
                segment = bracket();
            else if (take("*"))
                segment.selectors.emplace_back(JsonPath::Wildcard{});
            else
                segment.selectors.emplace_back(plainName(inFilter));
            segment.descendants = true;
            path.segments_.push_back(std::move(segment));
        } else if (peek() == '.') {
            ++at_;
            if (take("*"))
                path.segments_.push_back({{JsonPath::Wildcard{}}, false});
            else
                path.segments_.push_back({{plainName(inFilter)}, false});
        } else if (peek() == '[') {
            path.segments_.push_back(bracket());
        } else {
            return;
        }
    }
}

std::string JsonPathParser::plainName(bool inFilter) {
    // Outside a filter everything but the two signs is part of a name: Cyrillic, blanks, dashes, colons.
    const std::string_view ends = inFilter ? std::string_view(".[]()=!<>&|,?*'\" \t") : std::string_view(".[]*'\"");
    const std::size_t begin = at_;
    while (!atEnd() && ends.find(peek()) == std::string_view::npos) ++at_;
    if (at_ == begin) fail("a name is missing");
    return std::string(text_.substr(begin, at_ - begin));
}

std::string JsonPathParser::quoted() {
    const char quote = peek();
    ++at_;
    std::string name;
    while (!atEnd() && peek() != quote) {
        if (peek() == '\\') {
            ++at_;
            const char c = peek();
            if (c != '\\' && c != '\'' && c != '"' && c != '/')
                fail("only \\\\, \\/, \\' and \\\" may follow a backslash");
        }
        name += peek();
        ++at_;
    }
    if (atEnd()) fail("the closing quote is missing");
    ++at_;
    return name;
}

std::int64_t JsonPathParser::integer() {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
    if (failed != std::errc()) fail("a whole number is missing");
    if (number > 1'000'000'000 || number < -1'000'000'000) fail("the number is too large");
    at_ = static_cast<std::size_t>(end - text_.data());
    return number;
}

JsonPath::Segment JsonPathParser::bracket() {
    ++at_;
    JsonPath::Segment segment;
    do {
        blanks();
        segment.selectors.push_back(selector());
        blanks();
    } while (take(","));
    if (!take("]")) fail("']' is missing");
    return segment;
}

JsonPath::Selector JsonPathParser::selector() {
    if (take("*")) return JsonPath::Wildcard{};
    if (peek() == '\'' || peek() == '"') return quoted();
    if (take("?")) {
        blanks();
        return either();
    }
    return indexOrSlice();
}

JsonPath::Selector JsonPathParser::indexOrSlice() {
    JsonPath::Slice slice;
    if (peek() != ':') {
        slice.from = integer();
        slice.hasFrom = true;
        blanks();
        if (peek() != ':') return slice.from;
    }
    ++at_;
    blanks();
    if (peek() != ':' && peek() != ']' && peek() != ',') {
        slice.to = integer();
        slice.hasTo = true;
        blanks();
    }
    if (take(":")) {
        blanks();
        if (peek() != ']' && peek() != ',') slice.step = integer();
        if (slice.step <= 0) fail("the step of a slice must be 1 or more");
    }
    return slice;
}

JsonPathParser::Filter JsonPathParser::either() {
    if (++depth_ > kMaxDepth) fail("the filter is nested too deep");
    auto filter = std::make_shared<JsonFilter>();
    filter->operator_ = JsonFilter::Operator::Or;
    do {
        filter->inner_.push_back(both());
        blanks();
    } while (take("||"));
    --depth_;
    return filter;
}

JsonPathParser::Filter JsonPathParser::both() {
    auto filter = std::make_shared<JsonFilter>();
    filter->operator_ = JsonFilter::Operator::And;
    do {
        blanks();
        filter->inner_.push_back(single());
        blanks();
    } while (take("&&"));
    return filter;
}

JsonPathParser::Filter JsonPathParser::single() {
    if (take("(")) {
        auto inner = either();
        blanks();
        if (!take(")")) fail("')' is missing");
        return inner;
    }
    auto filter = std::make_shared<JsonFilter>();
    if (peek() == '!' && text_.substr(at_, 2) != "!=") {
        ++at_;
        blanks();
        if (++depth_ > kMaxDepth) fail("the filter is nested too deep");
        filter->operator_ = JsonFilter::Operator::Not;
        filter->inner_.push_back(single());
        --depth_;
        return filter;
    }
    filter->sides_.push_back(side());
    blanks();
    using Operator = JsonFilter::Operator;
    static constexpr std::pair<std::string_view, Operator> kOperators[] = {
        {"==", Operator::Equal},        {"!=", Operator::NotEqual}, {"<=", Operator::LessEqual},
        {">=", Operator::GreaterEqual}, {"<", Operator::Less},      {">", Operator::Greater}};
    for (const auto& [token, kind] : kOperators) {
        if (!take(token)) continue;
        blanks();
        filter->operator_ = kind;
        filter->sides_.push_back(side());
        for (const auto& one : filter->sides_)
            if (const auto* path = std::get_if<JsonPath>(&one); path != nullptr && !path->isSingular())
                fail("what is compared must be one value: names and indexes only");
        return filter;
    }
    if (!std::holds_alternative<JsonPath>(filter->sides_[0])) fail("a comparison is missing");
    return filter;
}

JsonFilter::Side JsonPathParser::side() {
    using Literal = JsonFilter::Literal;
    if (peek() == '@') return pathFromItem();
    if (peek() == '\'' || peek() == '"') return Literal{Literal::Type::Text, quoted()};
    if (take("true")) return Literal{Literal::Type::True, {}};
    if (take("false")) return Literal{Literal::Type::False, {}};
    if (take("null")) return Literal{Literal::Type::Null, {}};
    double number = 0;
    const auto [end, failed] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
    if (failed != std::errc()) fail("'@' with a path, a text in quotes, a number, true, false or null is missing");
    const auto begin = at_;
    at_ = static_cast<std::size_t>(end - text_.data());
    return Literal{Literal::Type::Number, std::string(text_.substr(begin, at_ - begin))};
}

JsonPath JsonPathParser::pathFromItem() {
    const auto begin = at_;
    ++at_;
    JsonPath path;
    segments(path, true);
    path.text_ = std::string(text_.substr(begin, at_ - begin));
    return path;
}

}  // namespace host::connectors
