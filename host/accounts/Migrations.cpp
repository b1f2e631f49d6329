#include "host/accounts/Migrations.h"

namespace host::accounts {

std::vector<sdk::Migration> accountsMigrations() {
    return {{1, "people, sessions, tokens, organizations, projects",
             R"(CREATE TABLE project (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  profile TEXT NOT NULL,
  project_value TEXT NOT NULL,
  version BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE organization (
  id TEXT NOT NULL PRIMARY KEY,
  legal_name TEXT NOT NULL,
  full_name TEXT NOT NULL,
  tariff TEXT NOT NULL,
  participation TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  activity_base TEXT NOT NULL UNIQUE,
  responsible_name TEXT NOT NULL,
  responsible_phone TEXT NOT NULL,
  responsible_email TEXT NOT NULL,
  corporate_email TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE organization_project (
  organization_id TEXT NOT NULL REFERENCES organization (id),
  project_id TEXT NOT NULL REFERENCES project (id),
  PRIMARY KEY (organization_id, project_id)
);
CREATE TABLE person (
  login TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  server_admin INTEGER NOT NULL,
  disabled INTEGER NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE person_role (
  login TEXT NOT NULL REFERENCES person (login),
  organization_id TEXT NOT NULL REFERENCES organization (id),
  role TEXT NOT NULL,
  PRIMARY KEY (login, organization_id)
);
CREATE TABLE person_session (
  token_hash TEXT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL REFERENCES person (login),
  csrf_token TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX person_session_login ON person_session (login);
CREATE TABLE api_token (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL UNIQUE,
  last_four TEXT NOT NULL,
  server_admin INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE TABLE api_token_role (
  token_id TEXT NOT NULL REFERENCES api_token (id),
  organization_id TEXT NOT NULL REFERENCES organization (id),
  role TEXT NOT NULL,
  PRIMARY KEY (token_id, organization_id)
);
)"},
            {2, "scopes of tokens", "ALTER TABLE api_token ADD COLUMN scopes TEXT NOT NULL DEFAULT 'full'"}};
}

}  // namespace host::accounts
