#include "host/sdk/Error.h"
#include "plugin/identities/KnownIds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace plugin::identities;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

struct Read {
    std::vector<ToldId> told;
    std::vector<RefusedRow> refused;
};

Read read(const KnownIdColumns& columns, const std::vector<std::vector<TableCell>>& rows) {
    Read found;
    for (std::size_t i = 0; i < rows.size(); ++i) columns.read(i + 2, rows[i], found.told, found.refused);
    return found;
}

std::vector<std::string> faults(const std::vector<RefusedRow>& refused) {
    std::vector<std::string> all;
    for (const auto& one : refused)
        all.push_back(std::to_string(one.row) + " " + one.column + " " + one.value + " " + toString(one.fault) +
                      (one.with.empty() ? "" : " " + one.with));
    return all;
}

std::vector<TableCell> cells(std::initializer_list<const char*> texts) {
    std::vector<TableCell> row;
    for (const auto* text : texts) row.push_back({text, false});
    return row;
}

TEST(KnownIdColumnsTest, readsTheListAsItIsExported) {
    const KnownIdColumns columns({"kind", "id", "externalId", "title", "parent", "u2035Id"}, false);

    const auto found =
        read(columns, {cells({"module", "12", "m1", "Введение", "", "77"}), cells({"module", "13", "", "", "", ""})});

    ASSERT_THAT(found.told, SizeIs(1));
    EXPECT_EQ(found.told[0].kind, "module");
    EXPECT_EQ(found.told[0].recordId, 12);
    EXPECT_EQ(found.told[0].value, 77);
    EXPECT_THAT(found.refused, IsEmpty());
}

TEST(KnownIdColumnsTest, tellsRowColumnAndReasonOfWhatItCannotTake) {
    const KnownIdColumns columns({"kind", "id", "title", "u2035Id"}, false);
    auto lost = cells({"module", "12", "", "1500000000000000000"});
    lost[3].lostDigits = true;

    const auto found = read(
        columns, {cells({"module", "14", "", "7a"}), cells({"block", "15", "", "78"}), cells({"module", "x", "", "78"}),
                  cells({"module", "", "", "78"}), cells({"module", "12", "", "007"}), lost});

    EXPECT_THAT(found.told, IsEmpty());
    EXPECT_THAT(faults(found.refused), ElementsAre("2 u2035Id 7a not-an-id", "3 kind block no-kind", "4 id x no-record",
                                                   "5 u2035Id 78 nameless", "6 u2035Id 007 not-an-id",
                                                   "7 u2035Id 1500000000000000000 lost-digits"));
}

TEST(KnownIdColumnsTest, readsUniversity2035sOwnTitles) {
    const KnownIdColumns columns({"ID курса", "Курс", "ID потока", "Номер потока"}, false);

    const auto found = read(columns, {cells({"501", "Оператор БПЛА", "7001", "1"})});

    ASSERT_THAT(found.told, SizeIs(1)) << "a flow's number is no title";
    EXPECT_EQ(found.told[0].value, 501);
    EXPECT_EQ(found.told[0].title, "Оператор БПЛА");
}

TEST(KnownIdColumnsTest, takesALearnerByTheRecordOnly) {
    const KnownIdColumns columns({"id", "title", "u2035Id"}, true);

    const auto found = read(columns, {cells({"204", "Орлов Пётр", "5500123"}), cells({"", "Орлов Пётр", "5500123"})});

    ASSERT_THAT(found.told, SizeIs(1));
    EXPECT_EQ(found.told[0].kind, "learner");
    EXPECT_EQ(found.told[0].recordId, 204);
    EXPECT_THAT(faults(found.refused), ElementsAre("3 u2035Id 5500123 nameless"));
}

TEST(KnownIdColumnsTest, refusesATableWithoutIds) {
    EXPECT_THROW(KnownIdColumns({"Фамилия", "Имя"}, false), host::sdk::AppError);
    EXPECT_THROW(KnownIdColumns({"Фамилия", "Unti ID"}, true), host::sdk::AppError);
}

TEST(KnownIds, standAgainstWhatTheRecordsAndTheOtherRowsSay) {
    const IdHolders holders{{{"module", 1}, {"m1", ""}},
                            {{"module", 2}, {"m2", "20"}},
                            {{"module", 3}, {"m3", ""}},
                            {{"theme", 4}, {"t4", ""}}};
    const auto row = [](std::size_t number, const char* kind, std::int64_t record, std::int64_t value) {
        return ToldId{kind, value, "", record, number, "u2035Id"};
    };
    std::vector<ToldId> told{row(2, "module", 9, 5),  row(3, "module", 2, 20), row(4, "module", 2, 21),
                             row(5, "module", 1, 20), row(6, "module", 1, 30), row(7, "module", 3, 30),
                             row(8, "module", 1, 31), row(9, "theme", 4, 30)};
    std::vector<RefusedRow> refused;

    judge(told, holders, refused);

    EXPECT_THAT(faults(refused),
                ElementsAre("2 u2035Id 5 no-record", "4 u2035Id 21 has-another 20", "5 u2035Id 20 held m2",
                            "7 u2035Id 30 twice 6", "8 u2035Id 31 contradicts 30"));
    ASSERT_THAT(told, SizeIs(2));
    EXPECT_EQ(told[0].row, 6U);
    EXPECT_EQ(told[1].row, 9U) << "another kind has ids of its own";
}

TEST(KnownIds, everyReasonSaysWhatToDoInBothLanguages) {
    for (int i = 0; i <= static_cast<int>(IdFault::Nameless); ++i)
        for (const bool russian : {true, false}) {
            const auto text = explain(static_cast<IdFault>(i), russian);
            EXPECT_FALSE(text.reason.empty() || text.fix.empty()) << i;
        }
}

}  // namespace
