#pragma once
/// Reads fields of a profile's JSON, collecting every fault with its JSON pointer. A scalar may also be written as
/// `{"value": X, "inferred": "why"}`; every `inferred` is collected. Internal to the room; not thread-safe.

#include "host/sdk/Error.h"
#include "plugin/footprint/Profile.h"

#include <rapidjson/document.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::footprint {

class ProfileJson {
public:
    using Json = rapidjson::Value;

    ProfileJson(const Json& object, std::string pointer, std::vector<Inferred>& inferred,
                std::vector<host::sdk::FieldError>& errors);

    const std::string& pointer() const noexcept { return pointer_; }
    std::string at(std::string_view key) const;
    void fault(std::string_view key, std::string reason, std::string fix = {});

    /// The member, whatever it is; nullptr when absent.
    const Json* find(std::string_view key);
    /// Absent and required: a fault.
    std::string text(std::string_view key, bool required = true);
    std::string oneOf(std::string_view key, const std::vector<std::string>& names, bool required = true);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
    std::optional<double> number(std::string_view key, double least, double most);
    bool boolean(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    std::optional<ProfileJson> object(std::string_view key, bool required = true);
    /// The objects of an array.
    std::vector<ProfileJson> objects(std::string_view key, bool required = true);
    /// The object's own members, in order.
    std::vector<std::string> keys() const;

    /// Faults for members that nobody asked for. `inferred` (a text) is known everywhere.
    void refuseUnknown();

private:
    const Json* scalar(std::string_view key, bool required);

    const Json* object_;
    std::string pointer_;
    std::vector<Inferred>* inferred_;
    std::vector<host::sdk::FieldError>* errors_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace plugin::footprint
