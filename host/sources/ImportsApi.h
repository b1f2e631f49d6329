#pragma once
/// REST of CSV imports: a file in, a report out, the whole list of errors kept as CSV. Everything referred to must
/// outlive it. Thread-safe.

#include "host/records/RecordStore.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"
#include "host/sources/CsvImport.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace host::sources {

struct ImportsApiSettings {
    std::filesystem::path folder;  ///< where error reports are kept; made when missing
    std::uint64_t maxBytes = std::uint64_t{2} * 1024 * 1024 * 1024;
    std::size_t inlineErrors = 1000;
};

class ImportsApi {
public:
    /// Needs recordsMigrations(). Registers its routes.
    ImportsApi(sdk::Router& router, records::RecordStore& records, const MappingLibrary& mappings,
               sdk::Database& database, sdk::Organizations& organizations, sdk::Journal& journal,
               const sdk::Clock& clock, ImportsApiSettings settings);

private:
    sdk::Response post(const sdk::Request& request);
    sdk::Response list(const sdk::Request& request);
    sdk::Response get(const sdk::Request& request);
    sdk::Response errors(const sdk::Request& request);

    void endInterrupted();
    std::string organization(const sdk::Request& request);
    std::string report(const std::string& organization, const std::string& id);
    std::filesystem::path errorsFile(const std::string& organization, const std::string& id) const;
    void begin(const std::string& organization, const std::string& id, const std::string& mapping,
               const std::string& who);
    void finish(const std::string& id, std::string report);

    records::RecordStore& records_;
    const MappingLibrary& mappings_;
    sdk::Database& database_;
    sdk::Organizations& organizations_;
    sdk::Journal& journal_;
    const sdk::Clock& clock_;
    ImportsApiSettings settings_;
    std::vector<sdk::Registration> routes_;
};

}  // namespace host::sources
