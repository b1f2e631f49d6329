#include "host/connectors/paths/ItemReader.h"

#include <gmock/gmock.h>

#include <string>

namespace {

using host::connectors::ItemPaths;
using host::connectors::ItemReader;
using host::connectors::xmlItems;
using host::sdk::SourceError;
using host::sdk::SourceRow;
using testing::HasSubstr;
using Cells = std::vector<std::optional<std::string>>;

std::unique_ptr<ItemReader> loaded(const std::string& page, const std::string& items,
                                   std::vector<std::string> columns) {
    ItemPaths paths;
    paths.items = items;
    paths.columns = std::move(columns);
    auto reader = xmlItems(paths);
    reader->load(page, false);
    return reader;
}

SourceRow row(ItemReader& reader, std::size_t item = 0) {
    SourceRow out;
    reader.read(item, out);
    return out;
}

constexpr const char* kPage = R"(<?xml version="1.0"?>
<data xmlns:m="urn:m"><course id="7"><r><score>5</score><name>А &amp; Б</name><m:x>n</m:x><e/><nil xsi:nil="true">z</nil>
<c><![CDATA[<b>]]></c></r><r><score>6</score><score>7</score><o><p>1</p></o></r></course></data>)";

TEST(XmlItems, columnsAreXPathFromTheItem) {
    auto reader =
        loaded(kPage, "//r", {"score", "name", "../@id", "m:x", "e", "nil", "c", "gone", "concat(score,'/',../@id)"});
    ASSERT_EQ(reader->count(), 2u);
    EXPECT_EQ(row(*reader).cells, (Cells{"5", "А & Б", "7", "n", "", std::nullopt, "<b>", std::nullopt, "5/7"}));
}

TEST(XmlItems, severalValuesAndElementsInElementsAreProblems) {
    auto reader = loaded(kPage, "/data/course/r", {"score", "o"});
    EXPECT_THAT(row(*reader, 1).problem->reason, HasSubstr("2 values"));
    auto nested = loaded(kPage, "/data/course/r", {"o"});
    EXPECT_THAT(row(*nested, 1).problem->reason, HasSubstr("elements in it"));
}

TEST(XmlItems, anEmptyListIsNoErrorAndAWrongPathIsOne) {
    EXPECT_EQ(loaded("<data/>", "//r", {})->count(), 0u);
    EXPECT_EQ(loaded("<d><rows> </rows><n>1</n></d>", "/d/rows/row", {})->count(), 0u);
    EXPECT_THROW(loaded("<d><rows><row/></rows></d>", "/d/rows/raw", {}), SourceError);
    EXPECT_THROW(loaded("<error><text>no</text></error>", "//r", {}), SourceError);
}

TEST(XmlItems, refusesWhatIsNoXmlAndEntitiesOfItsOwn) {
    EXPECT_THROW(loaded("<a><b></a>", "//b", {}), SourceError);
    EXPECT_THROW(loaded("{}", "//b", {}), SourceError);
    EXPECT_THROW(loaded("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a><b>&x;</b></a>", "//b", {}),
                 SourceError);
}

TEST(XmlItems, wrongPathsSayWhere) {
    try {
        loaded("<a/>", "//", {});
        FAIL();
    } catch (const SourceError& error) {
        EXPECT_EQ(error.kind(), SourceError::Kind::Configuration);
        EXPECT_THAT(error.what(), HasSubstr("at character"));
    }
}

TEST(XmlItems, whatIsNoXmlIsNotTakenInPart) {
    const auto failure = [](const std::string& page) {
        try {
            loaded(page, "//p", {"a"});
        } catch (const SourceError& error) {
            return std::string(error.what());
        }
        return std::string("taken");
    };
    EXPECT_THAT(failure("<l><p><a>a&#0;b</a></p></l>"), HasSubstr("zero character at byte 10"));
    EXPECT_THAT(failure("<l><p><a>a&#x00;b</a></p></l>"), HasSubstr("zero character"));
    EXPECT_THAT(failure("<l><p><a>1</a></p></l>more"), HasSubstr("text outside"));
    EXPECT_THAT(failure("<l><p><a>1</a></p></l><l><p><a>2</a></p></l>"), HasSubstr("another, 'l'"));
    EXPECT_EQ(failure("<?xml version='1.0'?>\n<!-- c --><l><p><a>1&#160;&#10;</a></p></l>\n<!-- end -->\n"), "taken");
}

}  // namespace
