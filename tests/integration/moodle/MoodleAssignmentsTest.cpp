/// Assignments of Moodle as its own code shows them: teams, attempts, texts written online. The rows are those that
/// mod_assign writes; the assignments 12 and 13 of the course 3 have no submissions in the data.

#include "common/Sha256.h"
#include "tests/integration/moodle/MoodleRoutes.h"

namespace {

using namespace tests;

class MoodleAssignments : public Moodle {
protected:
    /// Of assignment 12 unless said otherwise. A team's has no user.
    void submission(int id, int user, int group, const std::string& status, int attempt = 0, int latest = 1,
                    int assignment = 12) {
        change(fmt::format(
            "INSERT INTO mdl_assign_submission (id, assignment, userid, timecreated, timemodified, status, "
            "groupid, attemptnumber, latest) VALUES ({}, {}, {}, 1795331000, 1795331{:03}, '{}', {}, {}, {})",
            id, assignment, user, attempt, status, group, attempt, latest));
    }
    void mark(int user, double grade, int attempt = 0) {
        change(fmt::format(
            "INSERT INTO mdl_assign_grades (id, assignment, userid, timecreated, timemodified, grader, grade, "
            "attemptnumber) VALUES ({}, 12, {}, 1, 1, 2, {}, {})",
            20000 + user * 10 + attempt, user, grade, attempt));
    }
    void finalGrade(int user, double grade, int overridden = 0) {
        change(fmt::format(
            "DELETE FROM mdl_grade_grades WHERE userid = {0} AND itemid = (SELECT id FROM mdl_grade_items WHERE "
            "itemmodule = 'assign' AND iteminstance = 12);"
            "INSERT INTO mdl_grade_grades (id, itemid, userid, finalgrade, overridden, timemodified) SELECT "
            "{1}, id, {0}, {2}, {3}, 1795331000 FROM mdl_grade_items WHERE itemmodule = 'assign' AND "
            "iteminstance = 12",
            user, 30000 + user, grade, overridden));
    }
    void file(int id, const std::string& name, int submission, const std::string& bytes,
              const std::string& plugin = "file", const std::string& area = "submission_files") {
        change(
            fmt::format("INSERT INTO mdl_files (id, contenthash, pathnamehash, contextid, component, filearea, itemid, "
                        "filepath, filename, filesize, timecreated, timemodified) VALUES ({}, '{}', '{}', 177, "
                        "'assignsubmission_{}', '{}', {}, '/', '{}', {}, 1, 1)",
                        id, give(bytes), sha1(std::to_string(id)), plugin, area, submission, name, bytes.size()));
    }
    void text(int submission, const std::string& html, int format = 1) {
        std::string quoted;
        for (const char c : html) quoted += c == '\'' ? "''" : std::string(1, c);
        change(fmt::format(
            "INSERT INTO mdl_assignsubmission_onlinetext (id, assignment, submission, onlinetext, onlineformat) "
            "VALUES ({0}, 12, {0}, '{1}', {2})",
            submission, quoted, format));
    }
    /// Users 3 and 4 are one team, 5 and 6 another; 8 is in both, 7 in a group that is not of the grouping.
    void teams() {
        change(
            "UPDATE mdl_assign SET teamsubmission = 1, teamsubmissiongroupingid = 5 WHERE id = 12;"
            "INSERT INTO mdl_groups (id, courseid, name) VALUES (1, 3, 'А'), (2, 3, 'Б'), (3, 3, 'В');"
            "INSERT INTO mdl_groupings_groups (id, groupingid, groupid) VALUES (1, 5, 1), (2, 5, 2);"
            "INSERT INTO mdl_groups_members (id, groupid, userid) VALUES (1, 1, 3), (2, 1, 4), (3, 1, 8), (4, 2, 5), "
            "(5, 2, 6), (6, 2, 8), (7, 3, 7), (8, 3, 3)");
        // Beside the team's row Moodle writes one of the member who pressed the button.
        submission(1001, 0, 1, "submitted");
        submission(1002, 3, 0, "submitted");
        submission(1003, 0, 2, "draft");
        submission(1004, 5, 0, "submitted");
        submission(1005, 0, 0, "submitted");
        submission(1006, 7, 0, "submitted");
    }
    /// Students who are in none of the grouping's groups, or in several.
    std::int64_t inNoTeam() const {
        return there(
            "SELECT COUNT(*) FROM mdl_role_assignments ra WHERE ra.roleid = 5 AND (SELECT COUNT(*) FROM "
            "mdl_groups_members gm WHERE gm.userid = ra.userid AND gm.groupid IN (1, 2)) <> 1");
    }
    std::int64_t works(const std::string& id) { return live("results", "external_id LIKE '" + id + "'"); }
    std::int64_t papers(const std::string& id) { return live("files", "external_id LIKE '" + id + "'"); }
};

TEST_P(MoodleAssignments, aTeamsSubmissionWithItsFilesIsEachMembersOnce) {
    teams();
    mark(3, 80);
    finalGrade(3, 80);
    file(901, "план.pdf", 1001, "plan");
    file(902, ".", 1001, "");
    file(903, "черновик.pdf", 1003, "draft");
    file(904, "общий.pdf", 1005, "of all others");
    giveFiles();
    runSet("moodle");

    EXPECT_THAT(refusals, ::testing::IsEmpty());
    EXPECT_EQ(result("submission-1001-3"), "80.0 1");
    EXPECT_EQ(result("submission-1001-4", "COALESCE(raw, '-') || ' ' || graded"), "- 0");
    EXPECT_EQ(works("submission-1001%"), 2);
    EXPECT_EQ(works("submission-1003%"), 0) << "not all of the team have handed in: a draft";
    EXPECT_EQ(inNoTeam(), 96);
    EXPECT_EQ(works("submission-1005%"), inNoTeam()) << "who is in no team, or in two, shares the default one";
    EXPECT_EQ(works("submission-1005-7") + works("submission-1005-8"), 2);
    EXPECT_EQ(works("submission-1002") + works("submission-1004") + works("submission-1006"), 0);
    EXPECT_EQ(works("submission-%"),
              there("SELECT COUNT(*) FROM mdl_assign_submission WHERE assignment <> 12") + 2 + 96);
    EXPECT_EQ(live("results", "external_id LIKE 'grade-%'"), 0) << "the mark is at the submission";
    EXPECT_EQ(papers("file-901-%"), 2);
    EXPECT_EQ(papers("file-903%"), 0);
    EXPECT_EQ(papers("file-904-%"), inNoTeam());
    EXPECT_EQ(db.text("SELECT f.name || ' ' || r.external_id FROM record_files f JOIN record_results r ON r.id = "
                      "f.result_id WHERE f.external_id = 'file-901-4'"),
              "план.pdf submission-1001-4");
    const auto second = runSet("moodle");
    EXPECT_EQ(second.at("created") + second.at("updated") + second.at("deleted") + second.at("files"), 0);
}

TEST_P(MoodleAssignments, membersThatComeAndGoAreFollowed) {
    teams();
    file(901, "план.pdf", 1001, "plan");
    giveFiles();
    runSet("moodle");
    change(
        "DELETE FROM mdl_groups_members WHERE id = 2; INSERT INTO mdl_groups_members (id, groupid, userid) VALUES "
        "(20, 1, 9); DELETE FROM mdl_groups_members WHERE id = 6");
    runSet("moodle");

    EXPECT_EQ(works("submission-1001-4"), 0) << "is in no team any more";
    EXPECT_EQ(works("submission-1005-4"), 1);
    EXPECT_EQ(works("submission-1001-9") + works("submission-1001-8"), 2);
    EXPECT_EQ(works("submission-1005-9") + works("submission-1005-8"), 0);
    EXPECT_EQ(papers("file-901-4"), 0);
    EXPECT_EQ(papers("file-901-%"), 3);
}

TEST_P(MoodleAssignments, withoutAGroupingAllGroupsOfTheCourseAreTeams) {
    teams();
    change("UPDATE mdl_assign SET teamsubmission = 1 WHERE id = 13");
    submission(1011, 0, 3, "submitted", 0, 1, 13);
    runSet("moodle");

    EXPECT_EQ(works("submission-1011-7"), 1);
    EXPECT_EQ(works("submission-1011%"), 1) << "user 3 is in two groups of the course";
}

TEST_P(MoodleAssignments, groupsThatANewerMoodleKeepsOutOfActivitiesAreNoTeams) {
    teams();
    change(
        "ALTER TABLE mdl_groups ADD participation smallint DEFAULT 1 NOT NULL; UPDATE mdl_groups SET participation = 0 "
        "WHERE id = 2");
    runSet("moodle");

    EXPECT_EQ(works("submission-1001-8"), 1) << "of two groups one counts";
    EXPECT_EQ(works("submission-1005-5") + works("submission-1005-6"), 2);
}

TEST_P(MoodleAssignments, everyAttemptThatWasHandedInArrivesOnceAndOpenOnesDoNot) {
    submission(1021, 3, 0, "submitted", 0, 0);
    mark(3, 40, 0);
    submission(1022, 3, 0, "reopened", 1, 1);
    submission(1031, 4, 0, "draft");
    submission(1032, 5, 0, "new");
    finalGrade(3, 77, 1795331999);
    runSet("moodle");
    EXPECT_EQ(result("submission-1021", "attempt || ' ' || raw"), "1 77.0") << "overridden: of the last handed in";
    EXPECT_EQ(works("submission-1022") + works("submission-1031") + works("submission-1032"), 0);

    change("UPDATE mdl_assign_submission SET status = 'draft' WHERE id = 1022");
    runSet("moodle");
    EXPECT_EQ(works("submission-1022"), 0);

    change("UPDATE mdl_assign_submission SET status = 'submitted' WHERE id IN (1022, 1031)");
    runSet("moodle");
    EXPECT_EQ(result("submission-1021", "attempt || ' ' || raw"), "1 40.0");
    EXPECT_EQ(result("submission-1022", "attempt || ' ' || raw"), "2 77.0");
    EXPECT_EQ(works("submission-1031"), 1);
    EXPECT_EQ(works("submission-1%") - works("submission-1__") - works("submission-1_") - works("submission-1"), 3);

    change("UPDATE mdl_assign_submission SET status = 'draft' WHERE id = 1031");
    runSet("moodle");
    EXPECT_EQ(works("submission-1031"), 0) << "reverted to a draft";
}

TEST_P(MoodleAssignments, aMarkForAnAttemptThatWasNotHandedInArrivesOnce) {
    submission(1021, 3, 0, "submitted", 0, 0);
    mark(3, 40, 0);
    submission(1022, 3, 0, "reopened", 1, 1);
    mark(3, 90, 1);
    finalGrade(3, 90);
    runSet("moodle");

    EXPECT_EQ(result("submission-1021", "attempt || ' ' || raw"), "1 40.0");
    EXPECT_EQ(result("grade-30003", "attempt || ' ' || raw"), "2 90.0");
    change("UPDATE mdl_assign_submission SET status = 'submitted' WHERE id = 1022");
    runSet("moodle");
    EXPECT_EQ(result("grade-30003"), "none");
    EXPECT_EQ(result("submission-1022", "attempt || ' ' || raw"), "2 90.0");
}

TEST_P(MoodleAssignments, aTextWrittenOnlineIsAFileWithItsVeryBytesAndItsImages) {
    std::string html = "\n <p>Отчёт: 'полёт' <img src=\"@@PLUGINFILE@@/%D1%81%D1%85%D0%B5%D0%BC%D0%B0.png\"></p>";
    for (int i = 0; i < 5000; ++i) html += "<p>Строка о полёте номер " + std::to_string(i) + "</p>";
    html += "\n\n";
    submission(1041, 3, 0, "submitted");
    text(1041, html);
    file(911, "схема.png", 1041, "\x89PNG of the scheme", "onlinetext", "submissions_onlinetext");
    submission(1042, 4, 0, "submitted");
    text(1042, "plain words", 2);
    submission(1043, 5, 0, "draft");
    text(1043, "<p>not yet</p>");
    submission(1044, 6, 0, "submitted");
    text(1044, "<p dir=\"ltr\" style=\"text-align: left;\"><br></p>");
    submission(1045, 7, 0, "submitted");
    text(1045, "");
    giveFiles();
    runSet("moodle");

    EXPECT_THAT(refusals, ::testing::IsEmpty());
    const auto told = [&](const std::string& id) {
        return db.text(
            "SELECT COALESCE((SELECT f.name || ' ' || f.sha256 || ' ' || r.external_id FROM record_files f JOIN "
            "record_results r ON r.id = f.result_id WHERE f.deleted_at IS NULL AND f.external_id = '" +
            id + "'), 'none')");
    };
    EXPECT_EQ(told("onlinetext-1041"), "onlinetext.html " + common::Sha256::hex(html) + " submission-1041");
    EXPECT_EQ(told("file-911"), "схема.png " + common::Sha256::hex("\x89PNG of the scheme") + " submission-1041");
    EXPECT_EQ(told("onlinetext-1042"), "onlinetext.txt " + common::Sha256::hex("plain words") + " submission-1042");
    EXPECT_EQ(papers("onlinetext-%"), 2) << "drafts and empty texts are no files";
    const auto second = runSet("moodle");
    EXPECT_EQ(second.at("created") + second.at("updated") + second.at("files"), 0);

    change("UPDATE mdl_assignsubmission_onlinetext SET onlinetext = '<p>Иначе</p>' WHERE submission = 1041");
    EXPECT_EQ(runSet("moodle").at("updated"), 1);
    EXPECT_EQ(told("onlinetext-1041"), "onlinetext.html " + common::Sha256::hex("<p>Иначе</p>") + " submission-1041");
}

TEST_P(MoodleAssignments, aTeamsTextIsEachMembers) {
    teams();
    text(1001, "<p>Общая работа</p>");
    runSet("moodle");

    EXPECT_EQ(papers("onlinetext-1001-%"), 2);
    EXPECT_EQ(papers("onlinetext-%"), 2);
}

INSTANTIATE_TEST_SUITE_P(OnServers, MoodleAssignments, ::testing::Values("postgresql", "mysql"),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
