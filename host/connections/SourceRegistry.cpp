#include "host/connections/SourceRegistry.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace host::connections {
namespace {

using sdk::AppError;
using sdk::SourceField;

AppError invalid(const std::string& why) {
    return {500, "source.invalid", "The kind of source can't be offered: " + why};
}

void checkFields(const std::vector<SourceField>& fields, const std::string& of) {
    std::set<std::string> names;
    for (const auto& field : fields) {
        if (field.name.empty() || !std::all_of(field.name.begin(), field.name.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            }))
            throw invalid(
                fmt::format("the {} has a setting with the name '{}'; write it in camelCase.", of, field.name));
        if (!names.insert(field.name).second)
            throw invalid(fmt::format("the {} has the setting '{}' twice.", of, field.name));
        if (field.title.ru.empty() || field.title.en.empty())
            throw invalid(fmt::format("the setting '{}' has no title.", field.name));
        if (field.type == SourceField::Type::Choice && field.choices.empty())
            throw invalid(fmt::format("the setting '{}' offers no choice.", field.name));
        if (of == "route" && field.type == SourceField::Type::Secret)
            throw invalid(
                fmt::format("the route's setting '{}' is a secret; secrets are the connection's.", field.name));
    }
}

}  // namespace

sdk::Registration SourceRegistry::add(std::shared_ptr<sdk::SourceKind> kind) {
    auto description = kind->describe();
    const auto& name = description.name;
    const bool good = !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!good) throw invalid(fmt::format("its name '{}' is not of small letters, digits and '-'.", name));
    if (description.title.ru.empty() || description.title.en.empty()) throw invalid("it has no title.");
    checkFields(description.connection, "connection");
    checkFields(description.route, "route");
    {
        const std::lock_guard lock(kinds_->mutex);
        if (!kinds_->byName.emplace(name, Kind{std::move(kind), description, {}}).second)
            throw AppError::conflict(
                "source.taken", fmt::format("There is a kind of source '{}' already; name yours otherwise.", name));
    }
    return sdk::Registration([weak = std::weak_ptr(kinds_), name] {
        const auto kinds = weak.lock();
        if (!kinds) return;
        Kind gone;  // destroyed outside the lock
        const std::lock_guard lock(kinds->mutex);
        const auto it = kinds->byName.find(name);
        if (it == kinds->byName.end()) return;
        gone = std::move(it->second);
        kinds->byName.erase(it);
        gone.gone.request_stop();
    });
}

SourceRegistry::Offer SourceRegistry::find(const std::string& name) const {
    const std::lock_guard lock(kinds_->mutex);
    const auto it = kinds_->byName.find(name);
    if (it == kinds_->byName.end()) return {};
    return {it->second.kind, it->second.gone.get_token()};
}

std::vector<sdk::SourceDescription> SourceRegistry::descriptions() const {
    const std::lock_guard lock(kinds_->mutex);
    std::vector<sdk::SourceDescription> all;
    for (const auto& [name, kind] : kinds_->byName) all.push_back(kind.description);
    return all;
}

}  // namespace host::connections
