#pragma once
/// Learning records in the database: what modules see (sdk::Records) and what REST and the imports write.
/// Thread-safe. Reads hold a session for one page only; each upsert is one transaction.

#include "host/records/RecordJson.h"
#include "host/records/RecordWriter.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Records.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace host::records {

/// Field → value, as in the query of a list. References by external id ("flow") or by our id ("flowId").
using RecordFilters = std::vector<std::pair<std::string, std::string>>;

class RecordStore final : public sdk::Records {
public:
    RecordStore(sdk::Database& database, const sdk::Clock& clock) : database_(database), clock_(clock) {}

    std::vector<sdk::Programme> programmes(const std::string& organization, const std::string& project) override;
    std::vector<sdk::Flow> flows(const std::string& organization, sdk::RecordId programmeId) override;
    std::optional<sdk::FlowStructure> structure(const std::string& organization, sdk::RecordId flowId) override;
    std::vector<sdk::Learner> learners(const std::string& organization, sdk::RecordId flowId) override;
    std::vector<sdk::Enrollment> enrollments(const std::string& organization, sdk::RecordId flowId) override;
    std::optional<sdk::Learner> learner(const std::string& organization, sdk::RecordId learnerId) override;
    void results(const std::string& organization, sdk::RecordId flowId, sdk::RecordId afterId,
                 const std::function<bool(std::span<const sdk::Result>)>& page) override;
    void views(const std::string& organization, sdk::RecordId flowId, sdk::RecordId afterId,
               const std::function<bool(std::span<const sdk::View>)>& page) override;
    void openings(const std::string& organization, sdk::RecordId flowId, sdk::RecordId afterId,
                  const std::function<bool(std::span<const sdk::Opening>)>& page) override;
    void reflections(const std::string& organization, sdk::RecordId flowId, sdk::RecordId afterId,
                     const std::function<bool(std::span<const sdk::Reflection>)>& page) override;
    std::vector<sdk::File> files(const std::string& organization, const std::vector<sdk::RecordId>& ids) override;
    std::vector<sdk::UntiIdOutcome> assignUntiIds(const std::string& organization,
                                                  std::span<const sdk::UntiIdAssignment> assignments,
                                                  const std::string& who) override;
    std::vector<sdk::AssignedUntiId> assignedUntiIds(const std::string& organization) override;
    std::vector<sdk::ConfirmOutcome> confirm(const std::string& organization,
                                             std::span<const sdk::Confirmation> confirmations,
                                             const std::string& who) override;
    std::vector<sdk::ConfirmedValue> confirmed(const std::string& organization) override;

    /// Upserts checked drafts in one transaction; one verdict each, in order.
    std::vector<Verdict> upsert(const std::string& organization, const std::string& source,
                                const std::vector<RecordDraft>& drafts);

    /// At most `limit` records after `afterId` in order of id. AppError 400 names an unknown filter. Of learners "q" is
    /// a part of the name, external id or unti_id.
    std::vector<StoredRecord> list(const std::string& organization, RecordKind kind, const RecordFilters& filters,
                                   std::int64_t afterId, std::size_t limit);
    /// Deleted ones included.
    std::optional<StoredRecord> find(const std::string& organization, RecordKind kind, std::int64_t id);
    /// By source and external id; deleted ones left out.
    std::optional<StoredRecord> findExternal(const std::string& organization, RecordKind kind,
                                             const std::string& source, const std::string& externalId);

    /// Replaces the content. `ifMatch`: the revision it must have, AppError 412 otherwise (with the current one);
    /// 404 when there is none; 422 with the field errors.
    StoredRecord replace(const std::string& organization, RecordKind kind, std::int64_t id,
                         std::optional<std::int64_t> ifMatch,
                         const std::function<RecordDraft(const StoredRecord&)>& draft);
    /// Soft delete; the same conditions.
    void remove(const std::string& organization, RecordKind kind, std::int64_t id, std::optional<std::int64_t> ifMatch);

private:
    std::vector<StoredRecord> listLike(const std::string& organization, const std::string& part,
                                       const RecordFilters& filters, std::int64_t afterId, std::size_t limit);

    sdk::Database& database_;
    const sdk::Clock& clock_;
};

}  // namespace host::records
