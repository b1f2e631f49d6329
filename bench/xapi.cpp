// Statements per second, as Moodle's plugin sends them: 150 in a POST, each an attempt of a quiz that becomes a result.
// Ours takes a body as a request would (checked, compared, kept, mapped, records written); the anchor parses the same
// bodies with RapidJSON and inserts their statements in one transaction a body. Both with WAL and synchronous=FULL.
// `bench_xapi ours|anchor FOLDER POSTS`: {"value": per second, "growth": MB from a quarter of the work to its end}.

#include "host/base/SystemClock.h"
#include "host/records/RecordMigrations.h"
#include "host/records/RecordStore.h"
#include "host/store/SqliteDatabase.h"
#include "host/xapi/StatementIntake.h"
#include "host/xapi/XapiSchema.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;

constexpr int kInPost = 150;
constexpr int kLearners = 2000;
constexpr int kElements = 50;

std::string bodyOf(int post) {
    std::string out = "[";
    for (int i = 0; i < kInPost; ++i) {
        const int n = post * kInPost + i;
        out += fmt::format(
            R"({}{{"id":"{:08x}-0000-4000-8000-{:012x}","actor":{{"name":"Слушатель {}","account":{{"homePage":"https://moodle.example.org","name":"{}"}}}},)"
            R"("verb":{{"id":"http://adlnet.gov/expapi/verbs/completed","display":{{"ru":"завершил"}}}},)"
            R"("object":{{"id":"https://moodle.example.org/mod/quiz/view.php?id={}","definition":{{"type":"http://adlnet.gov/expapi/activities/assessment","name":{{"ru":"Тест"}}}}}},)"
            R"("timestamp":"2026-02-10T15:31:41+03:00","result":{{"score":{{"raw":{},"min":0,"max":100,"scaled":{}}},"completion":true,"success":true,"duration":"PT{}S"}},)"
            R"("context":{{"platform":"Moodle","language":"ru","extensions":{{"http://lrs.learninglocker.net/define/extensions/info":{{"http://moodle.org":"4.1","event_name":"attempt_submitted"}}}},"contextActivities":{{)"
            R"("other":[{{"id":"https://moodle.example.org/mod/quiz/attempt.php?attempt={}&cmid=1","definition":{{"type":"http://adlnet.gov/expapi/activities/attempt"}}}}],)"
            R"("grouping":[{{"id":"https://moodle.example.org","definition":{{"type":"http://id.tincanapi.com/activitytype/lms"}}}},{{"id":"https://moodle.example.org/course/view.php?id=3","definition":{{"type":"http://id.tincanapi.com/activitytype/lms/course"}}}}],)"
            R"("category":[{{"id":"http://moodle.org","definition":{{"type":"http://id.tincanapi.com/activitytype/source"}}}}]}}}}}})",
            i == 0 ? "" : ",", static_cast<unsigned>(n) * 2654435761u, n, n, n % kLearners, n % kElements, n % 101,
            (n % 101) / 100.0, n % 3000, n);
    }
    return out + "]";
}

double residentMb() {
    std::ifstream in("/proc/self/statm");
    long total = 0, resident = 0;
    in >> total >> resident;
    return static_cast<double>(resident) * 4096 / 1e6;
}

/// Runs `take` on each body and tells the figures.
template <class Take>
void measure(int posts, Take&& take) {
    double spent = 0, early = 0;
    for (int post = 0; post < posts; ++post) {
        const auto body = bodyOf(post);
        const auto begin = std::chrono::steady_clock::now();
        take(body);
        spent += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        if (post == posts / 4) early = residentMb();
    }
    std::cout << fmt::format("{{\"value\":{},\"growth\":{}}}\n", posts * kInPost / spent, residentMb() - early);
}

void structure(host::records::RecordStore& store) {
    std::string items =
        R"({"kind":"programmes","externalId":"course-3","project":"bas","title":"П"}
{"kind":"flows","externalId":"course-3","programme":"course-3","key":"f-3"}
{"kind":"blocks","externalId":"b","programme":"course-3","type":"theory","title":"Т"}
{"kind":"modules","externalId":"m","block":"b","title":"М","position":1}
{"kind":"themes","externalId":"t","module":"m","title":"Т","position":1}
)";
    for (int i = 0; i < kElements; ++i)
        items += fmt::format(R"({{"kind":"elements","externalId":"cm-{}","theme":"t","type":"test","title":"Т"}})", i) +
                 "\n";
    for (int i = 0; i < kLearners; ++i)
        items += fmt::format(R"({{"kind":"learners","externalId":"user-{}","lastName":"Л"}})", i) + "\n";
    std::vector<host::records::RecordDraft> drafts;
    std::istringstream lines(items);
    for (std::string line; std::getline(lines, line);) {
        host::sdk::FieldError error;
        drafts.push_back(*host::records::readBatchItem(host::records::parseStrict(line), error));
        host::records::checkDraft(drafts.back());
    }
    for (const auto& verdict : store.upsert("demo", "moodle", drafts))
        if (verdict.status == host::records::VerdictStatus::Rejected) throw std::runtime_error("no structure");
}

void ours(const fs::path& folder, int posts) {
    host::base::SystemClock clock;
    host::store::SqliteDatabase database({.path = folder / "ours.db"}, clock);
    database.migrate("records", host::records::recordsMigrations());
    database.migrate("xapi", host::xapi::xapiMigrations());
    host::records::RecordStore store(database, clock);
    structure(store);
    host::records::FileStore files(folder / "files");
    const host::xapi::RuleLibrary library(BENCH_RULES);
    host::xapi::XapiSources sources(database, library, clock);
    host::xapi::XapiSource wanted;
    wanted.organization = "demo";
    wanted.name = "plugin";
    wanted.references = "moodle";
    wanted.ruleSet = "logstore_xapi";
    sources.create(wanted, "bench");
    const auto source = sources.active("demo", "plugin");
    host::xapi::StatementIntake intake(database, files, clock);
    measure(posts, [&](const std::string& body) { intake.take(*source, body, {}); });
    // Otherwise the figure would mean nothing.
    const auto results = store.list("demo", host::records::RecordKind::Result, {}, posts * kInPost - 1, 1);
    if (results.size() != 1) throw std::runtime_error("not every statement became a result");
}

void must(int code) {
    if (code != SQLITE_OK && code != SQLITE_DONE) throw std::runtime_error("sqlite");
}

void anchor(const fs::path& folder, int posts) {
    sqlite3* db = nullptr;
    must(sqlite3_open((folder / "anchor.db").c_str(), &db));
    const auto execute = [&](const char* sql) { must(sqlite3_exec(db, sql, nullptr, nullptr, nullptr)); };
    execute("PRAGMA journal_mode=WAL");
    execute("PRAGMA synchronous=FULL");
    execute("CREATE TABLE statement (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL)");
    sqlite3_stmt* insert = nullptr;
    must(sqlite3_prepare_v2(db, "INSERT INTO statement (id, body) VALUES (?, ?)", -1, &insert, nullptr));
    measure(posts, [&](const std::string& body) {
        rapidjson::Document document;
        document.Parse(body.data(), body.size());
        if (document.HasParseError()) throw std::runtime_error("json");
        execute("BEGIN IMMEDIATE");
        for (const auto& one : document.GetArray()) {
            rapidjson::StringBuffer text;
            rapidjson::Writer<rapidjson::StringBuffer> writer(text);
            one.Accept(writer);
            const auto& id = one["id"];
            must(sqlite3_bind_text(insert, 1, id.GetString(), static_cast<int>(id.GetStringLength()), nullptr));
            must(sqlite3_bind_text(insert, 2, text.GetString(), static_cast<int>(text.GetSize()), nullptr));
            must(sqlite3_step(insert));
            must(sqlite3_reset(insert));
        }
        execute("COMMIT");
    });
    sqlite3_finalize(insert);
    sqlite3_close(db);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    try {
        const fs::path folder = argv[2];
        fs::remove_all(folder);
        fs::create_directories(folder);
        (std::string(argv[1]) == "ours" ? ours : anchor)(folder, std::stoi(argv[3]));
    } catch (const std::exception& e) {
        std::cerr << "bench_xapi: " << e.what() << "\n";
        return 1;
    }
    return 0;
}
