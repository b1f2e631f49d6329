// A person's way through the quarantine, night after night.

#include "tests/unit/delivery/QuarantineWorld.h"

#include <gmock/gmock.h>

using namespace plugin;
using namespace tests;
using host::sdk::Method;
using host::sdk::Role;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

TEST_F(QuarantineWay, whatIsCorrectedAtTheSourceGoesTheNextNightAndLeavesTheList) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();
    auto refused = row();
    EXPECT_EQ(text(refused, "statementId"), id);
    EXPECT_EQ(text(refused, "cause"), "missing-value");
    EXPECT_EQ(text(refused, "outlook"), "");
    correctView(97);
    nextDay();

    EXPECT_EQ(text(row(), "outlook"), "Исправлено в источнике, уйдёт следующей ночью.");
    EXPECT_EQ(act("replay", id), "source-changed") << "the old revision must not be told beside the new one";
    run();

    EXPECT_EQ(many(), 0u);
    EXPECT_EQ(text(row("state=superseded"), "statementId"), id);
    EXPECT_EQ(act("replay", id), "superseded");
    EXPECT_EQ(stateOf(idOf("view", kView)), "accepted");
    EXPECT_EQ(storedOf("view", kView), 1u);
    EXPECT_EQ(codeOf("view", kView), "");
    nextDay();
    EXPECT_EQ(run().counts["posts"], 0);
}

TEST_F(QuarantineWay, whatTheLrsWillTakeNowGoesAgainWithTheSameBytes) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();
    const auto before = db.text(
        "SELECT s.bytes FROM u2035_statement s JOIN u2035_outbox o ON o.seq = s.seq"
        " WHERE o.statement_id = '" +
        id + "'");
    lrs.poisoned_.clear();
    nextDay();
    run();
    EXPECT_EQ(stateOf(id), "quarantined") << "nobody asked for it";

    EXPECT_EQ(act("replay", id, R"(,"comment":"хранилище починили")"), "queued");
    EXPECT_EQ(act("replay", id), "already-queued");
    EXPECT_EQ(many(), 0u);
    EXPECT_EQ(text(row("state=replayed"), "outlook"), "Повтор уйдёт следующей ночью.");
    EXPECT_EQ(many("state=queued"), 1u);
    run();

    EXPECT_EQ(stateOf(id), "accepted");
    EXPECT_EQ(db.text("SELECT s.bytes FROM u2035_statement s JOIN u2035_outbox o ON o.seq = s.seq"
                      " WHERE o.statement_id = '" +
                      id + "'"),
              before);
    EXPECT_EQ(text(row("state=replayed"), "statementState"), "accepted");
    EXPECT_EQ(many("state=queued"), 0u) << "it has gone";
    EXPECT_EQ(act("replay", id), "not-quarantined");
    EXPECT_THAT(host.journal_.actions(), ElementsAre("quarantine.replay"));
    EXPECT_THAT(host.journal_.text(), HasSubstr("хранилище починили"));
    auto history = get("/quarantine/" + id).json()->getArray("history");
    ASSERT_EQ(history->size(), 1u);
    EXPECT_EQ(text(history->getObject(0), "comment"), "хранилище починили");
}

TEST_F(QuarantineWay, aReplayAskedForInTheMiddleOfANightWaitsForAPlan) {
    const auto id = idOf("element", kElement);
    lrs.poisoned_ = {id};
    run();
    for (auto& element : host.records_.structures_[0].elements)
        if (element.id == kElement) element.deleted = true;
    auto late = sample.views[0];
    late.id = 2'031;
    host.records_.views_.push_back(late);
    lrs.poisoned_.clear();
    nextDay();
    // The list was read before the source changed.
    store::QuarantineFilter open;
    open.organization = org;
    open.state = "open";
    const auto seen = quarantine.list(open, 0, 10);
    lrs.onPost_ = [&] { quarantine.mark("replay", seen, "", "anna"); };

    run();

    EXPECT_EQ(stateOf(id), "quarantined");
    EXPECT_EQ(lrs.stored().count(id), 0u) << "its element is deleted: no plan holds it";
    EXPECT_EQ(many("state=replayed"), 1u);
}

TEST_F(QuarantineWay, aConflictIsRepeatedByForceOnlyAndGoesOnceItsRecordIsCorrected) {
    const auto id = idOf("view", kView);
    lrs.put(id, R"({"id":"another content"})");
    run();
    auto refused = row("conflict=true");
    EXPECT_EQ(refused->getValue<int>("status"), 409);
    EXPECT_EQ(text(refused, "group"), "{id} is conflicting");
    EXPECT_EQ(many("conflict=false"), 0u);
    nextDay();

    EXPECT_EQ(act("replay", id), "conflict");
    run();
    EXPECT_EQ(stateOf(id), "quarantined");
    const auto posts = lrs.posts().size();
    EXPECT_EQ(act("replay", id, R"(,"force":true)"), "queued");
    run();
    EXPECT_EQ(lrs.posts().size(), posts + 1);
    EXPECT_EQ(stateOf(id), "quarantined") << "refused again, as it was told";
    EXPECT_EQ(row()->getObject("source")->getValue<std::string>("state"), "same");

    correctView(98);
    nextDay();
    run();

    EXPECT_EQ(stateOf(idOf("view", kView)), "accepted");
    EXPECT_EQ(many(), 0u);
}

TEST_F(QuarantineWay, whatIsDiscardedIsNamedEveryNightAndNeverSentUntilItIsRestored) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();
    lrs.poisoned_.clear();
    EXPECT_EQ(post("/quarantine/discard", R"({"statements":[")" + id + R"("]})").status, 422);
    EXPECT_EQ(post("/quarantine/discard", R"({"statements":[")" + id + R"("],"comment":"  а "})").status, 422);

    EXPECT_EQ(act("discard", id, R"(,"comment":"просмотр засчитан ошибочно")"), "discarded");
    EXPECT_EQ(act("replay", id), "discarded-before");
    for (int night = 0; night < 2; ++night) {
        nextDay();
        auto report = run();
        EXPECT_EQ(report.counts["posts"], 0);
        EXPECT_EQ(report.counts["quarantined"], 0);
        EXPECT_EQ(report.counts["discarded"], 1);
        std::string reason;
        EXPECT_EQ(codeOf("view", kView, &reason), "discarded-by-person");
        EXPECT_THAT(reason, HasSubstr("просмотр засчитан ошибочно"));
    }
    EXPECT_EQ(many(), 0u);
    EXPECT_EQ(row("state=discarded")->getObject("word")->getValue<std::string>("comment"),
              "просмотр засчитан ошибочно");

    EXPECT_EQ(act("restore", id), "restored");
    EXPECT_EQ(act("replay", id), "queued");
    run();
    EXPECT_EQ(stateOf(id), "accepted");
    EXPECT_EQ(codeOf("view", kView), "");
}

TEST_F(QuarantineWay, aNewRevisionOfADiscardedRecordIsDue) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();
    act("discard", id, R"(,"comment":"ошибочно")");
    correctView(99);
    nextDay();

    run();

    EXPECT_EQ(stateOf(idOf("view", kView)), "accepted");
    EXPECT_EQ(storedOf("view", kView), 1u);
    EXPECT_EQ(many("state=discarded"), 0u);
    EXPECT_EQ(codeOf("view", kView), "");
}

TEST_F(QuarantineWay, discardingAMethodistsStatementNamesWhatWaitsForIt) {
    const auto id = idOf("element", kElement);
    lrs.poisoned_ = {id};
    run();
    EXPECT_EQ(row()->getValue<int>("dependents"), 1);

    auto refused = post("/quarantine/discard", R"({"statements":[")" + id + R"("],"comment":"лишний элемент"})");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "quarantine.dependents");
    EXPECT_THAT(refused.body, HasSubstr("1 statements"));
    EXPECT_EQ(many(), 1u);
    EXPECT_EQ(act("discard", id, R"(,"comment":"лишний элемент","dependents":true)"), "discarded");
    nextDay();
    run();

    EXPECT_EQ(codeOf("element", kElement), "discarded-by-person");
    EXPECT_EQ(codeOf("result", kResult), "refers-to-discarded");
    lrs.poisoned_.clear();
    act("restore", id);
    act("replay", id);
    nextDay();
    run();
    EXPECT_EQ(stateOf(id), "accepted");
    EXPECT_EQ(stateOf(idOf("result", kResult)), "accepted") << "what waited went after it in the same night";
}

TEST_F(QuarantineWay, actsOnAFilterOnlyWhenItFitsWhatWasSeen) {
    const auto one = idOf("view", kView), other = idOf("result", kResult);
    lrs.poisoned_ = {one, other};
    run();
    lrs.poisoned_.clear();
    nextDay();

    auto changed = post("/quarantine/replay", R"({"filter":{"cause":"missing-value"},"expected":1})");
    EXPECT_EQ(changed.status, 409);
    EXPECT_EQ(changed.code(), "quarantine.changed");
    EXPECT_THAT(changed.body, HasSubstr("2 statements now"));
    EXPECT_EQ(many("state=replayed"), 0u);
    EXPECT_EQ(post("/quarantine/replay", R"({"filter":{}})").status, 422);
    EXPECT_EQ(post("/quarantine/replay", R"({"filter":{"colour":"red"},"expected":2})").status, 422);
    EXPECT_EQ(post("/quarantine/replay", R"({"filter":{"cause":"bad luck"},"expected":2})").status, 422);
    EXPECT_EQ(post("/quarantine/replay", R"({"statements":[],"filter":{},"expected":2})").status, 422);
    EXPECT_EQ(post("/quarantine/replay", R"({"statements":[]})").status, 422);

    auto answer = post("/quarantine/replay", R"({"filter":{"cause":"missing-value"},"expected":2})").json();

    EXPECT_EQ(answer->getValue<int>("done"), 2);
    run();
    EXPECT_EQ(stateOf(one), "accepted");
    EXPECT_EQ(stateOf(other), "accepted");
}

TEST_F(QuarantineWay, groupsCountByCauseProjectAndKind) {
    const auto one = idOf("view", kView), other = idOf("result", kResult);
    lrs.poisoned_ = {one};
    lrs.put(other, R"({"id":"another content"})");
    run();

    auto groups = get("/quarantine/groups").json();

    EXPECT_EQ(groups->getValue<int>("total"), 2);
    EXPECT_EQ(groups->getArray("byCause")->size(), 2u);
    ASSERT_EQ(groups->getArray("groups")->size(), 2u);
    for (unsigned i = 0; i < 2; ++i) {
        auto group = groups->getArray("groups")->getObject(i);
        EXPECT_EQ(many("reason=" + text(group, "group")), 1u) << text(group, "group");
    }
    EXPECT_EQ(get("/quarantine/groups?conflict=true").json()->getValue<int>("total"), 1);
}

TEST_F(QuarantineWay, whatAPlanNoLongerHoldsIsNotRepeated) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();
    for (auto& view : host.records_.views_)
        if (view.id == kView) view.deleted = true;
    EXPECT_EQ(act("replay", id), "source-deleted");
    host.records_.views_.clear();
    EXPECT_EQ(act("replay", id), "source-missing");
    host.records_.views_ = sample.views;
    integrations.active_.clear();
    EXPECT_EQ(act("replay", id), "not-connected");
    connect();
    EXPECT_EQ(act("replay", id), "queued");
    EXPECT_EQ(act("restore", id), "restored") << "a replay that no night carried out is taken back";
    EXPECT_EQ(act("restore", id), "no-word");
}

TEST_F(QuarantineWay, aLearnerLeftOutAfterAReplayIsNotSent) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();
    lrs.poisoned_.clear();
    EXPECT_EQ(act("replay", id), "queued");
    for (const auto& learner : host.records_.learners_) integrations.scope_.leftOutLearners[learner.id] = "по просьбе";
    nextDay();

    run();

    EXPECT_EQ(lrs.stored().count(id), 0u);
    EXPECT_EQ(many("state=replayed"), 1u) << "the word stands until a plan holds the record again";
    integrations.scope_.leftOutLearners.clear();
    run();
    EXPECT_EQ(stateOf(id), "accepted");
}

TEST_F(QuarantineWay, anotherOrganizationAndALesserRoleSeeAndChangeNothing) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();
    const auto seq = text(row(), "id");
    const auto foreign = [&](Method method, const std::string& path, const std::string& body = "") {
        return host.router_.call(method, "/api/v1/organizations/other/u2035" + path,
                                 withRole("other", Role::OrganizationAdmin), {.body = body});
    };

    EXPECT_EQ(foreign(Method::Get, "/quarantine").json()->getArray("items")->size(), 0u);
    EXPECT_EQ(foreign(Method::Get, "/quarantine/" + id).status, 404);
    EXPECT_EQ(foreign(Method::Get, "/quarantine/" + seq).status, 404);
    for (const auto& name : {id, seq})
        for (const auto* action : {"replay", "discard", "restore"}) {
            auto answer = foreign(Method::Post, "/quarantine/" + std::string(action),
                                  R"({"statements":[")" + name + R"("],"comment":"чужой"})");
            EXPECT_EQ(answer.json()->getValue<int>("done"), 0);
            EXPECT_EQ(text(answer.json()->getArray("items")->getObject(0), "verdict"), "unknown");
        }
    EXPECT_EQ(get("/quarantine", Role::Viewer).status, 403);
    for (const auto* action : {"replay", "discard", "restore"})
        EXPECT_EQ(post("/quarantine/" + std::string(action), R"({"statements":[")" + id + R"("],"comment":"методист"})",
                       Role::Methodist)
                      .status,
                  403);
    EXPECT_EQ(many(), 1u);
    EXPECT_THAT(host.journal_.actions(), testing::IsEmpty());
}

TEST_F(QuarantineWay, showsOneWithItsAnswerPlaceStatementAndRecord) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();

    auto one = get("/quarantine/" + id).json();

    EXPECT_EQ(one->getObject("answer")->getValue<int>("status"), 400);
    EXPECT_THAT(text(one->getObject("answer"), "text"), HasSubstr("Missing required value"));
    EXPECT_GT(one->getValue<int>("place"), 0);
    EXPECT_EQ(text(one->getObject("statement"), "id"), id);
    EXPECT_EQ(text(one->getObject("sourceRecord"), "id"), std::to_string(kView));
    EXPECT_EQ(get("/quarantine/999999").status, 404);
    EXPECT_EQ(get("/quarantine/" + idOf("result", kResult)).status, 404) << "it never was in quarantine";
}

TEST_F(QuarantineWay, tellsInEnglishToWhoAsksForIt) {
    const auto id = idOf("view", kView);
    lrs.poisoned_ = {id};
    run();
    correctView(97);
    const auto ask = [&](Method method, const std::string& path, const std::string& body = {}) {
        return host.router_.call(method, base + path, asAdmin(org), {.body = body, .headers = {}, .language = "en"});
    };

    const auto refused = ask(Method::Get, "/quarantine").json()->getArray("items")->getObject(0);
    const auto groups = ask(Method::Get, "/quarantine/groups").json();
    const auto verdict =
        ask(Method::Post, "/quarantine/discard", R"({"statements":[")" + id + R"("],"comment":"by mistake"})");

    EXPECT_EQ(text(refused, "title"), "A field is missing");
    EXPECT_THAT(text(refused, "fix"), HasSubstr("the corrected record goes the next night"));
    EXPECT_EQ(text(refused, "outlook"), "Corrected at its source, goes the next night.");
    EXPECT_EQ(text(groups->getArray("groups")->getObject(0), "title"), "A field is missing");
    EXPECT_THAT(verdict.body, HasSubstr("Won't be sent until the record is changed at its source"));
    EXPECT_EQ(text(row("state=discarded"), "title"), "Не хватает поля") << "as before to who names no language";
}

TEST_F(QuarantineWay, givesTheListAsCsvAndByPages) {
    lrs.poisoned_ = {idOf("view", kView), idOf("result", kResult)};
    run();

    auto csv = get("/quarantine", Role::Methodist, "text/csv").body;
    auto first = get("/quarantine?limit=1").json();
    auto second = get("/quarantine?limit=1&cursor=" + text(first, "next")).json();

    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 3);
    EXPECT_THAT(csv, HasSubstr("missing-value,Не хватает поля"));
    EXPECT_NE(text(first->getArray("items")->getObject(0), "id"), text(second->getArray("items")->getObject(0), "id"));
    EXPECT_TRUE(second->isNull("next"));
    EXPECT_EQ(get("/quarantine?state=lost").status, 400);
    EXPECT_EQ(get("/quarantine?cause=lost").status, 400);
}

}  // namespace
