#include "host/mail/OrganizationMail.h"

#include "common/Text.h"
#include "host/mail/MailText.h"

#include <fmt/format.h>

#include <algorithm>

namespace host::mail {
namespace {

using sdk::AppError;

constexpr sdk::Micros kHour = 3'600'000'000;

std::string in(bool english, const char* russian, const char* other) {
    return english ? other : russian;
}

}  // namespace

/// One of those that send now, counted for its organization.
class OrganizationMail::Turn {
public:
    Turn(OrganizationMail& owner, const sdk::Letter& letter, bool english) : owner_(owner) {
        const std::lock_guard lock(owner_.mutex_);
        if (owner_.sending_ >= owner_.limits_.atOnce || owner_.stop_.stop_requested())
            throw AppError::unavailable(
                "mail.unavailable", in(english, "Сервер отправляет другие письма. Повторите через несколько секунд.",
                                       "The server is sending other letters. Try again in some seconds."));
        auto& times = owner_.sent_[letter.organization];
        const auto now = owner_.clock_.now();
        while (!times.empty() && times.front() <= now - kHour) times.pop_front();
        if (times.size() >= owner_.limits_.anHour)
            throw AppError(429, "mail.too-many",
                           in(english, "За час организация отправила слишком много писем. Повторите через час.",
                              "The organization has sent too many letters within an hour. Try again in an hour."));
        times.push_back(now);
        ++owner_.sending_;
    }
    ~Turn() {
        const std::lock_guard lock(owner_.mutex_);
        --owner_.sending_;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    OrganizationMail& owner_;
};

OrganizationMail::OrganizationMail(Mailer& mailer, std::vector<SenderRule> rules, sdk::Organizations& organizations,
                                   const sdk::Clock& clock, sdk::Logger& logger, std::string installationId,
                                   Limits limits)
    : mailer_(mailer),
      rules_(std::move(rules)),
      organizations_(organizations),
      clock_(clock),
      logger_(logger),
      installationId_(std::move(installationId)),
      limits_(limits) {}

std::string OrganizationMail::whyNot(const std::string& organization, const std::string& language) {
    return whyNot(organizations_.find(organization), language == "en");
}

std::string OrganizationMail::whyNot(const std::optional<sdk::Organization>& organization, bool english) const {
    if (!organization) return in(english, "Такой организации нет.", "There is no such organization.");
    if (mailer_.settings().host.empty() || rules_.empty())
        return in(
            english,
            "Сервер не отправляет писем организаций: это включает его администратор. Скопируйте письмо и отправьте "
            "его сами.",
            "The server sends no letters of organizations: its administrator can switch that on. Copy the letter "
            "and send it yourself.");
    const std::string& from = organization->corporateEmail;
    if (from.empty())
        return in(english, "Не указана корпоративная почта организации. Заполните её на странице организации.",
                  "The organization has no corporate address. Fill it in on the organization's page.");
    if (!isMailAddress(from))
        return fmt::format(fmt::runtime(in(english,
                                           "С адреса «{}» почтовый сервер отправить не может. Укажите на странице "
                                           "организации адрес латиницей, например office@example.org.",
                                           "Mail servers do not take the address '{}'. Give one in ASCII on the "
                                           "organization's page, as in office@example.org.")),
                           from);
    const bool allowed = std::any_of(rules_.begin(), rules_.end(),
                                     [&](const SenderRule& rule) { return rule.allows(organization->id, from); });
    if (!allowed)
        return fmt::format(fmt::runtime(in(english,
                                           "Отправлять с адреса «{}» серверу не разрешено: попросите об этом его "
                                           "администратора (mail.organization_senders) или отправьте письмо сами.",
                                           "The server may not send as '{}': ask its administrator "
                                           "(mail.organization_senders), or send the letter yourself.")),
                           from);
    return {};
}

Delivery OrganizationMail::deliver(const sdk::Letter& letter, const sdk::Organization& organization, sdk::Micros at) {
    mail::Mail mail{.from = organization.corporateEmail,
                    .to = letter.to,
                    .subject = letter.subject,
                    .body = letter.body,
                    .messageId = letter.id + "@" + installationId_ + ".lmsd",
                    .inReplyTo = "",
                    .at = at,
                    .fromName = organization.legalName,
                    .automatic = false};
    const std::string text = mailText(mail);
    return mailer_.send({mail.from, mail.to}, text, stop_.get_token(), limits_.longest);
}

sdk::SentLetter OrganizationMail::send(const sdk::Letter& letter) {
    const bool english = letter.language == "en";
    const auto organization = organizations_.find(letter.organization);
    if (const auto why = whyNot(organization, english); !why.empty())
        throw AppError::conflict("mail.not-possible", why);
    if (!isMailAddress(letter.to))
        throw AppError(422, "mail.refused",
                       in(english, "Адрес получателя неверен.", "The recipient's address is wrong."));
    const Turn turn(*this, letter, english);
    const auto at = clock_.now();
    const Delivery delivery = deliver(letter, *organization, at);
    if (delivery.outcome == Delivery::Outcome::Sent) return {organization->corporateEmail, letter.to, at};

    logger_.warning("A letter of an organization was not sent",
                    {{"organization", letter.organization}, {"err", delivery.problem}, {"fix", delivery.fix}});
    if (delivery.outcome == Delivery::Outcome::InDoubt)
        throw AppError(
            504, "mail.in-doubt",
            in(english,
               "Почтовый сервер получил письмо и не подтвердил, что принял его. Отправьте ещё раз: это будет "
               "то же письмо, второго почтовые серверы не сделают.",
               "The mail server was given the letter and did not say whether it took it. Send it again: it "
               "goes out as the same letter."));
    if (delivery.senderRefused)
        throw AppError(422, "mail.refused",
                       fmt::format(fmt::runtime(in(english,
                                                   "Почтовый сервер не отправляет с адреса «{}». Причину видит "
                                                   "администратор сервера в его журнале; письмо можно отправить самим.",
                                                   "The mail server does not send as '{}'. The server's administrator "
                                                   "sees why in its log; you can send the letter yourself.")),
                                   organization->corporateEmail));
    // How the server reaches its mail server is its administrator's concern, and nobody else's to know.
    if (delivery.channelDown)
        throw AppError::unavailable(
            "mail.unavailable",
            in(english,
               "Почта сервера сейчас не работает. Повторите позже; причину видит администратор сервера в его журнале.",
               "The server's mail does not work now. Try again later; its administrator sees why in its log."));
    throw AppError(422, "mail.refused",
                   fmt::format(fmt::runtime(in(english, "Почтовый сервер не принял письмо для «{}»: {}.",
                                               "The mail server did not take the letter to '{}': {}.")),
                               letter.to, delivery.problem));
}

}  // namespace host::mail
