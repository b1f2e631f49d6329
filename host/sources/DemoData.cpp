#include "host/sources/DemoData.h"

#include "common/Json.h"
#include "common/Rfc3339.h"
#include "common/TimeZone.h"
#include "host/sources/DemoNames.h"
#include "host/sources/DemoPdf.h"
#include "host/sources/DemoThoughts.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace host::sources {
namespace {

using common::JsonWriter;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86400 * kSecond;
constexpr std::int64_t kStart = 1'756'674'000 * kSecond;  // 2025-09-01T00:00:00+03:00
// Made-up people get ids far from those that University 2035 gives.
constexpr std::int64_t kUntiBase = 9'900'000'000;
constexpr std::int64_t kTestUntiBase = 9'800'000'000;
constexpr int kStructureStatements = 42;

std::string moment(std::int64_t micros) {
    return common::Rfc3339::utc(micros);
}

/// A batch under way.
class Batch {
public:
    explicit Batch(DemoSink& sink) : sink_(sink) {
        json_.object().member("source", DemoData::kSource).key("records").array();
    }
    JsonWriter& record(const char* kind, const std::string& externalId) {
        return json_.object().member("kind", kind).member("externalId", externalId);
    }
    void send() { sink_.batch(json_.end().end().take()); }

private:
    DemoSink& sink_;
    JsonWriter json_;
};

void programme(Batch& batch) {
    batch.record("programmes", "uav")
        .member("project", DemoData::kProject)
        .member("title", "Оператор беспилотных авиационных систем")
        .member("description",
                "Программа повышения квалификации: устройство, правила и управление беспилотными воздушными судами.")
        .member("u2035Id", 203501)
        .member("online", false)
        .member("minutesPerHour", 45)
        .end();
    batch.record("flows", "uav-2025-1")
        .member("programme", "uav")
        .member("title", "Поток осень 2025")
        .member("key", "uav-2025-autumn")
        .member("u2035Id", 20350101)
        .member("methodistUntiId", std::to_string(kUntiBase + 900001))
        .key("instructorUntiIds")
        .array()
        .value(std::to_string(kUntiBase + 900002))
        .value(std::to_string(kUntiBase + 900003))
        .end()
        .member("startsAt", moment(kStart))
        .member("endsAt", moment(kStart + 91 * kDay))
        .end();
}

struct Part {
    const char* id;
    const char* parent;
    const char* title;
    int position;
    int u2035;
};
constexpr Part kModules[] = {
    {"m1", "theory", "Основы беспилотной авиации", 1, 203511},
    {"m2", "theory", "Правила и безопасность полётов", 2, 203512},
    {"m3", "practice", "Лётная практика", 1, 203513},
};
constexpr Part kThemes[] = {
    {"t1", "m1", "Устройство мультикоптера", 1, 203521},   {"t2", "m1", "Аэродинамика и источники питания", 2, 203522},
    {"t3", "m2", "Воздушное законодательство", 1, 203523}, {"t4", "m2", "Подготовка к полёту", 2, 203524},
    {"t5", "m3", "Полёты на тренажёре", 1, 203525},        {"t6", "m3", "Аэрофотосъёмка участка", 2, 203526},
};

void parts(Batch& batch) {
    batch.record("blocks", "theory")
        .member("programme", "uav")
        .member("type", "theory")
        .member("title", "Теоретический блок")
        .end();
    batch.record("blocks", "practice")
        .member("programme", "uav")
        .member("type", "practice")
        .member("title", "Практический блок")
        .end();
    for (const auto& one : kModules)
        batch.record("modules", one.id)
            .member("block", one.parent)
            .member("title", one.title)
            .member("position", one.position)
            .member("u2035Id", one.u2035)
            .end();
    for (const auto& one : kThemes)
        batch.record("themes", one.id)
            .member("module", one.parent)
            .member("title", one.title)
            .member("position", one.position)
            .member("u2035Id", one.u2035)
            .end();
}

struct Content {
    const char* id;
    const char* theme;
    const char* type;
    const char* title;
    int position;
    int seconds;
};
constexpr Content kContents[] = {
    {"v1", "t1", "video", "Из чего состоит мультикоптер", 1, 1260},
    {"v2", "t3", "video", "Кто и где может летать", 1, 1500},
    {"v3", "t6", "video", "Планирование маршрута съёмки", 1, 960},
    {"a1", "t2", "article", "Аккумуляторы: заряд, хранение, безопасность", 1, 0},
    {"a2", "t4", "article", "Лист предполётной проверки", 1, 0},
};

struct Graded {
    const char* id;
    const char* parentKind;
    const char* parent;
    const char* type;
    const char* title;
    int position;
    int pass;
    int attempts;
    int day;  ///< of the flow, when it is done
};
constexpr Graded kGraded[] = {
    {"e0", "block", "theory", "entry-diagnostics", "Входное тестирование", 1, 0, 1, 1},
    {"e1", "theme", "t2", "test", "Тест: устройство и питание", 2, 60, 3, 14},
    {"e2", "module", "m2", "intermediate-assessment", "Промежуточная аттестация: правила полётов", 1, 60, 2, 35},
    {"e3", "theme", "t5", "practice", "Полёт по маршруту на тренажёре", 1, 50, 5, 60},
    {"e4", "programme", "uav", "final-assessment", "Итоговая аттестация", 1, 60, 1, 86},
    {"e5", "programme", "uav", "final-work", "Итоговая работа: план аэрофотосъёмки", 2, 60, 1, 88},
    {"e6", "theme", "t4", "homework", "Домашняя работа: лист предполётной проверки", 2, 50, 2, 40},
    {"e7", "theme", "t6", "fact", "Съёмка участка под наблюдением инструктора", 2, 0, 1, 70},
    {"e8", "block", "practice", "practice-diary", "Дневник практики", 2, 0, 1, 84},
};
constexpr std::size_t kPracticeIndex = 3;
constexpr std::size_t kFinalWorkIndex = 5;
constexpr std::size_t kHomeworkIndex = 6;
constexpr std::size_t kFactIndex = 7;
constexpr std::size_t kDiaryIndex = 8;

/// The last three are done by some only: the demonstration stays small.
bool isDone(std::size_t n, std::size_t element) {
    switch (element) {
        case kHomeworkIndex:
            return n % 10 == 3;
        case kFactIndex:
            return n % 8 == 4;
        case kDiaryIndex:
            return n % 8 == 0;
        default:
            return true;
    }
}

void elements(Batch& batch) {
    for (const auto& one : kContents) {
        auto& json = batch.record("elements", one.id)
                         .member("theme", one.theme)
                         .member("type", one.type)
                         .member("title", one.title)
                         .member("position", one.position)
                         .member("required", true)
                         .member("lectureHours", 1);
        if (one.seconds > 0) json.member("durationSeconds", one.seconds);
        json.end();
    }
    for (const auto& one : kGraded) {
        const std::string type = one.type;
        auto& json = batch.record("elements", one.id)
                         .member(one.parentKind, one.parent)
                         .member("type", one.type)
                         .member("title", one.title)
                         .member("position", one.position)
                         .member("required", type != "entry-diagnostics");
        if (type == "practice-diary") {
            json.end();
            continue;
        }
        json.member("minScore", 0)
            .member("maxScore", 100)
            .member("maxAttempts", one.attempts)
            .member("comparability", 0)
            .member("workshopHours", 2)
            .member("practical", type == "practice" || type == "final-work" || type == "fact");
        if (one.pass > 0) json.member("passScore", one.pass);
        if (type == "practice" || type == "homework" || type == "fact") json.member("admittanceForm", "offline");
        if (type == "fact") {
            json.member("fixationMethod", "Фиксация в LMS").member("bestResult", "max").key("fixationUntiIds").array();
            json.value(std::to_string(kUntiBase + 900002)).end().key("fixationRoles").array().value("Инструктор").end();
        }
        if (type == "final-assessment" || type == "final-work")
            json.member("documentType", "Удостоверение о повышении квалификации")
                .member("qualification", "Оператор БПЛА");
        json.end();
    }
}

struct Student {
    std::string id;
    DemoPerson person;
    bool expelled = false;
    int ability = 0;  ///< mean mark
};

/// Which learners carry a defect, by their number.
bool hasNoUntiId(std::size_t n) {
    return n == 17 || n == 58 || n == 103 || n == 161;
}
bool hasNoMark(std::size_t n, std::size_t element) {
    return (n == 24 && element == 1) || (n == 77 && element == 2) || (n == 140 && element == 4);
}
bool isUngraded(std::size_t n, std::size_t element) {
    return element == kFinalWorkIndex && (n == 31 || n == 88 || n == 152);
}
bool hasNoFile(std::size_t n) {
    return n == 45 || n == 119;
}
bool isExpelled(std::size_t n) {
    return n == 66 || n == 133 || n == 190;
}

std::vector<Student> learners(DemoRandom& random, DemoSink& sink) {
    Batch batch(sink);
    std::vector<Student> students;
    for (std::size_t n = 1; n <= DemoData::kLearners; ++n) {
        Student student{fmt::format("l{:03}", n), makePerson(random), isExpelled(n), random.between(58, 92)};
        auto& json = batch.record("learners", student.id);
        if (!hasNoUntiId(n)) json.member("untiId", std::to_string(kUntiBase + static_cast<std::int64_t>(n)));
        json.member("testUntiId", std::to_string(kTestUntiBase + static_cast<std::int64_t>(n)))
            .member("lastName", student.person.last)
            .member("firstName", student.person.first)
            .member("middleName", student.person.middle)
            .member("email", fmt::format("{}.{:03}@example.org", student.person.login, n))
            .end();
        batch.record("enrollments", "n-" + student.id)
            .member("learner", student.id)
            .member("flow", "uav-2025-1")
            .member("status", student.expelled ? "expelled"
                              : n % 9 == 0     ? "enrolled"
                                               : "finished")
            .end();
        students.push_back(std::move(student));
    }
    batch.send();
    return students;
}

/// During a Moscow working day.
std::int64_t at(DemoRandom& random, int day) {
    return kStart + day * kDay + random.between(9 * 3600, 20 * 3600) * kSecond;
}

DemoFile finalWork(const Student& student, int mark) {
    return {
        "w-" + student.id, "result", "r-" + student.id + "-e5",
        fmt::format("Итоговая работа {} {}.pdf", student.person.last, student.person.first),
        makePdf({"Plan of an aerial survey",
                 fmt::format("Learner: {} {}", transliterate(student.person.last), transliterate(student.person.first)),
                 fmt::format("Area: plot No. {}", 100 + mark),
                 fmt::format("Height: {} m, overlap: {} %", 80 + mark % 40, 60 + mark % 20),
                 "Demonstration data; the person and the plot are made up."})};
}

DemoFile flightLog(const Student& student, int mark) {
    return {"g-" + student.id, "result", "r-" + student.id + "-e3",
            fmt::format("Журнал полёта {}.txt", student.person.last),
            fmt::format("Журнал полёта на тренажёре\nСлушатель: {} {}\nКругов: {}\nОтклонение от маршрута, м: {}\n",
                        student.person.last, student.person.first, 3 + mark % 5, 1 + (100 - mark) / 10)};
}

DemoFile homework(const Student& student) {
    return {"h-" + student.id, "result", "r-" + student.id + "-e6",
            fmt::format("Лист проверки {}.txt", student.person.last),
            fmt::format("Лист предполётной проверки\nСлушатель: {} {}\nВинты: исправны\nЗаряд, %: 100\nЗона: открыта\n",
                        student.person.last, student.person.first)};
}

DemoFile diary(const Student& student) {
    return {
        "d-" + student.id, "result", "r-" + student.id + "-e8",
        fmt::format("Дневник практики {} {}.pdf", student.person.last, student.person.first),
        makePdf({"Practice diary",
                 fmt::format("Learner: {} {}", transliterate(student.person.last), transliterate(student.person.first)),
                 "Flights: 6, hours: 3.5", "Demonstration data; the person is made up."})};
}

/// Not a film, but what an MP4 begins with, so that its type is seen.
DemoFile lecture() {
    std::string bytes(
        "\0\0\0\x18"
        "ftypmp42\0\0\0\0mp42isom",
        24);
    for (int i = 0; i < 4096; ++i) bytes += static_cast<char>((i * 131 + i / 7) & 0xff);
    return {"m-v1", "element", "v1", "Из чего состоит мультикоптер.mp4", bytes};
}

void results(DemoRandom& random, DemoSink& sink, const std::vector<Student>& students, DemoSummary& summary) {
    Batch batch(sink);
    std::vector<DemoFile> files;
    for (std::size_t i = 0; i < students.size(); ++i) {
        const auto& student = students[i];
        const std::size_t n = i + 1;
        for (std::size_t e = 0; e < std::size(kGraded); ++e) {
            const auto& element = kGraded[e];
            const int mark = std::clamp(student.ability + random.between(-15, 12), 5, 100);
            const auto when = at(random, element.day + random.between(0, 3));
            if ((student.expelled && e > 1) || !isDone(n, e)) continue;
            auto& json = batch.record("results", fmt::format("r-{}-{}", student.id, element.id))
                             .member("learner", student.id)
                             .member("element", element.id)
                             .member("flow", "uav-2025-1")
                             .member("attempt", 1)
                             .member("durationSeconds", random.between(600, 5400))
                             .member("at", moment(when));
            if (e == kDiaryIndex) {
                // A diary is handed in, not marked.
            } else if (isUngraded(n, e)) {
                json.member("graded", false);
            } else if (!hasNoMark(n, e)) {
                json.member("raw", mark);
                if (element.pass > 0 || e == kFactIndex) json.member("success", mark >= element.pass);
            }
            json.end();
            ++summary.results;
            if (e == kFinalWorkIndex && !hasNoFile(n)) files.push_back(finalWork(student, mark));
            if (e == kPracticeIndex && n % 4 == 0) files.push_back(flightLog(student, mark));
            if (e == kHomeworkIndex) files.push_back(homework(student));
            if (e == kDiaryIndex) files.push_back(diary(student));
        }
    }
    files.push_back(lecture());
    batch.send();
    for (const auto& file : files) sink.file(file);
    summary.files = files.size();
}

void activity(DemoRandom& random, DemoSink& sink, const std::vector<Student>& students, DemoSummary& summary) {
    std::size_t thought = 0;
    Batch batch(sink);
    for (std::size_t i = 0; i < students.size(); ++i) {
        const auto& student = students[i];
        const std::size_t n = i + 1;
        for (std::size_t c = 0; c < std::size(kContents); ++c) {
            const auto& content = kContents[c];
            const int percent = random.below(14) == 0 ? random.between(15, 70) : random.between(86, 100);
            const auto when = at(random, 5 + static_cast<int>(c) * 12);
            if (student.expelled && c > 0) continue;
            const bool video = content.seconds > 0;
            if (video ? c == 2 && n % 4 != 0 : n % 10 != 0) continue;
            auto& json = batch
                             .record(video ? "views" : "openings",
                                     fmt::format("{}-{}-{}", video ? "w" : "o", student.id, content.id))
                             .member("learner", student.id)
                             .member("element", content.id)
                             .member("flow", "uav-2025-1")
                             .member("at", moment(when));
            if (video) json.member("percent", percent).member("watchedSeconds", content.seconds * percent / 100);
            json.end();
            ++(video ? summary.views : summary.openings);
        }
        if (n % 12 == 2 && !student.expelled && thought < std::size(kThoughts)) {
            const bool whole = thought % 2 == 0;
            auto& json = batch.record("reflections", "x-" + student.id)
                             .member("learner", student.id)
                             .member("flow", "uav-2025-1");
            if (!whole) json.member("module", kModules[random.below(std::size(kModules))].id);
            json.member("text", kThoughts[thought++]).member("at", moment(at(random, whole ? 89 : 62))).end();
            ++summary.reflections;
        }
    }
    batch.send();
}

}  // namespace

DemoSummary DemoData::generate(std::uint64_t seed, DemoSink& sink) {
    DemoRandom random(seed);
    DemoSummary summary;
    Batch structure(sink);
    programme(structure);
    parts(structure);
    elements(structure);
    structure.send();
    const auto students = learners(random, sink);
    summary.learners = students.size();
    results(random, sink, students, summary);
    activity(random, sink, students, summary);
    summary.statementsAtMost =
        kStructureStatements + summary.results + summary.views + summary.openings + summary.reflections;
    return summary;
}

}  // namespace host::sources
