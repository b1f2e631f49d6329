#pragma once
/// REST of alarms: lists of the server and of an organization, an organization's recipients, and the test of both.
/// Thread-safe; everything given must outlive the registrations.

#include "common/Json.h"
#include "host/alarms/HeldAlarms.h"
#include "host/alarms/MessageStore.h"
#include "host/alarms/Recipients.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Organizations.h"

#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace host::alarms {

class AlarmsApi {
public:
    struct Parts {
        AlarmStore& store;
        MessageStore& messages;
        RecipientStore& recipients;
        HeldAlarms& held;
        Messenger& messenger;
        std::vector<Target> serverTargets;
        bool canMail = false;  ///< a mail server is configured
        sdk::Organizations& organizations;
        sdk::Journal& journal;
        const sdk::Clock& clock;
        std::string installationId;
        std::function<void()> wake;  ///< something may be sent now
        sdk::Logger& logger;
        std::chrono::milliseconds longestTest{20'000};  ///< of one test, however many are told
    };
    explicit AlarmsApi(Parts parts);

    [[nodiscard]] std::vector<sdk::Registration> registerRoutes(sdk::Router& router);

    /// Breaks off tests that are being sent, and lets no other begin; they answer at once.
    void stopTests() noexcept { stopTests_.request_stop(); }

    /// A test goes to addresses that its caller typed: not more often than this for an organization.
    static constexpr std::chrono::seconds kBetweenTests{60};

private:
    sdk::Response list(const sdk::Request& request, const std::optional<std::string>& organization);
    sdk::Response showRecipients(const sdk::Request& request);
    sdk::Response putRecipients(const sdk::Request& request);
    sdk::Response test(const sdk::Request& request, const std::string& organization);
    sdk::Response recipientsAnswer(const std::string& organization, const Recipients& recipients);
    void requireOrganization(const std::string& organization);
    void spaceTests(const std::string& organization);

    /// The members "outcome", "problem" and "fix"; of the server's mail server only its administrator is told.
    void tellOutcome(common::JsonWriter& json, const Target& target, const std::optional<Delivery>& delivery,
                     const sdk::Request& request);

    Parts p_;
    std::stop_source stopTests_;
    std::mutex mutex_;
    std::map<std::string, std::chrono::steady_clock::time_point> lastTest_;  ///< by organization
};

}  // namespace host::alarms
