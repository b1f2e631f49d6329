// JSON of a stranger's: read strictly and as it is by another reader; a batch of records and a replacement; what a
// night is asked to do; a profile. What is taken reads back, what is not is told with its place.
#include "common/Json.h"

#include "common/JsonReader.h"
#include "host/records/RecordJson.h"
#include "plugin/delivery/NightArguments.h"
#include "plugin/footprint/Profile.h"
#include "tests/fuzz/Fuzz.h"

#include <rapidjson/document.h>

#include <cmath>

using fuzz::require;
using plugin::delivery::NightArguments;

namespace {

/// Not RapidJSON's exact reading of numbers, which is undefined for "0e52": see StrictJson.cpp.
rapidjson::Document parsed(std::string_view text) {
    rapidjson::Document json;
    json.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
    return json;
}

/// Numbers may differ in how they are written, not in what they are.
bool same(const rapidjson::Value& a, const rapidjson::Value& b) {
    if (a.IsObject()) {
        if (!b.IsObject() || a.MemberCount() != b.MemberCount()) return false;
        for (const auto& member : a.GetObject()) {
            const auto other = b.FindMember(member.name);
            if (other == b.MemberEnd() || !same(member.value, other->value)) return false;
        }
        return true;
    }
    if (a.IsArray()) {
        if (!b.IsArray() || a.Size() != b.Size()) return false;
        for (rapidjson::SizeType i = 0; i < a.Size(); ++i)
            if (!same(a[i], b[i])) return false;
        return true;
    }
    if (a.IsNumber()) {
        if (!b.IsNumber()) return false;
        const double x = a.GetDouble(), y = b.GetDouble();
        return std::fabs(x - y) <= std::fabs(x) * 4e-15;
    }
    return a == b;
}

void readStrictly(std::string_view text) {
    std::string back;
    fuzz::accepted([&] { back = common::jsonText(common::parseJson(text)); });
    if (back.empty()) return;
    const auto here = parsed(text);
    const auto there = parsed(back);
    require(!here.HasParseError() && !there.HasParseError(), "what is taken is JSON, and so is what is written", back);
    require(same(here, there), "what is taken is what was sent", back);
}

void readFields(std::string_view text) {
    fuzz::accepted([&] {
        common::JsonReader in(common::parseJsonObject(text));
        require(common::isUtf8(in.requiredText("a", 10)), "a text is UTF-8");
        if (const auto whole = in.integer("b", -5, 5))
            require(*whole >= -5 && *whole <= 5, "a whole number is in range");
        if (const auto number = in.number("c", 0, 1)) require(*number >= 0 && *number <= 1, "a number is in range");
        in.boolean("d");
        if (const auto time = in.time("e")) require(*time > -62'200'000'000'000'000, "a time is of our era");
        in.texts("f", 3);
        if (auto inner = in.object("g")) {
            inner->text("h");
            inner->refuseUnknown();
        }
        if (const auto items = in.array("i", 3))
            for (std::size_t i = 0; i < items->size(); ++i)
                if (auto item = in.item("i", items, i)) item->text("h");
        in.refuseUnknown();
        in.finish("It is not valid");
    });
}

void readRecords(std::string_view text) {
    using namespace host::records;
    const auto judge = [](RecordDraft draft) {
        checkDraft(draft);
        require(draft.values.size() == spec(draft.kind).fields.size(), "a record has its fields");
        for (const auto& error : draft.errors)
            require(error.pointer.starts_with('/') && common::isUtf8(error.pointer) && common::isUtf8(error.reason) &&
                        common::isUtf8(error.fix),
                    "a record's error has its place", error.pointer);
        if (!draft.errors.empty()) return;
        require(!checkExternalId(draft.externalId), "a good record has an id");
        for (std::size_t i = 0; i < draft.values.size(); ++i)
            require(!draft.has(i) || !checkValue(spec(draft.kind).fields[i], draft.values[i]),
                    "a good record keeps its limits", spec(draft.kind).fields[i].name);
    };
    fuzz::accepted([&] {
        const auto document = parseStrict(text);
        host::sdk::FieldError error;
        if (auto draft = readBatchItem(document, error))
            judge(std::move(*draft));
        else
            require(!error.reason.empty(), "an item that is none says why");
        if (!document.IsObject()) return;
        StoredRecord current;
        current.externalId = "l1";
        current.source = "lms";
        current.values.resize(spec(RecordKind::Learner).fields.size());
        judge(readReplacement(RecordKind::Learner, document, current));
    });
}

void readNight(const std::string& text) {
    fuzz::accepted([&] {
        const auto night = NightArguments::fromRequest(text);
        const auto again = NightArguments::fromRequest(night.toRequest());
        require(again.toRequest() == night.toRequest(), "what a night is asked reads back", night.toRequest());
        const auto job = NightArguments::fromJob(night.toJobArguments());
        require(job.toJobArguments() == night.toJobArguments(), "a job's arguments read back", night.toJobArguments());
    });
}

void readProfile(std::string_view text) {
    std::vector<host::sdk::FieldError> errors;
    const auto profile = plugin::footprint::readProfile("own.json", text, errors);
    require((profile == nullptr) == !errors.empty(), "a profile, or what is wrong with it");
    for (const auto& error : errors)
        require(error.pointer.starts_with("own.json#") && common::isUtf8(error.reason), "a fault has its place",
                error.pointer);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    switch (in.byte() % 5) {
        case 0:
            readStrictly(in.rest());
            break;
        case 1:
            readFields(in.rest());
            break;
        case 2:
            readRecords(in.rest());
            break;
        case 3:
            readNight(std::string(in.rest()));
            break;
        default:
            readProfile(in.rest());
            break;
    }
    return 0;
}
