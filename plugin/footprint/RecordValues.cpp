#include "plugin/footprint/RecordValues.h"

#include <fmt/format.h>

#include <cmath>

namespace plugin::footprint {
namespace {

using namespace host::sdk;

double roundedToCents(double value) {
    return std::round(value * 100) / 100;
}

std::optional<double> finite(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> either(const std::optional<double>& first, const std::optional<double>& second) {
    return first ? finite(first) : finite(second);
}

void setNumber(Values& values, Name name, const std::optional<double>& value) {
    values.setOptional(name, value, &Values::setNumber);
}
template <class Int>
void setInteger(Values& values, Name name, const std::optional<Int>& value) {
    values.setOptional(name, value, &Values::setInteger);
}
void setBoolean(Values& values, Name name, const std::optional<bool>& value) {
    values.setOptional(name, value, &Values::setBoolean);
}

}  // namespace

std::optional<double> shareOf(std::optional<double> value, std::optional<double> min, std::optional<double> max) {
    if (!value || !min || !max || !(*max > *min)) return std::nullopt;
    return (*value - *min) / (*max - *min);
}

RecordValues::RecordValues(const Profile& profile, const Organization& organization, const Project& project,
                           const FlowIndex& index, std::string methodist)
    : index_(index), zone_(organization.timeZone), values_(zone_), methodist_(std::move(methodist)) {
    const auto& [programme, flow] = std::tie(index.structure().programme, index.structure().flow);
    projectValue_ = project.projectValue.empty() ? profile.projectValue : project.projectValue;
    if (!organization.activityBase.empty() && !flow.key.empty())
        course_ = fmt::format("{}/courses/{}", organization.activityBase, flow.key);
    if (!appendJsonText(projectJson_, projectValue_)) projectJson_.clear();
    values_.setText(Name::ProfileProject, projectValue_, projectJson_);
    if (!appendJsonText(homePageJson_, profile.homePage)) homePageJson_.clear();
    values_.setText(Name::ProfileHomePage, profile.homePage, homePageJson_);
    setInteger(values_, Name::ProgrammeId, programme.u2035Id);
    values_.setText(Name::ProgrammeTitle, programme.title);
    values_.setText(Name::ProgrammeDescription, programme.description);
    setBoolean(values_, Name::ProgrammeOnline, programme.online);
    setInteger(values_, Name::FlowId, flow.u2035Id);
    values_.setText(Name::FlowTitle, flow.title);
    values_.setText(Name::FlowKey, flow.key);
    values_.setTexts(Name::FlowInstructors, flow.instructorUntiIds);
    if (!flow.instructorUntiIds.empty()) values_.setText(Name::FlowInstructor, flow.instructorUntiIds.front());
    values_.setText(Name::MethodistUntiId, methodist_);
    values_.setText(Name::CourseActivityId, course_);
}

void RecordValues::statement(std::string_view id, Micros timestamp) {
    values_.setText(Name::StatementId, id);
    values_.setInteger(Name::StatementTimestamp, timestamp);
}

const RecordValues::Ids& RecordValues::idsOf(const StructurePlace& place) {
    const void* key = place.element != nullptr  ? static_cast<const void*>(place.element)
                      : place.theme != nullptr  ? static_cast<const void*>(place.theme)
                      : place.module != nullptr ? static_cast<const void*>(place.module)
                                                : static_cast<const void*>(place.block);
    const auto [found, isNew] = ids_.try_emplace(key);
    Ids& ids = found->second;
    if (!isNew || course_.empty() || place.lost) return ids;
    std::string parent = course_;
    if (place.block != nullptr)
        parent = ids.block = parent + (place.block->type == "practice" ? "/practic" : "/theory");
    if (place.module != nullptr) parent = ids.module = fmt::format("{}/modules/{}", parent, place.module->id);
    if (place.theme != nullptr) parent = ids.theme = fmt::format("{}/themes/{}", parent, place.theme->id);
    if (place.element != nullptr) {
        ids.parent = parent;
        ids.activity = fmt::format("{}/activities/{}", parent, place.element->id);
        ids.assessment = fmt::format("{}/assessments/{}", parent, place.element->id);
    }
    return ids;
}

void RecordValues::enter(const StructurePlace& place) {
    if (current_ == &place) return;
    current_ = &place;
    const Ids& ids = idsOf(place);
    if (place.block != nullptr) {
        const Block& block = *place.block;
        values_.setInteger(Name::BlockNumber, block.type == "practice" ? 2 : 1);
        values_.setText(Name::BlockType, block.type);
        values_.setText(Name::BlockTitle, block.title);
        values_.setText(Name::BlockDescription, block.description);
    } else {
        for (const Name name : {Name::BlockNumber, Name::BlockType, Name::BlockTitle, Name::BlockDescription})
            values_.clear(name);
    }
    values_.setText(Name::BlockActivityId, ids.block);
    if (place.module != nullptr) {
        const ProgrammeModule& module = *place.module;
        setInteger(values_, Name::ModuleId, module.u2035Id);
        values_.setText(Name::ModuleTitle, module.title);
        values_.setText(Name::ModuleDescription, module.description);
        setInteger(values_, Name::ModuleNumber, module.position > 0 ? std::optional(module.position) : std::nullopt);
    } else {
        for (const Name name : {Name::ModuleId, Name::ModuleTitle, Name::ModuleDescription, Name::ModuleNumber})
            values_.clear(name);
    }
    values_.setText(Name::ModuleActivityId, ids.module);
    if (place.theme != nullptr) {
        const Theme& theme = *place.theme;
        setInteger(values_, Name::ThemeId, theme.u2035Id);
        values_.setText(Name::ThemeTitle, theme.title);
        values_.setText(Name::ThemeDescription, theme.description);
        setInteger(values_, Name::ThemePosition, theme.position > 0 ? std::optional(theme.position) : std::nullopt);
    } else {
        for (const Name name : {Name::ThemeId, Name::ThemeTitle, Name::ThemeDescription, Name::ThemePosition})
            values_.clear(name);
    }
    values_.setText(Name::ThemeActivityId, ids.theme);
    if (place.element == nullptr) return;
    values_.setText(Name::ElementLevel, place.lost ? "" : toString(place.level));
    values_.setText(Name::ElementParentId, ids.parent);
    values_.setText(Name::ElementActivityId, ids.activity);
    values_.setText(Name::ElementAssessmentId, ids.assessment);
    element(*place.element);
}

void RecordValues::element(const Element& element) {
    values_.setText(Name::ElementKind, host::sdk::toString(element.kind));
    values_.setText(Name::ElementTitle, element.title);
    values_.setText(Name::ElementDescription, element.description);
    setBoolean(values_, Name::ElementRequired, element.required);
    setInteger(values_, Name::ElementLength, element.durationSeconds);
    values_.setText(Name::ElementWebinarLink, element.webinarLink);
    setInteger(values_, Name::ElementWebinarAt, element.webinarAt);
    hours(Name::ElementLectureHours, Name::ElementLectureMinutes, element.lectureHours);
    hours(Name::ElementWorkshopHours, Name::ElementWorkshopMinutes, element.workshopHours);
    hours(Name::ElementIndependentHours, Name::ElementIndependentMinutes, element.independentHours);
    setBoolean(values_, Name::ElementPractical, element.practical);
    setInteger(values_, Name::ElementComparability, element.comparability);
    values_.setText(Name::ElementAdmittanceForm, element.admittanceForm);
    values_.setText(Name::ElementDocumentType, element.documentType);
    values_.setText(Name::ElementQualification, element.qualification);
    values_.setText(Name::ElementFixationMethod, element.fixationMethod);
    values_.setTexts(Name::ElementFixationUntiIds, element.fixationUntiIds);
    values_.setTexts(Name::ElementFixationRoles, element.fixationRoles);
    values_.setText(Name::ElementBestResult, element.bestResult);
    setInteger(values_, Name::ElementMaxAttempts, element.maxAttempts);
}

void RecordValues::hours(Name hours, Name minutes, const std::optional<double>& value) {
    const bool some = value && std::isfinite(*value) && *value > 0;
    const auto& perHour = index_.structure().programme.minutesPerHour;
    setNumber(values_, hours, some ? value : std::nullopt);
    setNumber(values_, minutes, some && perHour ? std::optional(roundedToCents(*value * *perHour)) : std::nullopt);
}

void RecordValues::result(const Result& result) {
    const Element& element = *current_->element;
    const auto raw = finite(result.raw);
    const auto min = either(result.min, element.minScore);
    const auto max = either(result.max, element.maxScore);
    const auto pass = either(result.passScore, element.passScore);
    setNumber(values_, Name::ResultRaw, raw);
    setNumber(values_, Name::ResultMin, min);
    setNumber(values_, Name::ResultMax, max);
    setNumber(values_, Name::ResultScaled, shareOf(raw, min, max));
    setNumber(values_, Name::ResultPassMark, pass);
    const auto threshold = shareOf(pass, min, max);
    setNumber(values_, Name::ResultThreshold,
              threshold ? std::optional(roundedToCents(*threshold * 100)) : std::nullopt);
    setBoolean(values_, Name::ResultSuccess, result.success);
    values_.setInteger(Name::ResultAttempt, result.attempt);
    setInteger(values_, Name::ResultDuration, result.durationSeconds);
    setInteger(values_, Name::ResultAt, result.at);
    values_.clear(Name::ResultFileNames);
    values_.setFiles(Name::ResultFiles, {});
}

void RecordValues::view(const View& view) {
    const Element& element = *current_->element;
    // What lies outside 0..100 is refused by RecordGate; here it is no value.
    const auto percent = view.percent && *view.percent >= 0 && *view.percent <= 100 ? view.percent : std::nullopt;
    setInteger(values_, Name::ViewPercent, percent ? std::optional(static_cast<std::int64_t>(*percent)) : std::nullopt);
    std::optional<std::int64_t> watched = view.watchedSeconds;
    if (!watched && percent && element.durationSeconds)
        watched = std::llround(static_cast<double>(*element.durationSeconds) * *percent / 100);
    setInteger(values_, Name::ViewWatched, watched);
    setBoolean(values_, Name::ViewRecording, view.recording);
    setBoolean(values_, Name::ViewAttended, view.attended);
    setInteger(values_, Name::ViewAt, view.at);
}

void RecordValues::opening(const Opening& opening) {
    values_.setBoolean(Name::OpeningDownloaded, opening.downloaded);
    setInteger(values_, Name::OpeningAt, opening.at);
}

void RecordValues::reflection(const Reflection& reflection, bool marked) {
    values_.setText(Name::ReflectionText, reflection.text);
    values_.setBoolean(Name::ReflectionMarked, marked);
    setInteger(values_, Name::ReflectionAt, reflection.at);
}

void RecordValues::sent(std::string_view statementId, std::string_view objectId) {
    values_.setText(Name::SentStatementId, statementId);
    values_.setText(Name::SentObjectId, objectId);
}

}  // namespace plugin::footprint
