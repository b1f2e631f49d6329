#include "common/JsonReader.h"

#include "common/Json.h"
#include "common/Rfc3339.h"
#include "common/Text.h"

#include <Poco/JSON/Parser.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <cmath>
#include <memory>

namespace common {
namespace {

using host::sdk::AppError;
using host::sdk::FieldError;

/// Checks what Poco does not: duplicate keys, depth and whole numbers of more than 64 bits.
class StrictnessCheck : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, StrictnessCheck> {
public:
    StrictnessCheck(int maxDepth, std::string_view text, const rapidjson::MemoryStream& stream)
        : maxDepth_(maxDepth), text_(text), stream_(stream) {}

    bool Default() { return true; }
    /// What fits no integer comes here, too. Poco takes it modulo 2^64: 18446744073709551617 would be 1.
    bool Double(double) {
        const auto before = text_.substr(0, stream_.Tell());
        const auto at = before.find_last_not_of("0123456789+-.eE");
        const auto number = before.substr(at == std::string_view::npos ? 0 : at + 1);
        if (number.find_first_of(".eE") != std::string_view::npos) return true;
        problem = "a whole number is out of range";
        return false;
    }
    bool StartObject() {
        keys_.emplace_back();
        return deeper();
    }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        // Poco cuts a key there, and so may make one of two.
        if (std::string_view(text, length).find('\0') != std::string_view::npos) {
            problem = "a key holds a zero character";
            return false;
        }
        if (keys_.back().emplace(text, length).second) return true;
        problem = "the key '" + std::string(text, length) + "' stands twice in one object";
        return false;
    }
    bool EndObject(rapidjson::SizeType) {
        keys_.pop_back();
        --depth_;
        return true;
    }
    bool StartArray() { return deeper(); }
    bool EndArray(rapidjson::SizeType) {
        --depth_;
        return true;
    }

    std::string problem;

private:
    bool deeper() {
        if (++depth_ <= maxDepth_) return true;
        problem = "it is nested deeper than " + std::to_string(maxDepth_) + " levels";
        return false;
    }
    int maxDepth_;
    std::string_view text_;
    const rapidjson::MemoryStream& stream_;
    int depth_ = 0;
    std::vector<std::set<std::string>> keys_;
};

void writeVar(JsonWriter& json, const Poco::Dynamic::Var& value) {
    if (value.isEmpty()) {
        json.null();
    } else if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
        auto object = value.extract<Poco::JSON::Object::Ptr>();
        json.object();
        for (const std::string& name : object->getNames()) {
            json.key(name);
            writeVar(json, object->get(name));
        }
        json.end();
    } else if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
        auto array = value.extract<Poco::JSON::Array::Ptr>();
        json.array();
        for (const auto& item : *array) writeVar(json, item);
        json.end();
    } else if (value.isBoolean()) {
        json.value(value.convert<bool>());
    } else if (value.isInteger() && value.isSigned()) {
        json.value(value.convert<std::int64_t>());
    } else if (value.isInteger()) {
        json.value(value.convert<std::uint64_t>());
    } else if (value.isNumeric()) {
        json.value(value.convert<double>());
    } else {
        json.value(value.convert<std::string>());
    }
}

std::string escapePointer(const std::string& name) {
    std::string out;
    for (char c : name) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

}  // namespace

Poco::Dynamic::Var parseJson(std::string_view text, int maxDepth) {
    rapidjson::Reader reader;
    rapidjson::MemoryStream stream(text.data(), text.size());
    StrictnessCheck check(maxDepth, text, stream);
    // Iterative: the depth of the input must not be the depth of our stack.
    auto result = reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(stream, check);
    if (result.IsError()) {
        std::string why = check.problem.empty() ? rapidjson::GetParseError_En(result.Code()) : check.problem;
        throw AppError::badRequest("The JSON can't be read at byte " + std::to_string(result.Offset()) + ": " + why);
    }
    try {
        return Poco::JSON::Parser().parse(std::string(text));
    } catch (const Poco::Exception&) {
        std::throw_with_nested(AppError::badRequest("The JSON can't be read: a number or text in it is out of range."));
    }
}

std::string jsonText(const Poco::Dynamic::Var& value) {
    JsonWriter json;
    writeVar(json, value);
    return json.take();
}

Poco::JSON::Object::Ptr parseJsonObject(std::string_view text, int maxDepth) {
    auto document = parseJson(text, maxDepth);
    if (document.type() != typeid(Poco::JSON::Object::Ptr))
        throw AppError::badRequest("The JSON must be an object: {…}.");
    return document.extract<Poco::JSON::Object::Ptr>();
}

JsonReader::JsonReader(Poco::JSON::Object::Ptr object)
    : JsonReader(std::move(object), "", std::make_shared<std::vector<FieldError>>()) {}

JsonReader::JsonReader(Poco::JSON::Object::Ptr object, std::string pointer,
                       std::shared_ptr<std::vector<FieldError>> errors)
    : object_(std::move(object)), pointer_(std::move(pointer)), errors_(std::move(errors)) {}

std::optional<Poco::Dynamic::Var> JsonReader::find(const std::string& name) {
    read_.insert(name);
    if (!object_->has(name)) return std::nullopt;
    auto value = object_->get(name);
    if (value.isEmpty()) return std::nullopt;
    return std::make_optional<Poco::Dynamic::Var>(value);
}

bool JsonReader::has(const std::string& name) {
    return find(name).has_value();
}

void JsonReader::wrong(const std::string& name, const std::string& reason, const std::string& fix) {
    errors_->push_back({name.empty() ? pointer_ : pointer_ + "/" + escapePointer(name), reason, fix});
}

std::string JsonReader::requiredText(const std::string& name, std::size_t maxCodePoints) {
    auto value = text(name, maxCodePoints);
    if (!find(name))
        wrong(name, "is missing", "give a text");
    else if (value && trim(*value).empty())
        wrong(name, "is empty", "give a text");
    return value.value_or(std::string());
}

std::optional<std::string> JsonReader::text(const std::string& name, std::size_t maxCodePoints) {
    auto value = find(name);
    if (!value) return std::nullopt;
    if (!value->isString()) {
        wrong(name, "is not a text", "put the value in quotes");
        return std::nullopt;
    }
    auto text = value->extract<std::string>();
    if (countCodePoints(text) > maxCodePoints) {
        wrong(name, "is longer than " + std::to_string(maxCodePoints) + " characters", "shorten it");
        return std::nullopt;
    }
    if (text.find('\0') != std::string::npos) {
        wrong(name, "holds a zero character", "remove it");
        return std::nullopt;
    }
    return text;
}

std::optional<std::int64_t> JsonReader::integer(const std::string& name, std::int64_t least, std::int64_t most) {
    auto value = find(name);
    if (!value) return std::nullopt;
    bool whole = value->isInteger() && !value->isBoolean();
    std::int64_t number = 0;
    try {
        if (whole) number = value->convert<std::int64_t>();
    } catch (const Poco::Exception&) {
        whole = false;
    }
    if (!whole || number < least || number > most) {
        wrong(name, whole ? "is out of range" : "is not a whole number",
              "give a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        return std::nullopt;
    }
    return number;
}

std::optional<double> JsonReader::number(const std::string& name, double least, double most) {
    auto value = find(name);
    if (!value) return std::nullopt;
    if (!value->isNumeric() || value->isBoolean()) {
        wrong(name, "is not a number", "give a number without quotes");
        return std::nullopt;
    }
    auto number = value->convert<double>();
    if (!std::isfinite(number) || number < least || number > most) {
        wrong(name, "is out of range", fmt::format("give a number from {} to {}", least, most));
        return std::nullopt;
    }
    return number;
}

std::optional<bool> JsonReader::boolean(const std::string& name) {
    auto value = find(name);
    if (!value) return std::nullopt;
    if (!value->isBoolean()) {
        wrong(name, "is neither true nor false", "give true or false without quotes");
        return std::nullopt;
    }
    return value->extract<bool>();
}

std::optional<std::int64_t> JsonReader::time(const std::string& name) {
    auto value = text(name, 40);
    if (!value) return std::nullopt;
    auto micros = Rfc3339::parse(*value);
    if (!micros) wrong(name, "is not an RFC 3339 time", "give a time such as 2026-03-01T09:30:00+03:00");
    return micros;
}

std::optional<std::vector<std::string>> JsonReader::texts(const std::string& name, std::size_t maxItems) {
    auto items = array(name, maxItems);
    if (!items) return std::nullopt;
    std::vector<std::string> out;
    for (std::size_t i = 0; i < items->size(); ++i) {
        auto item = items->get(static_cast<unsigned>(i));
        if (item.isString())
            out.push_back(item.extract<std::string>());
        else
            errors_->push_back({pointer_ + "/" + escapePointer(name) + "/" + std::to_string(i), "is not a text",
                                "put the value in quotes"});
    }
    return out;
}

std::optional<JsonReader> JsonReader::object(const std::string& name) {
    auto value = find(name);
    if (!value) return std::nullopt;
    if (value->type() != typeid(Poco::JSON::Object::Ptr)) {
        wrong(name, "is not an object", "give {…}");
        return std::nullopt;
    }
    return JsonReader(value->extract<Poco::JSON::Object::Ptr>(), pointer_ + "/" + escapePointer(name), errors_);
}

Poco::JSON::Array::Ptr JsonReader::array(const std::string& name, std::size_t maxItems) {
    auto value = find(name);
    if (!value) return nullptr;
    if (value->type() != typeid(Poco::JSON::Array::Ptr)) {
        wrong(name, "is not an array", "give […]");
        return nullptr;
    }
    auto items = value->extract<Poco::JSON::Array::Ptr>();
    if (items->size() > maxItems) {
        wrong(name, "has more than " + std::to_string(maxItems) + " items", "send fewer at a time");
        return nullptr;
    }
    return items;
}

std::optional<JsonReader> JsonReader::item(const std::string& name, const Poco::JSON::Array::Ptr& array,
                                           std::size_t index) {
    std::string pointer = pointer_ + "/" + escapePointer(name) + "/" + std::to_string(index);
    auto value = array->get(static_cast<unsigned>(index));
    if (value.type() != typeid(Poco::JSON::Object::Ptr)) {
        errors_->push_back({pointer, "is not an object", "give {…}"});
        return std::nullopt;
    }
    return JsonReader(value.extract<Poco::JSON::Object::Ptr>(), pointer, errors_);
}

void JsonReader::refuseUnknown() {
    std::vector<std::string> known(read_.begin(), read_.end());
    for (const std::string& name : object_->getNames()) {
        if (read_.count(name) != 0) continue;
        std::string meant(nearest(name, known));
        wrong(name, "is not a known field", meant.empty() ? "remove it" : "did you mean '" + meant + "'?");
    }
}

void JsonReader::finish(const std::string& what) const {
    if (errors_->empty()) return;
    throw AppError::validation(what + ": " + std::to_string(errors_->size()) +
                                   (errors_->size() == 1 ? " field is wrong." : " fields are wrong."),
                               *errors_);
}

}  // namespace common
