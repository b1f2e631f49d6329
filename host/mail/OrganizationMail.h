#pragma once
/// Letters of organizations: who may send as whom, in what measure, and what became of it in words. A try holds a
/// thread of the server, so it is short and few go at a time. Thread-safe.

#include "host/mail/MailConfig.h"
#include "host/mail/Mailer.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Mail.h"
#include "host/sdk/Organizations.h"

#include <deque>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace host::mail {

class OrganizationMail : public sdk::Mail {
public:
    struct Limits {
        std::chrono::milliseconds longest{8'000};  ///< one try
        unsigned atOnce = 2;
        std::size_t anHour = 20;  ///< letters of one organization
    };

    /// `mailer`, `organizations`, `clock` and `logger` must outlive it.
    OrganizationMail(Mailer& mailer, std::vector<SenderRule> rules, sdk::Organizations& organizations,
                     const sdk::Clock& clock, sdk::Logger& logger, std::string installationId, Limits limits);

    std::string whyNot(const std::string& organization, const std::string& language) override;
    sdk::SentLetter send(const sdk::Letter& letter) override;

    /// Breaks off what is being sent and sends nothing more; call it before the listener is stopped.
    void stop() noexcept { stop_.request_stop(); }

private:
    class Turn;

    std::string whyNot(const std::optional<sdk::Organization>& organization, bool english) const;
    Delivery deliver(const sdk::Letter& letter, const sdk::Organization& organization, sdk::Micros at);

    Mailer& mailer_;
    const std::vector<SenderRule> rules_;
    sdk::Organizations& organizations_;
    const sdk::Clock& clock_;
    sdk::Logger& logger_;
    const std::string installationId_;
    const Limits limits_;
    std::stop_source stop_;
    std::mutex mutex_;
    unsigned sending_ = 0;
    std::map<std::string, std::deque<sdk::Micros>> sent_;  ///< organization → when, within the hour
};

}  // namespace host::mail
