#pragma once
/// What becomes of an unti_id that a learner brought from University 2035 and confirmed: written to the learner when
/// nothing contradicts, otherwise kept for an administrator, who sees both. A test contour's unti_id goes to testUntiId
/// and its Leader-ID to no record. Never by e-mail. Thread-safe.

#include "host/sdk/Journal.h"
#include "host/sdk/Records.h"
#include "plugin/store/SsoStore.h"

#include <string>

namespace plugin::api {

/// Who does it, for the journal.
struct SsoActor {
    std::string login;  ///< "link:17", or an administrator's
    std::string clientAddress;
    std::string requestId;
};

class SsoJoining {
public:
    SsoJoining(store::SsoStore& store, host::sdk::Records& records, host::sdk::Journal& journal)
        : store_(store), records_(records), journal_(journal) {}

    /// The person said yes. The answer's state is Joined or Waiting.
    store::SsoJoin confirmed(const store::SsoAttempt& attempt, const SsoActor& actor);
    /// The person said «это не я»: nothing is written to the learner.
    store::SsoJoin declined(const store::SsoAttempt& attempt, const SsoActor& actor);

    /// An administrator's word on one that waits. \throws AppError 409 "sso.not-waiting", "sso.learner-changed",
    /// "sso.taken", "sso.learner-gone"; 412 when somebody was quicker.
    store::SsoJoin accept(store::SsoJoin join, const SsoActor& actor);
    store::SsoJoin dismiss(store::SsoJoin join, const SsoActor& actor);
    /// Takes back what a join wrote, where the learner still shows it. \throws AppError 409 "sso.not-joined",
    /// "sso.learner-changed".
    /// `action`: as the journal tells it.
    store::SsoJoin undo(store::SsoJoin join, const SsoActor& actor, const char* action = "sso.join-undone");

private:
    void judge(store::SsoJoin& join);
    std::string write(store::SsoJoin& join, const std::string& who);
    void writeLeader(store::SsoJoin& join, const std::string& who);
    void keep(store::SsoJoin& join, const SsoActor& actor, const char* action);
    void note(const store::SsoJoin& join, const SsoActor& actor, const char* action);

    store::SsoStore& store_;
    host::sdk::Records& records_;
    host::sdk::Journal& journal_;
};

/// Why a join waits, or what is noted with it, in words; empty for an empty code.
struct SsoJoinWords {
    std::string reason, fix;
};
SsoJoinWords joinWords(const std::string& code, bool russian);

}  // namespace plugin::api
