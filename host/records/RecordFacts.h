#pragma once
/// What rules must know of already stored records, read once per transaction. Valid while its session is; not
/// thread-safe.

#include "host/records/RecordDraft.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace host::records {

struct ElementFacts {
    std::int64_t programmeId = 0;
    std::optional<std::int64_t> flowId;
    std::optional<double> minScore;
    std::optional<double> maxScore;
    std::optional<double> passScore;
};

struct FlowFacts {
    std::int64_t programmeId = 0;
    std::optional<sdk::Micros> startsAt;
};

class RecordFacts {
public:
    RecordFacts(Poco::Data::Session& session, std::string organization)
        : session_(session), organization_(std::move(organization)) {}

    /// Reads what is not known yet of these at once: asking one by one costs more than the rules do.
    void expectElements(const std::vector<std::int64_t>& ids);
    void expectFlowsOf(const std::vector<std::int64_t>& learnerIds);

    const ElementFacts& element(std::int64_t id);
    const FlowFacts& flow(std::int64_t id);
    std::int64_t programmeOfBlock(std::int64_t id) { return parent(blocks_, "record_blocks", "programme_id", id); }
    std::int64_t programmeOfModule(std::int64_t id) {
        return programmeOfBlock(parent(modules_, "record_modules", "block_id", id));
    }
    std::int64_t programmeOfTheme(std::int64_t id) {
        return programmeOfModule(parent(themes_, "record_themes", "module_id", id));
    }
    /// Flows of a programme that a learner is enrolled in, deleted enrolments and flows left out.
    const std::vector<std::int64_t>& flowsOf(std::int64_t learnerId, std::int64_t programmeId);
    /// Another live flow of the organization with this key.
    bool flowKeyTaken(const std::string& key, const std::string& source, const std::string& externalId);

    /// Structure or enrolments were written: forget what was read of them.
    void forget();

private:
    using Parents = std::unordered_map<std::int64_t, std::int64_t>;
    std::int64_t parent(Parents& known, const char* table, const char* column, std::int64_t id);

    Poco::Data::Session& session_;
    std::string organization_;
    std::unordered_map<std::int64_t, ElementFacts> elements_;
    std::unordered_map<std::int64_t, FlowFacts> flows_;
    Parents blocks_;
    Parents modules_;
    Parents themes_;
    /// By learner, then by programme.
    std::unordered_map<std::int64_t, std::unordered_map<std::int64_t, std::vector<std::int64_t>>> enrolled_;
};

/// The rules that need other records: the element's programme, the flow that was left out, times counted from its
/// start, marks within the element's scale. References must be resolved to ids (Int). Notes errors in the draft.
void applyRules(RecordDraft& draft, const std::string& source, RecordFacts& facts);

}  // namespace host::records
