#pragma once
/// Routes called by the test.

#include "host/sdk/Error.h"
#include "host/sdk/Http.h"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace tests {

using host::sdk::AppError;

struct FakeCall {
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< names in lower case
    std::string language = "ru";
};

/// Routes in this process with the host's rules: access, 428, AppError as problem+json.
class FakeRouter : public host::sdk::Router {
public:
    struct Route {
        host::sdk::Method method;
        std::vector<std::string> parts;
        std::string path;
        host::sdk::RouteOptions options;
        host::sdk::Handler handler;
    };
    struct Answer {
        int status = 0;
        std::string body;
        std::string contentType;
        std::vector<std::pair<std::string, std::string>> headers;

        std::string header(const std::string& name) const {
            for (const auto& [k, v] : headers)
                if (k == name) return v;
            return {};
        }
        std::string etag() const { return header("ETag"); }
        Poco::JSON::Object::Ptr json() const {
            return Poco::JSON::Parser().parse(body).extract<Poco::JSON::Object::Ptr>();
        }
        std::string code() const { return json()->optValue<std::string>("code", ""); }
    };

    [[nodiscard]] host::sdk::Registration add(host::sdk::Method method, const std::string& path,
                                              host::sdk::RouteOptions options, host::sdk::Handler handler) override {
        for (const auto& [id, r] : routes_)
            if (r.method == method && r.path == path) throw AppError(500, "internal", "The route is taken: " + path);
        int id = ++last_;
        routes_[id] = Route{method, split(path), path, std::move(options), std::move(handler)};
        return host::sdk::Registration([this, id] { routes_.erase(id); });
    }

    /// `target` may carry a query, not encoded.
    Answer call(host::sdk::Method method, const std::string& target, const host::sdk::Principal& who,
                const FakeCall& call = {}) {
        host::sdk::Request request;
        request.method = method;
        auto mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != std::string::npos) {
            std::istringstream pieces(target.substr(mark + 1));
            for (std::string piece; std::getline(pieces, piece, '&');) {
                auto eq = piece.find('=');
                request.query.emplace_back(piece.substr(0, eq), eq == std::string::npos ? "" : piece.substr(eq + 1));
            }
        }
        request.headers = call.headers;
        request.body = call.body;
        request.principal = who;
        request.requestId = "request-1";
        request.clientAddress = "192.0.2.7";
        request.language = call.language;
        auto parts = split(request.path);
        const Route* best = nullptr;
        std::map<std::string, std::string> bestParameters;
        for (const auto& [id, route] : routes_) {
            std::map<std::string, std::string> parameters;
            if (route.method != method || !match(route.parts, parts, parameters)) continue;
            if (best != nullptr && parameters.size() >= bestParameters.size()) continue;  // a literal wins
            best = &route;
            bestParameters = std::move(parameters);
        }
        if (best == nullptr) return problem(AppError::notFound("There is no such path."));
        request.pathParameters = std::move(bestParameters);
        try {
            admit(*best, request);
            return answerOf(best->handler(request));
        } catch (const AppError& e) {
            return problem(e);
        }
    }

    std::vector<Route> routes() const {
        std::vector<Route> out;
        for (const auto& [id, r] : routes_) out.push_back(r);
        return out;
    }

private:
    static std::vector<std::string> split(const std::string& path) {
        std::vector<std::string> out;
        std::istringstream in(path);
        for (std::string part; std::getline(in, part, '/');)
            if (!part.empty()) out.push_back(part);
        return out;
    }
    static bool match(const std::vector<std::string>& pattern, const std::vector<std::string>& parts,
                      std::map<std::string, std::string>& parameters) {
        if (pattern.size() != parts.size()) return false;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (pattern[i].front() == '{')
                parameters[pattern[i].substr(1, pattern[i].size() - 2)] = parts[i];
            else if (pattern[i] != parts[i])
                return false;
        }
        return true;
    }
    static void admit(const Route& route, const host::sdk::Request& request) {
        const auto& who = request.principal;
        const auto& o = route.options;
        if (o.access != host::sdk::Access::Public && !who.signedIn) throw AppError::unauthorized("Sign in first.");
        if (o.access == host::sdk::Access::ServerAdmin && !who.serverAdmin)
            throw AppError::forbidden("Only the server's administrator may do this.");
        if (o.access == host::sdk::Access::Organization && !(o.serverAdminToo && who.serverAdmin)) {
            const auto& org = request.parameter("org");
            if (!who.may(org, host::sdk::Role::Viewer)) throw AppError::notFound("There is no such organization.");
            if (!who.may(org, o.least)) throw AppError::forbidden("This needs a higher role in the organization.");
        }
        if (o.requireIfMatch && !request.header("if-match"))
            throw AppError(428, "precondition-required", "Send If-Match with the ETag of the last answer.");
    }
    static Answer answerOf(host::sdk::Response&& r) {
        Answer a;
        a.status = r.status;
        a.contentType = r.contentType;
        a.headers = std::move(r.headers);
        a.body = std::move(r.body);
        if (r.stream) {
            std::ostringstream out;
            r.stream(out);
            a.body = out.str();
        }
        if (!r.file.empty()) {
            std::ifstream in(r.file, std::ios::binary);
            std::ostringstream out;
            out << in.rdbuf();
            a.body = out.str();
        }
        return a;
    }
    static Answer problem(const AppError& e) {
        Poco::JSON::Object::Ptr json = new Poco::JSON::Object;
        json->set("code", e.code());
        json->set("status", e.status());
        json->set("detail", std::string(e.what()));
        Poco::JSON::Array::Ptr errors = new Poco::JSON::Array;
        for (const auto& f : e.errors()) {
            Poco::JSON::Object::Ptr one = new Poco::JSON::Object;
            one->set("pointer", f.pointer);
            one->set("reason", f.reason);
            one->set("fix", f.fix);
            errors->add(one);
        }
        json->set("errors", errors);
        if (!e.current().empty()) json->set("current", Poco::JSON::Parser().parse(e.current()));
        Answer a;
        a.status = e.status();
        a.contentType = "application/problem+json";
        std::ostringstream out;
        json->stringify(out);
        a.body = out.str();
        return a;
    }

    std::map<int, Route> routes_;
    int last_ = 0;
};

}  // namespace tests
