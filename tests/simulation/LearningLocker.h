#pragma once
/// Learning Locker's rules, as observed (spec: lrs-learning-locker.md), over any number of stores: a key opens one
/// store; a batch is all or nothing; the same id with the same content is taken once, with another content it is 409
/// for the whole batch; a wrong statement is 400, named by its index or not at all. Knows nothing of the product; what
/// it keeps is the truth the oracle judges by. Not thread-safe: its owner guards it.

#include "host/sdk/OutboundHttp.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tests::simulation {

/// What of a statement the rules and the oracle look at.
struct Told {
    std::string id;
    std::string bytes;  ///< as they came
    std::string actor;  ///< account's name
    std::string verb;
    std::string object;   ///< id of the activity, or of the statement referred to
    bool refers = false;  ///< the object is a statement
    std::string title;    ///< of an activity
    std::string facts;    ///< of a learner's: "raw/success" or "percent", as rendered; else empty
    std::string timestamp;
    std::string missing;  ///< a required member that isn't there

    bool isCancellation() const { return refers && verb == "http://activitystrea.ms/schema/1.0/cancel"; }
    bool isLearners() const { return refers && !isCancellation(); }
    static std::vector<Told> parse(std::string_view array);
};

struct LrsStore {
    std::map<std::string, Told> statements;  ///< by id
    std::vector<std::string> order;          ///< ids as they came
    std::set<std::string> cancelled;         ///< ids that a stored statement cancels
};

class LearningLocker {
public:
    /// The Authorization header `authorization` opens `store` at `host`, until `revoke`.
    void grant(const std::string& host, const std::string& authorization, const std::string& store) {
        keys_[host + " " + authorization] = store;
    }
    void revoke(const std::string& host, const std::string& authorization) { keys_.erase(host + " " + authorization); }

    /// The store that a request's credential opens; empty: 401.
    std::string storeOf(const host::sdk::OutboundRequest& request) const;

    /// Judges and stores; `onlyFirst`: dies behind a 500 after that many are stored, as a crash of theirs does.
    host::sdk::OutboundResponse post(const std::string& store, const std::vector<Told>& batch, std::size_t bodyBytes,
                                     std::optional<std::size_t> onlyFirst = std::nullopt);
    host::sdk::OutboundResponse get(const std::string& store, const std::string& url) const;
    static host::sdk::OutboundResponse answer(int status, std::string body,
                                              const std::string& type = "application/json; charset=utf-8");

    /// A statement that holds it is refused: an actor's account name, or a part of a title.
    static bool isPoisoned(const Told& told);

    const LrsStore& store(const std::string& name) const {
        static const LrsStore empty;
        const auto found = stores_.find(name);
        return found == stores_.end() ? empty : found->second;
    }
    const std::map<std::string, LrsStore>& stores() const { return stores_; }

    std::size_t maxBody = 1024 * 1024;
    bool namesCulprits = true;
    std::int64_t conflicts = 0;  ///< batches answered 409 because of another content

private:
    std::map<std::string, std::string> keys_;
    std::map<std::string, LrsStore> stores_;
};

}  // namespace tests::simulation
