#include "host/ctl/RestClient.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/StreamCopier.h>

namespace host::ctl {

namespace {

const Poco::Timespan kTimeout(600, 0);  // an import of a large file answers when it is done
const Poco::Timespan kConnectTimeout(10, 0);

/// The problem document in words: what, each wrong field with its fix, and the number to look for in the log.
std::string inWords(int status, const Poco::JSON::Object& problem) {
    std::string text = problem.optValue<std::string>("detail", problem.optValue<std::string>("title", ""));
    if (text.empty()) text = fmt::format("The server answered {}.", status);
    if (auto errors = problem.getArray("errors")) {
        for (std::size_t i = 0; i < errors->size(); ++i) {
            auto one = errors->getObject(static_cast<unsigned>(i));
            if (!one) continue;
            auto field = [&](const char* a, const char* b) {
                return one->optValue<std::string>(a, one->optValue<std::string>(b, ""));
            };
            text += "\n  " + field("pointer", "field") + ": " + field("reason", "detail");
            if (const auto fix = field("fix", "remedy"); !fix.empty()) text += "; " + fix;
        }
    }
    const auto id = problem.optValue<std::string>("requestId", "");
    if (!id.empty()) text += fmt::format("\n  (status {}, request {})", status, id);
    return text;
}

[[noreturn]] void refuse(int status, const std::string& body) {
    Poco::JSON::Object::Ptr problem;
    try {
        problem = Poco::JSON::Parser().parse(body).extract<Poco::JSON::Object::Ptr>();
    } catch (const Poco::Exception&) {
        throw Refusal(
            status,
            fmt::format("The server answered {} without a problem document; is it lmsd that listens there?", status));
    }
    std::string text = inWords(status, *problem);
    if (status == 401)
        text +=
            "\n  What to do: give the token of a server administrator with --token-file; "
            "'lmsctl tokens create --direct' makes the first one.";
    throw Refusal(status, text);
}

}  // namespace

Poco::JSON::Object::Ptr Answer::object() const {
    try {
        // In the server's own order of fields.
        return Poco::JSON::Parser(new Poco::JSON::ParseHandler(true)).parse(body).extract<Poco::JSON::Object::Ptr>();
    } catch (const Poco::Exception&) {
        throw Refusal(status, "The server's answer is not a JSON object; is it lmsd that listens there?");
    }
}

RestClient::RestClient(const std::string& server, std::string token, const std::string& caFile)
    : token_(std::move(token)), caFile_(caFile) {
    try {
        server_ = Poco::URI(server);
    } catch (const Poco::Exception&) {
    }
    if ((server_.getScheme() != "http" && server_.getScheme() != "https") || server_.getHost().empty())
        throw Unreachable(
            fmt::format("The server's address '{}' is not a URL; give one as http://127.0.0.1:8080.", server));
}

std::string RestClient::segment(const std::string& text) {
    std::string out;
    for (char c : text) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_' || c == '~';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

Answer RestClient::send(const std::string& method, const std::string& path, const std::string& body,
                        const std::string& etag) {
    std::istringstream stream(body);
    return exchange(method, path, body.empty() ? "" : "application/json", body.empty() ? nullptr : &stream, body.size(),
                    etag);
}

Answer RestClient::postStream(const std::string& path, const std::string& contentType, std::istream& body,
                              std::uint64_t length) {
    return exchange("POST", path, contentType, &body, length, {});
}

Answer RestClient::exchange(const std::string& method, const std::string& path, const std::string& contentType,
                            std::istream* body, std::uint64_t length, const std::string& etag) {
    using namespace Poco::Net;
    const std::string where = server_.getScheme() + "://" + server_.getAuthority();
    try {
        std::unique_ptr<HTTPClientSession> session;
        if (server_.getScheme() == "https") {
            Context::Ptr context =
                new Context(Context::TLS_CLIENT_USE, "", "", caFile_, Context::VERIFY_STRICT, 9, caFile_.empty());
            session = std::make_unique<HTTPSClientSession>(server_.getHost(), server_.getPort(), context);
        } else {
            session = std::make_unique<HTTPClientSession>(server_.getHost(), server_.getPort());
        }
        session->setTimeout(kConnectTimeout, kTimeout, kTimeout);
        HTTPRequest request(method, path, HTTPMessage::HTTP_1_1);
        request.set("Accept", "application/json");
        request.set("Accept-Language", "en");
        if (!token_.empty()) request.set("Authorization", "Bearer " + token_);
        if (!etag.empty()) request.set("If-Match", etag);
        if (!contentType.empty()) request.setContentType(contentType);
        request.setContentLength64(static_cast<Poco::Int64>(length));
        std::ostream& out = session->sendRequest(request);
        if (body) Poco::StreamCopier::copyStream(*body, out, 65536);
        HTTPResponse response;
        std::istream& in = session->receiveResponse(response);
        Answer answer;
        answer.status = response.getStatus();
        answer.etag = response.get("ETag", "");
        answer.location = response.get("Location", "");
        Poco::StreamCopier::copyToString(in, answer.body);
        if (answer.status >= 400) refuse(answer.status, answer.body);
        return answer;
    } catch (const Refusal&) {
        throw;
    } catch (const Poco::Net::ConnectionRefusedException&) {
        throw Unreachable(
            fmt::format("Nobody listens at {}: is lmsd running? Look at 'systemctl status lmsd', or give "
                        "the address with --server.",
                        where));
    } catch (const Poco::Exception& e) {
        throw Unreachable(
            fmt::format("No answer from {}: {}. Check the address given with --server and that lmsd is "
                        "running.",
                        where, e.displayText()));
    }
}

Poco::JSON::Array RestClient::all(const std::string& path) {
    Poco::JSON::Array items;
    std::string cursor;
    do {
        const char* glue = path.find('?') == std::string::npos ? "?" : "&";
        auto page = get(cursor.empty() ? path : path + glue + "cursor=" + segment(cursor)).object();
        if (auto part = page->getArray("items"))
            for (const auto& item : *part) items.add(item);
        cursor = page->isNull("next") ? "" : page->optValue<std::string>("next", "");
    } while (!cursor.empty());
    return items;
}

}  // namespace host::ctl
