#pragma once
/// The values of one record, resolved once and read by every template, table column and condition by number.
///
/// Texts are views: they live as long as the records and the resolver they came from. Not thread-safe; one per worker.

#include "host/sdk/Clock.h"
#include "plugin/footprint/Placeholders.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace plugin::footprint {

class ZoneTime;

/// A file of a learner's work as a statement names it: already in the storage, with its public address.
struct PlacedFile {
    std::string name;
    std::string contentType;
    std::int64_t size = 0;
    std::string sha256;
    std::string url;
};

struct Value {
    bool present = false;
    bool boolean = false;
    std::int64_t integer = 0;  ///< Integer; Duration: seconds; Time: microseconds UTC
    double number = 0;
    std::string_view text;
    std::string_view json;  ///< the text escaped already, for what every statement of a flow repeats; else empty
};

class Values {
public:
    explicit Values(const ZoneTime& zone) : zone_(&zone) {}

    const Value& operator[](Name name) const noexcept { return slots_[static_cast<std::size_t>(name)]; }
    bool has(Name name) const noexcept { return (*this)[name].present; }
    const ZoneTime& zone() const noexcept { return *zone_; }

    void clear(Name name) noexcept { at(name).present = false; }
    /// An empty text is a missing one.
    void setText(Name name, std::string_view text) noexcept {
        Value& v = at(name);
        v.text = text;
        v.json = {};
        v.present = !text.empty();
    }
    /// A text whose escaped form is at hand.
    void setText(Name name, std::string_view text, std::string_view json) noexcept {
        setText(name, text);
        at(name).json = json;
    }
    void setInteger(Name name, std::int64_t value) noexcept {
        Value& v = at(name);
        v.integer = value;
        v.present = true;
    }
    void setNumber(Name name, double value) noexcept {
        Value& v = at(name);
        v.number = value;
        v.present = true;
    }
    void setBoolean(Name name, bool value) noexcept {
        Value& v = at(name);
        v.boolean = value;
        v.present = true;
    }
    template <class T, class Set>
    void setOptional(Name name, const T& value, Set set) noexcept {
        if (value)
            (this->*set)(name, *value);
        else
            clear(name);
    }
    void setPersons(std::span<const std::string> persons) noexcept {
        persons_ = persons;
        at(Name::FlowInstructors).present = !persons.empty();
    }
    void setFiles(std::span<const PlacedFile> files) noexcept {
        files_ = files;
        at(Name::ResultFiles).present = !files.empty();
    }
    std::span<const std::string> persons() const noexcept { return persons_; }
    std::span<const PlacedFile> files() const noexcept { return files_; }
    std::size_t listSize(Name list) const noexcept {
        return list == Name::ResultFiles ? files_.size() : persons_.size();
    }
    /// Puts an item of a list into the item's own names.
    void enterItem(Name list, std::size_t index) noexcept;

private:
    Value& at(Name name) noexcept { return slots_[static_cast<std::size_t>(name)]; }
    std::array<Value, kNameCount> slots_{};
    std::span<const std::string> persons_;
    std::span<const PlacedFile> files_;
    const ZoneTime* zone_;
};

}  // namespace plugin::footprint
