#pragma once
/// An LRS in this process with Learning Locker's rules as observed: a batch is all or nothing; the same id with the
/// same content is taken once; the same id with another content is 409 for the whole batch; a wrong statement is 400
/// and named by its index. Faults are scripted by the test, one per POST, and `oracle` questions are answered at the
/// end. Thread-safe.

#include "host/sdk/OutboundHttp.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tests {

class SimulatedLrs : public host::sdk::OutboundHttp {
public:
    struct Fault {
        enum class Kind {
            None,
            LoseAnswer,      ///< stores, then the connection breaks
            Unreachable,     ///< nothing is sent
            CutBeforeStore,  ///< the request is sent, nothing is stored, the connection breaks
            Status           ///< `status` instead of looking at the body
        } kind = Kind::None;
        int status = 503;
        std::string retryAfter = {};  ///< header's value; empty: not sent
        std::string body = {};
    };

    struct Post {
        std::vector<std::string> ids;
        std::size_t bytes = 0;
        int status = 0;  ///< 0: no answer reached the client
    };

    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        std::lock_guard lock(mutex_);
        if (request.method == "GET") return give(request);
        if (onPost_) onPost_();
        Post post;
        post.bytes = request.body.size();
        auto statements = parse(std::string(request.body));
        for (const auto& one : statements) post.ids.push_back(one.id);
        Fault fault;
        if (!faults_.empty()) {
            fault = faults_.front();
            faults_.pop_front();
        } else if (always_) {
            fault = *always_;
        }
        try {
            auto response = answer(request, statements, fault);
            post.status = response.status;
            posts_.push_back(post);
            return response;
        } catch (const host::sdk::OutboundError&) {
            posts_.push_back(post);
            throw;
        }
    }

    void next(Fault fault) { faults_.push_back(std::move(fault)); }
    void always(std::optional<Fault> fault) { always_ = std::move(fault); }

    std::vector<Post> posts() const {
        std::lock_guard lock(mutex_);
        return posts_;
    }
    std::map<std::string, std::string> stored() const {
        std::lock_guard lock(mutex_);
        return stored_;
    }
    void put(const std::string& id, const std::string& bytes) { stored_[id] = bytes; }
    /// Loses a statement, or everything, behind everybody's back.
    void forget(const std::string& id) { stored_.erase(id); }
    void forgetAll() { stored_.clear(); }
    /// The queries of the GETs so far: "statementId=…", "voidedStatementId=…".
    std::vector<std::string> gets() const {
        std::lock_guard lock(mutex_);
        return gets_;
    }

    std::size_t maxBody_ = 10u * 1024 * 1024;
    bool namesCulprits_ = true;
    std::set<std::string> poisoned_;  ///< ids it finds wrong
    std::set<std::string> fatal_;     ///< ids it fails on: 500 for the whole batch, nothing stored
    std::function<void()> onPost_;    ///< called in the middle of every POST
    std::function<void()> onGet_;     ///< called in the middle of every GET

    enum class Reading { Allowed, Forbidden, Failing, Lying } reading_ = Reading::Allowed;
    std::map<std::string, int> late_;  ///< so many times a statement is not shown yet
    std::set<std::string> voided_;     ///< by somebody else; what is voided by a statement here is found by itself

private:
    struct Statement {
        std::string id;
        std::string bytes;
        std::string missing;  ///< a required member that isn't there
    };

    static std::vector<Statement> parse(const std::string& body) {
        std::vector<Statement> out;
        auto array = Poco::JSON::Parser().parse(body).extract<Poco::JSON::Array::Ptr>();
        for (std::size_t i = 0; i < array->size(); ++i) {
            auto object = array->getObject(static_cast<unsigned>(i));
            Statement one;
            one.id = object->optValue<std::string>("id", "");
            std::ostringstream text;
            object->stringify(text);
            one.bytes = text.str();
            for (const auto* name : {"actor", "verb", "object"})
                if (!object->has(name) && one.missing.empty()) one.missing = name;
            out.push_back(std::move(one));
        }
        return out;
    }

    static host::sdk::OutboundResponse make(int status, std::string body) {
        host::sdk::OutboundResponse response;
        response.status = status;
        response.headers = {{"content-type", "application/json; charset=utf-8"}};
        response.body = std::move(body);
        return response;
    }

    bool isVoided(const std::string& id) const {
        if (voided_.count(id) != 0) return true;
        for (const auto& [other, bytes] : stored_)
            if (other != id && bytes.find("verbs/voided") != std::string::npos &&
                bytes.find('"' + id + '"') != std::string::npos)
                return true;
        return false;
    }

    /// A voided statement is shown under `voidedStatementId` only, any other under `statementId` only.
    host::sdk::OutboundResponse give(const host::sdk::OutboundRequest& request) {
        if (onGet_) onGet_();
        const auto query = request.url.substr(request.url.find('?') + 1);
        gets_.push_back(query);
        const auto id = query.substr(query.find('=') + 1);
        if (reading_ == Reading::Forbidden) return make(403, R"({"errorId":"e-5","message":"Forbidden"})");
        if (reading_ == Reading::Failing) return make(503, "<html>busy</html>");
        if (reading_ == Reading::Lying) return make(200, stored_.empty() ? "{}" : stored_.rbegin()->second);
        const bool voided = query.find("voidedStatementId=") == 0;
        const auto it = stored_.find(id);
        if (auto late = late_.find(id); late != late_.end() && late->second > 0) {
            if (!voided) --late->second;
        } else if (it != stored_.end() && voided == isVoided(id)) {
            return make(200, it->second);
        }
        return make(404, R"({"errorId":"e-6","message":"No statement found with this id"})");
    }

    host::sdk::OutboundResponse answer(const host::sdk::OutboundRequest& request, const std::vector<Statement>& all,
                                       const Fault& fault) {
        using Error = host::sdk::OutboundError;
        if (fault.kind == Fault::Kind::Unreachable)
            throw Error(Error::Kind::Refused, false, "Nobody listens at the LRS's address.");
        if (fault.kind == Fault::Kind::CutBeforeStore)
            throw Error(Error::Kind::Closed, true, "The LRS closed the connection before its answer.");
        if (fault.kind == Fault::Kind::Status) {
            auto response =
                make(fault.status, fault.body.empty() ? R"({"errorId":"e-1","message":"Unauthorised"})" : fault.body);
            if (!fault.retryAfter.empty()) response.headers.emplace_back("retry-after", fault.retryAfter);
            return response;
        }
        if (request.body.size() > maxBody_) return make(413, "<html>413 Request Entity Too Large</html>");
        auto response = judge(all);
        if (fault.kind == Fault::Kind::LoseAnswer)
            throw Error(Error::Kind::Closed, true, "The connection broke before the answer.");
        return response;
    }

    host::sdk::OutboundResponse judge(const std::vector<Statement>& all) {
        for (const auto& one : all)
            if (fatal_.count(one.id) != 0) return make(500, R"({"errorId":"e-5","message":"Internal error"})");
        std::string warnings;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool bad = poisoned_.count(all[i].id) != 0;
            if (!bad && all[i].missing.empty()) continue;
            if (!warnings.empty()) warnings += ',';
            warnings += "\"Missing required value in 'statements." + std::to_string(i) + "." +
                        (bad ? "verb" : all[i].missing) + "'\"";
        }
        if (!warnings.empty())
            return make(400, namesCulprits_ ? R"({"errorId":"e-2","warnings":[)" + warnings + "]}"
                                            : R"({"errorId":"e-2","message":"Something in this batch is wrong"})");
        std::set<std::string> seen;
        for (const auto& one : all) {
            if (!seen.insert(one.id).second)
                return make(400,
                            R"({"errorId":"e-3","message":")" + one.id + R"( is duplicated in the current batch"})");
            auto it = stored_.find(one.id);
            if (it != stored_.end() && it->second != one.bytes)
                return make(409, R"({"errorId":"e-4","message":")" + one.id + R"( is conflicting"})");
        }
        std::string ids = "[";
        for (const auto& one : all) {
            stored_[one.id] = one.bytes;
            ids += (ids.size() == 1 ? "\"" : ",\"") + one.id + "\"";
        }
        return make(200, ids + "]");
    }

    mutable std::mutex mutex_;
    std::deque<Fault> faults_;
    std::optional<Fault> always_;
    std::vector<Post> posts_;
    std::vector<std::string> gets_;
    std::map<std::string, std::string> stored_;
};

}  // namespace tests
