#include "host/store/ModuleDatabase.h"

namespace host::store {

ModuleDatabase::ModuleDatabase(SqliteDatabase& store, std::string owner) : store_(store), owner_(std::move(owner)) {}

void ModuleDatabase::read(const std::function<void(Poco::Data::Session&)>& fn) {
    store_.read(fn);
}
void ModuleDatabase::write(const std::function<void(Poco::Data::Session&)>& fn) {
    store_.write(fn);
}
void ModuleDatabase::migrate(const std::vector<sdk::Migration>& steps) {
    store_.migrate(owner_, steps);
}

}  // namespace host::store
