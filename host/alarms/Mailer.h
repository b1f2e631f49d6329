#pragma once
/// Mail by SMTP (RFC 5321) over TLS: STARTTLS or from the first byte, the certificate always verified. Plain only to
/// this machine. One deadline over each exchange. Thread-safe; `send` blocks.

#include "host/alarms/Messages.h"
#include "host/sdk/Secrets.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace host::alarms {

struct MailSettings {
    enum class Security { StartTls, Tls, Plain };

    std::string host;  ///< empty: no mail is sent
    std::uint16_t port = 587;
    Security security = Security::StartTls;
    std::string user;  ///< empty: no AUTH
    /// Asked at each sending, so that a replaced file counts at once. May throw AppError.
    std::function<std::optional<sdk::SecretString>()> password;
    std::string from;
    std::string caFile;  ///< PEM: authorities to trust besides the system's
    std::chrono::milliseconds timeout{20'000};
};

class Mailer {
public:
    /// \throws host::sdk::AppError when the CA file can't be used
    explicit Mailer(MailSettings settings);
    ~Mailer();

    const MailSettings& settings() const { return settings_; }

    /// \param text as of mailText
    Delivery send(const std::string& to, const std::string& text, const std::stop_token& stop) noexcept;

private:
    struct Impl;
    void talk(const std::string& to, const std::string& text, const std::stop_token& stop);

    const MailSettings settings_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::alarms
