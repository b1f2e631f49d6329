#pragma once
/// A real database with the tables of accounts, and stores on it with the cheapest Argon2id.

#include "host/accounts/AccountStore.h"
#include "host/accounts/Migrations.h"
#include "host/accounts/OrganizationStore.h"
#include "host/accounts/ParticipationRules.h"
#include "tests/support/TestDatabase.h"

#include <gtest/gtest.h>
#include <sodium.h>

namespace tests {

inline host::accounts::AccountOptions cheapOptions() {
    host::accounts::AccountOptions options;
    options.argonPasses = crypto_pwhash_OPSLIMIT_MIN;
    options.argonMemory = crypto_pwhash_MEMLIMIT_MIN;
    return options;
}

inline host::sdk::Organization anOrganization(const std::string& id) {
    host::sdk::Organization o;
    o.id = id;
    o.legalName = "АНО «" + id + "»";
    o.tariff = "professional";
    o.activityBase = "https://" + id + ".example.ru";
    return o;
}

inline host::sdk::SecretString secret(const std::string& text) {
    return host::sdk::SecretString(text);
}

class AccountsTest : public testing::Test {
protected:
    AccountsTest() {
        db_->migrate(host::accounts::kMigrationsOwner, host::accounts::accountsMigrations());
        organizations_.create(anOrganization("demo"));
        organizations_.create(anOrganization("other"));
    }

    host::accounts::User addUser(const std::string& login, host::accounts::Roles roles = {}, bool admin = false) {
        host::accounts::User user;
        user.login = login;
        user.name = "Имя " + login;
        user.roles = std::move(roles);
        user.serverAdmin = admin;
        return accounts_.createUser(user, secret("password of " + login));
    }

    TestDatabase db_;
    host::accounts::OrganizationStore organizations_{db_.database, db_.clock};
    host::accounts::ParticipationRules participation_;
    host::accounts::AccountStore accounts_{db_.database, db_.clock, cheapOptions()};
};

}  // namespace tests
