#include "common/Cursor.h"
#include "common/Encoding.h"
#include "host/sdk/Error.h"

#include <gtest/gtest.h>

using common::Cursor;
using common::PageRequest;
using host::sdk::AppError;

TEST(Cursor, givesBackTheKeyItWasMadeOf) {
    std::vector<std::string> key{"1772323200000000", "", "имя/+"};

    EXPECT_EQ(Cursor::decode(Cursor::encode(key), 3), key);
}

TEST(Cursor, isRefusedWithAnotherNumberOfParts) {
    EXPECT_FALSE(Cursor::decode(Cursor::encode({"a", "b"}), 1));
}

TEST(Cursor, isRefusedWhenItIsNoBase64Url) {
    EXPECT_FALSE(Cursor::decode("no cursor!", 1));
}

TEST(Cursor, ofANumberIsRefusedForText) {
    EXPECT_FALSE(Cursor::decodeNumber(common::toBase64Url("12x")));
}

TEST(PageRequest, startsAtTheBeginningWithItsDefault) {
    auto page = PageRequest::from(std::nullopt, std::nullopt);

    EXPECT_TRUE(page.after.empty());
    EXPECT_EQ(page.limit, 100U);
    EXPECT_EQ(page.afterNumber(7), 7);
}

TEST(PageRequest, refusesAWrongLimit) {
    for (const char* limit : {"0", "-1", "1001", "ten", "", "99999999999999999999"})
        EXPECT_THROW(PageRequest::from(std::nullopt, limit), AppError) << limit;
}

TEST(PageRequest, refusesACursorOfAnotherList) {
    EXPECT_THROW(PageRequest::from(Cursor::encode({"a", "b"}), std::nullopt, 1), AppError);
    EXPECT_THROW(PageRequest::from(Cursor::encode({"a"}), std::nullopt).afterNumber(), AppError);
}

TEST(PageRequest, cutsTheRowBeyondItsLimitAndGoesOnBehindTheLastThatStays) {
    const auto page = PageRequest::from(std::nullopt, "2");
    std::vector<std::int64_t> none, full{4, 7}, more{4, 7, 9};
    const auto key = [](std::int64_t row) { return row; };

    EXPECT_EQ(page.cut(none, key), std::nullopt);
    EXPECT_EQ(page.cut(full, key), std::nullopt);
    EXPECT_EQ(full.size(), 2U);
    const auto next = page.cut(more, key);
    EXPECT_EQ(more, (std::vector<std::int64_t>{4, 7}));
    ASSERT_TRUE(next);
    EXPECT_EQ(PageRequest::from(*next, "2").afterNumber(), 7);
}
