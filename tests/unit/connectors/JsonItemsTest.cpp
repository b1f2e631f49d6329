#include "host/connectors/paths/ItemReader.h"

#include <gmock/gmock.h>

#include <string>

namespace {

using host::connectors::ItemPaths;
using host::connectors::ItemReader;
using host::connectors::jsonItems;
using host::sdk::SourceError;
using host::sdk::SourceRow;
using testing::HasSubstr;
using Cells = std::vector<std::optional<std::string>>;

std::unique_ptr<ItemReader> loaded(const std::string& page, const std::string& items, std::vector<std::string> columns,
                                   bool damaged = false) {
    ItemPaths paths;
    paths.items = items;
    paths.columns = std::move(columns);
    auto reader = jsonItems(paths);
    reader->load(page, damaged);
    return reader;
}

SourceRow row(ItemReader& reader, std::size_t item = 0) {
    SourceRow out;
    reader.read(item, out);
    return out;
}

Cells first(const std::string& page, const std::string& items, std::vector<std::string> columns) {
    auto reader = loaded(page, items, std::move(columns));
    return row(*reader).cells;
}

SourceError failure(const std::string& page, const std::string& items, std::vector<std::string> columns = {"a"}) {
    try {
        loaded(page, items, std::move(columns));
    } catch (const SourceError& error) {
        return error;
    }
    return {SourceError::Kind::Cancelled, "no error", ""};
}

TEST(JsonItems, numbersStayAsTheSourceWroteThem) {
    EXPECT_EQ(first(R"([{"a":12345678901234567890123,"b":0.10,"c":-1e3,"d":100}])", "", {"a", "b", "c", "d"}),
              (Cells{"12345678901234567890123", "0.10", "-1e3", "100"}));
}

TEST(JsonItems, nullAndAbsentAndEmptyListsAreNothing) {
    EXPECT_EQ(first(R"([{"a":null,"c":[],"d":{},"e":"","f":false}])", "", {"a", "b", "c", "d", "e", "f"}),
              (Cells{std::nullopt, std::nullopt, std::nullopt, std::nullopt, "", "false"}));
}

TEST(JsonItems, namesWithDotsCyrillicBlanksAndQuotes) {
    EXPECT_EQ(first(R"([{"user":{"Имя":"Анна"},"a b":"x","odata.x":"y","l":[{"v":7}]}])", "",
                    {"user.Имя", "a b", "['odata.x']", "l[0].v", "$.l[-1].v", "@.user['Имя']"}),
              (Cells{"Анна", "x", "y", "7", "7", "Анна"}));
}

TEST(JsonItems, itemsOfNestedListsSeeWhatTheyBelongTo) {
    const std::string page = R"({"at":"now","courses":[{"id":1,"parts":[{"results":[{"s":5},{"s":6}]}]},
                                                       {"id":2,"parts":[{"results":[{"s":7}]}]}]})";
    auto reader = loaded(page, "$.courses[*].parts[*].results[*]", {"s", "^^.id", "../../id", "^^^.at"});
    ASSERT_EQ(reader->count(), 3u);
    EXPECT_EQ(row(*reader, 1).cells, (Cells{"6", "1", "1", "now"}));
    EXPECT_EQ(row(*reader, 2).cells, (Cells{"7", "2", "2", "now"}));
}

TEST(JsonItems, everyStepOfAPath) {
    const std::string page = R"({"l":[{"t":"quiz","n":1},{"t":"page","n":"2"},{"t":"quiz","n":3,"x":{"n":9}}]})";
    const std::pair<const char*, std::size_t> counts[] = {{"$.l[*]", 3},
                                                          {"$.l", 3},
                                                          {"l", 3},
                                                          {"$.l[0:2]", 2},
                                                          {"$.l[-1:]", 1},
                                                          {"$.l[::2]", 2},
                                                          {"$.l[0,2]", 2},
                                                          {"$..n", 4},
                                                          {"$.l[?(@.t=='quiz')]", 2},
                                                          {"$.l[?@.n>=2]", 2},
                                                          {"$.l[?@.x]", 1},
                                                          {"$.l[?!@.x]", 2},
                                                          {"$.l[?@.t!='quiz' || @.n==1]", 2},
                                                          {"$.l[?(@.t=='quiz' && @.n<2)]", 1},
                                                          {"$.l[?@.x.n==9]", 1},
                                                          {"$['l'][?(@['t']==\"page\")]", 1},
                                                          {"$.l[?@.t == null]", 0}};
    for (const auto& [path, count] : counts) EXPECT_EQ(loaded(page, path, {})->count(), count) << path;
}

TEST(JsonItems, severalValuesOrAnObjectAreAProblemOfTheRowOnly) {
    auto reader = loaded(R"([{"a":[{"v":1},{"v":2}],"o":null},{"a":[{"v":3}],"o":null}])", "", {"a[*].v", "o"});
    EXPECT_THAT(row(*reader, 0).problem->reason, HasSubstr("2 values"));
    EXPECT_EQ(row(*reader, 1).cells, (Cells{"3", std::nullopt}));
    EXPECT_FALSE(row(*reader, 1).problem);
    auto object = loaded(R"([{"o":{"x":1}},{"o":[1]}])", "", {"o"});
    EXPECT_THAT(row(*object, 0).problem->reason, HasSubstr("an object"));
    EXPECT_THAT(row(*object, 1).problem->reason, HasSubstr("a list"));
}

TEST(JsonItems, aNameThatStandsTwiceIsAProblem) {
    auto reader = loaded(R"([{"a":1,"a":2},{"a":null,"a":2},{"a":3},{"o":{"b":1,"b":1}}])", "", {"a", "o.b"});
    EXPECT_EQ(row(*reader, 0).problem->column, "a");
    EXPECT_TRUE(row(*reader, 1).problem);
    EXPECT_FALSE(row(*reader, 2).problem);
    EXPECT_EQ(row(*reader, 3).problem->column, "o.b");
}

TEST(JsonItems, fieldsInAnotherOrderAreFoundByName) {
    auto reader = loaded(R"([{"a":1,"b":2,"c":3},{"c":6,"x":0,"a":4},{"b":8}])", "", {"a", "b", "c", "a"});
    EXPECT_EQ(row(*reader, 0).cells, (Cells{"1", "2", "3", "1"}));
    EXPECT_EQ(row(*reader, 1).cells, (Cells{"4", std::nullopt, "6", "4"}));
    EXPECT_EQ(row(*reader, 2).cells, (Cells{std::nullopt, "8", std::nullopt, std::nullopt}));
}

TEST(JsonItems, textThatIsNoneIsAProblemAndNeverSilent) {
    auto half =
        loaded(R"([{"a":"x\ud83d"},{"a":"\ud83d\ude00"},{"a":"\uDE00"},{"a":"\\ud83d"},{"a":"\ud83dx"}])", "", {"a"});
    EXPECT_TRUE(row(*half, 0).problem);
    EXPECT_EQ(row(*half, 1).cells[0], "😀");
    EXPECT_TRUE(row(*half, 2).problem);
    EXPECT_EQ(row(*half, 3).cells[0], "\\ud83d");
    EXPECT_TRUE(row(*half, 4).problem);
    auto damaged = loaded("[{\"a\":\"x\xEF\xBF\xBD\",\"b\":1},{\"a\":\"y\"}]", "", {"a", "b"}, true);
    EXPECT_EQ(row(*damaged, 0).problem->column, "a");
    EXPECT_FALSE(row(*damaged, 1).problem);
}

TEST(JsonItems, anEmptyListIsNoErrorAndAWrongPathIsOne) {
    EXPECT_EQ(loaded(R"({"data":[]})", "$.data[*]", {})->count(), 0u);
    EXPECT_EQ(loaded(R"({"data":null})", "$.data", {})->count(), 0u);
    EXPECT_EQ(loaded(R"({"c":[]})", "$.c[*].r[*]", {})->count(), 0u);
    const auto error = failure(R"({"items":[1]})", "$.item[*]");
    EXPECT_EQ(error.kind(), SourceError::Kind::Query);
    EXPECT_THAT(error.what(), HasSubstr("has no 'item'"));
    EXPECT_THAT(error.fix(), HasSubstr("'items'"));
    EXPECT_EQ(failure(R"({"data":"none"})", "$.data").kind(), SourceError::Kind::Format);
    EXPECT_EQ(failure(R"({"data":"none"})", "$.data[*]").kind(), SourceError::Kind::Query);
}

TEST(JsonItems, brokenAndDeepAnswersAreToldApart) {
    EXPECT_THAT(failure(R"([{"a":1},{"a")", "").what(), HasSubstr("breaks off"));
    EXPECT_THAT(failure("not json", "").what(), HasSubstr("not JSON"));
    EXPECT_THAT(failure("", "").what(), HasSubstr("empty"));
    EXPECT_THAT(failure("[1] [2]", "").what(), HasSubstr("not JSON"));
    EXPECT_THAT(failure(std::string("[1]\0[2]", 7), "").what(), HasSubstr("not JSON"));
    EXPECT_THAT(failure(std::string(100000, '['), "").what(), HasSubstr("nested deeper"));
}

TEST(JsonItems, wrongPathsSayWhere) {
    for (const char* path : {"$.", "a[", "a[x]", "$x", "a..", "a['b", "a[?@.x==]", "a[?1]", "a[?@..x==1]", "a b[*"}) {
        try {
            loaded("[]", "", {path});
            ADD_FAILURE() << path;
        } catch (const SourceError& error) {
            EXPECT_EQ(error.kind(), SourceError::Kind::Configuration) << path;
            EXPECT_THAT(error.what(), HasSubstr("at character")) << path;
        }
    }
}

TEST(JsonItems, valuesOfTheWholeAnswer) {
    ItemPaths paths;
    paths.items = "$.v";
    paths.whole = {"$.next", "$.n", "$.none", "$.deep.x"};
    auto reader = jsonItems(paths);
    reader->load(R"({"v":[],"next":"abc","n":17,"none":null})", false);
    EXPECT_EQ(reader->whole(0), "abc");
    EXPECT_EQ(reader->whole(1), "17");
    EXPECT_EQ(reader->whole(2), std::nullopt);
    EXPECT_EQ(reader->whole(3), std::nullopt);
}

TEST(JsonItems, aKeyThatStandsTwiceOnTheWayToTheItemsIsAnErrorWithItsName) {
    for (const auto* page : {R"({"data":{"items":[{"a":1}],"items":[{"a":2}]}})",
                             R"({"data":{"items":[{"a":1}]},"data":{"items":[{"a":2}]}})"}) {
        const auto error = failure(page, "data.items");
        EXPECT_EQ(error.kind(), SourceError::Kind::Format);
        EXPECT_THAT(error.what(), HasSubstr("stands twice in the answer"));
    }
}

TEST(JsonItems, aNumberThatIsTooLargeIsNamedWithItsPlace) {
    const auto error = failure(R"([{"a":1},{"a":1e400}])", "");
    EXPECT_THAT(error.what(), HasSubstr("'1e400' at byte 14"));
}

TEST(JsonItems, theListThatTheItemsStandInIsFound) {
    EXPECT_EQ(loaded(R"({"n":1,"data":[{"a":1}]})", "", {"a"})->listInItem(), "data");
    EXPECT_EQ(loaded(R"({"data":{"rows":[{"a":1}]}})", "data", {"a"})->listInItem(), "data.rows");
    EXPECT_EQ(loaded(R"([{"b":1,"marks":[{"a":1}]}])", "", {"a"})->listInItem(), "")
        << "an item with a list of its own";
}

}  // namespace
