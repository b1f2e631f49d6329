#pragma once
/// The names that a profile's templates and tables can use: the one place where they are listed, and what the
/// documentation is made from (`u2035-profile placeholders`).
///
/// Immutable; safe from any thread.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plugin::footprint {

/// What a placeholder gives. Text-like types become JSON strings, the others keep their JSON type when alone in a
/// string.
enum class ValueType : std::uint8_t { Text, Iri, Uuid, Time, Duration, Integer, Number, Boolean, TextList, FileList };
const char* toString(ValueType type);

/// What a statement kind or a table row is made from.
/// `Sent` is a statement the store has and that is to be withdrawn.
enum class Source : std::uint8_t { Flow, Block, Module, Theme, Element, Result, View, Opening, Reflection, Sent };
constexpr std::size_t kSourceCount = 10;
const char* toString(Source source);
std::optional<Source> sourceFrom(std::string_view text);

constexpr unsigned scopeOf(Source source) {
    return 1U << static_cast<unsigned>(source);
}
/// Items of a list, inside `$each` only.
constexpr unsigned kPersonScope = 1U << 16;
constexpr unsigned kFileScope = 1U << 17;

enum class Name : std::uint8_t {
    StatementId,
    StatementTimestamp,
    RefElement,
    RefPracticeBlock,
    ProfileProject,
    ProfileHomePage,
    ProgrammeId,
    ProgrammeTitle,
    ProgrammeDescription,
    ProgrammeOnline,
    FlowId,
    FlowTitle,
    FlowKey,
    FlowInstructors,
    FlowInstructor,
    MethodistUntiId,
    LearnerUntiId,
    LearnerLeaderId,
    CourseActivityId,
    BlockNumber,
    BlockType,
    BlockTitle,
    BlockDescription,
    BlockActivityId,
    ModuleId,
    ModuleNumber,
    ModuleTitle,
    ModuleDescription,
    ModuleActivityId,
    ThemeId,
    ThemePosition,
    ThemeTitle,
    ThemeDescription,
    ThemeActivityId,
    ElementKind,
    ElementLevel,
    ElementTitle,
    ElementDescription,
    ElementActivityId,
    ElementAssessmentId,
    ElementParentId,
    ElementRequired,
    ElementLength,
    ElementWebinarLink,
    ElementWebinarAt,
    ElementLectureHours,
    ElementLectureMinutes,
    ElementWorkshopHours,
    ElementWorkshopMinutes,
    ElementIndependentHours,
    ElementIndependentMinutes,
    ElementPractical,
    ElementComparability,
    ElementAdmittanceForm,
    ElementDocumentType,
    ElementQualification,
    ElementFixationMethod,
    ElementFixationUntiIds,
    ElementFixationRoles,
    ElementBestResult,
    ElementMaxAttempts,
    ElementFiles,
    ResultRaw,
    ResultMin,
    ResultMax,
    ResultScaled,
    ResultPassMark,
    ResultThreshold,
    ResultSuccess,
    ResultAttempt,
    ResultDuration,
    ResultAt,
    ResultFiles,
    ResultFileNames,
    ViewPercent,
    ViewWatched,
    ViewRecording,
    ViewAttended,
    ViewAt,
    OpeningDownloaded,
    OpeningAt,
    ReflectionText,
    ReflectionMarked,
    ReflectionAt,
    SentStatementId,
    SentObjectId,
    SentLetter,
    PersonUntiId,
    FileName,
    FileContentType,
    FileSize,
    FileSha256,
    FileUrl,
    Count
};
constexpr std::size_t kNameCount = static_cast<std::size_t>(Name::Count);

/// One name. `missing*` is what a person is told when a statement or row needs the value and it is absent.
struct Placeholder {
    Name name;
    const char* text;  ///< as written between braces
    ValueType type;
    unsigned scopes;     ///< where it can be used
    const char* unit;    ///< "", "s", "%", "academic h"
    const char* source;  ///< the record's field or how it is computed
    const char* description;
    const char* missingCode;    ///< stable: "no-mark"
    const char* missingReason;  ///< Russian sentence
    const char* missingFix;     ///< Russian sentence
};

const Placeholder& placeholder(Name name);
const Placeholder* findPlaceholder(std::string_view text);
/// The closest name to a misspelt one, or empty.
std::string suggestPlaceholder(std::string_view text, unsigned scope);
/// Markdown tables of all names, by group, with type, unit, source and where each can be used.
std::string describePlaceholders();

}  // namespace plugin::footprint
