#include "host/connections/Watermark.h"

#include "common/Rfc3339.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace host::connections {
namespace {

std::optional<long double> numberIn(const std::string& text) {
    if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string::npos) return std::nullopt;
    char* end = nullptr;
    const long double number = std::strtold(text.c_str(), &end);
    if (end != text.c_str() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::string withoutTail(std::string text) {
    if (text.find('.') == std::string::npos) return text;
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace

std::optional<Mark> Mark::of(WatermarkType type, const std::string& text) {
    Mark mark;
    mark.type_ = type;
    mark.text_ = text;
    switch (type) {
        case WatermarkType::Number:
            if (const auto number = numberIn(text)) {
                mark.number_ = *number;
                return mark;
            }
            return std::nullopt;
        case WatermarkType::Time:
            if (const auto zoned = common::Rfc3339::parse(text)) {
                mark.micros_ = *zoned;
                mark.zoned_ = true;
                return mark;
            }
            if (const auto local = common::Rfc3339::parseLocal(text)) {
                mark.micros_ = *local;
                return mark;
            }
            if (const auto date = common::Rfc3339::parseDate(text)) {
                mark.micros_ = *date;
                return mark;
            }
            return std::nullopt;
        case WatermarkType::Text:
            return text.empty() ? std::nullopt : std::optional(mark);
    }
    return std::nullopt;
}

std::string Mark::minus(std::int64_t seconds) const {
    if (seconds == 0 || type_ == WatermarkType::Text) return text_;
    if (type_ == WatermarkType::Number)
        return withoutTail(fmt::format("{:.6Lf}", number_ - static_cast<long double>(seconds)));
    const auto before = micros_ - seconds * 1'000'000;
    if (!common::Rfc3339::isWritable(before)) return text_;
    auto text = common::Rfc3339::utc(before);
    if (zoned_) return text;
    text.pop_back();  // the zone: the source writes none
    if (text_.find('T') == std::string::npos) text[10] = ' ';
    return text_.size() == 10 ? text.substr(0, 10) : text;
}

bool Mark::isAhead(sdk::Micros now) const {
    constexpr sdk::Micros kMinute = 60'000'000, kClocks = 5 * kMinute, kZones = 14 * 60 * kMinute;
    return type_ == WatermarkType::Time && micros_ > now + kClocks + (zoned_ ? 0 : kZones);
}

bool operator<(const Mark& a, const Mark& b) {
    switch (a.type_) {
        case WatermarkType::Number:
            return a.number_ < b.number_;
        case WatermarkType::Time:
            return a.micros_ < b.micros_;
        case WatermarkType::Text:
            return a.text_ < b.text_;
    }
    return false;
}

std::optional<WatermarkType> watermarkTypeFrom(const std::string& name) {
    for (const auto type : {WatermarkType::Number, WatermarkType::Time, WatermarkType::Text})
        if (name == toString(type)) return type;
    return std::nullopt;
}

const char* toString(WatermarkType type) {
    switch (type) {
        case WatermarkType::Number:
            return "number";
        case WatermarkType::Time:
            return "time";
        case WatermarkType::Text:
            return "text";
    }
    return "";
}

}  // namespace host::connections
