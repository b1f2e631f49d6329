#include "host/records/RecordSchema.h"

#include "common/Text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace host::records {
namespace {

using enum FieldType;

constexpr const char* kBlockTypes[] = {"theory", "practice"};
constexpr const char* kElementTypes[] = {"video",
                                         "webinar",
                                         "article",
                                         "file",
                                         "practice",
                                         "homework",
                                         "independent-work",
                                         "case",
                                         "test",
                                         "intermediate-assessment",
                                         "final-assessment",
                                         "final-work",
                                         "entry-diagnostics",
                                         "practice-diary",
                                         "fact"};
constexpr const char* kAdmittance[] = {"online", "offline", "hybrid"};
constexpr const char* kBestResult[] = {"max", "min", "none"};
constexpr const char* kEnrollment[] = {"enrolled", "finished", "expelled"};

constexpr double kMaxId = 9007199254740991.0;  // what a JSON number carries exactly
constexpr double kMaxSeconds = 10.0 * 365 * 86400;
constexpr double kMaxScore = 1e9;

constexpr FieldSpec title(bool required) {
    return {.name = "title",
            .column = "title",
            .type = Text,
            .required = required,
            .max = 500,
            .description = "Title",
            .example = "\"Основы управления БВС\""};
}
constexpr FieldSpec description() {
    return {.name = "description",
            .column = "description",
            .type = Text,
            .pattern = Pattern::Multiline,
            .max = 8000,
            .description = "Description",
            .example = "\"Что изучается и зачем\""};
}
constexpr FieldSpec ref(const char* name, const char* column, RecordKind to, bool required, const char* text,
                        const char* example) {
    return {.name = name,
            .column = column,
            .type = Ref,
            .required = required,
            .ref = to,
            .description = text,
            .example = example};
}
constexpr FieldSpec time(const char* name, const char* column, const char* text) {
    return {
        .name = name, .column = column, .type = Time, .description = text, .example = "\"2025-09-15T10:00:00+03:00\""};
}
constexpr FieldSpec u2035Id(const char* text) {
    return {.name = "u2035Id",
            .column = "u2035_id",
            .type = Int,
            .min = 1,
            .max = kMaxId,
            .description = text,
            .example = "4711"};
}
constexpr FieldSpec number(const char* name, const char* column, double min, double max, const char* text,
                           const char* example) {
    return {.name = name,
            .column = column,
            .type = Number,
            .min = min,
            .max = max,
            .description = text,
            .example = example};
}
constexpr FieldSpec integer(const char* name, const char* column, double min, double max, const char* text,
                            const char* example, const char* fallback = nullptr) {
    return {.name = name,
            .column = column,
            .type = Int,
            .min = min,
            .max = max,
            .fallback = fallback,
            .description = text,
            .example = example};
}
constexpr FieldSpec boolean(const char* name, const char* column, const char* text, const char* fallback = nullptr) {
    return {.name = name, .column = column, .type = Bool, .fallback = fallback, .description = text, .example = "true"};
}
constexpr FieldSpec text(const char* name, const char* column, double max, const char* about, const char* example,
                         Pattern pattern = Pattern::Line, bool required = false) {
    return {.name = name,
            .column = column,
            .type = Text,
            .required = required,
            .pattern = pattern,
            .max = max,
            .description = about,
            .example = example};
}

constexpr FieldSpec kProgramme[] = {
    text("project", "project", 50, "Id of the project it belongs to", "\"bas\"", Pattern::Slug, true),
    title(true),
    description(),
    u2035Id("Programme's id at University 2035 (parent_course_id)"),
    boolean("online", "online", "Taught online"),
    number("minutesPerHour", "minutes_per_hour", 10, 100, "Astronomical minutes of an academic hour", "45"),
};

constexpr FieldSpec kFlow[] = {
    ref("programme", "programme_id", RecordKind::Programme, true, "Programme", "\"p1\""),
    text("title", "title", 500, "Title", "\"Поток 1\""),
    text("key", "flow_key", 60, "Stands in activity ids; unique in the organization: [a-z0-9-]+", "\"2025-autumn\"",
         Pattern::Key, true),
    u2035Id("Flow's id at University 2035 (flow_id)"),
    text("methodistUntiId", "methodist_unti_id", 19, "unti_id of the methodist", "\"1200345\"", Pattern::UntiId),
    {.name = "instructorUntiIds",
     .column = "instructor_unti_ids",
     .type = TextList,
     .pattern = Pattern::UntiId,
     .max = 50,
     .description = "unti_id of the instructors",
     .example = "[\"1200346\"]"},
    time("startsAt", "starts_at", "First day of study"),
    time("endsAt", "ends_at", "Last day of study"),
    time("closedAt", "closed_at", "Set when no more results come"),
};

constexpr FieldSpec kBlock[] = {
    ref("programme", "programme_id", RecordKind::Programme, true, "Programme", "\"p1\""),
    {.name = "type",
     .column = "type",
     .type = Enum,
     .required = true,
     .choices = kBlockTypes,
     .description = "Theory or practice",
     .example = "\"theory\""},
    title(true),
    description(),
};

constexpr FieldSpec position(bool required, const char* about) {
    return {.name = "position",
            .column = "position",
            .type = Int,
            .required = required,
            .min = 1,
            .max = 10000,
            .description = about,
            .example = "1"};
}

constexpr FieldSpec kModule[] = {
    ref("block", "block_id", RecordKind::Block, true, "Block", "\"b1\""),
    title(true),
    description(),
    position(true, "1-based place within its block"),
    u2035Id("Module's id at University 2035 (module_id)"),
};

constexpr FieldSpec kTheme[] = {
    ref("module", "module_id", RecordKind::Module, true, "Module", "\"m1\""),
    title(true),
    description(),
    position(true, "1-based place within its module"),
    u2035Id("Theme's id at University 2035 (theme_id)"),
};

constexpr FieldSpec kElement[] = {
    ref("programme", "programme_id", RecordKind::Programme, false,
        "Parent, when it hangs on the programme. Exactly one of programme, block, module, theme is given", ""),
    ref("block", "block_id", RecordKind::Block, false, "Parent, when it hangs on a block", ""),
    ref("module", "module_id", RecordKind::Module, false, "Parent, when it hangs on a module", ""),
    ref("theme", "theme_id", RecordKind::Theme, false, "Parent, when it hangs on a theme", "\"t1\""),
    ref("flow", "flow_id", RecordKind::Flow, false, "Only this flow has it", ""),
    {.name = "type",
     .column = "kind",
     .type = Enum,
     .required = true,
     .choices = kElementTypes,
     .description = "What a learner does here",
     .example = "\"test\""},
    title(true),
    description(),
    position(false, "1-based place within its parent"),
    boolean("required", "required", "Must be done"),
    integer("durationSeconds", "duration_seconds", 0, kMaxSeconds, "Length of a video or webinar, seconds", ""),
    text("webinarLink", "webinar_link", 2000, "Address of the webinar", ""),
    {.name = "webinarAt", .column = "webinar_at", .type = Time, .description = "When the webinar is held"},
    number("lectureHours", "lecture_hours", 0, 10000, "Lectures, academic hours", ""),
    number("workshopHours", "workshop_hours", 0, 10000, "Workshops, academic hours", "1"),
    number("independentHours", "independent_hours", 0, 10000, "Independent work, academic hours", ""),
    number("minScore", "min_score", -kMaxScore, kMaxScore, "Least mark", "0"),
    number("maxScore", "max_score", -kMaxScore, kMaxScore, "Greatest mark", "100"),
    number("passScore", "pass_score", -kMaxScore, kMaxScore, "Pass mark, in the unit of the marks", "60"),
    integer("maxAttempts", "max_attempts", 1, 100000, "Attempts allowed", "3"),
    boolean("practical", "practical", "Sign of practice (indication_of_practice)"),
    integer("comparability", "comparability", 0, 1, "comparability_of_result, 0 or 1", "0"),
    {.name = "admittanceForm",
     .column = "admittance_form",
     .type = Enum,
     .choices = kAdmittance,
     .description = "Form of admittance"},
    text("documentType", "document_type", 200, "Document of a final assessment: «Диплом»", ""),
    text("qualification", "qualification", 500, "Qualification given: «Оператор БПЛА»", ""),
    text("fixationMethod", "fixation_method", 500, "How a fact is fixed (method_of_fixation)", ""),
    {.name = "fixationUntiIds",
     .column = "fixation_unti_ids",
     .type = TextList,
     .pattern = Pattern::UntiId,
     .max = 20,
     .description = "unti_id of those who are responsible for fixing a fact",
     .example = "[\"1200345\"]"},
    {.name = "fixationRoles",
     .column = "fixation_roles",
     .type = TextList,
     .max = 20,
     .description = "Role of each of them, in the same order: «Методист»",
     .example = "[\"Методист\"]"},
    {.name = "bestResult",
     .column = "best_result",
     .type = Enum,
     .choices = kBestResult,
     .description = "Which of several marks of a fact is the best"},
    {.name = "closedAt", .column = "closed_at", .type = Time, .description = "Set when no more views or results come"},
};

constexpr FieldSpec kLearner[] = {
    text("untiId", "unti_id", 19,
         "unti_id at University 2035: digits, no leading zero. One that a person confirmed in an import of unti_ids "
         "stays "
         "while the source gives none, or gives again what the person replaced; another one of the source wins",
         "\"5500123\"", Pattern::UntiId),
    text("testUntiId", "test_unti_id", 19,
         "unti_id of the test contour; never used in production. A person's stays as untiId's does", "\"9900123\"",
         Pattern::UntiId),
    text("leaderId", "leader_id", 50, "Leader-ID", "\"2200123\""),
    text("lastName", "last_name", 150, "Last name", "\"Соколова\""),
    text("firstName", "first_name", 150, "First name", "\"Анна\""),
    text("middleName", "middle_name", 150, "Patronymic", "\"Игоревна\""),
    text("email", "email", 254, "E-mail address", "\"a.sokolova@example.org\"", Pattern::Email),
};

constexpr FieldSpec learnerRef() {
    return ref("learner", "learner_id", RecordKind::Learner, true, "Learner", "\"l1\"");
}
constexpr FieldSpec elementRef() {
    return ref("element", "element_id", RecordKind::Element, true, "Element", "\"e1\"");
}
constexpr FieldSpec flowRef() {
    return ref("flow", "flow_id", RecordKind::Flow, false,
               "Flow; may be left out when the element belongs to one flow, or the learner is enrolled in exactly one "
               "flow of the programme",
               "\"f1\"");
}

constexpr FieldSpec kEnrollmentFields[] = {
    learnerRef(),
    ref("flow", "flow_id", RecordKind::Flow, true, "Flow", "\"f1\""),
    {.name = "status",
     .column = "status",
     .type = Enum,
     .required = true,
     .choices = kEnrollment,
     .description = "Where the learner stands",
     .example = "\"enrolled\""},
};

constexpr FieldSpec kResult[] = {
    learnerRef(),
    elementRef(),
    flowRef(),
    integer("attempt", "attempt", 1, 100000, "Attempt, 1-based", "1", "1"),
    number("raw", "raw", -kMaxScore, kMaxScore, "Mark", "85"),
    number("min", "min_score", -kMaxScore, kMaxScore, "Least mark; absent: the element's", "0"),
    number("max", "max_score", -kMaxScore, kMaxScore, "Greatest mark; absent: the element's", "100"),
    number("passScore", "pass_score", -kMaxScore, kMaxScore, "Pass mark; absent: the element's", "60"),
    boolean("success", "success", "Passed; absent stays absent, it is never computed"),
    integer("durationSeconds", "duration_seconds", 0, kMaxSeconds, "Time spent, seconds", "1260"),
    time("at", "at", "When it was done"),
    boolean("graded", "graded", "False while the work is under review", "true"),
};

constexpr FieldSpec kView[] = {
    learnerRef(),
    elementRef(),
    flowRef(),
    number("percent", "percent", 0, 100, "Share watched, percent", "96"),
    integer("watchedSeconds", "watched_seconds", 0, kMaxSeconds, "Watched, seconds", "1140"),
    {.name = "recording", .column = "recording", .type = Bool, .description = "A webinar's recording was watched"},
    {.name = "attended", .column = "attended", .type = Bool, .description = "A webinar was attended live"},
    time("at", "at", "When it was watched"),
};

constexpr FieldSpec kOpening[] = {
    learnerRef(),
    elementRef(),
    flowRef(),
    boolean("downloaded", "downloaded", "A file was downloaded, not only looked at", "false"),
    time("at", "at", "When it was opened"),
};

constexpr FieldSpec kReflection[] = {
    learnerRef(),
    ref("flow", "flow_id", RecordKind::Flow, true, "Flow", "\"f1\""),
    ref("module", "module_id", RecordKind::Module, false, "Module; absent: on the whole programme", "\"m1\""),
    text("text", "body", 20000, "What the learner wrote", "\"Самым трудным оказался расчёт маршрута.\"",
         Pattern::Multiline, true),
    time("at", "at", "When it was written"),
};

constexpr FieldSpec readOnly(FieldSpec field) {
    field.readOnly = true;
    return field;
}

constexpr FieldSpec kFile[] = {
    ref("result", "result_id", RecordKind::Result, false, "Result whose work it is", "\"r1\""),
    ref("element", "element_id", RecordKind::Element, false,
        "Element whose material it is: a video, a webinar's recording. At most one of result and element is given", ""),
    text("name", "name", 255, "Name as uploaded", "\"работа.pdf\"", Pattern::Line, true),
    readOnly(text("contentType", "content_type", 150, "Content type, as detected from the bytes", "")),
    readOnly(integer("size", "size", 0, kMaxId, "Bytes", "")),
    readOnly(text("sha256", "sha256", 64, "SHA-256 of the bytes, lower-case hexadecimal", "")),
};

const std::array<KindSpec, kRecordKinds> kSpecs = {{
    {RecordKind::Programme, "programmes", "record_programmes", "Programmes", kProgramme},
    {RecordKind::Flow, "flows", "record_flows", "Flows: runs of a programme", kFlow},
    {RecordKind::Block, "blocks", "record_blocks", "Blocks of a programme: theory and practice", kBlock},
    {RecordKind::Module, "modules", "record_modules", "Modules of a block", kModule},
    {RecordKind::Theme, "themes", "record_themes", "Themes of a module", kTheme},
    {RecordKind::Element, "elements", "record_elements", "Elements: what a learner does", kElement},
    {RecordKind::Learner, "learners", "record_learners", "Learners", kLearner},
    {RecordKind::Enrollment, "enrollments", "record_enrollments", "Enrolments of learners in flows", kEnrollmentFields},
    {RecordKind::Result, "results", "record_results", "Results: one attempt's outcome on an element", kResult},
    {RecordKind::View, "views", "record_views", "Views of videos and webinars", kView},
    {RecordKind::Opening, "openings", "record_openings", "Openings of articles and files", kOpening},
    {RecordKind::Reflection, "reflections", "record_reflections", "Learners' reflections", kReflection},
    {RecordKind::File, "files", "record_files", "Files on the server's disk: learners' works, materials, letters",
     kFile},
}};

}  // namespace

std::optional<std::size_t> KindSpec::field(std::string_view fieldName) const {
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fieldName == fields[i].name) return i;
    return std::nullopt;
}

const KindSpec& spec(RecordKind kind) {
    return kSpecs[static_cast<std::size_t>(kind)];
}

std::optional<RecordKind> recordKindFrom(std::string_view name) {
    for (const auto& one : kSpecs)
        if (name == one.name) return one.kind;
    return std::nullopt;
}

std::string kindNames() {
    std::vector<std::string> names;
    for (const auto& one : kSpecs) names.emplace_back(one.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::string> fieldNames(const KindSpec& kind) {
    std::vector<std::string> names;
    for (const auto& field : kind.fields) names.emplace_back(field.name);
    return names;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    const auto near = common::nearest(word.substr(0, 100), known);
    return near.empty() ? std::string() : fmt::format("Did you mean '{}'? ", near);
}

std::size_t fieldIndex(RecordKind kind, std::string_view name) {
    if (auto index = spec(kind).field(name)) return *index;
    throw std::logic_error(fmt::format("Record kind '{}' has no field '{}'", spec(kind).name, name));
}

}  // namespace host::records
