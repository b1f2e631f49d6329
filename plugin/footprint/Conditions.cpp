#include "plugin/footprint/Conditions.h"

#include "common/Text.h"

#include <fmt/format.h>

namespace plugin::footprint {

std::vector<Condition> compileConditions(const rapidjson::Value& json, unsigned scope, const std::string& pointer,
                                         std::vector<host::sdk::FieldError>& errors) {
    std::vector<Condition> conditions;
    const auto one = [&](const rapidjson::Value& value, const std::string& at) {
        if (!value.IsString()) {
            errors.push_back({at, "a condition is a text such as \"view.recording\" or \"element.level=theme\"", {}});
            return;
        }
        std::string_view text = common::trim({value.GetString(), value.GetStringLength()});
        Condition condition;
        if (const auto equals = text.find('='); equals != std::string_view::npos) {
            const bool differs = equals > 0 && text[equals - 1] == '!';
            condition.test = differs ? Condition::Test::Differs : Condition::Test::Equals;
            condition.value = std::string(common::trim(text.substr(equals + 1)));
            text = common::trim(text.substr(0, differs ? equals - 1 : equals));
        } else if (text.starts_with('!')) {
            condition.test = Condition::Test::HoldsNot;
            text = common::trim(text.substr(1));
        }
        const Placeholder* found = findPlaceholder(text);
        if (found == nullptr || (found->scopes & scope) == 0) {
            const std::string near = suggestPlaceholder(text, scope);
            errors.push_back({at, fmt::format("unknown placeholder '{}' in a condition", text),
                              near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
            return;
        }
        condition.name = found->name;
        conditions.push_back(std::move(condition));
    };
    if (json.IsArray()) {
        for (rapidjson::SizeType i = 0; i < json.Size(); ++i) one(json[i], fmt::format("{}/{}", pointer, i));
        if (json.Empty()) errors.push_back({pointer, "has no condition", {}});
    } else {
        one(json, pointer);
    }
    return conditions;
}

}  // namespace plugin::footprint
