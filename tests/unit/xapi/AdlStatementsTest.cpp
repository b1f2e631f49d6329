// The statement cases of ADL's conformance suite: what an LRS must take we take, what it must refuse we refuse.

#include "host/records/StrictJson.h"
#include "host/xapi/JsonSlices.h"
#include "host/xapi/StatementCheck.h"
#include "tests/support/SharedData.h"

#include <gtest/gtest.h>

#include <fstream>

namespace {

TEST(AdlStatements, whatMustBeTakenIsTakenAndWhatMustBeRefusedIsRefusedWithItsPlace) {
    const auto path = tests::sharedData() / "lrs/adl-statement-cases.jsonl";
    NEEDS_SHARED_DATA(path);
    std::ifstream file(path);
    std::string line;
    int taken = 0, refused = 0;
    while (std::getline(file, line)) {
        const auto one = host::records::parseStrict(line);
        const bool must = one["expect"][0].GetInt() == 200;
        std::string_view slice;
        for (const auto& [name, value] : host::xapi::membersOf(line))
            if (name == "statement") slice = value;
        const auto error = host::xapi::checkStatement(host::records::parseStrict(slice));
        EXPECT_EQ(!error, must) << one["file"].GetString() << ": " << one["name"].GetString() << "\n"
                                << slice << "\n"
                                << (error ? error->pointer + " " + error->reason : "");
        EXPECT_TRUE(!error || (error->pointer.starts_with('/') && !error->reason.empty()));
        ++(must ? taken : refused);
    }
    EXPECT_GT(taken, 300);
    EXPECT_GT(refused, 600);
}

}  // namespace
