#pragma once
/// The OData service of tests/peers over CSV files, and a client for it through the host's own HTTP pool.

#include "common/Text.h"
#include "host/base/SystemClock.h"
#include "host/base/outbound/HttpPool.h"
#include "host/connectors/http/HttpKind.h"
#include "host/connectors/odata/ODataKind.h"
#include "tests/support/Peer.h"
#include "tests/support/SharedData.h"
#include "tests/support/TempDir.h"

#include <fmt/format.h>

#include <fstream>
#include <memory>
#include <set>
#include <string>

namespace tests {

class ODataService {
public:
    /// `results`, `assessments`: CSV files of the shape of the Open University's.
    ODataService(const std::filesystem::path& results, const std::filesystem::path& assessments)
        : peer_("odata", "'" + options(results, assessments).string() + "'") {}

    std::string operator[](const std::string& name) const { return peer_[name]; }

private:
    std::filesystem::path options(const std::filesystem::path& results, const std::filesystem::path& assessments) {
        const auto file = folder_.path() / "options.json";
        std::ofstream(file) << fmt::format(
            R"({{"user":"анна","password":"p:w","pageSize":5000,"sets":{{
"Results":{{"file":"{}","key":["id_assessment","id_student"],"columns":{{"id_assessment":"Edm.Int32","id_student":"Edm.Int32",
"date_submitted":"Edm.Int32","is_banked":"Edm.Int32","score":"Edm.Decimal"}},
"expand":{{"Assessment":{{"set":"Assessments","by":"id_assessment","key":"id_assessment"}}}}}},
"Assessments":{{"file":"{}","key":["id_assessment"],"columns":{{"code_module":"Edm.String","id_assessment":"Edm.Int32",
"assessment_type":"Edm.String","weight":"Edm.Decimal"}}}}}}}})",
            results.string(), assessments.string());
        return file;
    }

    TempDir folder_;
    Peer peer_;
};

/// What a run of a route asks for, by the real client.
struct ODataRun {
    host::base::SystemClock clock;
    host::base::HttpPool pool{{.caFile = {}, .guard = {.allowHttp = true, .allowPrivateAddresses = true}}};
    std::shared_ptr<host::connectors::WebTools> tools{new host::connectors::WebTools{
        pool, clock, [](std::chrono::milliseconds, const std::stop_token&) {}}};  // a repeat follows at once
    host::sdk::SourceRequest request;
    std::string log;

    explicit ODataRun(const std::string& url, const std::string& dialect = "v4") {
        request.organization = "demo";
        request.connection.texts = {{"url", url}, {"auth", "basic"}, {"user", "анна"}, {"dialect", dialect}};
        request.connection.secrets.emplace("password", host::sdk::SecretString("p:w"));
        request.route.texts = {{"entitySet", "Results"}};
        request.columns = {"id_assessment", "id_student", "date_submitted", "score"};
        request.log = [this](const std::string& line) { log += line + "\n"; };
    }

    /// Every row as one line of CSV.
    template <class Kind = host::connectors::ODataKind>
    std::multiset<std::string> rows() {
        std::multiset<std::string> all;
        auto reader = Kind(tools).open(request);
        host::sdk::SourceRow row;
        while (reader->next(row)) {
            std::string line;
            for (const auto& cell : row.cells) line += (line.empty() ? "" : ",") + cell.value_or("");
            all.insert(row.problem ? "!" + row.problem->reason : line);
        }
        return all;
    }
    template <class Kind = host::connectors::ODataKind>
    host::sdk::SourceError failure() {
        try {
            rows<Kind>();
        } catch (const host::sdk::SourceError& error) {
            return error;
        }
        return {host::sdk::SourceError::Kind::Cancelled, "no error", ""};
    }
};

}  // namespace tests
