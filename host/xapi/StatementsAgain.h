#pragma once
/// Statements read again: those that wait for records, and all of a source whose rules were changed. In pages, each in
/// one transaction, so that it goes on where it was after a stop. Replaying changes nothing that did not change. One at
/// a time: it runs as a job.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/xapi/XapiSources.h"

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>

namespace host::xapi {

class StatementsAgain {
public:
    StatementsAgain(sdk::Database& database, XapiSources& sources, const sdk::Clock& clock)
        : database_(database), sources_(sources), clock_(clock) {}

    /// Counts by what was done: "read", "mapped", "waiting".
    std::map<std::string, std::int64_t> run(const std::stop_token& stop);

private:
    void remap(const ActiveSource& source, const std::stop_token& stop);
    void tryWaiting(const ActiveSource& source, const std::stop_token& stop);
    struct Page {
        std::int64_t last = 0;
        std::size_t count = 0;
        bool tookBack = false;
        bool stale = false;  ///< the source was changed meanwhile; the next run reads with its new rules
    };
    Page page(const ActiveSource& source, std::int64_t after, std::optional<State> state, bool remember);

    sdk::Database& database_;
    XapiSources& sources_;
    const sdk::Clock& clock_;
    std::map<std::string, std::int64_t> counts_;
};

}  // namespace host::xapi
