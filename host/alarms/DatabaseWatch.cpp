#include "host/alarms/DatabaseWatch.h"

#include "host/sdk/Error.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace host::alarms {
namespace {

constexpr const char* kKey = "host/database";
constexpr int kBusyLooks = 3;  // another process may hold the file for a while

}  // namespace

DatabaseWatch::DatabaseWatch(sdk::Database& database, sdk::Alarms& alarms) : database_(database), alarms_(alarms) {}

void DatabaseWatch::look() {
    try {
        database_.write([](Poco::Data::Session& session) {
            session << "UPDATE alarm_memory SET value = value WHERE name = 'probe'", Poco::Data::Keywords::now;
        });
        busyInARow_ = 0;
        writable_ = true;
        alarms_.clear(kKey);
    } catch (const sdk::AppError& error) {
        if (error.code() == "db-busy" && ++busyInARow_ < kBusyLooks) return;
        writable_ = false;
        alarms_.raise({kKey, "", "database-unwritable", "В базу данных сервера нельзя писать",
                       std::string("Проверочная запись не удалась (") + error.code() + "): " + error.what(),
                       "Посмотрите журнал сервера: диск полон, файл базы или её папка недоступны для записи, или диск "
                       "неисправен. Пока это так, ничего не отправляется и не сохраняется."});
    }
}

}  // namespace host::alarms
