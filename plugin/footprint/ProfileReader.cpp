#include "common/Sha256.h"
#include "common/Text.h"
#include "plugin/footprint/Profile.h"
#include "plugin/footprint/ProfileJson.h"
#include "plugin/footprint/StatementPlaces.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/pointer.h>

#include <algorithm>
#include <set>

namespace plugin::footprint {
namespace {

using host::sdk::ElementKind;
using host::sdk::FieldError;
using Json = rapidjson::Value;

constexpr auto kContextExtensions = "/context/extensions";
const std::vector<std::string> kLetters{"test-access", "production-access", "storage-access",
                                        "sso-test",    "sso-production",    "support"};
const std::vector<std::string> kReadinessChecks{"final-work-file",     "final-work-raw",       "final-work-success",
                                                "reflection-modules",  "reflection-programme", "reflection-meaningful",
                                                "reflection-own-words"};

bool isHttps(const std::string& text) {
    return text.starts_with("https://") && text.size() > 8;
}

bool isSlug(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

/// RapidJSON keeps both of two equal keys; a profile with them says two things.
void refuseDuplicates(const Json& value, const std::string& pointer, std::vector<FieldError>& errors) {
    if (value.IsArray())
        for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
            refuseDuplicates(value[i], fmt::format("{}/{}", pointer, i), errors);
    if (!value.IsObject()) return;
    std::set<std::string> seen;
    for (const auto& m : value.GetObject()) {
        const std::string inner = fmt::format("{}/{}", pointer, m.name.GetString());
        if (!seen.insert(m.name.GetString()).second) errors.push_back({inner, "the key is there twice", "keep one"});
        refuseDuplicates(m.value, inner, errors);
    }
}

class Reader {
public:
    Reader(const std::string& file, std::vector<FieldError>& errors) : file_(file), errors_(errors) {}

    std::shared_ptr<const Profile> read(const Json& root, std::string_view text) {
        auto profile = std::make_shared<Profile>();
        out_ = profile.get();
        out_->name = file_.substr(0, file_.rfind(".json"));
        out_->digest = common::Sha256::hex(text).substr(0, 12);
        ProfileJson in(root, file_ + "#", out_->inferred, errors_);
        in.find("$schema");
        out_->version = in.text("version");
        out_->title = in.text("title");
        out_->projectValue = in.text("project");
        out_->homePage = in.text("homePage");
        if (!out_->homePage.empty() && !isHttps(out_->homePage)) in.fault("homePage", "must be an https address");
        participation(in);
        endpoints(in);
        facts(in);
        policies(in);
        statements(in);
        if (out_->policies.corrections == CorrectionPolicy::CancelAndResend &&
            std::none_of(out_->statements.begin(), out_->statements.end(),
                         [](const StatementKind& kind) { return kind.from == Source::Sent; }))
            in.fault("policies/corrections", "the profile has no cancellation", "add a kind made \"from\": \"sent\"");
        tables(in);
        readiness(in);
        in.refuseUnknown();
        return errors_.empty() ? profile : nullptr;
    }

private:
    void participation(ProfileJson& in) {
        auto p = in.object("participation", false);
        if (!p) return;
        out_->participation = Participation{p->text("flag"), p->text("title"), p->texts("tariffs")};
        for (const std::string& tariff : out_->participation->tariffs)
            if (tariff != "basic" && tariff != "individual" && tariff != "professional")
                p->fault("tariffs", fmt::format("unknown tariff '{}'", tariff),
                         "there are basic, individual, professional");
        p->refuseUnknown();
    }

    void endpoints(ProfileJson& in) {
        auto e = in.object("endpoints");
        if (!e) return;
        out_->testEndpoint = e->text("test");
        if (!out_->testEndpoint.empty() && !isHttps(out_->testEndpoint)) e->fault("test", "must be an https address");
        const Json* production = e->find("production");
        if (production == nullptr) {
            e->fault("production", "is missing", "write null when it comes with University 2035's letter");
        } else if (!production->IsNull()) {
            out_->productionEndpoint = e->text("production");
            if (!isHttps(*out_->productionEndpoint)) e->fault("production", "must be an https address, or null");
        }
        e->refuseUnknown();
    }

    void facts(ProfileJson& in) {
        const std::string need = in.oneOf("storage", {"none", "optional", "required"});
        out_->storage = need == "required"   ? StorageNeed::Required
                        : need == "optional" ? StorageNeed::Optional
                                             : StorageNeed::None;
        if (auto guid = in.object("guid")) {
            out_->guidPointer = guid->text("pointer");
            if (!out_->guidPointer.empty() && !rapidjson::Pointer(out_->guidPointer.c_str()).IsValid())
                guid->fault("pointer", "must be a JSON pointer, as /errorId");
            guid->refuseUnknown();
        }
        if (auto letters = in.object("letters")) {
            for (const std::string& name : letters->keys()) {
                auto letter = letters->object(name);
                if (std::find(kLetters.begin(), kLetters.end(), name) == kLetters.end())
                    letters->fault(name, "unknown letter", fmt::format("there are {}", fmt::join(kLetters, ", ")));
                if (!letter) continue;
                out_->letters[name] = Letter{letter->boolean("guid")};
                letter->refuseUnknown();
            }
        }
        if (auto limits = in.object("limits")) {
            out_->limits.statements = static_cast<int>(limits->integer("statements", 1, 10'000).value_or(50));
            out_->limits.bytes = limits->integer("bytes", 16 * 1024, 64 * 1024 * 1024).value_or(512 * 1024);
            limits->refuseUnknown();
        }
    }

    void policies(ProfileJson& in) {
        auto p = in.object("policies");
        if (!p) return;
        out_->policies.channel = p->oneOf("channel", {"lrs", "tables"}) == "tables" ? Channel::Tables : Channel::Lrs;
        out_->policies.viewingMark = p->number("viewingMark", 0, 100);
        reflections(*p);
        out_->policies.corrections = p->oneOf("corrections", {"hold", "cancel-and-resend"}) == "cancel-and-resend"
                                         ? CorrectionPolicy::CancelAndResend
                                         : CorrectionPolicy::Hold;
        out_->policies.filesWithoutStorage =
            p->oneOf("filesWithoutStorage", {"hold", "leave-out"}, false) == "leave-out" ? FilesWithoutStorage::LeaveOut
                                                                                         : FilesWithoutStorage::Hold;
        p->refuseUnknown();
    }

    /// The policy alone, or an object with the limits too.
    void reflections(ProfileJson& policies) {
        const Json* given = policies.find("reflections");
        std::optional<ProfileJson> r;
        if (given != nullptr && given->IsObject() && !given->HasMember("value")) r = policies.object("reflections");
        const std::string policy =
            r ? r->oneOf("policy", {"hold", "send-marked"}) : policies.oneOf("reflections", {"hold", "send-marked"});
        out_->policies.reflections = policy == "send-marked" ? ReflectionPolicy::SendMarked : ReflectionPolicy::Hold;
        if (!r) return;
        auto& limits = out_->policies.reflectionLimits;
        const auto whole = [&](std::string_view key, int& to, int least, int most) {
            if (auto n = r->integer(key, least, most)) to = static_cast<int>(*n);
        };
        // A share of nothing would flag every text, one above the whole none.
        const auto share = [&](std::string_view key, double& to) {
            if (auto n = r->number(key, 0.05, 1)) to = *n;
        };
        whole("minWords", limits.minWords, 1, 1'000);
        whole("minCharacters", limits.minCharacters, 1, 10'000);
        whole("copyWords", limits.copyWords, 3, 1'000);
        share("copyShare", limits.copyShare);
        share("borrowShare", limits.borrowShare);
        share("realWordShare", limits.realWordShare);
        whole("alarmDays", limits.alarmDays, 0, 365);
        r->refuseUnknown();
    }

    std::vector<ElementKind> elements(ProfileJson& in, Source from) {
        std::vector<ElementKind> kinds;
        const std::vector<std::string> names = in.texts("elements");
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (const auto kind = host::sdk::elementKindFrom(names[i]))
                kinds.push_back(*kind);
            else
                in.fault(fmt::format("elements/{}", i), fmt::format("unknown kind of element '{}'", names[i]),
                         nearKind(names[i]));
        }
        if (!names.empty() && (from < Source::Element || from > Source::Opening))
            in.fault("elements", "only element, result, view and opening have a kind");
        return kinds;
    }

    static std::string nearKind(const std::string& text) {
        std::vector<std::string> names;
        for (int i = 0; i <= static_cast<int>(ElementKind::Fact); ++i)
            names.emplace_back(host::sdk::toString(static_cast<ElementKind>(i)));
        const std::string_view near = common::nearest(text, names);
        return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
    }

    Source source(ProfileJson& in, const std::vector<std::string>& allowed) {
        return sourceFrom(in.oneOf("from", allowed)).value_or(Source::Result);
    }

    void statements(ProfileJson& in) {
        bool learners = false;
        bool elementStatements = false;
        bool blockStatements = false;
        int cancellations = 0;
        for (ProfileJson& s : in.objects("statements", false)) {
            StatementKind kind;
            kind.name = s.text("name");
            kind.rank = static_cast<int>(out_->statements.size());
            kind.from = source(
                s, {"flow", "block", "module", "theme", "element", "result", "view", "opening", "reflection", "sent"});
            kind.elements = elements(s, kind.from);
            kind.graded = s.boolean("graded");
            const unsigned scope = scopeOf(kind.from);
            if (const Json* when = s.find("when")) kind.when = compileConditions(*when, scope, s.at("when"), errors_);
            if (!isSlug(kind.name)) s.fault("name", "must be of a-z, 0-9, '-' and '.'");
            if (out_->statement(kind.name) != nullptr) s.fault("name", "is there twice");
            const bool ofMethodist = kind.from <= Source::Element || kind.from == Source::Sent;
            if (learners && ofMethodist)
                s.fault("from", "what the methodist says is sent before learners' statements", "move it up");
            learners = learners || !ofMethodist;
            elementStatements = elementStatements || kind.from == Source::Element;
            blockStatements = blockStatements || kind.from == Source::Block;
            if (kind.from == Source::Sent && ++cancellations > 1)
                s.fault("from", "there is one kind of cancellation", "leave one of them out");
            body(s, kind, scope);
            if (kind.body.uses(Name::RefElement) && !elementStatements)
                s.fault("template", "refers to the methodist's statement, but the profile has none made from elements");
            if (kind.body.uses(Name::RefPracticeBlock) && !blockStatements)
                s.fault("template", "refers to the practice block, but the profile has no statement made from blocks");
            inferredPlaces(s);
            s.refuseUnknown();
            out_->statements.push_back(std::move(kind));
        }
    }

    void body(ProfileJson& s, StatementKind& kind, unsigned scope) {
        const Json* json = s.find("template");
        if (json == nullptr) return s.fault("template", "is missing");
        static const rapidjson::Pointer objectType("/object/objectType");
        const Json* type = objectType.Get(*json);
        const bool reference =
            type != nullptr && type->IsString() && std::string_view(type->GetString()) == "StatementRef";
        kind.body = Template::compile(*json, scope, statementPlaces(reference, kind.graded), s.at("template"), errors_);
        kind.contextExtensions = kind.body.constantKeys(kContextExtensions);
    }

    /// A statement's guesses are named by their place in the template.
    void inferredPlaces(ProfileJson& s) {
        auto places = s.object("guesses", false);
        if (!places) return;
        const Json* body = s.find("template");
        for (const std::string& pointer : places->keys()) {
            const std::string reason = places->text(pointer);
            const rapidjson::Pointer place(pointer.c_str());
            if (!place.IsValid() || body == nullptr || place.Get(*body) == nullptr)
                places->fault(pointer, "names no place of the template");
            out_->inferred.push_back({s.pointer().substr(s.pointer().find('#') + 1) + "/template" + pointer, reason});
        }
    }

    void tables(ProfileJson& in) {
        std::set<std::string> names;
        for (ProfileJson& t : in.objects("tables", false)) {
            Table table;
            table.name = t.text("name");
            table.title = t.text("title");
            table.from = source(t, {"result", "view"});
            table.elements = elements(t, table.from);
            table.perFlow = t.oneOf("unit", {"programme", "flow"}) == "flow";
            table.maxRows = t.integer("maxRows", 1, 100'000'000).value_or(0);
            if (!isSlug(table.name)) t.fault("name", "must be of a-z, 0-9, '-' and '.': it is a file's name");
            if (!names.insert(table.name).second) t.fault("name", "is there twice");
            for (ProfileJson& c : t.objects("columns")) column(c, table);
            if (table.columns.empty()) t.fault("columns", "has none");
            t.refuseUnknown();
            out_->tables.push_back(std::move(table));
        }
    }

    void column(ProfileJson& c, Table& table) {
        TableColumn column;
        column.title = c.text("title");
        std::string value = c.text("value");
        c.refuseUnknown();
        if (value.size() < 3 || value.front() != '{' || value.back() != '}')
            return c.fault("value", "must be one placeholder, as {result.raw}");
        value = value.substr(1, value.size() - 2);
        if (value.ends_with('?')) {
            column.required = false;
            value.pop_back();
        }
        const Placeholder* found = findPlaceholder(value);
        if (found == nullptr || (found->scopes & scopeOf(table.from)) == 0) {
            const std::string near = suggestPlaceholder(value, scopeOf(table.from));
            return c.fault("value", fmt::format("unknown placeholder '{}'", value),
                           near.empty() ? "see 'u2035-profile placeholders'" : fmt::format("did you mean '{}'?", near));
        }
        if (found->type == ValueType::TextList || found->type == ValueType::FileList)
            return c.fault("value", "a list is no cell", "result.fileNames is a text");
        if (found->name == Name::StatementId || found->name == Name::RefElement ||
            found->name == Name::StatementTimestamp)
            return c.fault("value", "a table has no statements", "result.at and view.at are the times");
        column.name = found->name;
        table.columns.push_back(std::move(column));
    }

    void readiness(ProfileJson& in) {
        for (ProfileJson& r : in.objects("readiness", false)) {
            out_->readiness.push_back({r.oneOf("check", kReadinessChecks), r.text("title")});
            r.refuseUnknown();
        }
    }

    const std::string& file_;
    std::vector<FieldError>& errors_;
    Profile* out_ = nullptr;
};

}  // namespace

std::shared_ptr<const Profile> readProfile(const std::string& fileName, std::string_view text,
                                           std::vector<FieldError>& errors) {
    std::vector<FieldError> found;
    std::shared_ptr<const Profile> profile;
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
    if (document.HasParseError()) {
        const auto offset = document.GetErrorOffset();
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
        found.push_back({fileName + "#",
                         fmt::format("line {}: {}", line, rapidjson::GetParseError_En(document.GetParseError())),
                         "a profile is one JSON object in UTF-8"});
    } else if (!document.IsObject()) {
        found.push_back({fileName + "#", "must be an object", {}});
    } else {
        refuseDuplicates(document, fileName + "#", found);
        profile = Reader(fileName, found).read(document, text);
    }
    errors.insert(errors.end(), found.begin(), found.end());
    return profile;
}

}  // namespace plugin::footprint
