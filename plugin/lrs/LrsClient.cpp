#include "plugin/lrs/LrsClient.h"

#include "plugin/AnswerText.h"
#include "plugin/lrs/Answer.h"

namespace plugin::lrs {
namespace {

using host::sdk::OutboundError;
using Class = PostOutcome::Class;

constexpr std::size_t kMessage = 2048;
constexpr std::size_t kMaxAnswer = 4u * 1024 * 1024;

/// What is known of an error's outcome when no answer came.
Class classOf(const OutboundError& error) {
    using Kind = OutboundError::Kind;
    if (error.kind() == Kind::BadUrl || error.kind() == Kind::Forbidden) return Class::Configuration;
    return error.requestSent() ? Class::InDoubt : Class::Transient;
}

bool isOurs(const std::vector<std::string>& answered, const std::vector<std::string>& ids) {
    return std::equal(answered.begin(), answered.end(), ids.begin(), ids.end(),
                      [](const std::string& theirs, const std::string& ours) {
                          return std::equal(theirs.begin(), theirs.end(), ours.begin(), ours.end(), [](char a, char b) {
                              return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b);
                          });
                      });
}

Class classOf(int status, const ErrorBody& error) {
    if (status == 408 || status == 425 || status == 429 || status >= 500) return Class::Transient;
    if (status == 413) return Class::TooLarge;
    if (status == 409) return Class::Data;
    // A request that the LRS never reads would put every statement into quarantine.
    if (status == 400) return blamesRequest(error) ? Class::Configuration : Class::Data;
    return Class::Configuration;
}

}  // namespace

LrsClient::LrsClient(host::sdk::OutboundHttp& http, Settings settings) : http_(http), settings_(std::move(settings)) {
    statements_ = settings_.endpoint;
    while (!statements_.empty() && statements_.back() == '/') statements_.pop_back();
    constexpr std::string_view kStatements = "/statements";
    if (statements_.size() < kStatements.size() ||
        statements_.compare(statements_.size() - kStatements.size(), kStatements.size(), kStatements) != 0)
        statements_ += kStatements;
    secrets_ = {settings_.basic.token().reveal(), settings_.basic.secret().reveal()};
}

host::sdk::OutboundRequest LrsClient::request(const std::string& method, const std::string& query) const {
    host::sdk::OutboundRequest request;
    request.method = method;
    request.url = statements_ + query;
    request.headers = {{"Authorization", "Basic " + settings_.basic.token().reveal()},
                       {"X-Experience-API-Version", "1.0.3"},
                       {"Accept", "application/json"}};
    request.timeout = settings_.timeout;
    request.maxAnswer = kMaxAnswer;
    request.typedByPerson = settings_.typedByPerson;
    return request;
}

PostOutcome LrsClient::post(const std::vector<std::string_view>& statements, const std::vector<std::string>& ids,
                            std::stop_token stop) {
    std::size_t bytes = 2;
    for (const auto& statement : statements) bytes += statement.size() + 1;
    std::string body;
    body.reserve(bytes);
    body.push_back('[');
    for (const auto& statement : statements) {
        if (body.size() > 1) body.push_back(',');
        body.append(statement);
    }
    body.push_back(']');

    auto ask = request("POST", "");
    ask.headers.emplace_back("Content-Type", "application/json");
    ask.body = body;
    ask.stop = std::move(stop);
    PostOutcome outcome;
    host::sdk::OutboundResponse response;
    const auto start = std::chrono::steady_clock::now();
    try {
        response = http_.send(ask);
    } catch (const OutboundError& error) {
        outcome.outcome = classOf(error);
        outcome.message = answerText(error.what(), kMessage, secrets_);
        outcome.elapsed =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
        return outcome;
    }
    outcome.status = response.status;
    outcome.elapsed = response.elapsed;
    if (response.status == 200) {
        const auto answered = parseIds(response.body);
        if (answered && isOurs(*answered, ids)) {
            outcome.outcome = Class::Accepted;
            return outcome;
        }
        outcome.outcome = Class::Configuration;
        outcome.message = "The answer was 200, but not the ids that were sent: this is no LRS. It begins with: " +
                          answerText(response.body, 200, secrets_);
        return outcome;
    }
    const ErrorBody error = parseErrorBody(response.body);
    outcome.errorId = answerText(error.errorId, 100, secrets_);
    outcome.message = answerText(error.words().empty() ? response.body : error.words(), kMessage, secrets_);
    outcome.outcome = classOf(response.status, error);
    outcome.retryAfter = retryAfter(response);
    if (outcome.outcome == Class::Data) outcome.culprits = culprits(response.status, error, ids, secrets_);
    return outcome;
}

ReadBack LrsClient::get(const std::string& statementId, std::stop_token stop, Ask which) {
    ReadBack result;
    if (statementId.empty() || statementId.find_first_not_of("0123456789abcdefABCDEF-") != std::string::npos) {
        result.message = "'" + answerText(statementId, 100) + "' is not an id of a statement";
        return result;
    }
    auto ask = request("GET", (which == Ask::Voided ? "?voidedStatementId=" : "?statementId=") + statementId);
    ask.stop = std::move(stop);
    try {
        auto response = http_.send(ask);
        const ErrorBody error = parseErrorBody(response.body);
        switch (response.status) {
            case 200:
                result.state = ReadBack::State::Found;
                result.statement = std::move(response.body);
                return result;
            case 401:
            case 403:
                result.state = ReadBack::State::NotAllowed;
                break;
            case 404:
                // An unknown path is a 404 too, but without errorId: that says nothing about the statement.
                if (error.isOfLrs()) result.state = ReadBack::State::Missing;
                break;
            default:
                break;
        }
        result.message = fmt::format("HTTP {}: ", response.status) +
                         answerText(error.words().empty() ? response.body : error.words(), kMessage - 16, secrets_);
    } catch (const OutboundError& error) {
        result.message = answerText(error.what(), kMessage, secrets_);
    }
    return result;
}

}  // namespace plugin::lrs
