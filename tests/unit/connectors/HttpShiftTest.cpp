// Rows that move between two pages while a service is read by offset or by the number of the page.
#include "host/connections/ReadInsight.h"
#include "tests/unit/connectors/WebFixture.h"

#include <algorithm>
#include <functional>

namespace {

using namespace tests;
using namespace host::connectors;
using Kind = SourceError::Kind;

/// A service with rows of its own; a test changes them between two requests.
class RowsHttp : public host::sdk::OutboundHttp {
public:
    std::vector<int> rows;
    std::size_t size = 3;
    bool wholePages = false;  ///< any offset is answered with the page that it lies in
    int asked = 0;
    std::function<void(int)> before;  ///< told the number of the request, from 1

    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        ++asked;
        if (before) before(asked);
        const std::string url(request.url);
        auto from = std::stoul(url.substr(url.find('=') + 1));
        if (url.find("page=") != std::string::npos) from = (from - 1) * size;
        if (wholePages) from = from / size * size;
        std::string items;
        for (std::size_t i = from; i < std::min(rows.size(), from + size); ++i)
            items += (items.empty() ? "" : ",") + ("{\"id\":" + std::to_string(rows[i]) + "}");
        host::sdk::OutboundResponse response;
        response.status = 200;
        response.body = "{\"n\":" + std::to_string(rows.size()) + ",\"d\":[" + items + "]}";
        return response;
    }
};

class HttpShiftTest : public WebFixture {
protected:
    HttpShiftTest() {
        request.route.texts = {{"path", "/r"}, {"items", "$.d"}, {"paging", "offset"}, {"pageParameter", "skip"}};
        tools = std::shared_ptr<WebTools>(new WebTools{service, clock, tools->pause});
        for (int i = 0; i < 9; ++i) service.rows.push_back(i);
    }
    void pages() {
        request.route.texts["paging"] = "page";
        request.route.texts["pageParameter"] = "page";
    }
    /// The ids that came, and whether all came for certain.
    std::string read() {
        auto reader = open<HttpKind>();
        std::string out;
        SourceRow row;
        while (reader->next(row)) out += row.cells[0].value_or("-");
        const auto* insight = dynamic_cast<const host::connections::ReadInsight*>(reader.get());
        return out + (insight->isProvenWhole() ? " whole" : " perhaps");
    }
    void change(int at, std::function<void()> how) {
        service.before = [at, how = std::move(how)](int number) {
            if (number == at) how();
        };
    }
    void erase(int id) { std::erase(service.rows, id); }

    RowsHttp service;
};

TEST_F(HttpShiftTest, offsetsWithoutChangesReadEveryRowOnce) {
    EXPECT_EQ(read(), "012345678 whole");
}

TEST_F(HttpShiftTest, aRowDeletedBetweenTwoOffsetsHidesNoOther) {
    change(2, [this] { erase(0); });
    const auto came = read();
    for (const char* id : {"3", "4", "5", "6", "7", "8"}) EXPECT_NE(came.find(id), std::string::npos) << came;
    EXPECT_NE(came.find("whole"), std::string::npos);
}

TEST_F(HttpShiftTest, theLastRowsOfAPageDeletedHideNoOther) {
    change(2, [this] {
        erase(1);
        erase(2);
    });
    const auto came = read();
    EXPECT_NE(came.find("345678"), std::string::npos) << came;
    change(service.asked + 4, [this] { erase(8); });
    EXPECT_EQ(read(), "0345678 whole");
}

TEST_F(HttpShiftTest, aWholePageGoneIsReadFromTheBeginning) {
    change(3, [this] {
        for (int i = 0; i < 5; ++i) erase(i);
    });
    EXPECT_NE(read().find("5678 whole"), std::string::npos);
}

TEST_F(HttpShiftTest, aRowThatMovesToTheFrontLeavesItUnproven) {
    change(2, [this] {
        erase(7);
        service.rows.insert(service.rows.begin(), 7);
    });
    EXPECT_EQ(read(), "01234568 perhaps");
}

TEST_F(HttpShiftTest, aServiceThatGivesWholePagesOnlyIsReadAsItCan) {
    service.wholePages = true;
    EXPECT_EQ(read(), "012345678 perhaps");
}

TEST_F(HttpShiftTest, rowsThatAlwaysMoveEndTheRun) {
    service.before = [this](int number) {
        for (auto& id : service.rows) id = number * 100 + id % 100;
    };
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::Interrupted);
}

TEST_F(HttpShiftTest, pagesByNumberProveNothingUnlessTheirTotalStays) {
    pages();
    EXPECT_EQ(read(), "012345678 perhaps");
    request.route.texts["totalPath"] = "$.n";
    EXPECT_EQ(read(), "012345678 whole");
    change(service.asked + 2, [this] { erase(0); });
    EXPECT_EQ(read(), "01245678 perhaps") << "row 3 has slipped by";
    service.before = {};
    service.rows = {1, 2};
    EXPECT_EQ(read(), "12 whole");
}

}  // namespace
