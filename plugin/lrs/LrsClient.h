#pragma once
/// Learning Locker as University 2035 runs it (spec: lrs-learning-locker.md): one client per store and credential.
/// Thread-safe; blocks. Knows nothing of wizard, outbox or profiles.

#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Secrets.h"
#include "plugin/CheckStep.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::lrs {

/// The credential in the form the header needs: base64(key:secret). Made by `parseBasic`.
class Basic {
public:
    const host::sdk::SecretString& token() const noexcept { return token_; }
    /// The part after the colon: to keep it out of texts when a server echoes it.
    const host::sdk::SecretString& secret() const noexcept { return secret_; }
    /// Lower-case hex SHA-256 of the token: tells two contours' credentials apart without keeping them in clear.
    std::string fingerprint() const;

private:
    friend Basic parseBasic(std::string_view);
    friend Basic basicFrom(std::string_view, std::string_view);
    host::sdk::SecretString token_;
    host::sdk::SecretString secret_;
};

/// Accepts base64(key:secret), with or without the word Basic, with white space around or inside (pasted line breaks).
/// \throws AppError 422, pointer "/basic": not base64, no colon, empty part, or a colon in the secret.
Basic parseBasic(std::string_view pasted);
/// The same from the two other lines of the letter. \throws AppError 422, pointer "/key" or "/secret".
Basic basicFrom(std::string_view key, std::string_view secret);

struct Settings {
    std::string endpoint;  ///< with or without trailing slash; "/statements" is added
    Basic basic;
    bool typedByPerson = false;  ///< the address guard applies
    std::chrono::milliseconds timeout{90'000};
};

using plugin::CheckStep;

struct CheckReport {
    bool passed = false;
    std::vector<CheckStep> steps;
    std::string postAnswer;  ///< whole answer to the POST (at most 64 KiB): the profile says where the guid is in it
};

/// What became of one POST.
struct PostOutcome {
    enum class Class {
        Accepted,       ///< 200 with our ids, in order
        Data,           ///< 400 or 409: `culprits` are to be taken out; when none is named, bisect
        TooLarge,       ///< 413: halve; a single statement goes to quarantine
        Configuration,  ///< 401, 403, 404: the whole destination pauses
        Transient,      ///< no answer before the request was sent, 408, 425, 429, 5xx: the same bytes again
        InDoubt         ///< the connection broke after sending: the same bytes again
    };
    struct Culprit {
        std::size_t index;      ///< position in the batch
        std::string reason;     ///< the LRS's own words, at most 500 characters
        bool conflict = false;  ///< 409: the id is there already with other content
    };
    Class outcome = Class::Transient;
    int status = 0;
    std::vector<Culprit> culprits;
    std::string message;  ///< for people, at most 2,048 bytes
    std::string errorId;
    std::optional<std::chrono::seconds> retryAfter;
    std::chrono::microseconds elapsed{0};
};

struct ReadBack {
    enum class State { Found, Missing, NotAllowed, Unknown } state = State::Unknown;
    std::string statement;  ///< JSON, when found
    std::string message;
};

class LrsClient {
public:
    LrsClient(host::sdk::OutboundHttp& http, Settings settings);

    /// GET ?limit=1, then POST {"Test":"тест"}: 400 with exactly the four warnings is the success.
    CheckReport check(std::chrono::milliseconds limit, std::stop_token stop, const StepFinished& finished = {});

    /// Sends whole statements (ASCII JSON objects) as one array. Never throws for what the other side does.
    PostOutcome post(const std::vector<std::string_view>& statements, const std::vector<std::string>& ids,
                     std::stop_token stop);

    enum class Ask { Statement, Voided };
    /// A voided statement is there under `Voided` and missing under `Statement`, and the other way round.
    ReadBack get(const std::string& statementId, std::stop_token stop, Ask ask = Ask::Statement);

private:
    CheckStep checkGet(std::chrono::milliseconds limit, const std::stop_token& stop);
    CheckStep checkPost(std::chrono::milliseconds limit, const std::stop_token& stop, std::string& whole);
    host::sdk::OutboundRequest request(const std::string& method, const std::string& query) const;

    host::sdk::OutboundHttp& http_;
    Settings settings_;
    std::string statements_;            ///< the address of /statements
    std::vector<std::string> secrets_;  ///< what must never be in a text for people
};

}  // namespace plugin::lrs
