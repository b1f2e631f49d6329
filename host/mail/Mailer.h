#pragma once
/// Mail by SMTP (RFC 5321) over TLS: STARTTLS or from the first byte, the certificate always verified. Plain only to
/// this machine. One deadline over each exchange. Thread-safe; `send` blocks.

#include "host/mail/Delivery.h"
#include "host/sdk/Secrets.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace host::mail {

struct MailSettings {
    enum class Security { StartTls, Tls, Plain };

    std::string host;  ///< empty: no mail is sent
    std::uint16_t port = 587;
    Security security = Security::StartTls;
    std::string user;  ///< empty: no AUTH
    /// Asked at each sending, so that a replaced file counts at once. May throw AppError.
    std::function<std::optional<sdk::SecretString>()> password;
    std::string from;    ///< of the server's own messages
    std::string caFile;  ///< PEM: authorities to trust besides the system's
    std::chrono::milliseconds timeout{20'000};
};

/// From whom to whom, as mail servers are told; what can't be delivered comes back to `from`.
struct Envelope {
    std::string from;
    std::string to;
};

class Mailer {
public:
    /// \throws host::sdk::AppError when the CA file can't be used
    explicit Mailer(MailSettings settings);
    ~Mailer();

    const MailSettings& settings() const { return settings_; }

    /// \param text as of mailText, with the same addresses
    /// \param longest instead of the settings' timeout
    Delivery send(const Envelope& envelope, const std::string& text, const std::stop_token& stop,
                  std::optional<std::chrono::milliseconds> longest = std::nullopt) noexcept;

private:
    struct Impl;
    void talk(const Envelope& envelope, const std::string& text, const std::stop_token& stop,
              std::chrono::milliseconds longest);

    const MailSettings settings_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::mail
