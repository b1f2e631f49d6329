#pragma once
/// REST of learning records: batches, lists, single records, files. Handlers only turn HTTP into values and back.
/// Everything referred to must outlive it; routes go when it goes. Thread-safe.

#include "host/records/FileStore.h"
#include "host/records/RecordStore.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"

#include <cstdint>
#include <string>
#include <vector>

namespace host::records {

struct RecordsApiSettings {
    std::uint64_t maxBatchBytes = 16 * 1024 * 1024;
    std::size_t maxBatchItems = 10'000;
    std::uint64_t maxFileBytes = std::uint64_t{2} * 1024 * 1024 * 1024;
};

class RecordsApi {
public:
    /// Registers its routes; AppError when one is taken.
    RecordsApi(sdk::Router& router, RecordStore& records, FileStore& files, sdk::Organizations& organizations,
               sdk::Journal& journal, RecordsApiSettings settings = {});

private:
    void addKind(sdk::Router& router, const KindSpec& kind);
    void addFiles(sdk::Router& router);

    sdk::Response postBatch(const sdk::Request& request);
    sdk::Response list(const sdk::Request& request, RecordKind kind);
    sdk::Response get(const sdk::Request& request, RecordKind kind);
    sdk::Response put(const sdk::Request& request, RecordKind kind);
    sdk::Response remove(const sdk::Request& request, RecordKind kind);
    sdk::Response postFile(const sdk::Request& request);
    /// The result or element that the query names, into the draft of a file.
    void readOwner(const sdk::Request& request, const std::string& org, const std::string& source, RecordKind kind,
                   RecordDraft& draft) const;
    sdk::Response getContent(const sdk::Request& request);

    /// The organization of the path; AppError 404 when there is none.
    std::string organization(const sdk::Request& request);
    void note(const sdk::Request& request, const std::string& action, const std::string& subject, std::string details);

    RecordStore& records_;
    FileStore& files_;
    sdk::Organizations& organizations_;
    sdk::Journal& journal_;
    RecordsApiSettings settings_;
    std::vector<sdk::Registration> routes_;
};

}  // namespace host::records
