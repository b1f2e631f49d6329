#include "host/connectors/odata/ODataModel.h"
#include "host/connectors/odata/ODataRoute.h"

#include <gmock/gmock.h>

namespace {

using namespace host::connectors;
using host::sdk::SourceError;
using host::sdk::SourceValues;
using testing::ElementsAre;
using testing::HasSubstr;

ODataRoute routeOf(const char* dialect, std::map<std::string, std::string> texts) {
    SourceValues connection, route;
    connection.texts["dialect"] = dialect;
    route.texts = std::move(texts);
    return ODataRoute::from(connection, route);
}

constexpr const char* kModel = R"x(<?xml version="1.0"?><edmx:Edmx Version="4.0" xmlns:edmx="x"><edmx:DataServices>
<Schema Namespace="Lms.Data" Alias="L"><EntityType Name="Base"><Key><PropertyRef Name="Id"/></Key>
<Property Name="Id" Type="Edm.Int64"/></EntityType>
<EntityType Name="Result" BaseType="L.Base"><Property Name="Score" Type="Edm.Decimal"/><Property Name="ChangedAt" Type="Edm.DateTimeOffset"/>
<Property Name="Place" Type="L.Address"/><NavigationProperty Name="Student" Type="Lms.Data.Student"/></EntityType>
<EntityType Name="Student" BaseType="L.Base"><Property Name="Name" Type="Edm.String"/>
<NavigationProperty Name="Groups" Type="Collection(L.Student)"/></EntityType>
<ComplexType Name="Address"><Property Name="City" Type="Edm.String"/></ComplexType>
<EntityContainer Name="C"><EntitySet Name="Results" EntityType="L.Result"/><EntitySet Name="Students" EntityType="L.Student"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>)x";

TEST(ODataLiteral, asEachVersionWritesIt) {
    using D = ODataDialect;
    using T = EdmType;
    EXPECT_EQ(literalOf(D::V4, T::Unknown, "2026-03-01T10:00:00+03:00"), "2026-03-01T07:00:00Z");
    EXPECT_EQ(literalOf(D::V3, T::Unknown, "2026-03-01T10:00:00+03:00"), "datetimeoffset'2026-03-01T07:00:00Z'");
    EXPECT_EQ(literalOf(D::OneC, T::Unknown, "2026-03-01 10:00:00"), "datetime'2026-03-01T10:00:00'");
    EXPECT_EQ(literalOf(D::V3, T::DateTime, "2026-03-01T10:00:00Z"), "datetime'2026-03-01T10:00:00'");
    EXPECT_EQ(literalOf(D::V3, T::Unknown, "2026-03-01"), "datetime'2026-03-01T00:00:00'");
    EXPECT_EQ(literalOf(D::V4, T::Unknown, "2026-03-01"), "2026-03-01");
    EXPECT_EQ(literalOf(D::V4, T::Unknown, "17"), "17");
    EXPECT_EQ(literalOf(D::V3, T::Long, "17"), "17L");
    EXPECT_EQ(literalOf(D::V3, T::Decimal, "1.50"), "1.50M");
    EXPECT_EQ(literalOf(D::V4, T::Text, "O'Neil"), "'O''Neil'");
    EXPECT_EQ(literalOf(D::OneC, T::Unknown, "0f8fad5b-d9cb-469f-a165-70867728950e"),
              "guid'0f8fad5b-d9cb-469f-a165-70867728950e'");
    EXPECT_THROW(literalOf(D::V4, T::DateTimeOffset, "2026-03-01 10:00:00"), SourceError);
    EXPECT_THROW(literalOf(D::V3, T::DateTime, "2026-03-01T10:00:00+03:00"), SourceError);
    EXPECT_THROW(literalOf(D::V4, T::Long, "1 or 1 eq 1"), SourceError);
    EXPECT_THROW(literalOf(D::V4, T::Guid, "x"), SourceError);
}

TEST(ODataUrl, version4) {
    auto route = routeOf("v4", {{"entitySet", "Results"}, {"filter", "Score gt 5"}});
    ODataQuery query;
    query.columns = {{{"Id"}, 0}, {{"Place", "City"}, 0}, {{"Student", "Name"}, 1}, {{"Student", "Group", "Title"}, 2}};
    query.watermarkColumn = "ChangedAt";
    query.watermark = "2026-03-01T07:00:00Z";
    query.count = true;
    EXPECT_EQ(queryUrl("https://h/odata", route, query),
              "https://h/odata/Results?$select=Id%2CPlace%2FCity"
              "&$expand=Student%28%24select%3DName%3B%24expand%3DGroup%28%24select%3DTitle%29%29"
              "&$filter=%28Score%20gt%205%29%20and%20ChangedAt%20ge%202026-03-01T07%3A00%3A00Z"
              "&$orderby=ChangedAt&$count=true");
}

TEST(ODataUrl, oneC) {
    auto route = routeOf("1c", {{"entitySet", "Catalog_ФизическиеЛица"}, {"key", "Ref_Key"}});
    ODataQuery query;
    query.columns = {{{"Ref_Key"}, 0}, {{"Группа", "Description"}, 1}};
    query.watermarkColumn = "Date";
    query.watermark = "datetime'2026-03-01T00:00:00'";
    query.top = 100;
    query.skip = 99;
    query.count = true;
    EXPECT_EQ(queryUrl("https://h/b/odata/standard.odata/", route, query),
              "https://h/b/odata/standard.odata/Catalog_%D0%A4%D0%B8%D0%B7%D0%B8%D1%87%D0%B5%D1%81%D0%BA%D0%B8%D0%B5"
              "%D0%9B%D0%B8%D1%86%D0%B0?$format=json;odata=nometadata&$select=Ref_Key%2C%D0%93%D1%80%D1%83%D0%BF%D0%BF"
              "%D0%B0%2FDescription&$expand=%D0%93%D1%80%D1%83%D0%BF%D0%BF%D0%B0&$filter=Date%20ge%20datetime%272026-03"
              "-01T00%3A00%3A00%27&$orderby=Date%2CRef_Key&$top=100&$skip=99&$inlinecount=allpages");
}

TEST(ODataModel, namesTheNearestAndToldApartNavigation) {
    const auto model = ODataModel::parse(kModel);
    EXPECT_THAT(model.typeOf("Results")->key, ElementsAre("Id"));
    EXPECT_EQ(model.resolve("Results", "Student/Name").expanded, 1u);
    EXPECT_EQ(model.resolve("Results", "Student/Groups/Name").expanded, 2u);
    EXPECT_EQ(model.resolve("Results", "Place/City").expanded, 0u);
    EXPECT_EQ(model.edmTypeOf("Results", "Id"), EdmType::Long);
    EXPECT_EQ(model.edmTypeOf("Results", "Student/Name"), EdmType::Text);
    const auto fix = [&](const char* set, const char* column) -> std::string {
        try {
            model.resolve(set, column);
        } catch (const SourceError& error) {
            return error.fix();
        }
        return "no error";
    };
    EXPECT_EQ(fix("Results", "Scor"), "Write 'Score'.");
    EXPECT_EQ(fix("Results", "Student/Nam"), "Write 'Name'.");
    EXPECT_EQ(fix("Result", "Score"), "Write 'Results'.");
    EXPECT_THAT(fix("Results", "Student"), HasSubstr("Go on"));
}

TEST(ODataModel, associationsOfVersion3) {
    const auto model = ODataModel::parse(R"(<Edmx><DataServices><Schema Namespace="S"><EntityType Name="A">
<Property Name="X" Type="Edm.DateTime"/><NavigationProperty Name="B" Relationship="S.AB" FromRole="a" ToRole="b"/></EntityType>
<EntityType Name="B"><Property Name="Y" Type="Edm.Guid"/></EntityType>
<Association Name="AB"><End Role="a" Type="S.A"/><End Role="b" Type="S.B"/></Association>
<EntityContainer><EntitySet Name="As" EntityType="S.A"/></EntityContainer></Schema></DataServices></Edmx>)");
    EXPECT_EQ(model.resolve("As", "B/Y").expanded, 1u);
    EXPECT_EQ(model.edmTypeOf("As", "B/Y"), EdmType::Guid);
    EXPECT_EQ(model.edmTypeOf("As", "X"), EdmType::DateTime);
}

TEST(ODataVerbose, datesAreClockTimesOrMoments) {
    EXPECT_EQ(verboseDate("/Date(1772323200000)/"), "2026-03-01T00:00:00");
    EXPECT_EQ(verboseDate("/Date(1772323200000+0180)/"), "2026-03-01T00:00:00Z");
    EXPECT_EQ(verboseDate("/Date(x)/"), std::nullopt);
    EXPECT_EQ(verboseDate("/Dates/"), std::nullopt);
}

}  // namespace
