#pragma once
/// Prepared xAPI files in the outbox's terms: which rows go into files, what became of those that did.
///
/// What stands in a file has left the house, and nobody knows whether it was handed over: rows that waited become
/// `in_doubt` before the files appear, so their bytes never change from then on. A person's «передано» makes them
/// `accepted`; the word that they were not handed over lets those of the files' own store wait again.
///
/// An organization without an LRS integration plans into a store of the project's own, the files' store. What was
/// handed over from it is University 2035's knowledge too: `adopt` copies it into another store of the project, same
/// ids and bytes, so that no destination sends it again and what refers to it can go. Thread-safe.

#include "plugin/store/OutboxStore.h"

#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

/// Which rows go into files: what delivery would send, what was accepted already, or both.
enum class FileSelection { Due, All, Accepted };
const char* toString(FileSelection selection);  ///< "due", "all", "accepted"
std::optional<FileSelection> fileSelectionFrom(std::string_view text);

struct FileRow {
    std::int64_t seq = 0;
    int rank = 0;
    std::string statementId;
    std::string kind;
    std::string profileVersion;
    std::string bytes;
    RecordId recordId = 0;
    std::int64_t revision = 0;
};

struct FileQuery {
    std::string storeId;
    FileSelection selection = FileSelection::Due;
    RecordId flowId = 0;  ///< 0: every flow
    bool methodist = true;
    std::string kind = {};  ///< of statements; empty for what is due: that has an index of its own
};

/// Where a walk over rows stands.
struct FileCursor {
    int rank = -1;
    std::int64_t seq = 0;
    RecordId recordId = 0;
    std::int64_t revision = 0;
};

/// What became of the rows that one export's files of one project hold.
struct Handover {
    std::string project;
    std::int64_t statements = 0;
    std::int64_t undecided = 0;   ///< nobody said whether they were handed over
    std::int64_t handedOver = 0;  ///< by a person's word
    std::int64_t accepted = 0;    ///< by the LRS itself
};

class XapiFileStore {
public:
    XapiFileStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// UUIDv5 of the installation: the store an organization without an LRS integration plans a project's files into.
    static std::string filesStore(const std::string& installationId, const std::string& organization,
                                  const std::string& project);

    /// With bytes, in order of rank and seq; of one kind, in order of its records. A learner's row whose methodist's
    /// statement is neither accepted nor on its way in the same flow is left out, as delivery would.
    std::vector<FileRow> rows(const FileQuery& query, const FileCursor& after, std::size_t limit);
    /// Kinds of statements that the store has, in sending order.
    std::vector<std::string> kinds(const std::string& storeId);

    void remember(std::int64_t runId, const std::string& project, const std::vector<FileRow>& rows);
    /// Of a run that ended without files.
    void forget(std::int64_t runId);
    /// Of runs whose exports are gone.
    void forgetDropped(const std::string& organization);
    /// The remembered rows that waited are in doubt from here on. Committed before the files appear.
    void markExported(std::int64_t runId, const Target& target, std::int64_t bytes);

    /// By project, of one export.
    std::vector<Handover> handovers(std::int64_t runId);
    /// «Передано»: undecided rows become accepted. Returns how many. `by`: who said so. Rows of a store that is the
    /// test contour are undecided whatever it has accepted; their word stands in the files' store from then on.
    std::int64_t handOver(std::int64_t runId, const std::string& project, const std::string& by,
                          const std::string& filesStoreId);
    /// Not handed over: what is undecided or was said to be handed over. Rows of the files' store wait again and may be
    /// rendered anew; those of an LRS stay in doubt and go there with the same bytes. The export says no more of them.
    std::int64_t release(std::int64_t runId, const std::string& project, const std::string& filesStoreId);

    /// Stores of the project whose knowledge counts for this one. For an LRS just the files' store: with another LRS
    /// everything is due for it again. For the files' store every other, but none that is the test contour.
    std::vector<std::string> sharing(const Target& target, const std::string& filesStoreId);
    /// Copies what `from` has accepted into `to`, which has it accepted then; `onlyHandedOver`: by a person's word.
    /// What `to` was still to send of it is not sent. Of the test contour's store just what a word says. Returns how
    /// many.
    std::int64_t adopt(const std::string& from, const Target& to, bool onlyHandedOver);
    /// Rows in doubt that stand in files: they wait for a person's word.
    std::int64_t undecided(const std::string& storeId);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
