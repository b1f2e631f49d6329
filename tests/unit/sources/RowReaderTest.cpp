#include "common/Rfc3339.h"
#include "host/sdk/Error.h"
#include "host/sources/RowReader.h"

#include <gtest/gtest.h>

namespace {

using namespace host;
using namespace host::sources;

constexpr const char* kDotted =
    R"({"target":"results","externalId":{"column":"id"},"fields":{"learner":{"column":"id"},"element":{"column":"id"},
        "at":{"column":"at","date":{"zone":"Europe/Moscow","format":"dd.mm.yyyy"}}}})";
constexpr const char* kPlain =
    R"({"target":"results","externalId":{"column":"id"},"fields":{"learner":{"column":"id"},"element":{"column":"id"},
        "at":{"column":"at","date":{"zone":"Europe/Moscow"}}}})";

/// The time as it is kept, or the error's fix.
std::string at(const char* json, const std::string& text) {
    const auto mapping = CsvMapping::parse("test", json, CsvMapping::Use::Route, "lms");
    const RowReader rows(mapping, {"id", "at"});
    sdk::SourceRow row;
    row.cells = {"1", text};
    const auto draft = rows.read(row);
    for (const auto& error : draft.errors)
        if (error.pointer.find("at") != std::string::npos) return error.fix;
    for (std::size_t i = 0; i < draft.values.size(); ++i)
        if (std::string_view(records::spec(draft.kind).fields[i].name) == "at")
            if (const auto* time = std::get_if<sdk::Micros>(&draft.values[i])) return common::Rfc3339::utc(*time);
    return "none";
}

TEST(RowReader, datesAsRussianExportsWriteThemAreRead) {
    EXPECT_EQ(at(kDotted, "15.09.2025"), "2025-09-14T21:00:00Z");
    EXPECT_EQ(at(kDotted, "15.09.2025 10:00"), "2025-09-15T07:00:00Z");
    EXPECT_EQ(at(kDotted, "15.09.2025 10:00:30"), "2025-09-15T07:00:30Z");
    EXPECT_EQ(at(kDotted, "5.9.2025 9:05"), "2025-09-05T06:05:00Z");
    EXPECT_EQ(at(kDotted, "15.09.2025, 10:00"), "2025-09-15T07:00:00Z");
    EXPECT_EQ(at(kDotted, "2025-09-15 10:00:00"), "2025-09-15T07:00:00Z") << "cells of a sheet that are dates";
}

TEST(RowReader, aDateThatCantBeIsRefusedAndNotTurnedRound) {
    for (const auto* wrong : {"09.15.2025", "32.01.2025", "15.09.25", "15.09.2025 25:00", "15/09/2025", "15.09.2025x"})
        EXPECT_EQ(at(kDotted, wrong), "Write a date as 15.09.2025, a time as 15.09.2025 10:00.") << wrong;
    EXPECT_EQ(at(kPlain, "15.09.2025"), "Say in the mapping that dates are written as dd.mm.yyyy.");
}

TEST(RowReader, aColumnNameThatStandsTwiceIsRefusedWhereItIsTaken) {
    const auto mapping = CsvMapping::parse("test", kPlain, CsvMapping::Use::Route, "lms");
    EXPECT_NO_THROW(RowReader(mapping, {"id", "at", "note", "note"}));
    try {
        RowReader(mapping, {"id", "at", "at"});
        FAIL() << "the first was taken";
    } catch (const sdk::AppError& error) {
        ASSERT_EQ(error.errors().size(), 1U);
        EXPECT_EQ(error.errors()[0].pointer, "at");
    }
}

}  // namespace
