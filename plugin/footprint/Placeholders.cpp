#include "plugin/footprint/Placeholders.h"

#include "common/Text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace plugin::footprint {
namespace {

using enum ValueType;
using N = Name;

constexpr unsigned kView = scopeOf(Source::View);
constexpr unsigned kResult = scopeOf(Source::Result);
constexpr unsigned kOpening = scopeOf(Source::Opening);
constexpr unsigned kReflection = scopeOf(Source::Reflection);
constexpr unsigned kSent = scopeOf(Source::Sent);
constexpr unsigned kLearner = kResult | kView | kOpening;  ///< what is about an element
constexpr unsigned kElement = scopeOf(Source::Element) | kLearner;
constexpr unsigned kTheme = scopeOf(Source::Theme) | kElement;
constexpr unsigned kModule = scopeOf(Source::Module) | kTheme | kReflection;
constexpr unsigned kBlock = scopeOf(Source::Block) | kModule;
constexpr unsigned kAll = scopeOf(Source::Flow) | kBlock | kSent;

// Texts that many names share.
constexpr auto kFillProgramme = "Заполните поле в карточке программы.";
constexpr auto kFillFlow = "Заполните поле в карточке потока.";
constexpr auto kFillElement = "Заполните поле в карточке элемента программы.";
constexpr auto kFixStructure = "Проверьте место элемента в структуре программы.";
constexpr auto kFillResult = "Внесите значение в результат слушателя в LMS и загрузите его заново.";
constexpr auto kFillView = "Внесите значение в данные о просмотре и загрузите их заново.";
constexpr auto kFillOpening = "Внесите значение в данные об открытии материала и загрузите их заново.";
constexpr auto kFillReflection = "Внесите значение в рефлексию и загрузите её заново.";
constexpr auto kUploadFile = "Загрузите файл работы слушателя.";
constexpr auto kCancelled = "Обратитесь к администратору сервера: отмена составляется из отправленного факта.";

constexpr Placeholder kPlaceholders[] = {
    {N::StatementId, "statement.id", Uuid, kAll, "", "UUIDv5, computed", "id of this statement", "no-statement-id",
     "Не вычислен идентификатор факта.", "Обратитесь к администратору сервера."},
    {N::StatementTimestamp, "statement.timestamp", Time, kAll, "",
     "result.at, view.at, opening.at, reflection.at; structure: first planning",
     "moment of what the statement tells, in the organization's time zone", "no-time", "Не указано время события.",
     "Внесите дату и время в запись и загрузите её заново."},
    {N::RefElement, "ref.element", Uuid, kLearner, "", "id of the methodist's statement of the element",
     "what a learner's statement refers to", "refers-to-unsendable", "Нет факта методиста, на который нужно сослаться.",
     "Исправьте элемент программы: его собственный факт не может быть передан."},
    {N::RefPracticeBlock, "ref.practiceBlock", Uuid, kResult, "",
     "id of the methodist's statement of the practice block",
     "what a practice diary refers to; the programme must have exactly one practice block", "no-practice-block",
     "В программе нет блока практики, на который нужно сослаться.", kFixStructure},
    {N::ProfileProject, "profile.project", Text, kAll, "", "Project::projectValue, else the profile's `project`",
     "value of the project in statements", "no-project-value", "Не задано значение проекта.",
     "Заполните значение проекта в профиле или в карточке проекта."},
    {N::ProfileHomePage, "profile.homePage", Iri, kAll, "", "the profile's `homePage`",
     "home page of an actor's account", "no-home-page", "В профиле не задан homePage.", "Исправьте профиль проекта."},
    {N::ProgrammeId, "programme.u2035Id", Integer, kAll, "", "Programme::u2035Id",
     "University 2035's id of the programme", "no-programme-id", "У программы нет идентификатора Университета 20.35.",
     kFillProgramme},
    {N::ProgrammeTitle, "programme.title", Text, kAll, "", "Programme::title", "", "no-programme-title",
     "У программы нет названия.", kFillProgramme},
    {N::ProgrammeDescription, "programme.description", Text, kAll, "", "Programme::description", "",
     "no-programme-description", "У программы нет описания.", kFillProgramme},
    {N::ProgrammeOnline, "programme.online", Boolean, kAll, "", "Programme::online", "the programme is taught online",
     "no-programme-online", "Не указано, онлайн ли программа.", kFillProgramme},
    {N::FlowId, "flow.u2035Id", Integer, kAll, "", "Flow::u2035Id", "University 2035's id of the flow", "no-flow-id",
     "У потока нет идентификатора Университета 20.35.", kFillFlow},
    {N::FlowTitle, "flow.title", Text, kAll, "", "Flow::title", "", "no-flow-title", "У потока нет названия.",
     kFillFlow},
    {N::FlowKey, "flow.key", Text, kAll, "", "Flow::key", "stands in activity ids", "no-flow-key",
     "У потока нет ключа.", kFillFlow},
    {N::FlowInstructors, "flow.instructors", TextList, kAll, "", "Flow::instructorUntiIds",
     "unti ids of the instructors", "no-instructors", "У потока не указаны преподаватели.", kFillFlow},
    {N::FlowInstructor, "flow.instructor", Text, kAll, "", "the first of Flow::instructorUntiIds",
     "unti id of the instructor", "no-instructors", "У потока не указаны преподаватели.", kFillFlow},
    {N::MethodistUntiId, "methodist.untiId", Text, kAll, "",
     "Flow::methodistUntiId; test contour: the one given for it", "actor of the programme's structure", "no-methodist",
     "У потока не указан unti_id методиста.", "Укажите unti_id методиста в карточке потока."},
    {N::LearnerUntiId, "learner.untiId", Text, kLearner | kReflection, "",
     "Learner::untiId; test contour: Learner::testUntiId", "actor of a learner's statement", "no-unti-id",
     "У слушателя нет unti_id.", "Слушатель должен войти через SSO Университета 20.35, либо загрузите его unti_id."},
    {N::LearnerLeaderId, "learner.leaderId", Text, kLearner | kReflection, "",
     "Learner::leaderId; never in the test contour", "Leader-ID", "no-leader-id", "У слушателя нет Leader ID.",
     "Слушатель должен войти через SSO Университета 20.35, либо укажите Leader ID в его карточке."},
    {N::CourseActivityId, "course.activityId", Iri, kAll, "", "{base}/courses/{flow key}", "activity id of the course",
     "no-activity-base", "У организации не задан адрес для идентификаторов активностей или у потока нет ключа.",
     "Заполните адрес (https) в карточке организации и ключ потока."},
    {N::BlockNumber, "block.number", Integer, kBlock, "", "1 theory, 2 practice", "block_num", "no-block",
     "Элемент не относится к блоку программы.", kFixStructure},
    {N::BlockType, "block.type", Text, kBlock, "", "Block::type", "theory or practice", "no-block",
     "Элемент не относится к блоку программы.", kFixStructure},
    {N::BlockTitle, "block.title", Text, kBlock, "", "Block::title", "", "no-block-title", "У блока нет названия.",
     "Заполните название блока."},
    {N::BlockDescription, "block.description", Text, kBlock, "", "Block::description", "", "no-block-description",
     "У блока нет описания.", "Заполните описание блока."},
    {N::BlockActivityId, "block.activityId", Iri, kBlock, "", "{course}/theory or {course}/practic", "", "no-block",
     "Элемент не относится к блоку программы.", kFixStructure},
    {N::ModuleId, "module.u2035Id", Integer, kModule, "", "ProgrammeModule::u2035Id",
     "University 2035's id of the module", "no-module-id", "У модуля нет идентификатора Университета 20.35.",
     "Заполните идентификатор в карточке модуля."},
    {N::ModuleNumber, "module.number", Integer, kModule, "", "ProgrammeModule::position",
     "module_num: 1-based within its block", "no-module-number", "Не указан номер модуля в блоке.",
     "Заполните порядковый номер модуля."},
    {N::ModuleTitle, "module.title", Text, kModule, "", "ProgrammeModule::title", "", "no-module-title",
     "У модуля нет названия.", "Заполните название модуля."},
    {N::ModuleDescription, "module.description", Text, kModule, "", "ProgrammeModule::description", "",
     "no-module-description", "У модуля нет описания.", "Заполните описание модуля."},
    {N::ModuleActivityId, "module.activityId", Iri, kModule, "", "{block}/modules/{record id}", "", "no-module",
     "Элемент не относится к модулю программы.", kFixStructure},
    {N::ThemeId, "theme.u2035Id", Integer, kTheme, "", "Theme::u2035Id", "University 2035's id of the theme",
     "no-theme-id", "У темы нет идентификатора Университета 20.35.", "Заполните идентификатор в карточке темы."},
    {N::ThemePosition, "theme.position", Integer, kTheme, "", "Theme::position", "1-based within its module",
     "no-theme-position", "Не указан номер темы в модуле.", "Заполните порядковый номер темы."},
    {N::ThemeTitle, "theme.title", Text, kTheme, "", "Theme::title", "", "no-theme-title", "У темы нет названия.",
     "Заполните название темы."},
    {N::ThemeDescription, "theme.description", Text, kTheme, "", "Theme::description", "", "no-theme-description",
     "У темы нет описания.", "Заполните описание темы."},
    {N::ThemeActivityId, "theme.activityId", Iri, kTheme, "", "{module}/themes/{record id}", "", "no-theme",
     "Элемент не относится к теме программы.", kFixStructure},
    {N::ElementKind, "element.kind", Text, kElement, "", "Element::kind", "video, webinar, test, …", "no-element-kind",
     "Не указан вид элемента.", kFillElement},
    {N::ElementLevel, "element.level", Text, kElement, "", "where the element hangs", "course, block, module or theme",
     "no-element-parent", "Элемент не привязан к структуре программы.", kFixStructure},
    {N::ElementTitle, "element.title", Text, kElement, "", "Element::title", "", "no-element-title",
     "У элемента нет названия.", kFillElement},
    {N::ElementDescription, "element.description", Text, kElement, "", "Element::description", "",
     "no-element-description", "У элемента нет описания.", kFillElement},
    {N::ElementActivityId, "element.activityId", Iri, kElement, "", "{parent}/activities/{record id}", "",
     "no-activity-base", "Не удаётся составить идентификатор активности элемента.", kFixStructure},
    {N::ElementAssessmentId, "element.assessmentId", Iri, kElement, "", "{parent}/assessments/{record id}", "",
     "no-activity-base", "Не удаётся составить идентификатор аттестации.", kFixStructure},
    {N::ElementParentId, "element.parentId", Iri, kElement, "", "activity id of what the element hangs on", "",
     "no-activity-base", "Не удаётся составить идентификатор родителя элемента.", kFixStructure},
    {N::ElementRequired, "element.required", Boolean, kElement, "", "Element::required", "", "no-required-mark",
     "Не указано, обязателен ли элемент.", kFillElement},
    {N::ElementLength, "element.length", Duration, kElement, "s", "Element::durationSeconds",
     "length of a video or webinar", "no-length", "Не указана длительность видео.", kFillElement},
    {N::ElementWebinarLink, "element.webinarLink", Text, kElement, "", "Element::webinarLink", "", "no-webinar-link",
     "Не указана ссылка на вебинар.", kFillElement},
    {N::ElementWebinarAt, "element.webinarAt", Time, kElement, "", "Element::webinarAt", "", "no-webinar-time",
     "Не указаны дата и время вебинара.", kFillElement},
    {N::ElementLectureHours, "element.lectureHours", Number, kElement, "academic h", "Element::lectureHours, over 0",
     "", "no-lecture-hours", "Не указаны часы лекций.", kFillElement},
    {N::ElementLectureMinutes, "element.lectureMinutes", Number, kElement, "min",
     "lectureHours × Programme::minutesPerHour, 2 decimals", "", "no-lecture-hours",
     "Не указаны часы лекций или длительность академического часа.", kFillElement},
    {N::ElementWorkshopHours, "element.workshopHours", Number, kElement, "academic h", "Element::workshopHours, over 0",
     "", "no-workshop-hours", "Не указаны часы практических занятий.", kFillElement},
    {N::ElementWorkshopMinutes, "element.workshopMinutes", Number, kElement, "min",
     "workshopHours × Programme::minutesPerHour, 2 decimals", "", "no-workshop-hours",
     "Не указаны часы практических занятий или длительность академического часа.", kFillElement},
    {N::ElementIndependentHours, "element.independentHours", Number, kElement, "academic h",
     "Element::independentHours, over 0", "", "no-independent-hours", "Не указаны часы самостоятельной работы.",
     kFillElement},
    {N::ElementIndependentMinutes, "element.independentMinutes", Number, kElement, "min",
     "independentHours × Programme::minutesPerHour, 2 decimals", "", "no-independent-hours",
     "Не указаны часы самостоятельной работы или длительность академического часа.", kFillElement},
    {N::ElementPractical, "element.practical", Boolean, kElement, "", "Element::practical", "indication_of_practice",
     "no-practice-mark", "Не указан признак практики.", kFillElement},
    {N::ElementComparability, "element.comparability", Integer, kElement, "", "Element::comparability, 0 or 1",
     "comparability_of_result", "no-comparability", "Не указана сопоставимость результата.", kFillElement},
    {N::ElementAdmittanceForm, "element.admittanceForm", Text, kElement, "", "Element::admittanceForm",
     "online, offline or hybrid", "no-admittance-form", "Не указана форма проведения практики.", kFillElement},
    {N::ElementDocumentType, "element.documentType", Text, kElement, "", "Element::documentType",
     "final-assessment-doc-type: «Диплом»", "no-document-type", "Не указан тип итогового документа.", kFillElement},
    {N::ElementQualification, "element.qualification", Text, kElement, "", "Element::qualification", "«Оператор БПЛА»",
     "no-qualification", "Не указана квалификация.", kFillElement},
    {N::ElementFixationMethod, "element.fixationMethod", Text, kElement, "", "Element::fixationMethod",
     "method_of_fixation", "no-fixation-method", "Не указан способ фиксации факта.", kFillElement},
    {N::ElementFixationUntiIds, "element.fixationUntiIds", TextList, kElement, "", "Element::fixationUntiIds",
     "id_of_responsible_for_fixation", "no-fixation-persons", "Не указаны ответственные за фиксацию факта.",
     kFillElement},
    {N::ElementFixationRoles, "element.fixationRoles", TextList, kElement, "", "Element::fixationRoles",
     "role_of_responsible_for_fixation, in the same order", "no-fixation-roles",
     "Не указаны роли ответственных за фиксацию факта.", kFillElement},
    {N::ElementBestResult, "element.bestResult", Text, kElement, "", "Element::bestResult", "max, min or none",
     "no-best-result", "Не указано, какой из результатов лучший.", kFillElement},
    {N::ElementMaxAttempts, "element.maxAttempts", Integer, kElement, "", "Element::maxAttempts",
     "missing when attempts are unlimited", "no-max-attempts", "Не указано число попыток.", kFillElement},
    {N::ElementFiles, "element.files", FileList, kElement, "", "Element::fileIds, those in the storage",
     "the programme's own video or recording, for $each", "no-material", "У элемента нет файла материала.",
     "Загрузите файл материала и привяжите его к элементу."},
    {N::ResultRaw, "result.raw", Number, kResult, "points", "Result::raw", "the mark", "no-mark", "Нет оценки (балла).",
     kFillResult},
    {N::ResultMin, "result.min", Number, kResult, "points", "Result::min, else Element::minScore", "",
     "no-score-bounds", "Не указан минимальный балл.", "Укажите минимальный и максимальный балл элемента."},
    {N::ResultMax, "result.max", Number, kResult, "points", "Result::max, else Element::maxScore", "",
     "no-score-bounds", "Не указан максимальный балл.", "Укажите минимальный и максимальный балл элемента."},
    {N::ResultScaled, "result.scaled", Number, kResult, "", "(raw − min) / (max − min)", "0..1", "no-score-bounds",
     "Нельзя вычислить долю балла: нет минимума или максимума.", "Укажите минимальный и максимальный балл элемента."},
    {N::ResultPassMark, "result.passMark", Number, kResult, "points", "Result::passScore, else Element::passScore", "",
     "no-pass-mark", "Не указан проходной балл.", "Укажите проходной балл элемента."},
    {N::ResultThreshold, "result.threshold", Number, kResult, "%", "(pass mark − min) / (max − min) × 100, 2 decimals",
     "pass mark as a percentage", "no-pass-mark", "Не указан проходной балл.", "Укажите проходной балл элемента."},
    {N::ResultSuccess, "result.success", Boolean, kResult, "", "Result::success", "passed or not", "no-success",
     "Не указана успешность.", kFillResult},
    {N::ResultAttempt, "result.attempt", Integer, kResult, "", "Result::attempt", "1-based", "no-attempt",
     "Не указан номер попытки.", kFillResult},
    {N::ResultDuration, "result.duration", Duration, kResult, "s", "Result::durationSeconds", "", "no-duration",
     "Не указана длительность.", kFillResult},
    {N::ResultAt, "result.at", Time, kResult, "", "Result::at", "when it was graded or passed", "no-time",
     "Не указано время результата.", kFillResult},
    {N::ResultFiles, "result.files", FileList, kResult, "", "Result::fileIds, those in the storage",
     "the learner's work, for $each", "no-file", "Нет файла работы слушателя.", kUploadFile},
    {N::ResultFileNames, "result.fileNames", Text, kResult, "",
     "{unti_id}-{first 16 hex of sha256}.{ext}, separated by ;", "names of the files in the archive of artifacts",
     "no-file", "Нет файла работы слушателя.", "Загрузите файл работы слушателя."},
    {N::ViewPercent, "view.percent", Integer, kView, "%", "View::percent, cut to a whole number", "0..100",
     "no-view-percent", "Не указан процент просмотра.", kFillView},
    {N::ViewWatched, "view.watched", Duration, kView, "s",
     "View::watchedSeconds, else Element::durationSeconds × View::percent", "watched time", "no-watched-time",
     "Не указано время просмотра и длительность видео.", kFillView},
    {N::ViewRecording, "view.recording", Boolean, kView, "", "View::recording", "a webinar's recording was watched",
     "no-recording-mark", "Не указано, просмотрена ли запись.", kFillView},
    {N::ViewAttended, "view.attended", Boolean, kView, "", "View::attended", "a webinar was attended live",
     "no-attendance-mark", "Не указано участие в вебинаре.", kFillView},
    {N::ViewAt, "view.at", Time, kView, "", "View::at", "", "no-time", "Не указано время просмотра.", kFillView},
    {N::OpeningDownloaded, "opening.downloaded", Boolean, kOpening, "", "Opening::downloaded",
     "a file was downloaded, not only looked at", "no-download-mark", "Не указано, скачан ли материал.", kFillOpening},
    {N::OpeningAt, "opening.at", Time, kOpening, "", "Opening::at", "", "no-time",
     "Не указано время открытия материала.", kFillOpening},
    {N::ReflectionText, "reflection.text", Text, kReflection, "", "Reflection::text", "what the learner wrote",
     "no-reflection-text", "В рефлексии нет текста.", kFillReflection},
    {N::ReflectionMarked, "reflection.marked", Boolean, kReflection, "", "the check's verdict",
     "the text looks wrong and is sent with a mark", "no-verdict", "Рефлексия не проверена.",
     "Обратитесь к администратору сервера."},
    {N::ReflectionAt, "reflection.at", Time, kReflection, "", "Reflection::at", "", "no-time",
     "Не указано время рефлексии.", kFillReflection},
    {N::SentStatementId, "sent.statementId", Uuid, kSent, "", "id of the statement to be withdrawn", "",
     "no-statement-id", "Не известен отменяемый факт.", kCancelled},
    {N::SentObjectId, "sent.objectId", Iri, kSent, "",
     "activity id in the statement to be withdrawn, or in the one it refers to", "el_id", "no-activity-base",
     "Не известен идентификатор отменяемой активности.", kCancelled},
    {N::SentLetter, "sent.letter", FileList, kSent, "", "the letter given with the decision to withdraw",
     "scan of the official letter, for $each", "no-letter", "Для отмены нужен скан официального письма.",
     "Загрузите скан письма с причинами отмены и укажите его в решении об исправлении."},
    {N::PersonUntiId, "person.untiId", Text, kPersonScope, "", "item of a list of persons", "", "no-instructors",
     "Не указан unti_id преподавателя.", kFillFlow},
    {N::FileName, "file.name", Text, kFileScope, "", "item of a list of files", "", "no-file", "У файла нет имени.",
     kUploadFile},
    {N::FileContentType, "file.contentType", Text, kFileScope, "", "item of a list of files", "media type", "no-file",
     "Не определён тип файла.", kUploadFile},
    {N::FileSize, "file.size", Integer, kFileScope, "bytes", "item of a list of files", "", "no-file",
     "Неизвестен размер файла.", kUploadFile},
    {N::FileSha256, "file.sha256", Text, kFileScope, "", "item of a list of files", "lower-case hex", "no-file",
     "Неизвестна контрольная сумма файла.", kUploadFile},
    {N::FileUrl, "file.url", Iri, kFileScope, "", "item of a list of files", "public address in the storage", "no-file",
     "У файла нет адреса в хранилище.", kUploadFile},
};

static_assert(std::size(kPlaceholders) == kNameCount);
constexpr bool inOrder() {
    for (std::size_t i = 0; i < kNameCount; ++i)
        if (kPlaceholders[i].name != static_cast<Name>(i)) return false;
    return true;
}
static_assert(inOrder(), "the table is indexed by Name");

constexpr const char* kSources[kSourceCount] = {"flow",   "block", "module",  "theme",      "element",
                                                "result", "view",  "opening", "reflection", "sent"};

std::string scopeText(unsigned scopes) {
    if (scopes == kPersonScope) return "items of a list of persons";
    if (scopes == kFileScope) return "items of a list of files";
    if (scopes == kAll) return "everywhere";
    std::string text;
    for (std::size_t i = 0; i < std::size(kSources); ++i) {
        if ((scopes & 1U << i) == 0) continue;
        if (!text.empty()) text += ", ";
        text += kSources[i];
    }
    return text;
}

}  // namespace

const char* toString(ValueType type) {
    static constexpr const char* names[] = {"text",    "iri",    "uuid",    "time",      "duration",
                                            "integer", "number", "boolean", "text list", "file list"};
    return names[static_cast<std::size_t>(type)];
}

const char* toString(Source source) {
    return kSources[static_cast<std::size_t>(source)];
}

std::optional<Source> sourceFrom(std::string_view text) {
    for (std::size_t i = 0; i < std::size(kSources); ++i)
        if (text == kSources[i]) return static_cast<Source>(i);
    return std::nullopt;
}

const Placeholder& placeholder(Name name) {
    return kPlaceholders[static_cast<std::size_t>(name)];
}

const Placeholder* findPlaceholder(std::string_view text) {
    const auto found = std::find_if(std::begin(kPlaceholders), std::end(kPlaceholders),
                                    [&](const Placeholder& p) { return p.text == text; });
    return found == std::end(kPlaceholders) ? nullptr : found;
}

std::string suggestPlaceholder(std::string_view text, unsigned scope) {
    std::vector<std::string> names;
    for (const Placeholder& p : kPlaceholders)
        if ((p.scopes & scope) != 0) names.emplace_back(p.text);
    return std::string(common::nearest(text, names));
}

std::string describePlaceholders() {
    std::string out =
        "# Names in templates and tables\n\n"
        "`{name}` must have a value, else the record is listed with the code given here; `{name?}` may be missing.\n\n"
        "| name | type | unit | where | source | meaning | code when missing |\n|---|---|---|---|---|---|---|\n";
    for (const Placeholder& p : kPlaceholders)
        out += fmt::format("| `{}` | {} | {} | {} | {} | {} | `{}` |\n", p.text, toString(p.type), p.unit,
                           scopeText(p.scopes), p.source, p.description, p.missingCode);
    return out;
}

}  // namespace plugin::footprint
