#include "plugin/integration/IntegrationState.h"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

namespace plugin::integration {

using host::sdk::AppError;
using Poco::JSON::Object;

namespace {

Object::Ptr json(const CredentialFacts& c) {
    Object::Ptr o = new Object;
    o->set("lastFour", c.lastFour);
    o->set("fingerprint", c.fingerprint);
    return o;
}

Object::Ptr json(const StorageFacts& s) {
    Object::Ptr o = new Object;
    o->set("userId", s.userId);
    o->set("accessKeyId", s.accessKeyId);
    o->set("secretKey", json(s.secretKey));
    o->set("endpoint", s.endpoint);
    o->set("bucket", s.bucket);
    return o;
}

Object::Ptr json(const RunningCheck& c) {
    Object::Ptr candidate = new Object;
    candidate->set("basic", json(c.candidate.basic));
    candidate->set("storage", json(c.candidate.storage));
    candidate->set("endpoint", c.candidate.endpoint);
    candidate->set("endpointTyped", c.candidate.endpointTyped);
    candidate->set("fieldsFingerprint", c.candidate.fieldsFingerprint);
    Object::Ptr o = new Object;
    o->set("id", c.id);
    o->set("stage", c.stage);
    o->set("purpose", std::string(toString(c.purpose)));
    o->set("deadline", c.deadline);
    o->set("candidate", candidate);
    return o;
}

Object::Ptr json(const StageProgress& p) {
    Object::Ptr o = new Object;
    o->set("passed", p.passed);
    o->set("confirmable", p.confirmable);
    o->set("lastCheck", std::string(toString(p.lastCheck)));
    o->set("tried", json(p.tried));
    o->set("checkedFingerprint", p.checkedFingerprint);
    o->set("confirmedFingerprint", p.confirmedFingerprint);
    if (p.openedAt) o->set("openedAt", *p.openedAt);
    if (p.passedAt) o->set("passedAt", *p.passedAt);
    if (!p.passedBy.empty()) o->set("passedBy", p.passedBy);
    return o;
}

std::string text(const Object::Ptr& o, const char* key) {
    return o->getValue<std::string>(key);
}
bool flag(const Object::Ptr& o, const char* key) {
    return o->getValue<bool>(key);
}

Object::Ptr child(const Object::Ptr& o, const char* key) {
    Object::Ptr c = o->getObject(key);
    if (!c) throw Poco::NotFoundException(key);
    return c;
}

CredentialFacts credential(const Object::Ptr& o) {
    return {text(o, "lastFour"), text(o, "fingerprint")};
}

StorageFacts storage(const Object::Ptr& o) {
    return {text(o, "userId"), text(o, "accessKeyId"), credential(child(o, "secretKey")), text(o, "endpoint"),
            text(o, "bucket")};
}

Object::Ptr json(const StoreEvidence& e) {
    Object::Ptr o = new Object;
    o->set("store", e.storeId);
    o->set("asked", e.asked);
    o->set("found", e.found);
    o->set("missing", e.missing);
    return o;
}

StoreEvidence evidence(const Object::Ptr& o) {
    return {text(o, "store"), o->getValue<int>("asked"), o->getValue<int>("found"), o->getValue<int>("missing")};
}

CheckPurpose purpose(const std::string& name) {
    for (CheckPurpose p : {CheckPurpose::Stage, CheckPurpose::ReplaceBasic, CheckPurpose::ReplaceStorage})
        if (name == toString(p)) return p;
    throw Poco::DataFormatException("purpose", name);
}

CheckResult result(const std::string& name) {
    for (CheckResult r : {CheckResult::None, CheckResult::Passed, CheckResult::Failed})
        if (name == toString(r)) return r;
    throw Poco::DataFormatException("lastCheck", name);
}

RunningCheck running(const Object::Ptr& o) {
    RunningCheck c;
    c.id = text(o, "id");
    c.stage = o->getValue<int>("stage");
    c.purpose = purpose(text(o, "purpose"));
    c.deadline = o->getValue<std::int64_t>("deadline");
    Object::Ptr candidate = child(o, "candidate");
    c.candidate.basic = credential(child(candidate, "basic"));
    c.candidate.storage = storage(child(candidate, "storage"));
    c.candidate.endpoint = text(candidate, "endpoint");
    c.candidate.endpointTyped = flag(candidate, "endpointTyped");
    c.candidate.fieldsFingerprint = text(candidate, "fieldsFingerprint");
    return c;
}

std::optional<host::sdk::Micros> timeIn(const Object::Ptr& o, const char* key) {
    if (!o->has(key)) return std::nullopt;
    return o->getValue<std::int64_t>(key);
}

StageProgress progress(const Object::Ptr& o) {
    return {flag(o, "passed"),
            flag(o, "confirmable"),
            result(text(o, "lastCheck")),
            credential(child(o, "tried")),
            text(o, "checkedFingerprint"),
            text(o, "confirmedFingerprint"),
            timeIn(o, "openedAt"),
            timeIn(o, "passedAt"),
            o->optValue<std::string>("passedBy", "")};
}

}  // namespace

std::string toJson(const IntegrationState& s) {
    Object o;
    o.set("active", s.active);
    o.set("opened", s.opened);
    o.set("chosen", s.chosen);
    Poco::JSON::Array::Ptr stages = new Poco::JSON::Array;
    for (const auto& stage : s.stages) stages->add(json(stage));
    o.set("stages", stages);
    o.set("lastCheckId", s.lastCheckId);
    o.set("lastCheckFailed", s.lastCheckFailed);
    if (s.running) o.set("running", json(*s.running));
    o.set("guid", s.guid);
    o.set("testBasic", json(s.testBasic));
    o.set("productionBasic", json(s.productionBasic));
    o.set("storage", json(s.storage));
    o.set("productionEndpoint", s.productionEndpoint);
    o.set("productionEndpointTyped", s.productionEndpointTyped);
    Object::Ptr overrides = new Object;
    overrides->set("test", s.overrides.test);
    overrides->set("production", s.overrides.production);
    o.set("overrides", overrides);
    Object::Ptr copied = new Object;
    for (const auto& [kind, at] : s.lettersCopied) copied->set(kind, at);
    o.set("lettersCopied", copied);
    o.set("storeId", s.storeId);
    Poco::JSON::Array::Ptr read = new Poco::JSON::Array;
    for (const auto& one : s.evidence) read->add(json(one));
    o.set("evidence", read);
    std::ostringstream out;
    o.stringify(out);
    return out.str();
}

IntegrationState fromJson(const std::string& source) try {
    Object::Ptr o = Poco::JSON::Parser().parse(source).extract<Object::Ptr>();
    IntegrationState s;
    s.active = flag(o, "active");
    s.opened = o->getValue<int>("opened");
    s.chosen = o->getValue<int>("chosen");
    Poco::JSON::Array::Ptr stages = o->getArray("stages");
    if (!stages || stages->size() != s.stages.size()) throw Poco::DataFormatException("stages");
    for (unsigned i = 0; i < stages->size(); ++i) s.stages[i] = progress(stages->getObject(i));
    s.lastCheckId = text(o, "lastCheckId");
    s.lastCheckFailed = flag(o, "lastCheckFailed");
    if (o->has("running")) s.running = running(child(o, "running"));
    s.guid = text(o, "guid");
    s.testBasic = credential(child(o, "testBasic"));
    s.productionBasic = credential(child(o, "productionBasic"));
    s.storage = storage(child(o, "storage"));
    s.productionEndpoint = text(o, "productionEndpoint");
    s.productionEndpointTyped = flag(o, "productionEndpointTyped");
    s.overrides = {text(child(o, "overrides"), "test"), text(child(o, "overrides"), "production")};
    for (const auto& [kind, at] : *child(o, "lettersCopied")) s.lettersCopied[kind] = at.convert<std::int64_t>();
    s.storeId = text(o, "storeId");
    if (Poco::JSON::Array::Ptr read = o->getArray("evidence"))  // absent in states of earlier versions
        for (unsigned i = 0; i < read->size(); ++i) s.evidence.push_back(evidence(read->getObject(i)));
    return s;
} catch (const Poco::Exception& e) {
    throw AppError(500, "integration.state", fmt::format("A stored integration can't be read ({}).", e.displayText()));
}

}  // namespace plugin::integration
