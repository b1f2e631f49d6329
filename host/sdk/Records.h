#pragma once
/// Learning records as a module reads them. Values only; of records a module writes what a person confirmed (unti_ids,
/// Leader-IDs, University 2035's ids of programmes, flows, modules and themes) and nothing else.
///
/// Common to every record: `id` (BIGINT, the host's own, never reused), `externalId` (the source's), `revision`
/// (1, 2, … grows with every change of content, deletion included), `changedAt`. A deleted record stays readable with
/// `deleted` set, so that what was already sent of it can be named. Absent values are nullopt or an empty string:
/// never a made-up default. Thread-safe.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "host/sdk/Clock.h"

namespace host::sdk {
inline namespace abi1 {

using RecordId = std::int64_t;

struct RecordHead {
    RecordId id = 0;
    std::string source;      ///< where it came from: "lms", "oulad"
    std::string externalId;  ///< the source's own id
    std::int64_t revision = 1;
    Micros changedAt = 0;
    bool deleted = false;
};

struct Programme : RecordHead {
    std::string project;  ///< id of the project it belongs to
    std::string title;
    std::string description;
    std::optional<std::int64_t> u2035Id;  ///< parent_course_id
    std::optional<bool> online;
    std::optional<double> minutesPerHour;  ///< astronomical minutes of an academic hour, 10..100, usually 45
};

struct Flow : RecordHead {
    RecordId programmeId = 0;
    std::string title;
    std::string key;                     ///< stands in activity ids: [a-z0-9-]+
    std::optional<std::int64_t> u2035Id;  ///< flow_id
    std::string methodistUntiId;
    std::vector<std::string> instructorUntiIds;
    std::optional<Micros> startsAt;
    std::optional<Micros> endsAt;
    std::optional<Micros> closedAt;  ///< set: no more results come
};

struct Block : RecordHead {
    RecordId programmeId = 0;
    std::string type;  ///< "theory" | "practice"
    std::string title;
    std::string description;
};

struct ProgrammeModule : RecordHead {
    RecordId blockId = 0;
    std::string title;
    std::string description;
    int position = 0;                     ///< 1-based within its block
    std::optional<std::int64_t> u2035Id;  ///< module_id
};

struct Theme : RecordHead {
    RecordId moduleId = 0;
    std::string title;
    std::string description;
    int position = 0;                     ///< 1-based within its module
    std::optional<std::int64_t> u2035Id;  ///< theme_id
};

enum class ElementKind {
    Video,
    Webinar,
    Article,
    File,
    Practice,
    Homework,
    IndependentWork,
    Case,
    Test,
    IntermediateAssessment,
    FinalAssessment,
    FinalWork,
    EntryDiagnostics,
    PracticeDiary,
    Fact
};


/// The text form, in REST and in the database.
inline const char* toString(ElementKind kind) {
    static constexpr const char* names[] = {"video",      "webinar",   "article",
                                            "file",       "practice",  "homework",
                                            "independent-work", "case", "test",
                                            "intermediate-assessment", "final-assessment", "final-work",
                                            "entry-diagnostics", "practice-diary", "fact"};
    return names[static_cast<int>(kind)];
}

inline std::optional<ElementKind> elementKindFrom(const std::string& text) {
    for (int i = 0; i <= static_cast<int>(ElementKind::Fact); ++i)
        if (text == toString(static_cast<ElementKind>(i))) return static_cast<ElementKind>(i);
    return std::nullopt;
}

/// Exactly one of the parents is set; the final assessment hangs on the programme.
struct Element : RecordHead {
    RecordId programmeId = 0;          ///< always set
    std::optional<RecordId> blockId;   ///< parent, when it hangs on a block
    std::optional<RecordId> moduleId;  ///< parent, when it hangs on a module
    std::optional<RecordId> themeId;   ///< parent, when it hangs on a theme
    std::optional<RecordId> flowId;    ///< only this flow has it
    ElementKind kind = ElementKind::Test;
    std::string title;
    std::string description;
    int position = 0;
    std::optional<bool> required;
    std::optional<std::int64_t> durationSeconds;  ///< length of a video or webinar
    std::string webinarLink;
    std::optional<Micros> webinarAt;
    std::optional<double> lectureHours;      ///< academic hours
    std::optional<double> workshopHours;     ///< academic hours
    std::optional<double> independentHours;  ///< academic hours
    std::optional<double> minScore;
    std::optional<double> maxScore;
    std::optional<double> passScore;  ///< in the unit of the marks
    std::optional<int> maxAttempts;
    std::optional<bool> practical;        ///< indication_of_practice
    std::optional<int> comparability;     ///< comparability_of_result, 0 or 1
    std::string admittanceForm;           ///< "online" | "offline" | "hybrid"
    std::string documentType;             ///< final-assessment-doc-type: «Диплом»
    std::string qualification;            ///< «Оператор БПЛА»
    std::string fixationMethod;           ///< method_of_fixation
    std::vector<std::string> fixationUntiIds;  ///< who is responsible for fixing a fact
    std::vector<std::string> fixationRoles;    ///< role of each of them, in the same order: «Методист»
    std::string bestResult;               ///< which mark of several is the best: "max" | "min" | "none"
    std::optional<Micros> closedAt;       ///< set: no more views or results come
    std::vector<RecordId> fileIds;        ///< the programme's own material: a video, a webinar's recording
};

struct Learner : RecordHead {
    std::string untiId;      ///< production; digits, no leading zero
    std::string testUntiId;  ///< test contour only; never used in production
    std::string leaderId;
    std::string lastName;
    std::string firstName;
    std::string middleName;
    std::string email;
};

struct Enrollment : RecordHead {
    RecordId learnerId = 0;
    RecordId flowId = 0;
    std::string status;  ///< "enrolled" | "finished" | "expelled"
};

/// One attempt's outcome on an element.
struct Result : RecordHead {
    RecordId learnerId = 0;
    RecordId elementId = 0;
    RecordId flowId = 0;
    int attempt = 1;
    std::optional<double> raw;
    std::optional<double> min;        ///< falls back to the element's in the host, when the source gives none
    std::optional<double> max;        ///< same
    std::optional<double> passScore;  ///< same
    std::optional<bool> success;
    std::optional<std::int64_t> durationSeconds;
    std::optional<Micros> at;
    bool graded = true;  ///< final: a result still under review is false
    std::vector<RecordId> fileIds;
};

struct View : RecordHead {
    RecordId learnerId = 0;
    RecordId elementId = 0;
    RecordId flowId = 0;
    std::optional<double> percent;  ///< 0..100
    std::optional<std::int64_t> watchedSeconds;
    std::optional<bool> recording;  ///< a webinar's recording was watched
    std::optional<bool> attended;   ///< a webinar was attended live
    std::optional<Micros> at;
};

/// Text or file content that was opened.
struct Opening : RecordHead {
    RecordId learnerId = 0;
    RecordId elementId = 0;
    RecordId flowId = 0;
    bool downloaded = false;
    std::optional<Micros> at;
};

struct Reflection : RecordHead {
    RecordId learnerId = 0;
    RecordId flowId = 0;
    std::optional<RecordId> moduleId;  ///< nullopt: on the whole programme
    std::string text;
    std::optional<Micros> at;
};

/// A file on the server's disk: a learner's work, the programme's material, or neither (a letter).
struct File : RecordHead {
    std::optional<RecordId> resultId;   ///< whose work it is
    std::optional<RecordId> elementId;  ///< whose material it is; never both
    std::string name;         ///< as uploaded
    std::string contentType;  ///< as detected
    std::int64_t size = 0;    ///< bytes
    std::string sha256;       ///< lower-case hex
};

/// A programme with everything under it that one flow teaches, deleted parts included. Small: kept in memory.
struct FlowStructure {
    Programme programme;
    Flow flow;
    std::vector<Block> blocks;            ///< theory before practice
    std::vector<ProgrammeModule> modules;  ///< by block, position
    std::vector<Theme> themes;            ///< by module, position
    std::vector<Element> elements;        ///< by parent, position; those of other flows left out
};

/// A learner's unti_id as a person has confirmed it.
struct UntiIdAssignment {
    RecordId learnerId = 0;
    bool test = false;    ///< of the test contour
    std::string untiId;   ///< empty: take the person's back, so that the source's own shows again
    std::string current;  ///< what the learner had when the person decided; empty: none
};

enum class UntiIdVerdict {
    Assigned,
    TakenBack,
    Same,       ///< the learner has it already: nothing was written
    NoLearner,  ///< there is none, or it is deleted
    Changed,    ///< the learner has another than `current`, or no person's to take back
    Taken,      ///< another live learner of the organization has it
    NotValid    ///< not digits without a leading zero
};

struct UntiIdOutcome {
    UntiIdVerdict verdict = UntiIdVerdict::NoLearner;
    RecordId otherLearnerId = 0;  ///< Taken: who has it
};

/// A person's assignment as it stands now.
struct AssignedUntiId {
    RecordId learnerId = 0;
    bool test = false;
    std::string untiId;        ///< as the person confirmed it
    std::string recordUntiId;  ///< what the learner's record shows: the source's own, when it contradicts
    std::string assignedBy;
    Micros assignedAt = 0;
    RecordId otherLearnerId = 0;  ///< another live learner whose record shows it as well; 0: none
};

/// What a person may confirm of a record beside its source; a Leader-ID of the test contour is none of these.
enum class ConfirmedField { LeaderId, ProgrammeU2035Id, FlowU2035Id, ModuleU2035Id, ThemeU2035Id };

/// A value as a person has confirmed it: a Leader-ID, or an id of University 2035 in digits.
struct Confirmation {
    ConfirmedField field = ConfirmedField::LeaderId;
    RecordId id = 0;      ///< of the learner, programme, flow, module or theme
    std::string value;    ///< empty: take the person's back, so that the source's own shows again
    std::string current;  ///< what the record showed when the person decided; empty: nothing
};

enum class ConfirmVerdict {
    Written,
    TakenBack,
    Same,      ///< the record shows it already: nothing was written
    NoRecord,  ///< there is none, or it is deleted
    Changed,   ///< the record shows another than `current`, or there is no person's to take back
    Taken,     ///< another live record of that kind shows it
    NotValid   ///< not what the field may hold
};

struct ConfirmOutcome {
    ConfirmVerdict verdict = ConfirmVerdict::NoRecord;
    RecordId otherId = 0;  ///< Taken: who has it
};

/// A person's value as it stands now.
struct ConfirmedValue {
    ConfirmedField field = ConfirmedField::LeaderId;
    RecordId id = 0;
    std::string value;        ///< as the person confirmed it
    std::string recordValue;  ///< what the record shows: the source's own, when it contradicts
    std::string confirmedBy;
    Micros confirmedAt = 0;
};

class Records {
public:
    virtual ~Records() = default;

    /// All programmes of an organization in a project (empty project: all), ordered by id; deleted ones left out.
    virtual std::vector<Programme> programmes(const std::string& organization, const std::string& project) = 0;
    virtual std::vector<Flow> flows(const std::string& organization, RecordId programmeId) = 0;
    virtual std::optional<FlowStructure> structure(const std::string& organization, RecordId flowId) = 0;

    /// The learners enrolled in a flow (whatever the status), ordered by id.
    virtual std::vector<Learner> learners(const std::string& organization, RecordId flowId) = 0;
    virtual std::vector<Enrollment> enrollments(const std::string& organization, RecordId flowId) = 0;
    virtual std::optional<Learner> learner(const std::string& organization, RecordId learnerId) = 0;

    /// Pages of at most 1,000 rows in order of id, from `afterId` on; deleted ones included. `page` returns false to
    /// stop. No lock or session is held while `page` runs.
    virtual void results(const std::string& organization, RecordId flowId, RecordId afterId,
                         const std::function<bool(std::span<const Result>)>& page) = 0;
    virtual void views(const std::string& organization, RecordId flowId, RecordId afterId,
                       const std::function<bool(std::span<const View>)>& page) = 0;
    virtual void openings(const std::string& organization, RecordId flowId, RecordId afterId,
                          const std::function<bool(std::span<const Opening>)>& page) = 0;
    virtual void reflections(const std::string& organization, RecordId flowId, RecordId afterId,
                             const std::function<bool(std::span<const Reflection>)>& page) = 0;

    virtual std::vector<File> files(const std::string& organization, const std::vector<RecordId>& ids) = 0;

    // -- since ABI 1.1 --

    /// Writes unti_ids in one transaction; one outcome each, in order, and one that can't be written stops no other. A
    /// changed learner gets its next revision. What a person confirmed stays when the source later gives none, or gives
    /// again what the person saw and replaced; another unti_id of the source wins, and `assignedUntiIds` shows both.
    virtual std::vector<UntiIdOutcome> assignUntiIds(const std::string& organization,
                                                     std::span<const UntiIdAssignment> assignments,
                                                     const std::string& who) = 0;
    /// Those of live learners, in order of learner.
    virtual std::vector<AssignedUntiId> assignedUntiIds(const std::string& organization) = 0;

    // -- since ABI 1.4 --

    /// As assignUntiIds, of the other values that a person confirms: one transaction, one outcome each, in order; a changed
    /// record gets its next revision, and what the source says later is treated alike.
    virtual std::vector<ConfirmOutcome> confirm(const std::string& organization,
                                                std::span<const Confirmation> confirmations, const std::string& who) = 0;
    /// Those of live records, by field and in order of id.
    virtual std::vector<ConfirmedValue> confirmed(const std::string& organization) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
