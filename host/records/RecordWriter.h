#pragma once
/// Writes drafts in one transaction: references resolved, rules applied, upsert by (source, external id) in bulk.
/// An unchanged record keeps its revision; a changed or revived one gets the next. A wrong draft is rejected with its
/// errors and never stops the others. Lives within one transaction; not thread-safe.

#include "host/records/RecordFacts.h"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace host::records {

enum class VerdictStatus { Created, Updated, Unchanged, Rejected };
const char* toString(VerdictStatus status);

struct Verdict {
    VerdictStatus status = VerdictStatus::Rejected;
    std::int64_t id = 0;
    std::int64_t revision = 0;
    std::vector<sdk::FieldError> errors;
};

class RecordWriter {
public:
    RecordWriter(Poco::Data::Session& session, std::string organization, std::string source, sdk::Micros moment);

    /// One verdict per draft, in order. Drafts must have passed checkDraft (those with errors are rejected as they
    /// are). Kinds are written in order of dependency, so that drafts may refer forward.
    std::vector<Verdict> write(std::span<RecordDraft> drafts);

    /// Which of these are there, deleted ones too. `write` asks no more for those it was asked for.
    std::vector<std::string> present(RecordKind kind, const std::vector<std::string>& externalIds);

    /// Soft delete; the new revision. False when it is not there or deleted already.
    bool remove(RecordKind kind, std::int64_t id);

private:
    struct Existing {
        std::int64_t id = 0;
        std::int64_t revision = 0;
        bool deleted = false;
        std::string content;
    };
    struct Row {
        RecordDraft* draft;
        Verdict* verdict;
        std::string content;
        std::int64_t previous = 0;  ///< revision before; 0: new
    };
    struct Target {
        std::int64_t id = 0;
        bool deleted = false;
    };
    using Targets = std::unordered_map<std::string, Target>;

    void writeChunk(RecordKind kind, std::vector<Row>& rows);
    void resolve(RecordKind kind, std::vector<Row>& rows);
    void expectFacts(RecordKind kind, const std::vector<Row>& rows);
    void resolveField(const FieldSpec& field, std::size_t index, std::vector<Row>& rows);
    Targets targets(RecordKind kind, const std::string& source, const std::vector<std::string>& externalIds);
    std::unordered_map<std::int64_t, Target> targetsById(RecordKind kind, const std::vector<std::int64_t>& ids);
    /// By external id; nothing for one that is not there.
    using Known = std::unordered_map<std::string, std::optional<Existing>>;
    Known& known(RecordKind kind, const std::vector<std::string>& externalIds);
    std::int64_t reserveIds(RecordKind kind, std::size_t count);
    void insert(RecordKind kind, std::vector<Row>& rows);
    void update(RecordKind kind, std::vector<Row>& rows);
    void touchResultsOfElements(const std::vector<Row>& rows);
    /// Whose work or material a file is: the table of the owner and its id.
    using Owners = std::set<std::pair<const char*, std::int64_t>>;
    void addOwnersOfFile(std::int64_t fileId, Owners& owners);
    void touch(const Owners& owners);

    Poco::Data::Session& session_;
    std::string organization_;
    std::string source_;
    sdk::Micros moment_;
    RecordFacts facts_;
    std::array<Known, kRecordKinds> known_;  ///< what was asked and has not changed since
};

}  // namespace host::records
