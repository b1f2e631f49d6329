// SsoStore: sign-ins under way, and joins.

#include "plugin/store/Param.h"
#include "plugin/store/Sql.h"
#include "plugin/store/SsoStore.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

#include <chrono>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::Micros;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

constexpr Micros kForgetAfter = std::chrono::microseconds(std::chrono::hours(24)).count();
constexpr const char* kJoinNames[kJoinStates] = {"joined", "waiting", "declined", "dismissed", "undone"};

std::vector<SsoAttempt> readAttempts(Session& session, const std::string& where, const std::string& value) {
    std::vector<std::int64_t> ids, links, learners, expires;
    std::vector<std::string> organizations, contours, browsers, csrfs, stages, untiIds, leaderIds;
    session << "SELECT id, organization, contour, link_id, learner_id, browser_hash, csrf_hash, stage, expires_at,"
               " unti_id, leader_id FROM u2035_sso_attempt WHERE " +
                   where,
        into(ids), into(organizations), into(contours), into(links), into(learners), into(browsers), into(csrfs),
        into(stages), into(expires), into(untiIds), into(leaderIds), param(value), now;
    std::vector<SsoAttempt> found;
    for (std::size_t i = 0; i < ids.size(); ++i)
        found.push_back({ids[i], organizations[i], contours[i], links[i], learners[i], browsers[i], csrfs[i], stages[i],
                         expires[i], untiIds[i], leaderIds[i]});
    return found;
}

std::vector<SsoJoin> readJoins(Session& session, Conditions where, const std::string& order) {
    std::vector<std::int64_t> ids, learners, revisions, assigned, written, confirmed, created;
    std::vector<Nullable<std::int64_t>> decided;
    std::vector<std::string> organizations, contours, states, codes, untiIds, leaderIds, previous, previousLeaders,
        deciders;
    Statement select(session);
    select << "SELECT id, organization, contour, learner_id, revision, state, code, unti_id, leader_id, previous,"
              " previous_assigned, previous_leader, leader_written, previous_leader_confirmed, created_at, decided_at,"
              " decided_by FROM u2035_sso_join" +
                  where.sql() + order,
        into(ids), into(organizations), into(contours), into(learners), into(revisions), into(states), into(codes),
        into(untiIds), into(leaderIds), into(previous), into(assigned), into(previousLeaders), into(written),
        into(confirmed), into(created), into(decided), into(deciders);
    where.bindTo(select);
    select.execute();
    std::vector<SsoJoin> joins;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        SsoJoin join;
        join.id = ids[i];
        join.organization = organizations[i];
        join.contour = contours[i];
        join.learnerId = learners[i];
        join.revision = revisions[i];
        join.state = joinStateFrom(states[i]).value_or(JoinState::Waiting);
        join.code = codes[i];
        join.untiId = untiIds[i];
        join.leaderId = leaderIds[i];
        join.previous = previous[i];
        join.previousAssigned = assigned[i] != 0;
        join.previousLeader = previousLeaders[i];
        join.leaderWritten = written[i] != 0;
        join.previousLeaderConfirmed = confirmed[i] != 0;
        join.createdAt = created[i];
        if (!decided[i].isNull()) join.decidedAt = decided[i].value();
        join.decidedBy = deciders[i];
        joins.push_back(std::move(join));
    }
    return joins;
}

Nullable<std::int64_t> maybe(const std::optional<Micros>& moment) {
    return moment ? Nullable<std::int64_t>(*moment) : Nullable<std::int64_t>();
}

}  // namespace

const char* toString(JoinState state) {
    return kJoinNames[static_cast<int>(state)];
}

std::optional<JoinState> joinStateFrom(const std::string& name) {
    for (int i = 0; i < kJoinStates; ++i)
        if (name == kJoinNames[i]) return static_cast<JoinState>(i);
    return std::nullopt;
}

std::optional<std::int64_t> SsoStore::begin(const SsoLink& link, const std::string& state, const std::string& browser,
                                            Micros expiresAt, std::int64_t maxTries) {
    std::optional<std::int64_t> begun;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        begun.reset();
        session << "DELETE FROM u2035_sso_attempt WHERE expires_at < ?", param(moment - kForgetAfter), now;
        Statement count(session);
        count << "UPDATE u2035_sso_link SET tries = tries + 1 WHERE id = ? AND tries < ? AND used_at IS NULL"
                 " AND revoked_at IS NULL",
            param(link.id), param(maxTries);
        if (count.execute() != 1) return;
        const auto id = nextNumber(session, "u2035_sso_attempt", "id");
        session << "INSERT INTO u2035_sso_attempt (id, organization, contour, link_id, learner_id, state_hash,"
                   " browser_hash, csrf_hash, stage, expires_at, unti_id, leader_id)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, '', 'started', ?, '', '')",
            param(id), param(link.organization), param(link.contour), param(link.id), param(link.learnerId),
            param(ssoHash(state)), param(ssoHash(browser)), param(expiresAt), now;
        begun = id;
    });
    return begun;
}

std::optional<SsoAttempt> SsoStore::takeState(const std::string& state) {
    std::optional<SsoAttempt> taken;
    database_.write([&](Session& session) {
        taken.reset();
        Statement update(session);
        update << "UPDATE u2035_sso_attempt SET stage = 'returned' WHERE state_hash = ? AND stage = 'started'",
            param(ssoHash(state));
        if (update.execute() != 1) return;
        auto found = readAttempts(session, "state_hash = ?", ssoHash(state));
        if (!found.empty()) taken = std::move(found.front());
    });
    return taken;
}

void SsoStore::waitForPerson(std::int64_t id, const std::string& untiId, const std::string& leaderId,
                             Micros expiresAt) {
    database_.write([&](Session& session) {
        session << "UPDATE u2035_sso_attempt SET stage = 'confirming', unti_id = ?, leader_id = ?, expires_at = ?"
                   " WHERE id = ? AND stage = 'returned'",
            param(untiId), param(leaderId), param(expiresAt), param(id), now;
    });
}

void SsoStore::setCsrf(std::int64_t id, const std::string& csrf) {
    database_.write([&](Session& session) {
        session << "UPDATE u2035_sso_attempt SET csrf_hash = ? WHERE id = ? AND stage = 'confirming'",
            param(ssoHash(csrf)), param(id), now;
    });
}

std::optional<SsoAttempt> SsoStore::attempt(std::int64_t id) {
    std::vector<SsoAttempt> found;
    database_.read(
        [&](Session& session) { found = readAttempts(session, "id = CAST(? AS BIGINT)", std::to_string(id)); });
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

bool SsoStore::end(std::int64_t id) {
    bool mine = false;
    database_.write([&](Session& session) {
        Statement update(session);
        update << "UPDATE u2035_sso_attempt SET stage = 'ended', unti_id = '', leader_id = '' WHERE id = ?"
                  " AND stage <> 'ended'",
            param(id);
        mine = update.execute() == 1;
    });
    return mine;
}

SsoJoin SsoStore::addJoin(SsoJoin join) {
    join.createdAt = clock_.now();
    join.revision = 1;
    database_.write([&](Session& session) {
        join.id = nextNumber(session, "u2035_sso_join", "id");
        session
            << "INSERT INTO u2035_sso_join (id, organization, contour, learner_id, revision, state, code, unti_id,"
               " leader_id, previous, previous_assigned, previous_leader, leader_written, previous_leader_confirmed,"
               " created_at, decided_at, decided_by) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            param(join.id), param(join.organization), param(join.contour), param(join.learnerId),
            param(std::string(toString(join.state))), param(join.code), param(join.untiId), param(join.leaderId),
            param(join.previous), param(std::int64_t{join.previousAssigned}), param(join.previousLeader),
            param(std::int64_t{join.leaderWritten}), param(std::int64_t{join.previousLeaderConfirmed}),
            param(join.createdAt), param(maybe(join.decidedAt)), param(join.decidedBy), now;
    });
    return join;
}

std::optional<SsoJoin> SsoStore::join(const std::string& organization, std::int64_t id) {
    std::vector<SsoJoin> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("id = " + std::to_string(id));
        found = readJoins(session, where, "");
    });
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<SsoJoin> SsoStore::joins(const std::string& organization, const std::string& state, std::int64_t before,
                                     std::size_t limit) {
    std::vector<SsoJoin> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        if (!state.empty()) where.text("state = ?", state);
        if (before != 0) where.raw("id < " + std::to_string(before));
        found = readJoins(session, where, " ORDER BY id DESC LIMIT " + std::to_string(limit));
    });
    return found;
}

std::vector<SsoJoin> SsoStore::standing(const std::string& organization, const std::string& contour,
                                        std::int64_t learnerId) {
    std::vector<SsoJoin> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.text("contour = ?", contour);
        where.raw("learner_id = " + std::to_string(learnerId) + " AND state IN ('joined', 'waiting')");
        found = readJoins(session, where, " ORDER BY id DESC");
    });
    return found;
}

std::map<std::string, std::int64_t> SsoStore::joinCounts(const std::string& organization) {
    std::vector<std::string> states;
    std::vector<std::int64_t> numbers;
    database_.read([&](Session& session) {
        states.clear();
        numbers.clear();
        session << "SELECT state, COUNT(*) FROM u2035_sso_join WHERE organization = ? GROUP BY state", into(states),
            into(numbers), param(organization), now;
    });
    std::map<std::string, std::int64_t> counts;
    for (std::size_t i = 0; i < states.size(); ++i) counts[states[i]] = numbers[i];
    return counts;
}

bool SsoStore::changeJoin(const SsoJoin& join) {
    bool mine = false;
    database_.write([&](Session& session) {
        Statement update(session);
        update << "UPDATE u2035_sso_join SET revision = revision + 1, state = ?, code = ?, previous = ?,"
                  " previous_assigned = ?, previous_leader = ?, leader_written = ?, previous_leader_confirmed = ?,"
                  " decided_at = ?, decided_by = ? WHERE id = ? AND revision = ?",
            param(std::string(toString(join.state))), param(join.code), param(join.previous),
            param(std::int64_t{join.previousAssigned}), param(join.previousLeader),
            param(std::int64_t{join.leaderWritten}), param(std::int64_t{join.previousLeaderConfirmed}),
            param(maybe(join.decidedAt)), param(join.decidedBy), param(join.id), param(join.revision);
        mine = update.execute() == 1;
    });
    return mine;
}

std::optional<SsoJoin> SsoStore::decide(SsoJoin join, const std::string& who) {
    join.decidedAt = clock_.now();
    join.decidedBy = who;
    if (!changeJoin(join)) return std::nullopt;
    ++join.revision;
    return join;
}

}  // namespace plugin::store
