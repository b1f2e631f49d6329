#include "common/Json.h"
#include "plugin/store/IntegrationStore.h"
#include "plugin/store/Param.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/JSON/Parser.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::AppError;
using host::sdk::RecordId;
using Poco::Data::Session;

namespace {

Scope scopeIn(Session& session, const IntegrationKey& key) {
    std::vector<std::string> texts;
    std::vector<std::int64_t> versions;
    session << "SELECT scope, version FROM u2035_scope WHERE organization = ? AND project = ?", into(texts),
        into(versions), param(key.organization), param(key.project), now;
    if (texts.empty()) return {};
    Scope scope = scopeFromJson(texts[0]);
    scope.version = versions[0];
    return scope;
}

}  // namespace

std::string toJson(const Scope& scope) {
    common::JsonWriter json;
    json.object().member("allFlows", scope.allFlows).key("flows").array();
    for (RecordId flow : scope.flows) json.value(std::to_string(flow));
    json.end().key("channels").array();
    for (const auto& [flow, channel] : scope.channels)
        json.object().member("flow", std::to_string(flow)).member("channel", channel).end();
    json.end().key("leftOutLearners").array();
    for (const auto& [learner, reason] : scope.leftOutLearners)
        json.object().member("learner", std::to_string(learner)).member("reason", reason).end();
    json.end().end();
    return json.take();
}

Scope scopeFromJson(const std::string& text) {
    auto o = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Object::Ptr>();
    Scope scope;
    scope.allFlows = o->getValue<bool>("allFlows");
    auto flows = o->getArray("flows");
    for (unsigned i = 0; i < flows->size(); ++i) scope.flows.insert(std::stoll(flows->getElement<std::string>(i)));
    auto channels = o->getArray("channels");
    for (unsigned i = 0; i < channels->size(); ++i) {
        auto one = channels->getObject(i);
        scope.channels[std::stoll(one->getValue<std::string>("flow"))] = one->getValue<std::string>("channel");
    }
    auto learners = o->getArray("leftOutLearners");
    for (unsigned i = 0; i < learners->size(); ++i) {
        auto one = learners->getObject(i);
        scope.leftOutLearners[std::stoll(one->getValue<std::string>("learner"))] = one->getValue<std::string>("reason");
    }
    return scope;
}

Scope IntegrationStore::scope(const std::string& organization, const std::string& project) {
    Scope found;
    database_.read([&](Session& session) { found = scopeIn(session, {organization, project}); });
    return found;
}

Scope IntegrationStore::saveScope(const IntegrationKey& key, std::optional<std::int64_t> expected, Scope scope) {
    std::string text = toJson(scope);
    database_.write([&](Session& session) {
        std::int64_t version = scopeIn(session, key).version;
        if (expected && *expected != version)
            throw AppError(412, "precondition-failed", "The scope was changed meanwhile; look at it and try again.");
        scope.version = version + 1;
        session
            << "INSERT INTO u2035_scope (organization, project, version, scope) VALUES (?, ?, ?, ?)"
               " ON CONFLICT (organization, project) DO UPDATE SET version = excluded.version, scope = excluded.scope",
            param(key.organization), param(key.project), param(scope.version), param(text), now;
    });
    return scope;
}

}  // namespace plugin::store
