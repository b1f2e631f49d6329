#include "plugin/footprint/ProfileJson.h"

#include "common/Text.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::footprint {
namespace {

std::string_view textOf(const rapidjson::Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

}  // namespace

ProfileJson::ProfileJson(const Json& object, std::string pointer, std::vector<Inferred>& inferred,
                         std::vector<host::sdk::FieldError>& errors)
    : object_(&object), pointer_(std::move(pointer)), inferred_(&inferred), errors_(&errors) {
    const auto reason = object_->FindMember("inferred");
    if (reason != object_->MemberEnd() && reason->value.IsString())
        inferred_->push_back({pointer_.substr(pointer_.find('#') + 1), reason->value.GetString()});
}

std::string ProfileJson::at(std::string_view key) const {
    return fmt::format("{}/{}", pointer_, key);
}

void ProfileJson::fault(std::string_view key, std::string reason, std::string fix) {
    errors_->push_back({key.empty() ? pointer_ : at(key), std::move(reason), std::move(fix)});
}

const ProfileJson::Json* ProfileJson::find(std::string_view key) {
    asked_.emplace(key);
    const auto member = object_->FindMember(Json(rapidjson::StringRef(key.data(), key.size())));
    return member == object_->MemberEnd() ? nullptr : &member->value;
}

const ProfileJson::Json* ProfileJson::scalar(std::string_view key, bool required) {
    const Json* value = find(key);
    if (value == nullptr) {
        if (required) fault(key, "is missing");
        return nullptr;
    }
    if (!value->IsObject()) return value;
    ProfileJson wrapped(*value, at(key), *inferred_, *errors_);
    const Json* inner = wrapped.find("value");
    if (inner == nullptr) wrapped.fault("value", "is missing");
    if (value->FindMember("inferred") == value->MemberEnd()) wrapped.fault("inferred", "is missing");
    wrapped.refuseUnknown();
    return inner;
}

std::string ProfileJson::text(std::string_view key, bool required) {
    const Json* value = scalar(key, required);
    if (value == nullptr) return {};
    if (!value->IsString() || value->GetStringLength() == 0) {
        fault(key, "must be a text");
        return {};
    }
    return std::string(textOf(*value));
}

std::string ProfileJson::oneOf(std::string_view key, const std::vector<std::string>& names, bool required) {
    const std::string value = text(key, required);
    if (value.empty() || std::find(names.begin(), names.end(), value) != names.end()) return value;
    fault(key, fmt::format("is '{}', must be one of {}", value, fmt::join(names, ", ")));
    return {};
}

std::optional<std::int64_t> ProfileJson::integer(std::string_view key, std::int64_t least, std::int64_t most) {
    const Json* value = scalar(key, false);
    if (value == nullptr) return std::nullopt;
    if (value->IsInt64() && value->GetInt64() >= least && value->GetInt64() <= most) return value->GetInt64();
    fault(key, fmt::format("must be a whole number, {} to {}", least, most));
    return std::nullopt;
}

std::optional<double> ProfileJson::number(std::string_view key, double least, double most) {
    const Json* value = scalar(key, false);
    if (value == nullptr) return std::nullopt;
    if (value->IsNumber() && value->GetDouble() >= least && value->GetDouble() <= most) return value->GetDouble();
    fault(key, fmt::format("must be a number, {} to {}", least, most));
    return std::nullopt;
}

bool ProfileJson::boolean(std::string_view key) {
    const Json* value = scalar(key, false);
    if (value == nullptr) return false;
    if (!value->IsBool()) fault(key, "must be true or false");
    return value->IsTrue();
}

std::vector<std::string> ProfileJson::texts(std::string_view key) {
    const Json* value = find(key);
    std::vector<std::string> out;
    if (value == nullptr) return out;
    if (!value->IsArray()) {
        fault(key, "must be an array of texts");
        return out;
    }
    for (const Json& item : value->GetArray()) {
        if (item.IsString())
            out.emplace_back(textOf(item));
        else
            fault(fmt::format("{}/{}", key, &item - value->Begin()), "must be a text");
    }
    return out;
}

std::optional<ProfileJson> ProfileJson::object(std::string_view key, bool required) {
    const Json* value = find(key);
    if (value == nullptr) {
        if (required) fault(key, "is missing");
        return std::nullopt;
    }
    if (value->IsObject()) return ProfileJson(*value, at(key), *inferred_, *errors_);
    fault(key, "must be an object");
    return std::nullopt;
}

std::vector<ProfileJson> ProfileJson::objects(std::string_view key, bool required) {
    std::vector<ProfileJson> out;
    const Json* value = find(key);
    if (value == nullptr || !value->IsArray()) {
        if (value != nullptr || required) fault(key, value == nullptr ? "is missing" : "must be an array");
        return out;
    }
    for (rapidjson::SizeType i = 0; i < value->Size(); ++i) {
        const std::string pointer = fmt::format("{}/{}", at(key), i);
        if ((*value)[i].IsObject())
            out.emplace_back((*value)[i], pointer, *inferred_, *errors_);
        else
            errors_->push_back({pointer, "must be an object", {}});
    }
    return out;
}

std::vector<std::string> ProfileJson::keys() const {
    std::vector<std::string> out;
    for (const auto& m : object_->GetObject())
        if (textOf(m.name) != "inferred") out.emplace_back(textOf(m.name));
    return out;
}

void ProfileJson::refuseUnknown() {
    const std::vector<std::string> known(asked_.begin(), asked_.end());
    for (const auto& m : object_->GetObject()) {
        const std::string_view key = textOf(m.name);
        if (asked_.count(key) != 0) continue;
        if (key == "inferred") {
            if (!m.value.IsString()) fault(key, "must be a text: why the value is a guess");
            continue;
        }
        const std::string_view near = common::nearest(key, known);
        fault(key, "unknown key", near.empty() ? "remove it" : fmt::format("did you mean '{}'?", near));
    }
}

}  // namespace plugin::footprint
