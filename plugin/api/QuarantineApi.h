#pragma once
/// REST of the quarantine as a place to work: what was refused and why, groups of one cause, one row with everything
/// about it, and a person's words: replay, discard, restore. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/RecordNames.h"
#include "host/sdk/Records.h"
#include "plugin/api/QuarantineView.h"
#include "plugin/store/Integrations.h"
#include "plugin/store/OutboxStore.h"
#include "plugin/store/QuarantineStore.h"
#include "plugin/store/RecordWay.h"

#include <functional>
#include <vector>

namespace plugin::api {

/// The rooms it serves from; all outlive it.
struct QuarantineParts {
    store::QuarantineStore& quarantine;
    store::OutboxStore& outbox;
    store::RecordWayStore& ways;
    store::Integrations& integrations;
    host::sdk::Records& records;
    host::sdk::RecordNames& names;
    host::sdk::Journal& journal;
};

class QuarantineApi {
public:
    explicit QuarantineApi(QuarantineParts parts) : parts_(parts) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    /// What a person asks about: rows as they stand, and names for which there is none.
    struct Asked {
        std::vector<store::QuarantineRow> rows;
        std::vector<std::string> unknown;
    };
    struct Order {
        Asked asked;
        std::string comment;
        bool force = false;
        bool dependents = false;
    };
    using Judge = std::function<const char*(const store::QuarantineRow&)>;

    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response groups(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response replay(const host::sdk::Request& request);
    host::sdk::Response discard(const host::sdk::Request& request);
    host::sdk::Response restore(const host::sdk::Request& request);

    /// `action`: "replay", "discard" or "restore"; `state`: of the rows that a filter chooses.
    Order read(const host::sdk::Request& request, const std::string& action, const std::string& state);
    Asked byNames(const std::string& organization, const std::vector<std::string>& names);
    /// Acts on the rows that `judge` gives no verdict about; the answer has a verdict for every row.
    host::sdk::Response act(const host::sdk::Request& request, const std::string& action, const char* done,
                            const Order& order, const Judge& judge);
    std::vector<host::sdk::RecordNamesOf> namesOfRows(const std::string& organization,
                                                      const std::vector<store::QuarantineRow>& rows);
    SourceRecords sourcesOf(const std::string& organization, const std::vector<store::QuarantineRow>& rows);

    QuarantineParts parts_;
};

}  // namespace plugin::api
