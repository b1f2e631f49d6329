#pragma once
/// Statements in: checked, kept byte for byte and mapped to records, in one transaction. All of a request or nothing.
/// A statement that comes again changes nothing; one without an id that has a timestamp gets an id made of what it
/// says, so that a request that is repeated brings nothing twice. Thread-safe.

#include "host/records/FileStore.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/xapi/XapiSources.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace host::xapi {

class StatementRows;

struct SentAttachment {
    std::string sha2;  ///< as its part's head names it, lower case
    std::string contentType;
    std::string_view bytes;
};

inline constexpr std::size_t kMaxStatements = 10'000;  ///< of one request

class StatementIntake {
public:
    StatementIntake(sdk::Database& database, records::FileStore& files, const sdk::Clock& clock)
        : database_(database), files_(files), clock_(clock) {}

    /// The statements' ids, in order. `json`: one statement or an array; with `putId` one, whose id that is.
    /// AppError 400 with the place, 409 "xapi.conflict" for an id with another body, 413 for too many.
    std::vector<std::string> take(const ActiveSource& source, std::string_view json,
                                  const std::vector<SentAttachment>& attachments,
                                  const std::optional<std::string>& putId = {});

private:
    struct Batch;
    using Known = std::unordered_map<std::string, std::int64_t>;
    static void requireSame(StatementRows& rows, const Batch& batch, const Known& known);
    void read(Batch& batch, std::string_view json, const std::vector<SentAttachment>& attachments) const;
    /// `areNew`: takes none of the statements for known when the first isn't; "db.unique" when that was wrong.
    void write(Poco::Data::Session& session, Batch& batch, bool areNew) const;

    sdk::Database& database_;
    records::FileStore& files_;
    const sdk::Clock& clock_;
};

}  // namespace host::xapi
