#pragma once
/// Letters that were sent from the wizard, so that one press sends one letter: a row is written before the letter goes.
/// Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/store/Integrations.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

struct LetterRow {
    std::string id;     ///< the letter's, the same for each of its tries
    std::string state;  ///< "sending", "sent", "in-doubt"
    std::string to;
    std::string from;
    host::sdk::Micros at = 0;  ///< of the last try, or of the sending
};

struct LetterOrder {
    IntegrationKey key;
    std::string kind;
    std::string requestedBy;
    std::string idempotencyKey;  ///< may be empty
};

class LetterStore {
public:
    LetterStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// The letter to send, in state "sending", or the one that was sent under this Idempotency-Key. One whose answer
    /// was lost is taken up again under its id, whatever the key. \throws AppError 409 "letter.sending" when it is on
    /// its way, 422 "idempotency-key.reused" when the key sent another kind.
    LetterRow begin(const LetterOrder& order);
    /// What this Idempotency-Key has sent: asked before anything else, since what allowed it may be over.
    std::optional<LetterRow> findSent(const LetterOrder& order);
    void sent(const LetterRow& row);
    /// It may have arrived.
    void inDoubt(const std::string& id);
    /// It didn't go.
    void forget(const std::string& id);
    /// Letters that an earlier process was sending: they may have arrived. Called at the start.
    void doubtLeftOver();

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

/// (name, sql) in order; `plugin/store/Migrations.h` numbers them. Never edited once released.
std::vector<std::pair<std::string, std::string>> letterMigrations();

}  // namespace plugin::store
