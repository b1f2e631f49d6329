#pragma once
/// A connection to a service that answers what the test queued, with a clock that moves only when the client waits.

#include "host/connectors/http/HttpKind.h"
#include "tests/support/FakeClock.h"
#include "tests/support/StubHttp.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

namespace tests {

using host::sdk::SourceError;
using host::sdk::SourceRow;
using Cells = std::vector<std::optional<std::string>>;

class WebFixture : public testing::Test {
protected:
    WebFixture() {
        request.organization = "spo";
        request.connection.texts = {{"url", "https://lms.example.org/api"}};
        request.columns = {"id"};
        request.log = [this](const std::string& line) { log.push_back(line); };
    }

    template <class Kind>
    std::unique_ptr<host::sdk::SourceReader> open() {
        return Kind(tools).open(request);
    }

    /// Every row's cells to the end; problems as "!reason".
    template <class Kind>
    std::vector<Cells> all() {
        auto reader = open<Kind>();
        std::vector<Cells> rows;
        SourceRow row;
        while (reader->next(row)) rows.push_back(row.problem ? Cells{"!" + row.problem->reason} : row.cells);
        return rows;
    }
    /// The ids that came, in one line.
    template <class Kind>
    std::string ids() {
        std::string out;
        for (const auto& row : all<Kind>()) out += (out.empty() ? "" : " ") + row[0].value_or("-");
        return out;
    }
    template <class Kind>
    SourceError failure() {
        try {
            all<Kind>();
        } catch (const SourceError& error) {
            return error;
        }
        return {SourceError::Kind::Cancelled, "no error", ""};
    }
    std::vector<std::string> urls() const {
        std::vector<std::string> out;
        for (const auto& asked : http.asked) out.push_back(asked.url);
        return out;
    }

    StubHttp http;
    FakeClock clock;
    std::vector<std::chrono::milliseconds> waits;
    std::shared_ptr<host::connectors::WebTools> tools{
        new host::connectors::WebTools{http, clock, [this](std::chrono::milliseconds time, const std::stop_token&) {
                                           waits.push_back(time);
                                           clock.advance(time);
                                       }}};
    host::sdk::SourceRequest request;
    std::vector<std::string> log;
};

}  // namespace tests
