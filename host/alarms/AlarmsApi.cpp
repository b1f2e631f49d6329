#include "host/alarms/AlarmsApi.h"

#include "common/Cursor.h"
#include "common/Json.h"
#include "common/JsonReader.h"
#include "common/Rfc3339.h"
#include "common/Uuid.h"
#include "host/alarms/AlarmMessenger.h"
#include "host/alarms/AlarmsApiSchemas.h"
#include "host/http/Lists.h"
#include "host/mail/MailText.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <thread>

namespace host::alarms {
namespace {

using common::JsonReader;
using common::JsonWriter;
using sdk::AppError;
using sdk::Request;
using sdk::Response;

constexpr std::size_t kMostMails = 10;
constexpr std::size_t kLongestUrl = 2000;
constexpr std::size_t kLongestSecret = 200;

AlarmState stateOf(const Request& request) {
    const std::string text = request.queryValue("state").value_or("open");
    if (text == "open") return AlarmState::Open;
    if (text == "closed") return AlarmState::Closed;
    if (text == "all") return AlarmState::All;
    throw AppError::badRequest("The query parameter 'state' is open, closed or all.");
}

std::optional<AlarmKey> keyOf(const common::PageRequest& page) {
    if (page.after.empty()) return std::nullopt;
    return AlarmKey{page.after[0] == "open", page.afterNumber(0, 1)};
}

/// "demo/mail/anna@example.org"
struct TargetName {
    std::string organization, channel, address;
    explicit TargetName(const std::string& name) {
        const auto first = name.find('/');
        const auto second = name.find('/', first + 1);
        organization = name.substr(0, first);
        channel = name.substr(first + 1, second - first - 1);
        address = name.substr(second + 1);
    }
};

/// What of the messages is shown: an organization sees what became of its own only.
struct Sight {
    std::optional<std::string> organization;  ///< whose messages; nullopt: all
    bool addresses = true;                    ///< whom, and why it failed
    bool channel = true;                      ///< how the server's own mail server fails

    static Sight of(const Request& request, const std::optional<std::string>& organization) {
        const auto& who = request.principal;
        return {organization, who.serverAdmin || (organization && who.may(*organization, sdk::Role::OrganizationAdmin)),
                who.serverAdmin};
    }
};

constexpr const char* kMailDown = "The server's mail does not go out";
constexpr const char* kMailDownFix = "ask the server's administrator: the server's log says why";

/// Stops what is sent when the time is over, or when the server ends.
class Deadline {
public:
    Deadline(std::chrono::milliseconds time, const std::stop_token& server)
        : onServer_(server, [this] { source_.request_stop(); }), timer_([this, time](const std::stop_token& over) {
              std::unique_lock lock(mutex_);
              changed_.wait_for(lock, over, time, [] { return false; });
              if (!over.stop_requested()) source_.request_stop();
          }) {}
    std::stop_token token() const { return source_.get_token(); }

private:
    std::stop_source source_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::stop_callback<std::function<void()>> onServer_;
    std::jthread timer_;
};

std::string messagesJson(const std::vector<MessageRow>& rows, const Sight& sight) {
    JsonWriter json;
    json.array();
    for (const MessageRow& row : rows) {
        const TargetName target(row.target);
        if (sight.organization && target.organization != *sight.organization) continue;
        const bool hidden = row.channelDown && !sight.channel;
        auto shown = [&](const std::string& text) { return sight.addresses ? text : std::string(); };
        auto time = [](sdk::Micros at) { return at == 0 ? std::nullopt : std::make_optional(at); };
        json.object().member("kind", row.kind).member("channel", target.channel);
        json.member("address", shown(target.address));
        json.member("state", row.state).member("attempts", row.attempts).timeMember("nextTryAt", time(row.nextAt));
        json.timeMember("settledAt", time(row.settledAt));
        json.member("problem", shown(hidden ? kMailDown : row.problem));
        json.member("fix", shown(hidden ? kMailDownFix : row.fix)).end();
    }
    json.end();
    return json.take();
}

std::string itemJson(const AlarmRow& row, const std::string& messages) {
    std::string json = alarmJson(row);
    json.pop_back();
    return json + R"(,"messages":)" + messages + "}";
}

std::vector<std::string> csvRow(const AlarmRow& row) {
    return {std::to_string(row.id),
            row.alarm.key,
            row.alarm.organization,
            row.alarm.code,
            row.alarm.title,
            row.alarm.detail,
            row.alarm.fix,
            row.isOpen() ? "open" : "closed",
            common::Rfc3339::utc(row.openedAt),
            common::Rfc3339::utc(row.refreshedAt),
            row.isOpen() ? "" : common::Rfc3339::utc(row.closedAt)};
}

bool fits(const AlarmRow& row, const AlarmFilter& filter) {
    return (!filter.organization || row.alarm.organization == *filter.organization) &&
           (filter.code.empty() || row.alarm.code == filter.code) && row.alarm.key.starts_with(filter.keyPrefix) &&
           row.isOpen() && filter.state != AlarmState::Closed;
}

}  // namespace

AlarmsApi::AlarmsApi(Parts parts) : p_(std::move(parts)) {}

void AlarmsApi::requireOrganization(const std::string& organization) {
    if (!p_.organizations.find(organization))
        throw AppError::notFound(fmt::format("The organization '{}' was not found.", organization));
}

Response AlarmsApi::list(const Request& request, const std::optional<std::string>& organization) {
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"), 2);
    AlarmFilter filter;
    filter.organization = organization ? organization : request.queryValue("organization");
    filter.code = request.queryValue("code").value_or("");
    filter.state = stateOf(request);
    if (const auto module = request.queryValue("module"); module && !module->empty()) filter.keyPrefix = *module + "/";
    auto rows = p_.store.list(filter, keyOf(page), page.limit + 1);
    const bool more = rows.size() > page.limit;
    if (more) rows.resize(page.limit);

    http::ListPage list;
    list.columns = {"id",  "key",   "organization", "code",        "title",   "detail",
                    "fix", "state", "openedAt",     "refreshedAt", "closedAt"};
    // What could not be put on record comes first, beyond the page's count.
    if (page.after.empty())
        for (const auto& one : p_.held.held())
            if (fits(one.row, filter)) {
                list.items.push_back(itemJson(one.row, "[]"));
                list.rows.push_back(csvRow(one.row));
            }
    std::map<std::int64_t, std::vector<MessageRow>> messages;
    if (!rows.empty()) {
        const auto [least, most] = std::minmax_element(
            rows.begin(), rows.end(), [](const AlarmRow& a, const AlarmRow& b) { return a.id < b.id; });
        messages = p_.messages.ofAlarms(least->id, most->id);
    }
    const auto sight = Sight::of(request, organization);
    for (const AlarmRow& row : rows) {
        list.items.push_back(itemJson(row, messagesJson(messages[row.id], sight)));
        list.rows.push_back(csvRow(row));
    }
    if (more)
        list.next = common::Cursor::encode({rows.back().isOpen() ? "open" : "closed", std::to_string(rows.back().id)});
    return http::listResponse(request, std::move(list));
}

Response AlarmsApi::recipientsAnswer(const std::string& organization, const Recipients& recipients) {
    JsonWriter json;
    json.object().key("mails").array();
    for (const auto& mail : recipients.mails) json.value(mail);
    json.end().key("webhook");
    if (recipients.webhook.empty()) {
        json.null();
    } else {
        const auto secret = p_.recipients.secretOf(organization);
        json.object().member("url", recipients.webhook).member("secretSet", secret.has_value());
        json.member("secretLastFour", secret ? secret->lastFour() : std::string()).end();
    }
    json.member("version", recipients.version).end();
    return Response::json(json.take()).etag(recipients.version);
}

Response AlarmsApi::showRecipients(const Request& request) {
    const auto& organization = request.parameter("org");
    requireOrganization(organization);
    return recipientsAnswer(organization, p_.recipients.of(organization));
}

Response AlarmsApi::putRecipients(const Request& request) {
    const auto& organization = request.parameter("org");
    requireOrganization(organization);
    JsonReader reader(common::parseJsonObject(request.body));
    Recipients wanted;
    for (auto& mail : reader.texts("mails", kMostMails).value_or(std::vector<std::string>())) {
        if (!mail::isMailAddress(mail))
            reader.wrong("mails", fmt::format("has '{}', which is no mail address", mail),
                         "write it as in anna@example.org, in ASCII");
        else if (std::find(wanted.mails.begin(), wanted.mails.end(), mail) != wanted.mails.end())
            reader.wrong("mails", fmt::format("has '{}' twice", mail), "leave one of them out");
        wanted.mails.push_back(std::move(mail));
    }
    if (!wanted.mails.empty() && !p_.canMail)
        reader.wrong("mails", "can't be told, since this server has no mail server",
                     "ask the server's administrator to set alarms.mail.server, or give a webhook");
    std::optional<sdk::SecretString> secret;
    if (auto webhook = reader.object("webhook")) {
        wanted.webhook = webhook->requiredText("url", kLongestUrl);
        if (auto text = webhook->text("secret", kLongestSecret)) secret = sdk::SecretString(*text);
        // What a person got by GET can be sent back as it is.
        webhook->has("secretSet");
        webhook->has("secretLastFour");
        const bool web = wanted.webhook.starts_with("https://") || wanted.webhook.starts_with("http://");
        const bool plain =
            std::none_of(wanted.webhook.begin(), wanted.webhook.end(), [](char c) { return c <= ' ' || c > '~'; });
        if (!wanted.webhook.empty() && (!web || !plain))
            webhook->wrong("url", "is no https address", "write it whole, as in https://hooks.example.org/alarms");
        if (secret && !secret->empty() && secret->reveal().size() < 8)
            webhook->wrong("secret", "is too short to be one", "give at least 8 characters, better 32 random ones");
        webhook->refuseUnknown();
    }
    reader.has("version");
    reader.refuseUnknown();
    reader.finish("The recipients are not valid");
    const auto after = p_.recipients.replace(organization, wanted, secret, sdk::ifMatch(request));
    JsonWriter details;
    details.object().key("mails").array();
    for (const auto& mail : after.mails) details.value(mail);
    details.end().member("webhook", !after.webhook.empty()).member("secretChanged", secret.has_value()).end();
    p_.journal.append({organization, request.principal.login, request.clientAddress, "alarms.recipients-changed",
                       "alarms/recipients", details.take(), request.requestId});
    p_.wake();
    return recipientsAnswer(organization, after);
}

void AlarmsApi::spaceTests(const std::string& organization) {
    const std::lock_guard lock(mutex_);
    const auto now = p_.clock.steadyNow();
    if (auto it = lastTest_.find(organization); it != lastTest_.end() && now - it->second < kBetweenTests)
        throw AppError(
            429, "alarms.test-too-soon",
            fmt::format("A test message went out less than {} s ago; wait, then try again.", kBetweenTests.count()));
    lastTest_[organization] = now;
}

Response AlarmsApi::test(const Request& request, const std::string& organization) {
    if (!organization.empty()) requireOrganization(organization);
    const auto targets = organization.empty() ? p_.serverTargets
                                              : RecipientStore::targetsOf(organization, p_.recipients.of(organization));
    if (targets.empty())
        throw AppError::conflict("alarms.no-recipients",
                                 organization.empty()
                                     ? "Nobody is told of alarms; set alarms.mail.to or alarms.webhook.url."
                                     : "The organization has no recipients; set them by PUT …/alarms/recipients.");
    spaceTests(organization);
    Message message;
    message.kind = MessageKind::Test;
    message.alarm.openedAt = message.alarm.refreshedAt = p_.clock.now();
    message.alarm.alarm = {"host/test",
                           organization,
                           "test",
                           "Проверка тревог",
                           "Это пробное сообщение: так придёт тревога. Делать ничего не нужно.",
                           ""};
    // Its caller holds a thread of the server meanwhile, and keeps the server from stopping.
    const Deadline deadline(p_.longestTest, stopTests_.get_token());
    std::optional<Delivery> mailDown;
    JsonWriter json;
    json.object().key("items").array();
    for (const Target& target : targets) {
        message.id = "test-" + common::Uuid::v4();
        std::optional<Delivery> delivery;
        if (target.channel == Channel::Mail && mailDown)
            delivery = mailDown;
        else if (!deadline.token().stop_requested())
            delivery = p_.messenger.deliver(target, message, deadline.token());
        // One that we broke off ourselves says nothing of the way to the others.
        if (target.channel == Channel::Mail && delivery && delivery->channelDown && !deadline.token().stop_requested())
            mailDown = delivery;
        // The way is free: what waits for it need not wait longer.
        if (delivery && delivery->outcome == Delivery::Outcome::Sent) p_.messages.tryNow(target.name());
        json.object().member("channel", toString(target.channel));
        json.member("address", target.channel == Channel::Mail ? target.address : std::string());
        tellOutcome(json, target, delivery, request);
        json.end();
    }
    json.end().end();
    p_.journal.append({organization, request.principal.login, request.clientAddress, "alarms.tested", "alarms", "{}",
                       request.requestId});
    p_.wake();
    return Response::json(json.take());
}

void AlarmsApi::tellOutcome(JsonWriter& json, const Target& target, const std::optional<Delivery>& delivery,
                            const Request& request) {
    if (!delivery) {
        json.member("outcome", "not-tried").member("problem", "The time for the test was over before its turn came");
        json.member("fix", "see to those before it that failed, then try again");
        return;
    }
    const bool sent = delivery->outcome == Delivery::Outcome::Sent;
    json.member("outcome", sent ? "sent" : delivery->outcome == Delivery::Outcome::InDoubt ? "in-doubt" : "failed");
    const bool hidden = delivery->channelDown && !request.principal.serverAdmin;
    json.member("problem", hidden ? kMailDown : delivery->problem);
    json.member("fix", hidden ? kMailDownFix : delivery->fix);
    if (!sent)
        p_.logger.warning("A test of the alarms was not delivered", {{"channel", toString(target.channel)},
                                                                     {"organization", target.organization},
                                                                     {"request_id", request.requestId},
                                                                     {"err", delivery->problem}});
}

std::vector<sdk::Registration> AlarmsApi::registerRoutes(sdk::Router& router) {
    std::vector<sdk::Registration> all;
    const std::string recipients = "/api/v1/organizations/{org}/alarms/recipients";
    all.push_back(router.add(sdk::Method::Get, "/api/v1/alarms", serverListOptions(),
                             [this](const Request& r) { return list(r, std::nullopt); }));
    all.push_back(router.add(sdk::Method::Post, "/api/v1/alarms/test", serverTestOptions(),
                             [this](const Request& r) { return test(r, ""); }));
    all.push_back(
        router.add(sdk::Method::Get, "/api/v1/organizations/{org}/alarms", listOptions(), [this](const Request& r) {
            requireOrganization(r.parameter("org"));
            return list(r, r.parameter("org"));
        }));
    all.push_back(router.add(sdk::Method::Post, "/api/v1/organizations/{org}/alarms/test", testOptions(),
                             [this](const Request& r) { return test(r, r.parameter("org")); }));
    all.push_back(router.add(sdk::Method::Get, recipients, showRecipientsOptions(),
                             [this](const Request& r) { return showRecipients(r); }));
    all.push_back(router.add(sdk::Method::Put, recipients, putRecipientsOptions(),
                             [this](const Request& r) { return putRecipients(r); }));
    return all;
}

}  // namespace host::alarms
