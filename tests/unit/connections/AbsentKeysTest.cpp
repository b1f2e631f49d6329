// A renamed or misspelt key of documents whose columns are paths: nothing is written.
#include "host/connections/Diagnosis.h"
#include "host/connections/RouteTrial.h"
#include "host/connectors/documents/ItemsSource.h"
#include "tests/unit/connections/RouteRunFixture.h"

#include <gmock/gmock.h>

namespace {

using namespace tests;
using namespace host::connections;
using host::connectors::ItemsFormat;
using host::connectors::ItemsSource;
using testing::HasSubstr;

class AbsentKeysTest : public RouteRunFixture {
protected:
    AbsentKeysTest() { mapTo(R"({"column":"name"})"); }

    void mapTo(const std::string& lastName, const std::string& more = "") {
        map(R"({"target":"learners","source":"crm","externalId":{"column":"id"},
                "fields":{"untiId":{"column":"unti"},"lastName":)" +
            lastName + "}" + more + "}");
    }
    ItemsSource source(const std::string& document, const ItemsFormat& format = {}) const {
        const auto all = mapping.columns();
        return {document, "", format, {all.begin(), all.end()}};
    }
    Outcome bring(const std::string& document, const ItemsFormat& format = {}) {
        auto reader = source(document, format);
        host::connections::RouteRun one(db.database, &files, db.clock, rules, {}, *this);
        one.begin();
        return one.run(reader);
    }
    std::string lastName() { return db.text("SELECT COALESCE(last_name, '-') FROM record_learners"); }
};

TEST_F(AbsentKeysTest, aRenamedKeyStopsTheRunAndErasesNothing) {
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001,"name":"Иванова"}])").counts.created, 1);
    const auto renamed = bring(R"([{"id":"q1","unti":3001,"fullname":"Иванова"}])");
    EXPECT_EQ(renamed.end, End::DoesNotFit);
    EXPECT_EQ(renamed.counts.updated, 0);
    EXPECT_EQ(lastName(), "Иванова");
    const auto why = diagnose(renamed).front();
    EXPECT_EQ(why.code, "source.field-name");
    EXPECT_EQ(why.detail, "'name' is in none of the items that came");
    EXPECT_THAT(why.fix, HasSubstr("id, unti, fullname"));
    EXPECT_THAT(why.fix, HasSubstr("optional"));
    EXPECT_THAT(inLanguage(why.fix, "ru"), HasSubstr("В записях есть: id, unti, fullname"));
    EXPECT_THAT(inLanguage(why.detail, "ru"), HasSubstr("Ни в одной"));
}

TEST_F(AbsentKeysTest, theNearestNameIsOffered) {
    const auto why = diagnose(bring(R"([{"id":"q1","unti":3001,"nmae":"Иванова"}])")).front();
    EXPECT_THAT(why.fix, HasSubstr("Did you mean 'nmae'?"));
}

TEST_F(AbsentKeysTest, aNullOrAKeyInSomeItemsOnlyIsDataAsItCame) {
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001,"name":null},{"id":"q2","unti":3002,"name":null}])").end, End::Done);
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001},{"id":"q2","unti":3002,"name":"Петров"}])").end, End::Done);
}

TEST_F(AbsentKeysTest, aKeyThatTheSourceMayLeaveOutIsEmptyThen) {
    mapTo(R"({"column":"name","optional":true})");
    const auto out = bring(R"([{"id":"q1","unti":3001}])");
    EXPECT_EQ(out.end, End::Done);
    EXPECT_EQ(lastName(), "-");
    mapTo(R"({"column":"name","optional":true})", R"(,"when":[{"column":"gone","missing":true,"optional":true}])");
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001}])").counts.unchanged, 1);
}

TEST_F(AbsentKeysTest, anOptionalColumnMayBeAbsentFromATableToo) {
    mapTo(R"({"column":"name","optional":true})");
    columns = {"id", "unti"};
    EXPECT_EQ(run({{"1", "1000001"}}).counts.created, 1);
    mapTo(R"({"column":"name"})");
    EXPECT_EQ(run({{"1", "1000001"}}).end, End::DoesNotFit);
}

TEST_F(AbsentKeysTest, pathsThroughNullsAndEmptyListsLeaveItOpen) {
    mapTo(R"({"column":"person.names[0].last"})");
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001,"person":null}])").end, End::Done);
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001,"person":{"names":[]}}])").end, End::Done);
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001,"person":{"nmaes":[]}}])").end, End::DoesNotFit);
    mapTo(R"({"column":"$.scores[?@.type=='exam'].value"})");
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001,"scores":[{"type":"quiz","value":"1"}]}])").end, End::Done);
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001,"score":[]}])").end, End::DoesNotFit);
}

TEST_F(AbsentKeysTest, anAnswerWhoseListStandsDeeperSaysUnderWhichKey) {
    const auto out = bring(R"({"data":[{"id":"q1","unti":3001,"name":"x"}]})");
    EXPECT_EQ(out.end, End::DoesNotFit);
    EXPECT_THAT(diagnose(out).front().fix, HasSubstr("write 'data' in the path"));
}

TEST_F(AbsentKeysTest, anElementOfXmlIsMissedLikeAKey) {
    const ItemsFormat xml{true, "//p", ""};
    EXPECT_EQ(bring("<l><p><id>q1</id><unti>3001</unti><name/></p></l>", xml).end, End::Done);
    const auto out = bring("<l><p><id>q1</id><unti>3001</unti><nmae>x</nmae></p></l>", xml);
    EXPECT_EQ(out.end, End::DoesNotFit);
    EXPECT_THAT(diagnose(out).front().fix, HasSubstr("Did you mean 'nmae'?"));
    mapTo(R"({"column":"name[@kind='last']"})");
    EXPECT_EQ(bring("<l><p><id>q1</id><unti>3001</unti><name>x</name></p></l>", xml).end, End::Done);
}

TEST_F(AbsentKeysTest, aTrialShowsTheSameAndTheRowsAsTheyCame) {
    auto reader = source(R"([{"id":"q1","unti":3001,"fullname":"x"}])");
    const auto trial = tryRows(db.database, db.clock, rules, reader);
    ASSERT_EQ(trial.diagnoses.size(), 1u);
    EXPECT_EQ(trial.diagnoses[0].code, "source.field-name");
    ASSERT_EQ(trial.rows.size(), 1u);
    EXPECT_EQ(trial.rows[0].record, "");
}

TEST_F(AbsentKeysTest, allOrNothingWritesNothingEither) {
    rules.allOrNothing = true;
    EXPECT_EQ(bring(R"([{"id":"q1","unti":3001,"fullname":"x"}])").end, End::DoesNotFit);
    EXPECT_EQ(learners(), 0);
}

}  // namespace
