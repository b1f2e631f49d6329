/// A module that has nothing to do with University 2035: a guest book. It uses the contract as any module would — a
/// route, a job, a table, an alarm, a health check, a key of its configuration — and nothing else of the host.

#include "host/sdk/Module.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

using namespace Poco::Data::Keywords;
using namespace host::sdk;

class HelloModule : public Module {
public:
    std::vector<FieldError> configure(const ModuleConfig& config) override {
        std::vector<FieldError> errors;
        for (const auto& [key, value] : config) {
            if (key != "greeting")
                errors.push_back({key, "it is not a key of this module", "remove it; 'greeting' is the only one"});
            else if (value.empty())
                errors.push_back({key, "it is empty", "write a greeting, or remove the key"});
            else
                greeting_ = value;
        }
        return errors;
    }

    void start(HostServices& services) override {
        Database& database = services.database();
        database.migrate({{1, "guests", "CREATE TABLE hello_guest (name TEXT PRIMARY KEY, visits BIGINT NOT NULL)"},
                          {2, "days", "CREATE TABLE hello_day (id BIGINT PRIMARY KEY, guests BIGINT NOT NULL)"}});

        RouteOptions greet;
        greet.access = Access::Public;
        greet.operation.id = "greet";
        greet.operation.tag = "Hello";
        greet.operation.summary = "Greets a guest and counts the visits";
        greet_ = services.router().add(Method::Post, "/api/v1/hello/{name}", greet,
                                       [this, &database](const Request& request) { return meet(database, request); });

        RouteOptions complain = greet;
        complain.operation.id = "complain";
        complain.operation.summary = "Raises an alarm that lasts until it is taken back";
        complain_ = services.router().add(
            Method::Post, "/api/v1/hello/{name}/complaint", complain, [&services](const Request& request) {
                services.alarms().raise({"complaint/" + request.parameter("name"),
                                         request.queryValue("organization").value_or(""), "guest-complains",
                                         "Гость недоволен", request.body, "Поговорите с ним."});
                return Response::noContent();
            });
        complain.operation.id = "takeBack";
        complain.operation.summary = "Ends that alarm";
        takeBack_ = services.router().add(Method::Delete, "/api/v1/hello/{name}/complaint", complain,
                                          [&services](const Request& request) {
                                              services.alarms().clear("complaint/" + request.parameter("name"));
                                              return Response::noContent();
                                          });

        count_ = services.scheduler().cron({"count", "Counts the guests", "0 4 * * *", "Europe/Moscow"},
                                           [&database](TaskContext& context) { countGuests(database, context); });
        health_ = services.health().add("book", [] { return HealthStatus{true, "open"}; });
        services.logger().info("the guest book is open", {});
    }

    void stop(std::chrono::steady_clock::time_point) noexcept override {
        greet_.reset();
        complain_.reset();
        takeBack_.reset();
        count_.reset();
        health_.reset();
    }

private:
    Response meet(Database& database, const Request& request) {
        std::string name = request.parameter("name");
        std::int64_t visits = 0;
        database.write([&](Poco::Data::Session& session) {
            session << "INSERT INTO hello_guest (name, visits) VALUES (?, 1) "
                       "ON CONFLICT (name) DO UPDATE SET visits = hello_guest.visits + 1 RETURNING visits",
                use(name), into(visits), now;
        });
        Poco::JSON::Object answer;
        answer.set("text", greeting_ + ", " + name);
        answer.set("visits", visits);
        std::ostringstream text;
        answer.stringify(text);
        return Response::json(text.str());
    }

    static void countGuests(Database& database, TaskContext& context) {
        std::int64_t guests = 0;
        database.read(
            [&](Poco::Data::Session& session) { session << "SELECT COUNT(*) FROM hello_guest", into(guests), now; });
        database.write([&](Poco::Data::Session& session) {
            session << "INSERT INTO hello_day (id, guests) SELECT COALESCE(MAX(id), 0) + 1, ? FROM hello_day",
                use(guests), now;
        });
        context.count("guests", guests);
    }

    std::string greeting_ = "Hello";
    Registration greet_;
    Registration complain_;
    Registration takeBack_;
    Registration count_;
    Registration health_;
};

HOST_MODULE("hello", "0.3.0", HelloModule)
