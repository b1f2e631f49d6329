/// The ready-made sets of routes for Moodle, run over a real Moodle's database on PostgreSQL and on MariaDB: each final
/// grade, attempt and submission arrives once, what changes is followed, and the numbers agree with counts that the
/// database itself gives.

#include "tests/integration/moodle/MoodleRoutes.h"

namespace {

using namespace tests;
using ::testing::HasSubstr;

TEST_P(Moodle, everyFinalGradeAttemptAndSubmissionArrivesOnce) {
    giveFiles();
    runSet("moodle");
    runSet("moodle-course-totals");

    EXPECT_THAT(refusals, ::testing::IsEmpty());
    EXPECT_EQ(live("programmes"), there("SELECT COUNT(*) FROM mdl_course WHERE category > 0"));
    EXPECT_EQ(live("flows"), live("programmes"));
    EXPECT_EQ(live("modules"), there("SELECT COUNT(DISTINCT cm.section) FROM mdl_course_modules cm JOIN mdl_modules m "
                                     "ON m.id = cm.module WHERE m.name <> 'forum'"));
    EXPECT_EQ(live("elements"), there("SELECT COUNT(*) FROM mdl_course_modules cm JOIN mdl_modules m ON m.id = "
                                      "cm.module WHERE m.name <> 'forum'") +
                                    2);
    EXPECT_EQ(live("learners"), there("SELECT COUNT(DISTINCT userid) FROM mdl_role_assignments WHERE roleid = 5"));
    EXPECT_EQ(live("enrollments"), there("SELECT COUNT(*) FROM mdl_user_enrolments"));
    EXPECT_EQ(live("results", "external_id LIKE 'quiz-attempt-%'"), there("SELECT COUNT(*) FROM mdl_quiz_attempts"));
    EXPECT_EQ(live("results", "external_id LIKE 'submission-%'"), there("SELECT COUNT(*) FROM mdl_assign_submission"));
    EXPECT_EQ(live("results", "external_id LIKE 'course-total-%'"), 60);
    EXPECT_EQ(live("files"),
              there("SELECT COUNT(*) FROM mdl_files WHERE component = 'assignsubmission_file' AND filename <> '.'"));
    // Each final grade is told by exactly one result, with that very mark.
    EXPECT_EQ(live("results", "raw IS NOT NULL"),
              there("SELECT COUNT(*) FROM mdl_grade_grades WHERE finalgrade IS NOT NULL"));
    EXPECT_EQ(db.text("SELECT CAST(ROUND(SUM(raw) * 100000) AS INTEGER) FROM record_results"),
              server->text(database, "SELECT CAST(SUM(finalgrade) * 100000 AS DECIMAL(30, 0)) FROM mdl_grade_grades"));
    EXPECT_EQ(live("results", "graded = 0"), there("SELECT COUNT(*) FROM mdl_assign_grades WHERE grade < 0"));
    EXPECT_EQ(db.number("SELECT MIN(at) FROM record_results WHERE external_id LIKE 'quiz%'"),
              there("SELECT MIN(timefinish) FROM mdl_quiz_attempts") * 1'000'000);
}

TEST_P(Moodle, aSecondRunBringsNothing) {
    giveFiles();
    const auto first = runSet("moodle");
    const auto revisions_before = db.number("SELECT SUM(revision) FROM record_results");

    const auto second = runSet("moodle");

    EXPECT_EQ(second.at("created"), 0);
    EXPECT_EQ(second.at("updated"), 0);
    EXPECT_EQ(second.at("deleted"), 0);
    EXPECT_EQ(second.at("files"), 0);
    EXPECT_EQ(second.at("unchanged"), first.at("created"));
    EXPECT_EQ(db.number("SELECT SUM(revision) FROM record_results"), revisions_before);
}

TEST_P(Moodle, whatIsRegradedOverriddenOrTakenBackIsFollowed) {
    runSet("moodle");
    ASSERT_EQ(result("quiz-attempt-1"), "50.0 1");
    ASSERT_EQ(result("submission-1"), "50.25 1");
    change(
        "UPDATE mdl_quiz_attempts SET sumgrades = 1.5 WHERE id = 1;"  // regraded; its time stays as it was
        "UPDATE mdl_quiz_attempts SET sumgrades = NULL WHERE id = 18;"
        "UPDATE mdl_assign_grades SET grade = 91.5 WHERE assignment = 11 AND userid = 26;"
        "UPDATE mdl_assign_grades SET grade = -1 WHERE assignment = 11 AND userid = 17;"
        "DELETE FROM mdl_assign_submission WHERE id = 3;"
        "UPDATE mdl_assign_submission SET status = 'draft' WHERE id = 4;"
        "UPDATE mdl_grade_grades SET overridden = 1795330999, finalgrade = 77 WHERE userid = 17 AND itemid = (SELECT "
        "id FROM mdl_grade_items "
        "WHERE itemmodule = 'quiz' AND iteminstance = 2)");

    const auto sums = runSet("moodle");

    EXPECT_EQ(result("quiz-attempt-1"), "75.0 1");
    EXPECT_EQ(result("quiz-attempt-18", "COALESCE(raw, '-') || ' ' || graded"), "- 0");
    EXPECT_EQ(result("quiz-attempt-2"), "77.0 1");
    EXPECT_EQ(result("submission-1"), "91.5 1");
    EXPECT_EQ(result("submission-2", "COALESCE(raw, '-') || ' ' || graded"), "- 0");
    EXPECT_EQ(result("submission-3"), "none");
    EXPECT_EQ(result("submission-4"), "none");
    EXPECT_EQ(sums.at("updated"), 5);
    // The work of 4 is a draft again; its mark is in the gradebook still, and comes from there.
    EXPECT_EQ(sums.at("created"), there("SELECT COUNT(*) FROM mdl_grade_grades g JOIN mdl_grade_items i ON i.id = "
                                        "g.itemid AND i.itemmodule = 'assign' WHERE "
                                        "g.finalgrade IS NOT NULL AND NOT EXISTS (SELECT 1 FROM mdl_assign_submission "
                                        "s WHERE s.assignment = i.iteminstance AND "
                                        "s.userid = g.userid AND s.status = 'submitted')"));
}

TEST_P(Moodle, secondAttemptsAreResultsOfTheirOwn) {
    change(
        "INSERT INTO mdl_quiz_attempts (id, quiz, userid, attempt, uniqueid, layout, currentpage, preview, state, "
        "timestart, timefinish, timemodified, "
        "timemodifiedoffline, sumgrades) VALUES (901, 2, 26, 2, 901, '', 0, 0, 'finished', 1795331000, 1795331060, "
        "1795331060, 0, 2),"
        "(902, 2, 26, 3, 902, '', 0, 0, 'inprogress', 1795331100, 0, 1795331100, 0, NULL), (903, 2, 26, 4, 903, '', 0, "
        "1, 'finished', 1, 2, 2, 0, 1)");
    runSet("moodle");

    EXPECT_EQ(result("quiz-attempt-901", "attempt || ' ' || raw || ' ' || duration_seconds"), "2 100.0 60");
    EXPECT_EQ(result("quiz-attempt-902"), "none") << "is in progress";
    EXPECT_EQ(result("quiz-attempt-903"), "none") << "is a teacher's preview";
}

TEST_P(Moodle, deletedPeopleAndCoursesAreFollowed) {
    runSet("moodle");
    change(
        "UPDATE mdl_user SET deleted = 1 WHERE id = 26; UPDATE mdl_user SET suspended = 1 WHERE id = 17;"
        "DELETE FROM mdl_course WHERE id = 2; UPDATE mdl_course_modules SET deletioninprogress = 1 WHERE id = 64");

    runSet("moodle");

    EXPECT_EQ(live("learners", "external_id = 'user-26'"), 0);
    EXPECT_EQ(live("results", "external_id IN ('quiz-attempt-1', 'submission-1')"), 0);
    EXPECT_EQ(db.text("SELECT status FROM record_enrollments WHERE external_id = 'course-3-user-17'"), "expelled");
    EXPECT_EQ(live("programmes", "external_id = 'course-2'"), 0);
    EXPECT_EQ(live("elements", "external_id IN ('cm-1', 'cm-64')"), 0);
    EXPECT_GT(live("results"), 200);
}

TEST_P(Moodle, untiIdComesFromTheProfileFieldAndABadOneIsNamed) {
    change(
        "INSERT INTO mdl_user_info_field (id, shortname, name, datatype, categoryid) VALUES (7, 'unti_id', 'UNTI ID', "
        "'text', 1);"
        "INSERT INTO mdl_user_info_data (id, userid, fieldid, data) VALUES (1, 26, 7, ' 5500123 '), (2, 17, 7, 'нет'), "
        "(3, 88, 7, '')");
    runSet("moodle");

    EXPECT_EQ(db.text("SELECT unti_id FROM record_learners WHERE external_id = 'user-26'"), "5500123");
    EXPECT_EQ(live("learners", "external_id = 'user-88' AND unti_id IS NULL"), 1);
    EXPECT_THAT(refusals, ::testing::Contains(HasSubstr("unti_id 'нет'")));
    EXPECT_EQ(live("learners", "external_id = 'user-17'"), 0);
}

TEST_P(Moodle, kindsOfElementsFollowModulesAndIdNumbers) {
    change(
        "UPDATE mdl_course_modules SET idnumber = 'final-assessment' WHERE id = 64; UPDATE mdl_course_modules SET "
        "idnumber = 'practice:1' WHERE id = 65;"
        "UPDATE mdl_course_sections SET name = 'Практика полётов' WHERE id = 14;"
        "UPDATE mdl_grade_items SET gradepass = 60 WHERE itemmodule = 'quiz'");
    runSet("moodle");

    EXPECT_EQ(db.text("SELECT kind || ' ' || (programme_id IS NOT NULL) || ' ' || (theme_id IS NULL) FROM "
                      "record_elements WHERE external_id = 'cm-64'"),
              "final-assessment 1 1");
    EXPECT_EQ(db.text("SELECT kind FROM record_elements WHERE external_id = 'cm-65'"), "practice");
    EXPECT_EQ(db.text("SELECT GROUP_CONCAT(kind || ' ' || n, ', ') FROM (SELECT kind, COUNT(*) AS n FROM "
                      "record_elements GROUP BY kind ORDER BY kind)"),
              "article 100, file 6, final-assessment 1, homework 18, practice 1, test 2")
        << "whatever module 65 was";
    EXPECT_EQ(live("blocks", "type = 'practice'"), 1);
    EXPECT_EQ(live("results", "success = 1"), there("SELECT COUNT(*) FROM mdl_quiz_attempts WHERE sumgrades >= 1.2"));
    EXPECT_EQ(live("elements", "external_id = 'cm-124' AND position = 1"), 1) << "the first of its section";
    EXPECT_EQ(live("elements", "external_id = 'cm-129' AND position = 4"), 1);
}

TEST_P(Moodle, viewedMaterialsAreOpeningsAndNothingElseIs) {
    const auto page = server->text(database,
                                   "SELECT MIN(cm.id) FROM mdl_course_modules cm JOIN mdl_modules m ON m.id = "
                                   "cm.module AND m.name = 'page' WHERE cm.course = 3");
    const auto quiz = server->text(database,
                                   "SELECT MIN(cm.id) FROM mdl_course_modules cm JOIN mdl_modules m ON m.id = "
                                   "cm.module AND m.name = 'quiz' WHERE cm.course = 3");
    change("INSERT INTO mdl_course_modules_viewed (id, coursemoduleid, userid, timecreated) VALUES (1, " + page +
           ", 26, 1795331000), (2, " + quiz + ", 26, 1795331000), (3, " + page + ", 2, 1795331000)");
    runSet("moodle");

    EXPECT_EQ(db.text("SELECT GROUP_CONCAT(external_id || ' ' || at) FROM record_openings"),
              "viewed-1 1795331000000000");
}

TEST_P(Moodle, aDamagedOrLostFileIsNamedAndTheOthersCome) {
    giveFiles();
    fs::remove(db.folder / ("moodledata/filedir/" + [](const std::string& h) {
                   return h.substr(0, 2) + "/" + h.substr(2, 2) + "/" + h;
               }(sha1("The work in file 162"))));
    const auto damaged = sha1("The work in file 164");
    db.folder.write("moodledata/filedir/" + damaged.substr(0, 2) + "/" + damaged.substr(2, 2) + "/" + damaged,
                    "other bytes");

    runSet("moodle");

    EXPECT_THAT(refusals,
                ::testing::UnorderedElementsAre(HasSubstr("not in the connection's folder"), HasSubstr("damaged")));
    EXPECT_EQ(live("files"), 58);
}

TEST_P(Moodle, aCategoryAndAnotherPrefixAreTakenAsGiven) {
    change(
        "INSERT INTO mdl_course_categories (id, name, sortorder, path) VALUES (71, 'Дроны', 1, '/71'), (72, 'Внутри', "
        "1, '/71/72'), (7, 'Семь', 1, '/7');"
        "UPDATE mdl_course SET category = 72 WHERE id = 3");
    parameters["category"] = "71";
    runSet("moodle");
    EXPECT_EQ(live("programmes"), 1);
    EXPECT_EQ(live("programmes", "external_id = 'course-3'"), 1);
    parameters["prefix"] = "m_";
    connectors::sql::SqlKind kind(settings);
    const auto json = filled(
        tests::TempDir::read(fs::path(LMSD_SOURCE_DIR) / "config/sources/moodle/10-programmes.json"), parameters);
    EXPECT_REFUSED(runRoute(kind, "p", json, true), Query, "no table 'm_course'");
}

INSTANTIATE_TEST_SUITE_P(OnServers, Moodle, ::testing::Values("postgresql", "mysql"),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
