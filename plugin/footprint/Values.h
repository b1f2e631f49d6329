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

/// A file as a statement names it. Its address is empty until it is in the storage and proven to open: then a
/// statement that needs it can't go yet.
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
    /// A list that is empty is missing. The name must be of a list.
    void setTexts(Name list, std::span<const std::string> texts) noexcept {
        textLists_[textList(list)] = texts;
        at(list).present = !texts.empty();
    }
    void setFiles(Name list, std::span<const PlacedFile> files) noexcept {
        fileLists_[fileList(list)] = files;
        at(list).present = !files.empty();
    }
    std::span<const std::string> texts(Name list) const noexcept { return textLists_[textList(list)]; }
    std::span<const PlacedFile> files(Name list) const noexcept { return fileLists_[fileList(list)]; }
    std::size_t listSize(Name list) const noexcept {
        return isFileList(list) ? files(list).size() : texts(list).size();
    }
    /// Puts an item of a list into the item's own names.
    void enterItem(Name list, std::size_t index) noexcept;

private:
    static constexpr bool isFileList(Name list) noexcept {
        return list == Name::ResultFiles || list == Name::ElementFiles || list == Name::SentLetter;
    }
    static constexpr std::size_t textList(Name list) noexcept {
        return list == Name::FlowInstructors ? 0 : list == Name::ElementFixationUntiIds ? 1 : 2;
    }
    static constexpr std::size_t fileList(Name list) noexcept {
        return list == Name::ResultFiles ? 0 : list == Name::ElementFiles ? 1 : 2;
    }
    Value& at(Name name) noexcept { return slots_[static_cast<std::size_t>(name)]; }
    std::array<Value, kNameCount> slots_{};
    std::array<std::span<const std::string>, 3> textLists_{};
    std::array<std::span<const PlacedFile>, 3> fileLists_{};
    const ZoneTime* zone_;
};

}  // namespace plugin::footprint
