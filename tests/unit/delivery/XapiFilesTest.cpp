#include "plugin/api/ExportsApi.h"
#include "plugin/api/HandoverApi.h"
#include "plugin/store/XapiFileStore.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <fstream>
#include <iterator>
#include <set>

using namespace plugin;
using namespace tests;
using delivery::NightArguments;
using host::sdk::Method;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

struct XapiFiles : testing::Test, NightWorld {
    XapiFiles() {
        for (auto& one : handoverApi.addTo(host.router_)) routes.push_back(std::move(one));
        for (auto& one : exportsApi.addTo(host.router_)) routes.push_back(std::move(one));
    }

    static NightArguments asked(const std::string& more = "") {
        return NightArguments::fromRequest(R"({"only":"xapi-files")" + more + "}");
    }
    /// The export's statements: id → bytes as they stand in its files.
    std::map<std::string, std::string> exported(const NightArguments& arguments) {
        run(arguments);
        return inFiles(lastRun().id);
    }
    std::filesystem::path folderOf(std::int64_t runId) {
        return host.files_.moduleFolder() / "exports" / org / std::to_string(runId) / "bas/xapi";
    }
    std::map<std::string, std::string> inFiles(std::int64_t runId) {
        std::map<std::string, std::string> found;
        for (int n = 1;; ++n) {
            std::ifstream in(folderOf(runId) / fmt::format("xapi-{:04}.json", n), std::ios::binary);
            if (!in) return found;
            for (std::string line; std::getline(in, line);) {
                if (line.size() < 3) continue;
                if (line.back() == ',') line.pop_back();
                rapidjson::Document statement;
                statement.Parse(line.c_str());
                EXPECT_TRUE(found.emplace(statement["id"].GetString(), line).second);
                order.push_back(statement["id"].GetString());
            }
        }
    }
    /// id → bytes as frozen for a store.
    std::map<std::string, std::string> frozen(const std::string& storeId) {
        std::map<std::string, std::string> found;
        for (const auto& row : outbox.list({org, {}, {}, {}, 0, 0}, 0, 10'000))
            if (row.target.storeId == storeId) found[row.statementId] = outbox.bytes({row.seq}).front();
        return found;
    }
    FakeRouter::Answer say(bool handedOver, std::int64_t runId) {
        return host.router_.call(Method::Post, fmt::format("{}/exports/{}/handed-over", base, runId), asAdmin(org),
                                 {.body = handedOver ? R"({"handedOver":true})" : R"({"handedOver":false})"});
    }
    std::string unsendableCodes() {
        std::string codes;
        for (const auto& row : runs.unsendable({org, {}, {}, {}, {}, 0, 0}, 0, 1'000)) codes += row.why.code + " ";
        return codes;
    }

    std::string org = sample.organization.id;
    std::string base = "/api/v1/organizations/" + org + "/u2035";
    std::string filesStore = store::XapiFileStore::filesStore(sample.installationId, org, "bas");
    const std::string lrsStore = "11111111-1111-4111-8111-111111111111";
    store::XapiFileStore files{db, db.clock};
    api::HandoverApi handoverApi{runs, files, host.journal_, sample.installationId};
    store::UploadStore uploads{db, db.clock};
    api::ExportsApi exportsApi{runs, uploads, host.journal_, db.clock, host.files_.moduleFolder() / "exports"};
    std::vector<host::sdk::Registration> routes;
    std::vector<std::string> order;
};

TEST_F(XapiFiles, withoutAnIntegrationHoldWhatTheOutboxFroze) {
    const auto found = exported(asked());

    EXPECT_GT(found.size(), 20u);
    EXPECT_EQ(found, frozen(filesStore));
    EXPECT_THAT(lrs.posts(), IsEmpty());
    EXPECT_EQ(lastRun().state, "done");
    EXPECT_EQ(lastRun().counts.at("xapiStatements"), static_cast<std::int64_t>(found.size()));
}

TEST_F(XapiFiles, holdByteForByteWhatDeliveryThenSends) {
    connect();
    const auto found = exported(asked());

    run();

    std::size_t sent = 0;
    for (const auto& post : lrs.posts()) sent += post.ids.size();
    EXPECT_EQ(sent, found.size());
    EXPECT_EQ(found, frozen(lrsStore));
    EXPECT_EQ(inState("accepted"), static_cast<std::int64_t>(found.size()));
}

TEST_F(XapiFiles, holdWhatIsReferredToBeforeWhatRefers) {
    exported(asked());

    std::set<std::string> seen;
    for (const auto& id : order) {
        const auto detail = outbox.detail(org, id);
        const auto& needed = detail->row.dependsOn;
        EXPECT_TRUE(needed.empty() || seen.count(needed) == 1) << detail->row.kind;
        seen.insert(id);
    }
}

TEST_F(XapiFiles, aSecondExportRepeatsTheSameBytesThoughTimeAndRecordsMovedOn) {
    const auto first = exported(asked());
    db.clock.advance(std::chrono::hours(30));
    host.records_.structures_[0].elements[0].title += " (новое)";
    host.records_.structures_[0].elements[0].revision += 1;

    const auto second = exported(asked());

    EXPECT_EQ(first, second);
    EXPECT_THAT(unsendableCodes(), HasSubstr("changed-after-sending"));
}

TEST_F(XapiFiles, afterHandingOverTheNextExportHasOnlyWhatIsNew) {
    const auto first = exported(asked());
    EXPECT_EQ(say(true, lastRun().id).status, 200);
    auto fresh = host.records_.results_[0];
    fresh.id += 100;
    fresh.attempt += 1;
    host.records_.results_.push_back(fresh);

    const auto second = exported(asked());

    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(first.count(second.begin()->first), 0u);
    EXPECT_EQ(exported(asked(R"(,"select":"accepted")")), first);
    auto all = first;
    all.insert(second.begin(), second.end());
    EXPECT_EQ(exported(asked(R"(,"select":"all")")), all);
}

TEST_F(XapiFiles, anLrsSetUpLaterGetsNothingThatWasHandedOverAndWhatRefersToItGoes) {
    const auto first = exported(asked());
    say(true, lastRun().id);
    connect();
    auto fresh = host.records_.results_[0];
    fresh.id += 100;
    fresh.attempt += 1;
    host.records_.results_.push_back(fresh);

    run();

    const auto posts = lrs.posts();
    ASSERT_EQ(posts.size(), 1u);
    ASSERT_EQ(posts[0].ids.size(), 1u);
    EXPECT_EQ(first.count(posts[0].ids[0]), 0u);
    EXPECT_EQ(lastRun().state, "done");
    EXPECT_EQ(lastRun().counts.at("blocked"), 0);
}

TEST_F(XapiFiles, anLrsSetUpLaterGetsNothingOfFilesThatNobodyDecidedAboutAndTheNightSaysSo) {
    exported(asked());
    connect();

    run();

    EXPECT_THAT(lrs.posts(), IsEmpty());
    EXPECT_EQ(lastRun().state, "incomplete");
    EXPECT_THAT(lastRun().message, HasSubstr("nobody said whether those were handed over"));
}

TEST_F(XapiFiles, whatWasNotHandedOverGoesToTheLrs) {
    const auto first = exported(asked());
    EXPECT_EQ(say(false, lastRun().id).status, 200);
    connect();

    run();

    EXPECT_EQ(lrs.stored().size(), first.size());
    EXPECT_EQ(lastRun().state, "done");
}

TEST_F(XapiFiles, aWordGivenByMistakeIsTakenBackEvenAfterAnLrsTookItOver) {
    const auto first = exported(asked());
    const auto exportId = lastRun().id;
    say(true, exportId);
    connect();
    run();
    ASSERT_THAT(lrs.posts(), IsEmpty());

    EXPECT_EQ(say(false, exportId).status, 200);
    run();

    EXPECT_EQ(lrs.stored().size(), first.size());
}

TEST_F(XapiFiles, anExportThatWasTakenBackCanNotBeDecidedAboutAgain) {
    exported(asked());
    const auto exportId = lastRun().id;
    say(false, exportId);

    const auto answer = say(true, exportId);

    EXPECT_EQ(answer.status, 409);
    EXPECT_THAT(answer.body, HasSubstr("export.nothing-to-hand-over"));
    EXPECT_EQ(inState("accepted"), 0);
}

TEST_F(XapiFiles, whatAnEarlierLrsTookIsInNoFile) {
    connect();
    run();
    integrations.active_.clear();

    EXPECT_THAT(exported(asked()), IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(folderOf(lastRun().id)));
}

TEST_F(XapiFiles, aSecondLrsIsDueEverythingThatTheFirstTookThoughFilesWereAskedForBetween) {
    connect();
    run();
    const auto all = lrs.stored().size();
    integrations.active_.clear();
    run(asked());
    connect();
    integrations.active_[0].storeId = "22222222-2222-4222-8222-222222222222";

    run();

    EXPECT_EQ(frozen("22222222-2222-4222-8222-222222222222").size(), all);
}

TEST_F(XapiFiles, ofAFlowThatAPersonSentByTablesNothingIsInAFile) {
    integrations.scope_.channels[sample.structure.flow.id] = "tables";

    EXPECT_THAT(exported(asked()), IsEmpty());
}

TEST_F(XapiFiles, tablesLeaveOutWhatStandsInFilesUntilSomebodyDecides) {
    const auto rows = [&] {
        run(NightArguments::fromRequest(R"({"only":"tables"})"));
        return lastRun().counts.at("tableRows");
    };
    const auto before = rows();
    exported(asked());
    const auto exportId = lastRun().id;
    EXPECT_EQ(rows(), 0);
    EXPECT_THAT(unsendableCodes(), HasSubstr("may-have-arrived"));

    say(false, exportId);
    EXPECT_EQ(rows(), before);
}

TEST_F(XapiFiles, aRunCutOffAnywhereLeavesNoFilesOrWholeOnesAndTheNextRepeatsTheBytes) {
    const std::map<std::string, bool> whole = {
        {"xapi-page", false}, {"xapi-staged", false}, {"xapi-marked", false}, {"xapi-published", true}};
    std::map<std::string, std::string> first;
    for (const auto& [step, published] : whole) {
        crashAt = step;
        run(asked());
        EXPECT_EQ(std::filesystem::exists(folderOf(lastRun().id)), published) << step;
        EXPECT_EQ(lastRun().state, "failed");
        EXPECT_FALSE(runs.findExport(org, lastRun().id));
        crashAt.clear();
        const auto found = exported(asked());
        if (first.empty()) first = found;
        EXPECT_EQ(found, first) << step;
    }
}

TEST_F(XapiFiles, areListedAndDownloadedLikeTables) {
    run(asked(R"(,"fileStatements":5)"));
    const auto path = fmt::format("{}/exports/{}", base, lastRun().id);

    auto listed = host.router_.call(Method::Get, path, withRole(org, host::sdk::Role::Viewer));
    auto entries = listed.json()->getArray("files");
    ASSERT_GT(entries->size(), 5u);
    auto first = entries->getObject(1);
    EXPECT_EQ(first->getValue<std::string>("name"), "bas~xapi~xapi-0001.json");
    EXPECT_EQ(first->getValue<int>("rows"), 5);
    auto file =
        host.router_.call(Method::Get, first->getValue<std::string>("url"), withRole(org, host::sdk::Role::Viewer));
    EXPECT_EQ(file.status, 200);
}

TEST_F(XapiFiles, aViewerCanNotSayThatTheyWereHandedOver) {
    run(asked());

    auto answer = host.router_.call(Method::Post, fmt::format("{}/exports/{}/handed-over", base, lastRun().id),
                                    withRole(org, host::sdk::Role::Viewer), {.body = R"({"handedOver":true})"});

    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(inState("accepted"), 0);
}

TEST_F(XapiFiles, theWordIsJournaled) {
    run(asked());
    say(true, lastRun().id);

    EXPECT_THAT(host.journal_.actions(), testing::ElementsAre("export.handed-over"));
}

TEST_F(XapiFiles, aDryRunCountsAndKeepsNothing) {
    auto arguments = asked(R"(,"dryRun":true)");
    run(arguments);

    EXPECT_GT(lastRun().counts.at("planned"), 20);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_outbox"), 0);
    EXPECT_FALSE(runs.findExport(org, lastRun().id));
}

TEST_F(XapiFiles, aDryRunOfOneKindAndLearnerCountsJustThose) {
    connect();
    run(NightArguments::fromRequest(R"({"dryRun":true,"kind":"learner.video","learner":501})"));

    const auto counts = lastRun().counts;
    EXPECT_EQ(counts.at("planned"), counts.at("planned.learner.video"));
    EXPECT_EQ(counts.count("planned.methodist.course"), 0u);
}

TEST_F(XapiFiles, whatMakesNoSenseIsNamed) {
    try {
        NightArguments::fromRequest(R"({"only":"tables","select":"all","fileBytes":5000,"learner":7,"kind":"x"})");
        FAIL();
    } catch (const host::sdk::AppError& error) {
        std::string pointers;
        for (const auto& one : error.errors()) pointers += one.pointer + " ";
        EXPECT_EQ(pointers, "/select /fileBytes /learner /kind ");
    }
    EXPECT_THROW(asked(R"(,"contour":"test")"), host::sdk::AppError);
}

TEST_F(XapiFiles, argumentsReadBackAsTheyWereAsked) {
    const auto text = R"({"dryRun":true,"only":"xapi-files","flow":7,"select":"all","fileStatements":5,)"
                      R"("fileBytes":4096,"learner":3,"kind":"learner.grade","project":"bas"})";

    const auto again = NightArguments::fromJob(NightArguments::fromRequest(text).toJobArguments());

    EXPECT_EQ(again.toRequest(), NightArguments::fromRequest(text).toRequest());
    EXPECT_EQ(again.learnerId, 3);
    EXPECT_FALSE(again.statements || again.tables);
}

}  // namespace
