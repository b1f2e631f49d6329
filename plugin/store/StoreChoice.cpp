#include "plugin/store/StoreChoice.h"

#include "common/Json.h"
#include "plugin/store/Param.h"
#include "plugin/store/StoreRegistry.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <algorithm>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::AppError;
using integration::IntegrationState;
using integration::StoreEvidence;
using Poco::Data::Session;

namespace {

/// The question as it stands at this moment.
struct Question {
    std::vector<StoreRow> stores;  ///< newest first, of both contours
    std::vector<StoreEvidence> evidence;
    std::int64_t dueAgain = 0;

    const StoreEvidence* evidenceOf(const StoreRow& row) const {
        for (const auto& one : evidence)
            if (one.storeId == row.id && one.asked > 0) return &one;
        return nullptr;
    }
    bool isFound(const StoreRow& row) const {
        const auto* read = evidenceOf(row);
        return read != nullptr && read->found > 0;
    }
    bool isMissing(const StoreRow& row) const {
        const auto* read = evidenceOf(row);
        return read != nullptr && read->missing == read->asked;
    }
    const StoreRow* production(const std::string& id) const {
        for (const auto& row : stores)
            if (!row.isTest() && (id.empty() || row.id == id)) return &row;
        return nullptr;
    }
};

void writeStore(common::JsonWriter& json, Session& session, const Question& question, const StoreRow& row) {
    const auto counts = countsIn(session, row.id);
    json.object().member("id", row.id).member("endpoint", row.endpoint).member("contour", row.contour);
    json.timeMember("createdAt", row.createdAt).timeMember("closedAt", row.closedAt).key("counts").object();
    json.member("accepted", counts.accepted).member("confirmed", counts.confirmed).member("inDoubt", counts.inDoubt);
    json.member("waiting", counts.waiting).member("quarantined", counts.quarantined).end().key("evidence");
    if (const auto* read = question.evidenceOf(row))
        json.object().member("asked", read->asked).member("found", read->found).member("missing", read->missing).end();
    else
        json.null();
    json.end();
}

std::string asJson(Session& session, const Question& question) {
    common::JsonWriter json;
    json.object().key("earlierStores").array();
    for (const auto& row : question.stores) writeStore(json, session, question, row);
    json.end().member("dueAgain", question.dueAgain).key("choices").array();
    for (const auto& row : question.stores)
        if (!row.isTest()) json.object().member("sameStore", true).member("store", row.id).end();
    json.object().member("sameStore", false).member("expected", question.dueAgain).end();
    json.end().end();
    return json.take();
}

[[noreturn]] void refuse(Session& session, const Question& question, const char* code, const std::string& text) {
    throw AppError::conflict(code, text).withCurrent(asJson(session, question));
}

/// Nothing may make the test contour the store of working footprints, a person's word included.
void refuseTestStore(Session& session, const Question& question, const IntegrationState& state) {
    for (const auto& row : question.stores) {
        if (!row.isTest() || !row.isDeclared()) continue;
        const bool sameDoor = integration::isSameAddress(row.endpoint, state.productionEndpoint) &&
                              row.basicFingerprint == state.productionBasic.fingerprint;
        if (sameDoor || question.isFound(row))
            refuse(session, question, "integration.declared-test",
                   "This LRS was declared the test contour: its address and Basic are the same, or statements sent to "
                   "it were found here. Take address and Basic from University 2035's production letter.");
    }
}

std::string sameStore(Session& session, const Question& question, const StoreWord& word) {
    const StoreRow* row = question.production(word.store);
    if (row == nullptr)
        refuse(session, question, "integration.no-such-store",
               "There is no earlier store of the production contour to go on with; choose one of \"choices\".");
    if (question.isMissing(*row) && !word.confirm)
        refuse(session, question, "integration.store-evidence",
               "None of the statements that the earlier store has accepted was found here, so this is hardly the same "
               "store. Say {\"sameStore\": false}, or add {\"confirm\": true} when you know better.");
    return row->id;
}

/// `sameDoor`: address and Basic are an earlier store's.
void requireAnother(Session& session, const Question& question, const StoreWord& word, bool sameDoor) {
    const bool found = std::any_of(question.stores.begin(), question.stores.end(),
                                   [&](const StoreRow& row) { return !row.isTest() && question.isFound(row); });
    if ((found || sameDoor) && !word.confirm)
        refuse(session, question, "integration.store-evidence",
               "Statements that an earlier store has accepted were found here, or address and Basic are the same, so "
               "this is hardly another store. Say {\"sameStore\": true}, or add {\"confirm\": true} when you know "
               "better.");
    if (question.dueAgain != 0 && word.expected != question.dueAgain)
        refuse(session, question, "integration.confirm-counts",
               fmt::format("For another store {} statements become due again; confirm it: {{\"sameStore\": false, "
                           "\"expected\": {}}}.",
                           question.dueAgain, question.dueAgain));
}

}  // namespace

std::optional<std::string> chooseStore(Session& session, const IntegrationKey& key, const IntegrationState& state,
                                       const StoreWord& word, const std::string& testAddress) {
    Question question{storesIn(session, key.organization, key.project), state.evidence, 0};
    if (question.stores.empty()) return std::nullopt;
    refuseTestStore(session, question, state);
    const bool toTest = integration::isTestAddress(state.productionEndpoint, testAddress, state.overrides.test);
    const auto sameDoor = std::find_if(question.stores.begin(), question.stores.end(), [&](const StoreRow& row) {
        return row.endpoint == state.productionEndpoint && row.basicFingerprint == state.productionBasic.fingerprint &&
               row.isTest() == toTest;
    });
    const bool isSameDoor = sameDoor != question.stores.end();
    if (isSameDoor && word.sameStore.value_or(true) && (word.store.empty() || word.store == sameDoor->id))
        return sameDoor->id;
    // Nothing is ever sent to the test contour, so it has no past to go on with.
    if (toTest) return std::nullopt;
    question.dueAgain = dueAgainIn(session, key.organization, key.project);
    if (!word.sameStore) {
        if (question.dueAgain == 0 && question.production("") == nullptr) return std::nullopt;
        refuse(session, question, "integration.same-store-required",
               "The organization has delivered in this project before, to another address or with another "
               "key; say whether this is the same store: {\"sameStore\": true} or {\"sameStore\": false}.");
    }
    if (*word.sameStore) return sameStore(session, question, word);
    requireAnother(session, question, word, isSameDoor);
    return std::nullopt;
}

void openStore(Session& session, const IntegrationKey& key, const IntegrationState& state, const std::string& id,
               bool isNew, const std::string& testAddress, host::sdk::Micros at) {
    if (isNew) {
        const bool toTest = integration::isTestAddress(state.productionEndpoint, testAddress, state.overrides.test);
        session
            << "INSERT INTO u2035_store (id, organization, project, contour, endpoint, basic_fingerprint, created_at)"
               " VALUES (?, ?, ?, ?, ?, ?, ?)",
            param(id), param(key.organization), param(key.project),
            param(std::string(toTest ? integration::kTestContour : integration::kProductionContour)),
            param(state.productionEndpoint), param(state.productionBasic.fingerprint), param(at), now;
        return;
    }
    session << "UPDATE u2035_store SET endpoint = ?, basic_fingerprint = ?, closed_at = NULL, version = version + 1"
               " WHERE id = ?",
        param(state.productionEndpoint), param(state.productionBasic.fingerprint), param(id), now;
    // The check has just been answered: a destination that rested since before may be asked at once.
    session << "UPDATE u2035_destination SET probe_at = 0 WHERE store_id = ?", param(id), now;
}

}  // namespace plugin::store
