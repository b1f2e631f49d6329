#pragma once
/// REST of matching: learners, programmes, flows, modules and themes without an id of University 2035, what suggests
/// one and why, accepting many at once, taking back, and rejecting. The ids of learners that lists told are those of
/// the imports of unti_ids (UntiIdsApi); of the others, tables that are given here. Nothing is written without a
/// person's word. Thread-safe.

#include "common/JsonReader.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Records.h"
#include "plugin/identities/KnownIds.h"
#include "plugin/identities/Suggestions.h"
#include "plugin/store/MatchStore.h"
#include "plugin/store/UntiImportStore.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace plugin::api {

/// Items of one request.
inline constexpr std::size_t kMostMatches = 5000;

/// Columns of the list as a table.
const std::vector<std::string>& tableTitles();

/// A record's id as a body gives it; 0 for what is none: no record has it.
host::sdk::RecordId givenId(const std::string& text);

class MatchApi {
public:
    /// `folder`: where files are made before they are sent; of its own.
    MatchApi(store::MatchStore& matches, store::UntiImportStore& imports, host::sdk::Records& records,
             host::sdk::Journal& journal, std::filesystem::path folder)
        : matches_(matches), imports_(imports), records_(records), journal_(journal), folder_(std::move(folder)) {
        std::error_code absent;
        std::filesystem::remove_all(folder_, absent);  // what a life that ended meanwhile left
    }

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

    /// A record without its counterpart, and what suggests one.
    struct Lacking {
        std::string kind;
        host::sdk::RecordId id = 0;
        std::string externalId, title, parent;
        std::vector<identities::Suggestion> suggestions;
        std::vector<store::MatchRejection> rejected;
    };

private:
    struct Wish {
        std::string kind;
        host::sdk::RecordId id = 0;
        std::string value;
    };

    host::sdk::Response learners(const host::sdk::Request& request);
    host::sdk::Response acceptLearners(const host::sdk::Request& request);
    host::sdk::Response elements(const host::sdk::Request& request);
    host::sdk::Response learnersSummary(const host::sdk::Request& request);
    host::sdk::Response elementsSummary(const host::sdk::Request& request);
    host::sdk::Response acceptElements(const host::sdk::Request& request);
    host::sdk::Response rejectLearners(const host::sdk::Request& request);
    host::sdk::Response restoreLearners(const host::sdk::Request& request);
    host::sdk::Response rejectElements(const host::sdk::Request& request);
    host::sdk::Response restoreElements(const host::sdk::Request& request);
    host::sdk::Response learnersTable(const host::sdk::Request& request);
    host::sdk::Response elementsTable(const host::sdk::Request& request);
    host::sdk::Response tellLearners(const host::sdk::Request& request);
    host::sdk::Response tellElements(const host::sdk::Request& request);
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response undo(const host::sdk::Request& request);

    /// As the query narrows them to contour and flow, or kind.
    std::vector<Lacking> learnersOf(const host::sdk::Request& request);
    std::vector<Lacking> elementsOf(const host::sdk::Request& request);
    std::vector<Lacking> lackingLearners(const std::string& organization, bool test, host::sdk::RecordId flow);
    std::vector<Lacking> lackingElements(const std::string& organization);
    /// In the order of tableTitles().
    static std::vector<std::string> tableCells(const Lacking& one, bool russian);
    host::sdk::Response workbook(const host::sdk::Request& request, std::vector<Lacking> all, const char* file);
    host::sdk::Response told(const host::sdk::Request& request, bool learners, const std::string& contour,
                             const identities::IdHolders& holders);
    std::vector<identities::SpareRow> spareRows(const std::string& organization, bool test);
    host::sdk::Response shown(const host::sdk::Request& request, std::vector<Lacking> all, const std::string& file);
    static std::vector<Wish> named(common::JsonReader& in, bool learners);
    std::vector<Wish> fitting(const std::string& organization, common::JsonReader& in, bool learners, bool test);
    /// One transaction; the rows tell what became of each.
    void writeLearners(const store::MatchBatch& batch, std::vector<store::MatchRow>& rows);
    void writeElements(const store::MatchBatch& batch, std::vector<store::MatchRow>& rows);
    host::sdk::Response accept(const host::sdk::Request& request, bool learners);
    host::sdk::Response reject(const host::sdk::Request& request, std::vector<store::MatchRejection> wishes,
                               const std::string& contour, const std::vector<Lacking>& all);
    host::sdk::Response restore(const host::sdk::Request& request, const std::vector<store::MatchRejection>& wishes);
    host::sdk::Response batchAnswer(const store::MatchBatch& batch, int status = 200);

    store::MatchStore& matches_;
    store::UntiImportStore& imports_;
    host::sdk::Records& records_;
    host::sdk::Journal& journal_;
    std::filesystem::path folder_;
};

}  // namespace plugin::api
