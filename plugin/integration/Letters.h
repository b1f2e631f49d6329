#pragma once
/// The letters to University 2035, made from mustache templates (`config/letters/KIND.mustache`: a line
/// "Subject: …", an empty line, the body). Plain text: nothing is HTML-escaped. Letters are Russian whoever reads the
/// page. A missing fact leaves its place empty and is named. Immutable after construction, thread-safe, pure.

#include "host/sdk/Clock.h"
#include "host/sdk/Organizations.h"
#include "plugin/integration/IntegrationState.h"
#include "plugin/integration/ProjectFacts.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace plugin::integration {

/// What a letter needs and what nobody has filled in yet.
struct MissingFact {
    std::string name;   ///< "legalName"
    std::string title;  ///< «Юридическое наименование, как в договоре»
    std::string where;  ///< where to fill it in, for people
    std::string
        pointer;  ///< of the organisation's resource ("/legalName"), or the query parameter ("?clientId"); else empty
};

struct Letter {
    std::string to;
    std::string from;  ///< the organisation's corporate address; may be empty
    std::string subject;
    std::string body;
    std::vector<MissingFact> missing;
};

/// A failed step, as the support letter quotes it. Secrets are masked by whoever fills this.
struct FailedStep {
    std::string title;
    std::string contour;  ///< «Тестовый» | «Промышленный»
    std::string url;
    std::string parameters;
    std::string answer;
    std::string errorId;
};

/// What only some letters need.
struct LetterExtras {
    std::string serviceUrl;   ///< SSO: from where requests come
    std::string redirectUri;  ///< SSO
    std::string clientId;     ///< SSO: latin, no spaces
    std::string leaderId;     ///< SSO, production
    std::string usersMe;      ///< SSO, production: answer of GET /users/me on the test contour
    FailedStep failed;        ///< support
    std::string browser;      ///< support
};

class Letters {
public:
    /// \param templates kind → text of the template. \throws AppError 500 "letters.invalid" naming each fault.
    explicit Letters(const std::map<std::string, std::string>& templates);
    ~Letters();
    Letters(Letters&&) noexcept;
    Letters& operator=(Letters&&) noexcept;

    static const std::vector<std::string>& kinds();

    /// \throws AppError 404 for an unknown kind.
    Letter write(const std::string& kind, const host::sdk::Organization& organization, const ProjectFacts& facts,
                 const IntegrationState& state, const LetterExtras& extras) const;

private:
    struct Template;
    std::map<std::string, std::unique_ptr<Template>> templates_;
};

/// The letter as a draft message (RFC 5322 and 2047, UTF-8 in base64), with CRLF ends of line.
std::string toMessage(const Letter& letter, host::sdk::Micros at);

}  // namespace plugin::integration
