// SsoStore: clients and links; sign-ins and joins stand in SsoJoins.cpp.

#include "plugin/store/SsoStore.h"

#include "common/Sha256.h"
#include "common/Uuid.h"
#include "plugin/store/Param.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

#include <algorithm>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::Micros;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

std::optional<SsoClientRow> findClient(Session& session, const std::string& organization, const std::string& contour) {
    std::vector<std::int64_t> revisions, updated;
    std::vector<Nullable<std::int64_t>> checked;
    std::vector<std::string> bases, ids, uris, authors, codes, details;
    session << "SELECT revision, base, client_id, redirect_uri, updated_at, updated_by, checked_at, check_code,"
               " check_detail FROM u2035_sso_client WHERE organization = ? AND contour = ?",
        into(revisions), into(bases), into(ids), into(uris), into(updated), into(authors), into(checked), into(codes),
        into(details), param(organization), param(contour), now;
    if (revisions.empty()) return std::nullopt;
    SsoClientRow row{organization, contour,    revisions[0], bases[0], ids[0],    uris[0],
                     updated[0],   authors[0], {},           codes[0], details[0]};
    if (!checked[0].isNull()) row.checkedAt = checked[0].value();
    return row;
}

std::vector<SsoLink> readLinks(Session& session, Conditions where, const std::string& order) {
    std::vector<std::int64_t> ids, learners, created, expires, tries, unlinking;
    std::vector<Nullable<std::int64_t>> used, revoked;
    std::vector<std::string> organizations, contours, authors;
    Statement select(session);
    select << "SELECT id, organization, contour, learner_id, created_at, created_by, expires_at, used_at, revoked_at,"
              " tries, may_unlink FROM u2035_sso_link" +
                  where.sql() + order,
        into(ids), into(organizations), into(contours), into(learners), into(created), into(authors), into(expires),
        into(used), into(revoked), into(tries), into(unlinking);
    where.bindTo(select);
    select.execute();
    std::vector<SsoLink> links;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        SsoLink link{ids[i], organizations[i], contours[i],      learners[i], created[i], authors[i], expires[i], {},
                     {},     tries[i],         unlinking[i] != 0};
        if (!used[i].isNull()) link.usedAt = used[i].value();
        if (!revoked[i].isNull()) link.revokedAt = revoked[i].value();
        links.push_back(std::move(link));
    }
    return links;
}

}  // namespace

std::string ssoHash(const std::string& token) {
    return common::Sha256::hex(token);
}

std::string ssoToken() {
    std::string token = common::Uuid::v4() + common::Uuid::v4();
    std::erase(token, '-');
    return token;
}

SsoClientRow SsoStore::client(const std::string& organization, const std::string& contour) {
    std::optional<SsoClientRow> found;
    database_.read([&](Session& session) { found = findClient(session, organization, contour); });
    if (found) return *found;
    SsoClientRow none;
    none.organization = organization;
    none.contour = contour;
    return none;
}

bool SsoStore::putClient(SsoClientRow row, std::optional<std::int64_t> expected) {
    bool mine = false;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        const auto present = findClient(session, row.organization, row.contour);
        const auto revision = present ? present->revision : 0;
        mine = !expected || *expected == revision;
        if (!mine) return;
        session << "INSERT INTO u2035_sso_client (organization, contour, revision, base, client_id, redirect_uri,"
                   " updated_at, updated_by, check_code, check_detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '')"
                   " ON CONFLICT (organization, contour) DO UPDATE SET revision = excluded.revision,"
                   " base = excluded.base, client_id = excluded.client_id, redirect_uri = excluded.redirect_uri,"
                   " updated_at = excluded.updated_at, updated_by = excluded.updated_by, checked_at = NULL,"
                   " check_code = '', check_detail = ''",
            param(row.organization), param(row.contour), param(revision + 1), param(row.base), param(row.clientId),
            param(row.redirectUri), param(moment), param(row.updatedBy), now;
    });
    return mine;
}

bool SsoStore::eraseClient(const std::string& organization, const std::string& contour,
                           std::optional<std::int64_t> expected) {
    bool mine = false;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        const auto present = findClient(session, organization, contour);
        mine = present && (!expected || *expected == present->revision);
        if (!mine) return;
        session << "DELETE FROM u2035_sso_client WHERE organization = ? AND contour = ?", param(organization),
            param(contour), now;
        session << "DELETE FROM u2035_sso_attempt WHERE organization = ? AND contour = ?", param(organization),
            param(contour), now;
        session << "UPDATE u2035_sso_link SET revoked_at = ? WHERE organization = ? AND contour = ?"
                   " AND (used_at IS NULL OR may_unlink <> 0) AND revoked_at IS NULL",
            param(moment), param(organization), param(contour), now;
    });
    return mine;
}

void SsoStore::noteCheck(const std::string& organization, const std::string& contour, Micros begunAt,
                         const std::string& code, const std::string& detail) {
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        session << "UPDATE u2035_sso_client SET checked_at = ?, check_code = ?, check_detail = ?"
                   " WHERE organization = ? AND contour = ? AND updated_at <= ?",
            param(moment), param(code), param(detail), param(organization), param(contour), param(begunAt), now;
    });
}

std::vector<SsoLink> SsoStore::addLinks(std::vector<SsoLink> links, const std::vector<std::string>& tokens) {
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        auto next = nextNumber(session, "u2035_sso_link", "id");
        for (std::size_t i = 0; i < links.size(); ++i) {
            auto& link = links[i];
            link.id = next++;
            link.createdAt = moment;
            if (link.learnerId != 0)
                session << "UPDATE u2035_sso_link SET revoked_at = ? WHERE organization = ? AND learner_id = ?"
                           " AND contour = ? AND (used_at IS NULL OR may_unlink <> 0) AND revoked_at IS NULL",
                    param(moment), param(link.organization), param(link.learnerId), param(link.contour), now;
            session << "INSERT INTO u2035_sso_link (id, organization, contour, learner_id, token_hash, created_at,"
                       " created_by, expires_at, tries, may_unlink) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
                param(link.id), param(link.organization), param(link.contour), param(link.learnerId),
                param(ssoHash(tokens.at(i))), param(moment), param(link.createdBy), param(link.expiresAt),
                param(std::int64_t{link.mayUnlink}), now;
        }
    });
    return links;
}

std::optional<SsoLink> SsoStore::linkByToken(const std::string& token) {
    std::vector<SsoLink> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("token_hash = ?", ssoHash(token));
        found = readLinks(session, where, "");
    });
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<SsoLink> SsoStore::link(const std::string& organization, std::int64_t id) {
    std::vector<SsoLink> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("id = " + std::to_string(id));
        found = readLinks(session, where, "");
    });
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<SsoLink> SsoStore::links(const std::string& organization, std::int64_t learnerId, std::int64_t before,
                                     std::size_t limit) {
    std::vector<SsoLink> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw(learnerId == 0 ? "learner_id <> 0" : "learner_id = " + std::to_string(learnerId));
        if (before != 0) where.raw("id < " + std::to_string(before));
        found = readLinks(session, where, " ORDER BY id DESC LIMIT " + std::to_string(limit));
    });
    return found;
}

bool SsoStore::revokeLink(const std::string& organization, std::int64_t id) {
    bool done = false;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        Statement update(session);
        update << "UPDATE u2035_sso_link SET revoked_at = ? WHERE organization = ? AND id = ?"
                  " AND (used_at IS NULL OR may_unlink <> 0) AND revoked_at IS NULL",
            param(moment), param(organization), param(id);
        done = update.execute() == 1;
    });
    return done;
}

void SsoStore::useLink(std::int64_t id) {
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        session << "UPDATE u2035_sso_link SET used_at = ? WHERE id = ?", param(moment), param(id), now;
    });
}

std::vector<std::pair<std::string, std::string>> ssoMigrations() {
    return {
        {"sso",
         "CREATE TABLE u2035_sso_client (organization TEXT NOT NULL, contour TEXT NOT NULL, revision BIGINT NOT NULL,"
         " base TEXT NOT NULL, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL, updated_at BIGINT NOT NULL,"
         " updated_by TEXT NOT NULL, checked_at BIGINT, check_code TEXT NOT NULL, check_detail TEXT NOT NULL,"
         " PRIMARY KEY (organization, contour));\n"
         "CREATE TABLE u2035_sso_link (id BIGINT NOT NULL PRIMARY KEY, organization TEXT NOT NULL,"
         " contour TEXT NOT NULL, learner_id BIGINT NOT NULL, token_hash TEXT NOT NULL, created_at BIGINT NOT NULL,"
         " created_by TEXT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT, revoked_at BIGINT,"
         " tries BIGINT NOT NULL);\n"
         "CREATE UNIQUE INDEX u2035_sso_link_token ON u2035_sso_link (token_hash);\n"
         "CREATE INDEX u2035_sso_link_list ON u2035_sso_link (organization, id);\n"
         "CREATE INDEX u2035_sso_link_learner ON u2035_sso_link (organization, learner_id, contour);\n"
         "CREATE TABLE u2035_sso_attempt (id BIGINT NOT NULL PRIMARY KEY, organization TEXT NOT NULL,"
         " contour TEXT NOT NULL, link_id BIGINT NOT NULL, learner_id BIGINT NOT NULL, state_hash TEXT NOT NULL,"
         " browser_hash TEXT NOT NULL, csrf_hash TEXT NOT NULL, stage TEXT NOT NULL, expires_at BIGINT NOT NULL,"
         " unti_id TEXT NOT NULL, leader_id TEXT NOT NULL);\n"
         "CREATE UNIQUE INDEX u2035_sso_attempt_state ON u2035_sso_attempt (state_hash);\n"
         "CREATE INDEX u2035_sso_attempt_expiry ON u2035_sso_attempt (expires_at);\n"
         "CREATE TABLE u2035_sso_join (id BIGINT NOT NULL PRIMARY KEY, organization TEXT NOT NULL,"
         " contour TEXT NOT NULL, learner_id BIGINT NOT NULL, revision BIGINT NOT NULL, state TEXT NOT NULL,"
         " code TEXT NOT NULL, unti_id TEXT NOT NULL, leader_id TEXT NOT NULL, previous TEXT NOT NULL,"
         " previous_assigned BIGINT NOT NULL, previous_leader TEXT NOT NULL, leader_written BIGINT NOT NULL,"
         " previous_leader_confirmed BIGINT NOT NULL, created_at BIGINT NOT NULL, decided_at BIGINT,"
         " decided_by TEXT NOT NULL);\n"
         "CREATE INDEX u2035_sso_join_list ON u2035_sso_join (organization, state, id)"}};
}

std::vector<std::pair<std::string, std::string>> ssoUnlinkMigrations() {
    return {{"sso-unlink",
             "ALTER TABLE u2035_sso_link ADD COLUMN may_unlink BIGINT NOT NULL DEFAULT 0;\n"
             "CREATE INDEX u2035_sso_join_learner ON u2035_sso_join (organization, learner_id, contour)"}};
}

}  // namespace plugin::store
