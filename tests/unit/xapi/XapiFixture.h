#pragma once
/// An xAPI source in a real database, with learners, elements and a flow that a connection 'lms' brought.

#include "host/sdk/Error.h"
#include "host/xapi/StatementIntake.h"
#include "host/xapi/StatementsAgain.h"
#include "host/xapi/XapiSchema.h"
#include "tests/unit/records/RecordsFixture.h"

namespace tests {

inline constexpr const char* kRules = R"({"title":{"ru":"т","en":"t"},"rules":[
  {"name":"test","verbs":["http://example.org/done"],
   "columns":{"who":{"path":"$.actor.account.name"},"what":{"path":"$.object.id","query":"id"},
              "raw":{"path":"$.result.score.raw"},"try":{"path":"$.context.registration"}},
   "mapping":{"target":"results","externalId":{"template":"{who}-{what}"},
              "fields":{"learner":{"column":"who"},"element":{"column":"what"},"flow":{"constant":"f1"},
                        "raw":{"column":"raw"},"at":{"column":"timestamp"}}}},
  {"name":"looked","verbs":["http://example.org/looked"],"ignore":{"ru":"н","en":"n"}}]})";

class XapiFixture : public RecordsFixture {
protected:
    XapiFixture() {
        host::xapi::XapiSource wanted;
        wanted.organization = "demo";
        wanted.name = "plugin";
        wanted.title = "Plugin";
        wanted.references = "lms";
        wanted.rules = kRules;
        sources.create(wanted, "anna");
    }

    host::xapi::ActiveSourcePtr source() { return sources.active("demo", "plugin"); }

    std::vector<std::string> send(const std::string& json, const std::vector<host::xapi::SentAttachment>& with = {}) {
        return intake.take(*source(), json, with);
    }
    /// "" when it was taken, else the error's code.
    std::string refusal(const std::string& json) {
        try {
            send(json);
        } catch (const host::sdk::AppError& error) {
            return error.code();
        }
        return "";
    }

    static std::string statement(const std::string& who, double raw, const std::string& at = "2026-02-01T10:00:00Z",
                                 const std::string& more = "") {
        return R"({"actor":{"account":{"homePage":"https://lms.example.org","name":")" + who +
               R"("}},"verb":{"id":"http://example.org/done"},"object":{"id":"https://lms.example.org/test?id=e1"},)" +
               R"("result":{"score":{"raw":)" + std::to_string(raw) + R"(}},"timestamp":")" + at + "\"" + more + "}";
    }

    std::int64_t count(const std::string& state) {
        const auto number = static_cast<int>(*host::xapi::stateFrom(state));
        return db.number("SELECT COUNT(*) FROM xapi_statement WHERE state = " + std::to_string(number));
    }
    std::int64_t results() { return db.number("SELECT COUNT(*) FROM record_results WHERE deleted_at IS NULL"); }
    double raw() {
        double value = -1;
        db.database.read([&](Poco::Data::Session& s) {
            s << "SELECT raw FROM record_results WHERE deleted_at IS NULL", Poco::Data::Keywords::into(value),
                Poco::Data::Keywords::now;
        });
        return value;
    }

    host::xapi::RuleLibrary library{"/nowhere"};
    host::xapi::XapiSources sources{migrated(), library, db.clock};
    host::xapi::StatementIntake intake{db.database, files, db.clock};
    host::xapi::StatementsAgain again{db.database, sources, db.clock};

private:
    host::sdk::Database& migrated() {
        db.database.migrate("xapi", host::xapi::xapiMigrations());
        return db.database;
    }
};

}  // namespace tests
