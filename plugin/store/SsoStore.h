#pragma once
/// What signing in at University 2035 needs to remember: the OAuth client of each organization and contour, personal
/// links, sign-ins under way, and joins of an unti_id with a learner. Tokens of links and states are kept as SHA-256
/// only, the client's secret stands in sdk::Secrets (`secretName`), and of a profile nothing but unti_id and leader_id
/// is written: with a sign-in until it ends, with a join for good. Thread-safe; every change is one transaction.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

struct SsoClientRow {
    std::string organization;
    std::string contour;        ///< "production" or "test"
    std::int64_t revision = 0;  ///< 0: there is none
    std::string base;           ///< without a slash at the end
    std::string clientId;
    std::string redirectUri;
    host::sdk::Micros updatedAt = 0;
    std::string updatedBy;
    std::optional<host::sdk::Micros> checkedAt;  ///< the last trial sign-in of an administrator with these settings
    std::string checkCode;                       ///< "ok", or of its failure
    std::string checkDetail;
};

struct SsoLink {
    std::int64_t id = 0;
    std::string organization;
    std::string contour;
    std::int64_t learnerId = 0;  ///< 0: an administrator's trial
    host::sdk::Micros createdAt = 0;
    std::string createdBy;
    host::sdk::Micros expiresAt = 0;
    std::optional<host::sdk::Micros> usedAt;
    std::optional<host::sdk::Micros> revokedAt;
    std::int64_t tries = 0;  ///< sign-ins begun with it
    bool mayUnlink = false;  ///< its learner may take back what was joined: only where the platform asked for that
};

struct SsoAttempt {
    std::int64_t id = 0;
    std::string organization;
    std::string contour;
    std::int64_t linkId = 0;
    std::int64_t learnerId = 0;
    std::string browserHash;
    std::string csrfHash;
    std::string stage;  ///< "started" → "returned" → "confirming" → "ended"
    host::sdk::Micros expiresAt = 0;
    std::string untiId, leaderId;  ///< while "confirming" only
};

enum class JoinState {
    Joined,
    Waiting,    ///< for an administrator: the learner has another id, or somebody has this one
    Declined,   ///< the person said «это не я»
    Dismissed,  ///< the administrator left the learner as it was
    Undone
};
inline constexpr int kJoinStates = 5;
const char* toString(JoinState state);
std::optional<JoinState> joinStateFrom(const std::string& name);

struct SsoJoin {
    std::int64_t id = 0;
    std::string organization;
    std::string contour;
    std::int64_t learnerId = 0;
    std::int64_t revision = 1;
    JoinState state = JoinState::Waiting;
    std::string code;  ///< why it waits; empty otherwise
    std::string untiId, leaderId;
    std::string previous;           ///< the learner's unti_id before
    bool previousAssigned = false;  ///< it was a person's, not the source's
    std::string previousLeader;
    bool leaderWritten = false;
    bool previousLeaderConfirmed = false;
    host::sdk::Micros createdAt = 0;
    std::optional<host::sdk::Micros> decidedAt;
    std::string decidedBy;
};

class SsoStore {
public:
    SsoStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    static std::string secretName(const std::string& organization, const std::string& contour) {
        return organization + "/sso/" + contour;
    }

    // -- clients --
    /// Revision 0 when there is none.
    SsoClientRow client(const std::string& organization, const std::string& contour);
    /// Writes it with the next revision. False, with nothing written, when the present revision isn't `expected`.
    bool putClient(SsoClientRow row, std::optional<std::int64_t> expected);
    /// Its open links and sign-ins end with it. False as above.
    bool eraseClient(const std::string& organization, const std::string& contour, std::optional<std::int64_t> expected);
    /// How a trial ended that was begun at `begunAt`. Nothing when the settings were changed since: it says nothing of
    /// those that are there now.
    void noteCheck(const std::string& organization, const std::string& contour, host::sdk::Micros begunAt,
                   const std::string& code, const std::string& detail);

    // -- links --
    /// A learner's earlier links of that contour that serve for anything are withdrawn. `tokens`: one for each; ids are
    /// filled in.
    std::vector<SsoLink> addLinks(std::vector<SsoLink> links, const std::vector<std::string>& tokens);
    std::optional<SsoLink> linkByToken(const std::string& token);
    std::optional<SsoLink> link(const std::string& organization, std::int64_t id);
    /// Of learners, newest first; `before` 0: from the start, `learnerId` 0: of all.
    std::vector<SsoLink> links(const std::string& organization, std::int64_t learnerId, std::int64_t before,
                               std::size_t limit);
    bool revokeLink(const std::string& organization, std::int64_t id);
    void useLink(std::int64_t id);

    // -- sign-ins --
    /// Counts a try of the link; nothing beyond `maxTries`. Sign-ins that ended or expired a day ago are forgotten.
    std::optional<std::int64_t> begin(const SsoLink& link, const std::string& state, const std::string& browser,
                                      host::sdk::Micros expiresAt, std::int64_t maxTries);
    /// Whoever gives a state back takes it: the second time there is nothing. `browserHash`, `expiresAt` are to be
    /// judged.
    std::optional<SsoAttempt> takeState(const std::string& state);
    void waitForPerson(std::int64_t id, const std::string& untiId, const std::string& leaderId,
                       host::sdk::Micros expiresAt);
    /// The form's token that counts from now on.
    void setCsrf(std::int64_t id, const std::string& csrf);
    std::optional<SsoAttempt> attempt(std::int64_t id);
    /// Ends it and forgets the ids. False when it ended before: so that two presses confirm once.
    bool end(std::int64_t id);

    // -- joins --
    SsoJoin addJoin(SsoJoin join);
    std::optional<SsoJoin> join(const std::string& organization, std::int64_t id);
    std::vector<SsoJoin> joins(const std::string& organization, const std::string& state, std::int64_t before,
                               std::size_t limit);
    std::map<std::string, std::int64_t> joinCounts(const std::string& organization);
    /// Of one learner, the latest first; Declined, Dismissed and Undone ones are over and left out.
    std::vector<SsoJoin> standing(const std::string& organization, const std::string& contour, std::int64_t learnerId);
    /// Writes everything but the ids, with the next revision. False when it isn't `join.revision` any more.
    bool changeJoin(const SsoJoin& join);
    /// The same with who decided and when; the join as it is then, nothing when somebody was quicker.
    std::optional<SsoJoin> decide(SsoJoin join, const std::string& who);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

/// As a token or state is kept.
std::string ssoHash(const std::string& token);
/// 64 hex digits of the system's randomness: nobody guesses one.
std::string ssoToken();

/// (name, sql) in order; `plugin/store/Migrations.h` numbers them. Never edited once released.
std::vector<std::pair<std::string, std::string>> ssoMigrations();
std::vector<std::pair<std::string, std::string>> ssoUnlinkMigrations();

}  // namespace plugin::store
