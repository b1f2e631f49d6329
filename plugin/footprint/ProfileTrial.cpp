#include "plugin/footprint/ProfileTrial.h"

#include "plugin/footprint/SampleFlow.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <set>

namespace plugin::footprint {

namespace {

using host::sdk::AppError;
using Json = rapidjson::Value;

class Keep : public PlanSink {
public:
    Keep(const std::string& kind, ProfileTrial& out) : kind_(kind), out_(out) {}
    void due(StatementDraft&& draft) override {
        made.insert(draft.kind);
        if (kind_.empty() || draft.kind == kind_) out_.statements.push_back(std::move(draft));
    }
    void unsendable(Unsendable&& why) override {
        if (kind_.empty() || why.kind == kind_) out_.unsendable.push_back(std::move(why));
    }
    std::set<std::string> made;

private:
    const std::string& kind_;
    ProfileTrial& out_;
};

bool isStructure(const Json& kind) {
    const auto it = kind.FindMember("from");
    const auto from = it != kind.MemberEnd() && it->value.IsString() ? sourceFrom(it->value.GetString()) : std::nullopt;
    return from && *from <= Source::Element;
}

std::string nameOf(const Json& kind) {
    const auto it = kind.IsObject() ? kind.FindMember("name") : Json::ConstMemberIterator();
    return kind.IsObject() && it != kind.MemberEnd() && it->value.IsString() ? it->value.GetString() : "";
}

}  // namespace

ProfileTrial tryProfile(const std::string& fileName, std::string_view text, const std::string& kind) {
    ProfileTrial out;
    out.profile = readProfile(fileName, text, out.errors);
    if (!out.errors.empty()) out.profile = nullptr;
    if (out.profile == nullptr) return out;
    Keep keep(kind, out);
    planSample(SampleFlow::make(), *out.profile, keep);
    for (const auto& one : out.profile->statements)
        if (keep.made.count(one.name) == 0 && (kind.empty() || kind == one.name))
            out.warnings.push_back(fmt::format(
                "Вид «{}»: на учебном примере не получилось ни одного факта, форма не проверена.", one.name));
    for (const auto& guess : out.profile->inferred)
        out.warnings.push_back(
            fmt::format("{}: значение не подтверждено Университетом 20.35 ({}).", guess.pointer, guess.reason));
    return out;
}

ProfileWithKind withKind(std::string_view profileText, std::string_view kindText) {
    rapidjson::Document profile;
    profile.Parse(profileText.data(), profileText.size());
    rapidjson::Document kind(&profile.GetAllocator());
    kind.Parse<rapidjson::kParseValidateEncodingFlag>(kindText.data(), kindText.size());
    const auto name = kind.HasParseError() ? std::string() : nameOf(kind);
    if (name.empty())
        throw AppError::validation(
            "The kind of statement can't be tried.",
            {{"/statement", "it is no kind of a statement",
              "Give an object with name, from and template, as u2035-profile suggest makes it."}});
    if (profile.HasParseError() || !profile.IsObject())
        throw AppError(500, "profile.invalid", "The profile's file is not JSON any more; mend it.");
    auto& allocator = profile.GetAllocator();
    if (!profile.HasMember("statements")) profile.AddMember("statements", Json(rapidjson::kArrayType), allocator);
    Json& all = profile["statements"];
    if (!all.IsArray())
        throw AppError(500, "profile.invalid", "The profile's 'statements' is no array; mend its file.");
    Json merged(rapidjson::kArrayType);
    bool placed = false;
    const auto place = [&] {
        merged.PushBack(Json(kind, allocator), allocator);
        placed = true;
    };
    const bool replaces = std::any_of(all.Begin(), all.End(), [&](const Json& one) { return nameOf(one) == name; });
    for (auto& one : all.GetArray()) {
        if (nameOf(one) == name) {
            place();
            continue;
        }
        if (!placed && !replaces && isStructure(kind) && one.IsObject() && !isStructure(one)) place();
        merged.PushBack(Json(one, allocator), allocator);
    }
    if (!placed) place();
    all = merged;
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    profile.Accept(writer);
    return {buffer.GetString(), name};
}

}  // namespace plugin::footprint
