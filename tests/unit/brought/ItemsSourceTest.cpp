#include "host/connectors/documents/ItemsSource.h"
#include "host/connectors/listen/ListenShape.h"

#include <gmock/gmock.h>

#include <sstream>
#include <string>

namespace {

using host::connectors::ItemsFormat;
using host::connectors::ItemsSource;
using host::sdk::SourceError;
using host::sdk::SourceRow;
using testing::ElementsAre;
using testing::Optional;
using Cells = std::vector<std::optional<std::string>>;

std::vector<Cells> rowsOf(ItemsSource& source) {
    std::vector<Cells> rows;
    SourceRow row;
    while (source.next(row)) rows.push_back(row.cells);
    return rows;
}

TEST(ItemsSource, takesAListAtTheTopWithoutAPath) {
    ItemsSource source(R"( [{"id":1,"a":{"b":"x"}},{"id":"2"}])", "application/json", {}, {"id", "a.b"});
    EXPECT_THAT(rowsOf(source), ElementsAre(Cells{"1", "x"}, Cells{"2", std::nullopt}));
}

TEST(ItemsSource, takesASingleRecordAsOne) {
    ItemsSource source(R"({"id":1})", "", {}, {"id"});
    EXPECT_THAT(rowsOf(source), ElementsAre(Cells{"1"}));
}

TEST(ItemsSource, saysWhichItemARowIs) {
    ItemsSource source(R"({"d":[{"id":1},{"id":2}]})", "", {false, "d", ""}, {"id"});
    SourceRow row;
    source.next(row);
    source.next(row);
    EXPECT_EQ(row.place, "item 2");
}

TEST(ItemsSource, readsTheCharsetThatTheSenderNames) {
    ItemsSource source("<l><p>\xC6</p></l>", "text/xml; charset=windows-1251", {true, "//p", ""}, {"."});
    EXPECT_THAT(rowsOf(source), ElementsAre(Cells{"Ж"}));
}

TEST(ItemsSource, refusesWhatIsTooDeepOrCutOrNothing) {
    EXPECT_THROW(ItemsSource(std::string(100'000, '['), "", {}, {"id"}), SourceError);
    EXPECT_THROW(ItemsSource(R"([{"id":1)", "", {}, {"id"}), SourceError);
    EXPECT_THROW(ItemsSource("", "", {}, {"id"}), SourceError);
    EXPECT_THROW(ItemsSource(R"({"d":[]})", "", {false, "other", ""}, {"id"}), SourceError);
}

TEST(WholeText, stopsAtItsLimit) {
    std::istringstream bytes(std::string(100, 'x'));
    EXPECT_THROW(host::connectors::wholeText(bytes, 99), SourceError);
    std::istringstream same(std::string(100, 'x'));
    EXPECT_EQ(host::connectors::wholeText(same, 100).size(), 100U);
}

TEST(ListenShape, showsWhatARouteReads) {
    EXPECT_EQ(host::connectors::exampleOf("data.items", {"id", "a.b", "$..c", "^.d"}),
              R"({"data":{"items":[{"a":{"b":"…"},"id":"…"}]}})");
    EXPECT_EQ(host::connectors::exampleOf("$[*]", {"id"}), R"([{"id":"…"}])");
}

}  // namespace
