#include "plugin/footprint/SampleFlow.h"

#include "common/Rfc3339.h"
#include "plugin/footprint/FlowPlanner.h"

namespace plugin::footprint {
namespace {

using namespace host::sdk;

Micros at(const char* text) {
    return common::Rfc3339::parse(text).value();
}

Element element(RecordId id, ElementKind kind, const char* title) {
    Element e;
    e.id = id;
    e.programmeId = 1;
    e.kind = kind;
    e.title = title;
    return e;
}

Element assessment(RecordId id, ElementKind kind, const char* title) {
    Element e = element(id, kind, title);
    e.comparability = 1;
    e.practical = false;
    e.minScore = 0;
    e.maxScore = 10;
    e.passScore = 6;
    e.maxAttempts = 3;
    return e;
}

Result result(RecordId id, RecordId elementId, double raw) {
    Result r;
    r.id = id;
    r.learnerId = 501;
    r.elementId = elementId;
    r.flowId = 2;
    r.raw = raw;
    r.min = 0;
    r.max = 10;
    r.passScore = 6;
    r.success = raw >= 6;
    r.durationSeconds = 848;
    r.at = at("2025-10-02T12:05:00+03:00");
    return r;
}

Result factResult(RecordId id, RecordId elementId) {
    Result r = result(id, elementId, 5);
    r.max = 5;
    r.passScore.reset();
    r.success = true;
    r.durationSeconds = 40;
    r.at = at("2025-11-02T12:05:00+03:00");
    return r;
}

/// A file in the storage, with a hash that nobody takes for a real one.
PlacedFile file(const char* name, const char* contentType, std::int64_t size, char digit, const std::string& place) {
    const std::string hash(64, digit);
    const std::string extension = std::string(name).substr(std::string(name).rfind('.'));
    return {name, contentType, size, hash,
            "https://s3.example.net/provider/bas/flow7001/" + place + hash.substr(0, 16) + extension};
}

View view(RecordId id, RecordId elementId) {
    View v;
    v.id = id;
    v.learnerId = 501;
    v.elementId = elementId;
    v.flowId = 2;
    v.at = at("2025-09-16T18:00:00+03:00");
    return v;
}

void addProgramme(FlowStructure& s) {
    s.programme.id = 1;
    s.programme.project = "bas";
    s.programme.title = "Учебный курс";
    s.programme.description = "Описание курса";
    s.programme.u2035Id = 50001;
    s.programme.online = true;
    s.programme.minutesPerHour = 45;
    s.flow.id = 2;
    s.flow.programmeId = 1;
    s.flow.title = "Поток 1";
    s.flow.key = "s1";
    s.flow.u2035Id = 7001;
    s.flow.methodistUntiId = "900001";
    s.flow.instructorUntiIds = {"900002"};
    for (const RecordId block : {3, 4}) {
        Block b;
        b.id = block;
        b.programmeId = 1;
        b.type = block == 3 ? "theory" : "practice";
        b.title = block == 3 ? "Теория" : "Практика";
        b.description = block == 3 ? "О теории" : "";
        s.blocks.push_back(b);
        ProgrammeModule m;
        m.id = block + 8;
        m.blockId = block;
        m.title = "Модуль 1";
        m.description = "О модуле";
        m.position = 1;
        m.u2035Id = block == 3 ? 301 : 302;
        s.modules.push_back(m);
        Theme t;
        t.id = block + 18;
        t.moduleId = m.id;
        t.title = "Тема 1";
        t.description = "О теме";
        t.position = 1;
        t.u2035Id = block == 3 ? 401 : 402;
        s.themes.push_back(t);
    }
}

void addActivities(FlowStructure& s) {
    Element video = element(31, ElementKind::Video, "Видео 1");
    video.description = "О видео";
    video.required = true;
    video.durationSeconds = 5700;
    video.lectureHours = 2;
    Element webinar = element(32, ElementKind::Webinar, "Вебинар 1");
    webinar.description = "О вебинаре";
    webinar.required = true;
    webinar.durationSeconds = 5700;
    webinar.webinarLink = "https://meet.example.org/w1";
    webinar.webinarAt = at("2025-09-15T10:00:00+03:00");
    webinar.lectureHours = 2;
    Element article = element(33, ElementKind::Article, "Статья 1");
    article.independentHours = 0.5;
    Element practice = element(34, ElementKind::Practice, "Практическая работа 1");
    practice.comparability = 0;
    practice.admittanceForm = "online";
    practice.workshopHours = 1.5;
    practice.minScore = 0;
    practice.maxScore = 10;
    for (Element* e : {&video, &webinar, &article}) e->themeId = 21;
    practice.themeId = 22;
    video.fileIds = {9101};
    webinar.fileIds = {9102};
    s.elements.insert(s.elements.end(), {video, webinar, article, practice});
}

/// Scored exercises with a fact definition, and the diary of the practice block.
void addFacts(FlowStructure& s) {
    Element fact = element(51, ElementKind::Fact, "Полёт по маршруту");
    fact.required = true;
    fact.comparability = 1;
    fact.admittanceForm = "online";
    fact.minScore = 0;
    fact.maxScore = 5;
    fact.maxAttempts = 1;
    fact.bestResult = "max";
    fact.fixationMethod = "Фиксация в LMS";
    fact.fixationUntiIds = {"900002"};
    fact.fixationRoles = {"Методист"};
    Element assessed = fact;
    assessed.id = 52;
    assessed.title = "Квалификационный полёт";
    assessed.qualification = "Оператор БПЛА";
    fact.themeId = 22;
    Element diary = element(53, ElementKind::PracticeDiary, "Дневник практики");
    diary.blockId = 4;
    s.elements.insert(s.elements.end(), {fact, assessed, diary});
}

void addAssessments(FlowStructure& s) {
    Element theme = assessment(41, ElementKind::Test, "Тест по теме");
    theme.themeId = 21;
    Element module = assessment(42, ElementKind::IntermediateAssessment, "Промежуточная аттестация модуля");
    module.moduleId = 11;
    Element block = assessment(43, ElementKind::Test, "Тест по блоку");
    block.blockId = 3;
    Element entry = assessment(44, ElementKind::EntryDiagnostics, "Входная диагностика");
    entry.blockId = 3;
    Element final = assessment(45, ElementKind::FinalAssessment, "Итоговая аттестация");
    final.description = "Экзамен";
    final.practical = true;
    final.documentType = "Диплом";
    final.independentHours = 4;
    Element work = assessment(46, ElementKind::FinalWork, "Итоговая работа");
    work.documentType = "Диплом";
    s.elements.insert(s.elements.end(), {theme, module, block, entry, final, work});
}

}  // namespace

SampleFlow SampleFlow::make() {
    SampleFlow s;
    s.organization.id = "demo";
    s.organization.legalName = "АНО ДПО «Пример»";
    s.organization.activityBase = "https://lms.example.org";
    s.project = {"bas", "Кадры для БАС", "bas", ""};
    s.installationId = "6ba7b811-9dad-51d1-80b4-00c04fd430c8";
    s.now = at("2025-12-05T10:00:00+03:00");
    addProgramme(s.structure);
    addActivities(s.structure);
    addAssessments(s.structure);
    addFacts(s.structure);
    Learner learner;
    learner.id = 501;
    learner.untiId = "100001";
    learner.lastName = "Иванов";
    learner.firstName = "Иван";
    s.learners = {learner};
    for (const RecordId id : {41, 42, 43, 44, 45, 46, 34}) s.results.push_back(result(id + 1000, id, 8.5));
    s.results.back().success = false;
    s.results.back().raw = 3;
    s.results[5].fileIds = {9001};
    s.results.push_back(factResult(2051, 51));
    s.results.push_back(factResult(2052, 52));
    Result diary = factResult(2053, 53);
    diary.raw.reset();
    diary.success.reset();
    diary.durationSeconds.reset();
    diary.fileIds = {9003};
    s.results.push_back(diary);
    for (Result& r : s.results)
        if (r.elementId == 34) r.fileIds = {9002};
    s.files[9001] = file("work.pdf", "application/pdf", 204800, '7', "final-work/100001-");
    s.files[9002] = file("practice.txt", "text/plain", 512, '8', "practice/100001-");
    s.files[9003] = file("diary.pdf", "application/pdf", 1567163, '9', "practice-diary/100001-");
    s.files[9101] = file("lecture.mp4", "video/mp4", 52428800, 'a', "video/");
    s.files[9102] = file("webinar.mp4", "video/mp4", 734003200, 'b', "webinar/");
    s.files[9201] = file("letter.jpg", "image/jpeg", 76471, 'c', "letter/");
    View video = view(1031, 31);
    video.percent = 91;
    video.watchedSeconds = 5160;
    View recording = view(1032, 32);
    recording.percent = 100;
    recording.watchedSeconds = 5700;
    recording.recording = true;
    View attendance = view(1033, 32);
    attendance.attended = true;
    s.views = {video, recording, attendance};
    for (const RecordId id : {3301, 3302}) {
        Opening o;
        o.id = id;
        o.learnerId = 501;
        o.elementId = 33;
        o.flowId = 2;
        o.downloaded = id == 3302;
        o.at = at("2025-09-18T09:00:00+03:00");
        s.openings.push_back(o);
    }
    for (const RecordId id : {4001, 4002}) {
        Reflection r;
        r.id = id;
        r.learnerId = 501;
        r.flowId = 2;
        if (id == 4001) r.moduleId = 11;
        r.text = "Труднее всего дался расчёт перекрытия снимков: помогло пересчитать маршрут на бумаге.";
        r.at = at("2025-12-02T12:00:00+03:00");
        s.reflections.push_back(r);
    }
    return s;
}

void planSample(const SampleFlow& sample, const Profile& profile, PlanSink& sink) {
    PlanInput input{.profile = profile,
                    .organization = sample.organization,
                    .project = sample.project,
                    .structure = sample.structure,
                    .learners = sample.learners,
                    .installationId = sample.installationId,
                    .now = sample.now};
    input.files = [&](RecordId id) {
        const auto found = sample.files.find(id);
        return found == sample.files.end() ? nullptr : &found->second;
    };
    FlowPlanner planner(input, sink);
    planner.structure();
    planner.results(sample.results);
    planner.views(sample.views);
    planner.openings(sample.openings);
    planner.reflections(sample.reflections);

    // What a deleted video's statement comes to: the cancellation that a person decided on.
    SampleFlow later;
    later.structure = sample.structure;
    later.structure.elements.clear();
    Known told;
    told.revision = 1;
    told.statementId = "0b0f6b0e-7c53-4f7e-8a11-0d6f2b5b1005";
    told.seq = 1;
    told.decision = Decision::Cancel;
    told.letterFileId = 9201;
    for (Element element : sample.structure.elements)
        if (element.id == 31) {
            element.deleted = true;
            told.decidedRevision = element.revision;
            later.structure.elements.push_back(element);
        }
    PlanInput gone{.profile = profile,
                   .organization = sample.organization,
                   .project = sample.project,
                   .structure = later.structure,
                   .learners = sample.learners,
                   .installationId = sample.installationId,
                   .now = sample.now,
                   .known = [&](const std::string& kind,
                                RecordId id) { return kind == "methodist.video" && id == 31 ? &told : nullptr; },
                   .files = input.files,
                   .sentObject =
                       [&](const Known&) {
                           return sample.organization.activityBase +
                                  "/courses/s1/theory/modules/11/themes/21/activities/31";
                       }};
    class OnlyCancellations : public PlanSink {
    public:
        explicit OnlyCancellations(PlanSink& to) : to_(to) {}
        void due(StatementDraft&& draft) override {
            if (draft.record.kind == "statement") to_.due(std::move(draft));
        }
        void unsendable(Unsendable&&) override {}

    private:
        PlanSink& to_;
    } cancellations(sink);
    FlowPlanner(gone, cancellations).structure();
}

}  // namespace plugin::footprint
