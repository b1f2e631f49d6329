#pragma once
/// Statements in the shapes that well-known senders document: Moodle's plugin logstore_xapi, H5P, cmi5 packages, the
/// video profile. The words are ours.

#include <fmt/format.h>

#include <string>

namespace shapes {

inline std::string moodle(const std::string& verb, const std::string& object, const std::string& type,
                          const std::string& more, const std::string& at = "2026-02-10T15:31:41+03:00") {
    return fmt::format(
        R"({{"actor":{{"name":"Анна Соколова","account":{{"homePage":"https://moodle.example.org","name":"17"}}}},)"
        R"("verb":{{"id":"{}","display":{{"ru":"-"}}}},"object":{{"id":"https://moodle.example.org/mod/{}","definition":{{"type":"{}","name":{{"ru":"Тест"}}}}}},)"
        R"("timestamp":"{}","context":{{"platform":"Moodle","language":"ru","extensions":{{"http://lrs.learninglocker.net/define/extensions/info":{{"event_name":"\\mod\\event"}}}},"contextActivities":{{)"
        R"("other":[{{"id":"https://moodle.example.org/mod/quiz/attempt.php?attempt=31&cmid=5","definition":{{"type":"http://adlnet.gov/expapi/activities/attempt"}}}}],)"
        R"("grouping":[{{"id":"https://moodle.example.org","definition":{{"type":"http://id.tincanapi.com/activitytype/lms"}}}},{{"id":"https://moodle.example.org/course/view.php?id=3","definition":{{"type":"http://id.tincanapi.com/activitytype/lms/course"}}}}],)"
        R"("category":[{{"id":"http://moodle.org","definition":{{"type":"http://id.tincanapi.com/activitytype/source"}}}}]}}}}{}}})",
        verb, object, type, at, more);
}

inline std::string quizCompleted() {
    return moodle(
        "http://adlnet.gov/expapi/verbs/completed", "quiz/view.php?id=5",
        "http://adlnet.gov/expapi/activities/assessment",
        R"(,"result":{"score":{"raw":50,"min":0,"max":100,"scaled":0.5},"completion":true,"success":true,"duration":"PT1M1S"})");
}
inline std::string assignmentSubmitted() {
    return moodle("http://activitystrea.ms/schema/1.0/submit", "assign/view.php?id=6",
                  "http://adlnet.gov/expapi/activities/assessment", "");
}
inline std::string assignmentGraded(double raw) {
    return moodle(
        "http://adlnet.gov/expapi/verbs/scored", "assign/view.php?id=6",
        "http://adlnet.gov/expapi/activities/assessment",
        fmt::format(R"(,"result":{{"score":{{"raw":{},"min":0,"max":100}},"completion":true,"response":""}})", raw),
        "2026-02-11T15:31:41+03:00");
}
inline std::string moduleViewed(const std::string& module) {
    return moodle("http://id.tincanapi.com/verb/viewed", module + "/view.php?id=7",
                  "http://id.tincanapi.com/activitytype/lms/module", "");
}
inline std::string h5pCompleted(bool part = false) {
    return fmt::format(
        R"({{"actor":{{"objectType":"Agent","name":"Анна","mbox":"mailto:anna@example.org"}},"verb":{{"id":"http://adlnet.gov/expapi/verbs/completed","display":{{"en-US":"completed"}}}},)"
        R"("object":{{"id":"https://site.example.org/h5p/3","objectType":"Activity","definition":{{"extensions":{{"http://h5p.org/x-api/h5p-local-content-id":3{}}},"name":{{"en-US":"Вопросы"}}}}}},)"
        R"("context":{{"contextActivities":{{"category":[{{"id":"http://h5p.org/libraries/H5P.QuestionSet-1.17","objectType":"Activity"}}]}}}},)"
        R"("result":{{"score":{{"min":0,"max":3,"raw":2,"scaled":0.6667}},"completion":true,"duration":"PT12.93S"}}}})",
        part ? R"(,"http://h5p.org/x-api/h5p-subContentId":"c1")" : "");
}
inline std::string packagePassed() {
    return R"({"actor":{"account":{"homePage":"https://lms.example.org","name":"l1"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/passed"},
        "object":{"id":"https://course.example.org/au/1"},"result":{"score":{"scaled":0.9},"success":true,"duration":"PT30M"},
        "context":{"registration":"ec531277-b57b-4c15-8d91-d292c5b2b8f7","contextActivities":{"category":[{"id":"https://w3id.org/xapi/cmi5/context/categories/cmi5"}]}},"timestamp":"2026-02-10T12:00:00Z"})";
}
inline std::string videoPaused(double progress) {
    return fmt::format(
        R"({{"actor":{{"account":{{"homePage":"https://lms.example.org","name":"l1"}}}},"verb":{{"id":"https://w3id.org/xapi/video/verbs/paused"}},)"
        R"("object":{{"id":"https://course.example.org/video/1","definition":{{"type":"https://w3id.org/xapi/video/activity-type/video"}}}},)"
        R"("result":{{"extensions":{{"https://w3id.org/xapi/video/extensions/progress":{}}}}},"context":{{"extensions":{{"https://w3id.org/xapi/video/extensions/session-id":"5a9c"}}}},"timestamp":"2026-02-10T12:00:00Z"}})",
        progress);
}

}  // namespace shapes
