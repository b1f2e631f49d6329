// u2035-profile: looks at profiles without a server.
//   check FILE|DIR      every fault of a profile, or of a folder's
//   placeholders        the names that templates and tables can use
//   render FILE [KIND]  statements of a made-up flow, as they would be sent
//   suggest STATEMENT FILE|DIR  a kind of statement out of a pasted example, by what these profiles know

#include "plugin/footprint/Profile.h"
#include "plugin/footprint/SampleFlow.h"
#include "plugin/footprint/TemplateSuggestion.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using namespace plugin::footprint;
using host::sdk::FieldError;

constexpr int kOk = 0;
constexpr int kFaults = 1;
constexpr int kUsage = 2;

std::shared_ptr<const Profile> readFile(const std::filesystem::path& path, std::vector<FieldError>& errors) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        errors.push_back({path.filename().string(), "can't be read", "check name and permissions"});
        return nullptr;
    }
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return readProfile(path.filename().string(), text, errors);
}

int report(const std::vector<FieldError>& errors) {
    for (const FieldError& e : errors)
        std::cerr << fmt::format("{}: {}{}{}\n", e.pointer, e.reason, e.fix.empty() ? "" : "; ", e.fix);
    return errors.empty() ? kOk : kFaults;
}

void summarize(const Profile& profile) {
    std::cout << fmt::format("{}: «{}», {} statement kinds, {} tables, {} inferred values\n", profile.versionTag(),
                             profile.title, profile.statements.size(), profile.tables.size(), profile.inferred.size());
    for (const Inferred& guess : profile.inferred) std::cout << fmt::format("  {}: {}\n", guess.pointer, guess.reason);
}

int check(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path)) {
        try {
            const ProfileSet profiles = ProfileSet::load(path);
            for (const auto& profile : profiles.all()) summarize(*profile);
        } catch (const host::sdk::AppError& error) {
            return report(error.errors());
        }
        return kOk;
    }
    std::vector<FieldError> errors;
    if (const auto profile = readFile(path, errors)) summarize(*profile);
    return report(errors);
}

/// Prints what is due and what can't be sent.
class Printer : public PlanSink {
public:
    explicit Printer(std::string kind) : kind_(std::move(kind)) {}
    void due(StatementDraft&& draft) override {
        if (!kind_.empty() && draft.kind != kind_) return;
        std::cout << draft.bytes << '\n';
        ++printed;
    }
    void unsendable(Unsendable&& why) override {
        if (kind_.empty() || why.kind == kind_)
            std::cerr << fmt::format("{} {} {}: {} ({}) {}\n", why.kind, why.record.kind, why.record.id, why.code,
                                     why.field, why.reason);
    }
    int printed = 0;

private:
    std::string kind_;
};

int render(const std::filesystem::path& path, const std::string& kind) {
    std::vector<FieldError> errors;
    const auto profile = readFile(path, errors);
    if (profile == nullptr) return report(errors);
    if (!kind.empty() && profile->statement(kind) == nullptr) {
        std::cerr << fmt::format("Profile '{}' has no statement kind '{}'; it has:", profile->name, kind);
        for (const StatementKind& k : profile->statements) std::cerr << ' ' << k.name;
        std::cerr << '\n';
        return kFaults;
    }
    Printer printer(kind);
    planSample(SampleFlow::make(), *profile, printer);
    return printer.printed > 0 ? kOk : kFaults;
}

std::string textOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw host::sdk::AppError::notFound(
            fmt::format("'{}' can't be read; check name and permissions.", path.filename().string()));
    return {std::istreambuf_iterator<char>(file), {}};
}

int suggest(const std::filesystem::path& statement, const std::filesystem::path& known) {
    std::vector<ProfileText> profiles;
    if (std::filesystem::is_directory(known)) {
        const ProfileSet set = ProfileSet::load(known);
        for (const auto& profile : set.all())
            profiles.push_back({profile->name, textOf(known / (profile->name + ".json"))});
    } else {
        profiles.push_back({known.stem().string(), textOf(known)});
    }
    const Suggestion made = suggestKind(textOf(statement), profiles);
    std::cout << made.kind;
    if (!made.like.empty()) std::cerr << fmt::format("most like {}\n", made.like);
    for (const auto& one : made.proposed)
        std::cerr << fmt::format("proposed {}: {} instead of {} (as {})\n", one.pointer, one.proposal, one.example,
                                 one.like);
    for (const auto& one : made.unknown)
        std::cerr << fmt::format("unknown  {}: {} stays as it is: {}\n", one.pointer, one.example, one.note);
    std::cerr << "Edit name, elements and what is unknown, put it among the profile's statements, then check and "
                 "render it.\n";
    return kOk;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    try {
        if (arguments.size() == 2 && arguments[0] == "check") return check(arguments[1]);
        if (arguments.size() == 1 && arguments[0] == "placeholders") {
            std::cout << describePlaceholders();
            return kOk;
        }
        if ((arguments.size() == 2 || arguments.size() == 3) && arguments[0] == "render")
            return render(arguments[1], arguments.size() == 3 ? arguments[2] : std::string());
        if (arguments.size() == 3 && arguments[0] == "suggest") return suggest(arguments[1], arguments[2]);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return kFaults;
    }
    std::cerr
        << "usage: u2035-profile check FILE|DIR | placeholders | render FILE [KIND] | suggest STATEMENT FILE|DIR\n";
    return kUsage;
}
