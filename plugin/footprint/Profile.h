#pragma once
/// What differs between University 2035's projects, read from `config/profiles/NAME.json` and checked wholly.
///
/// Immutable after load and shared between threads. Every value that University 2035 never confirmed is named in
/// `inferred`. No file is read after `load`.

#include "host/sdk/Error.h"
#include "host/sdk/Records.h"
#include "plugin/footprint/ReflectionLimits.h"
#include "plugin/footprint/Template.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::footprint {

/// A value of the profile that is a guess, and why.
struct Inferred {
    std::string pointer;  ///< "/guid"
    std::string reason;
};

/// A condition for taking part: a flag on the organization's edit page, offered on some tariffs.
struct Participation {
    std::string flag;                  ///< "bas"
    std::string title;                 ///< «Участник проекта Кадры для БАС»
    std::vector<std::string> tariffs;  ///< on which the flag is offered: "individual", "professional"
};

enum class StorageNeed { None, Optional, Required };
enum class Channel { Lrs, Tables };
const char* toString(StorageNeed need);
const char* toString(Channel channel);

/// A letter of the wizard. Its text is `config/letters/{name}.mustache`.
struct Letter {
    bool guid = false;  ///< has the line with the guid of stage 2
};

struct PostLimits {
    int statements = 50;
    std::int64_t bytes = 512 * 1024;
};

/// What to do with a record that changed after it was sent: a person decides, or the store is told that it is withdrawn
/// and, once that is accepted, told anew. A person's word that a record stays as it was sent goes before both.
enum class CorrectionPolicy { Hold, CancelAndResend };
/// What to do with a statement that could carry a file, where the integration has no storage.
enum class FilesWithoutStorage { Hold, LeaveOut };

struct Policies {
    Channel channel = Channel::Lrs;  ///< of a flow for which nobody chose
    std::optional<double>
        viewingMark;  ///< percent from which a view is final; nullopt: only when flow or element closes
    ReflectionPolicy reflections = ReflectionPolicy::Hold;
    ReflectionLimits reflectionLimits;
    CorrectionPolicy corrections = CorrectionPolicy::Hold;
    FilesWithoutStorage filesWithoutStorage = FilesWithoutStorage::Hold;
};

/// One kind of statement: from which records it is made, on which condition, and its template.
struct StatementKind {
    std::string name;  ///< "methodist.course", "learner.grade"
    int rank = 0;      ///< sending order
    Source from = Source::Result;
    std::vector<host::sdk::ElementKind> elements;  ///< of Element, Result, View and Opening; empty: all
    std::vector<Condition> when;
    bool graded = false;  ///< score and success must be in the statement
    Template body;
    std::vector<std::string> contextExtensions;  ///< that every statement of this kind must carry
    bool fits(host::sdk::ElementKind kind) const;
};

struct TableColumn {
    std::string title;
    Name name = Name::Count;
    bool required = true;
};

/// One of the five elements for manual upload.
struct Table {
    std::string name;   ///< file name's beginning, ASCII: "assessment-results"
    std::string title;  ///< «Оценка результатов аттестации»
    Source from = Source::Result;
    std::vector<host::sdk::ElementKind> elements;
    bool perFlow = false;      ///< unit of a file: flow instead of programme
    std::int64_t maxRows = 0;  ///< split after so many rows; 0: never
    std::vector<TableColumn> columns;
    bool fits(host::sdk::ElementKind kind) const;
};

/// A rule of acceptance. Its `check` is one that the readiness room knows by name.
struct ReadinessRule {
    std::string check;  ///< "final-work-file", "final-work-raw", "final-work-success", "reflection-present", …
    std::string title;  ///< Russian
};

struct Profile {
    std::string name;     ///< file name without .json: "bas"
    std::string version;  ///< the file's own: "2025.1"
    std::string digest;   ///< first 12 hex digits of the file's SHA-256
    std::string title;    ///< «Кадры для БАС»
    std::string projectValue;
    std::optional<Participation> participation;
    std::string testEndpoint;
    std::optional<std::string> productionEndpoint;  ///< nullopt: from the letter
    StorageNeed storage = StorageNeed::Optional;
    std::string guidPointer;  ///< JSON pointer into the answer to the check's POST
    std::map<std::string, Letter> letters;
    PostLimits limits;
    std::string homePage;
    Policies policies;
    std::vector<StatementKind> statements;  ///< in sending order
    std::vector<Table> tables;
    std::vector<ReadinessRule> readiness;  ///< empty: «требования приёма неизвестны»
    std::vector<Inferred> inferred;

    /// What is recorded with every statement: "bas 2025.1 0123456789ab".
    std::string versionTag() const { return name + " " + version + " " + digest; }
    const StatementKind* statement(std::string_view kindName) const;
};

/// Reads one profile from its text. Every fault is added to `errors` (pointer "bas.json#/endpoints/test", reason, fix);
/// the profile is null when there is one.
std::shared_ptr<const Profile> readProfile(const std::string& fileName, std::string_view text,
                                           std::vector<host::sdk::FieldError>& errors);

class ProfileSet {
public:
    /// Reads every `*.json` of the folder except `*.schema.json`.
    /// \throws AppError 500 "profile.invalid" with all faults of all files, or when there is no profile at all.
    static ProfileSet load(const std::filesystem::path& directory);

    const Profile* find(std::string_view name) const;
    /// \throws AppError 500 "profile.unknown", naming those that there are.
    const Profile& get(std::string_view name) const;
    const std::vector<std::shared_ptr<const Profile>>& all() const noexcept { return profiles_; }

private:
    std::vector<std::shared_ptr<const Profile>> profiles_;  ///< by name
};

}  // namespace plugin::footprint
