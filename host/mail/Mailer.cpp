#include "host/mail/Mailer.h"

#include "common/Encoding.h"
#include "common/Text.h"
#include "host/base/outbound/Connection.h"
#include "host/base/outbound/Deadlines.h"
#include "host/base/outbound/Resolver.h"
#include "host/base/outbound/TlsClient.h"
#include "host/sdk/OutboundHttp.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace host::mail {
namespace {

using base::outbound::TlsClient;
using Poco::Net::StreamSocket;
using Security = MailSettings::Security;

constexpr std::int64_t kConnectMicros = 5'000'000;  // for one address

/// Ends the talk with what is to be told.
struct Ended {
    Delivery delivery;
};

[[noreturn]] void fail(std::string problem, std::string fix, bool channelDown) {
    throw Ended{Delivery::failed(std::move(problem), std::move(fix), channelDown)};
}

struct Reply {
    int status = 0;  ///< 0: the connection was closed, or what came is no reply
    std::string text;
    bool isGood() const { return status / 100 == 2; }
};

/// Poco's session, led command by command: its own calls tell neither a refusal from a broken connection, nor whether a
/// message may have been taken. Not greeted through `open`, so that its destructor says nothing.
class Dialogue : public Poco::Net::SMTPClientSession {
public:
    explicit Dialogue(const StreamSocket& socket) : SMTPClientSession(socket) {}

    Reply greeting() { return receive(); }
    Reply command(const std::string& line) {
        Reply reply;
        reply.status = sendCommand(line, reply.text);
        return reply;
    }
    /// What the other side sent ahead in the clear is dropped with the buffer: it must not be read as said over TLS.
    void secure(const TlsClient& tls, const std::string& host) { socket() = tls.handshake(socket(), host, nullptr); }
    /// False when it can't be known whether the message was taken.
    std::optional<Reply> data(const std::string& text) {
        try {
            std::istringstream in(text);
            sendMessage(in);
            return Reply{250, ""};
        } catch (const Poco::Net::SMTPException& error) {
            if (error.code() / 100 == 4 || error.code() / 100 == 5) return Reply{error.code(), error.message()};
        } catch (const Poco::Exception&) {
            return std::nullopt;
        }
        return std::nullopt;
    }

private:
    Reply receive() {
        Reply reply;
        reply.status = socket().receiveStatusMessage(reply.text);
        return reply;
    }
};

std::string said(const Reply& reply) {
    if (reply.status == 0) return "it closed the connection";
    return "it answered '" + common::oneLine(reply.text, 200) + "'";
}

/// Our name is our address, as RFC 5321 has it for clients without a name.
std::string helloName(const StreamSocket& socket) {
    const auto address = socket.address().host();
    const bool six = address.family() == Poco::Net::IPAddress::IPv6;
    return fmt::format("[{}{}]", six ? "IPv6:" : "", address.toString());
}

/// Names behind "AUTH" in the answer to EHLO.
bool offers(const Reply& hello, std::string_view mechanism) {
    for (auto line : common::split(hello.text, '\n')) {
        const std::string upper = common::toUpperAscii(line);
        if (upper.size() < 9 || upper.substr(4, 5) != "AUTH ") continue;
        for (auto word : common::split(std::string_view(upper).substr(9), ' '))
            if (common::trim(word) == mechanism) return true;
    }
    return false;
}

}  // namespace

struct Mailer::Impl {
    explicit Impl(const std::string& caFile) : tls(caFile) {}
    TlsClient tls;
    base::outbound::Deadlines deadlines;
};

Mailer::Mailer(MailSettings settings)
    : settings_(std::move(settings)), impl_(std::make_unique<Impl>(settings_.caFile)) {}
Mailer::~Mailer() = default;

namespace {

StreamSocket connect(const MailSettings& settings, base::outbound::TimePoint deadline, const std::stop_token& stop) {
    const auto addresses = base::outbound::resolve(settings.host, deadline, stop);
    const bool here = std::all_of(addresses.begin(), addresses.end(), [](const auto& a) { return a.isLoopback(); });
    if (settings.security == Security::Plain && !here)
        fail(fmt::format("The mail server '{}' is not this machine, and nothing is sent to it in the clear",
                         settings.host),
             "set alarms.mail.security to starttls or tls", true);
    std::string why = "nobody answers";
    for (const auto& address : addresses) {
        const auto left =
            std::chrono::duration_cast<std::chrono::microseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0 || stop.stop_requested()) break;
        try {
            StreamSocket socket;
            // An address that is silent leaves time for the next, and for a server that wants to stop.
            socket.connect(Poco::Net::SocketAddress(address, settings.port),
                           Poco::Timespan(std::min<std::int64_t>(left.count(), kConnectMicros)));
            return socket;
        } catch (const Poco::Exception& error) {
            why = error.displayText();
        }
    }
    fail(fmt::format("The mail server '{}' can't be reached at port {}: {}", settings.host, settings.port, why),
         "check alarms.mail.server and alarms.mail.port, and that this machine may connect there", true);
}

void signIn(Dialogue& session, const Reply& hello, const MailSettings& settings) {
    if (settings.user.empty()) return;
    const auto password = settings.password ? settings.password() : std::nullopt;
    if (!password) fail("The mail server asks for a password and none is configured", "set alarms.mail.password", true);
    Reply reply;
    if (offers(hello, "PLAIN")) {
        std::string both = '\0' + settings.user + '\0' + password->reveal();
        reply = session.command("AUTH PLAIN " + common::toBase64(both));
    } else if (offers(hello, "LOGIN")) {
        reply = session.command("AUTH LOGIN");
        if (reply.status == 334) reply = session.command(common::toBase64(settings.user));
        if (reply.status == 334) reply = session.command(common::toBase64(password->reveal()));
    } else {
        fail("The mail server offers neither AUTH PLAIN nor AUTH LOGIN",
             "use its port for submission (587 with starttls, 465 with tls), or leave out alarms.mail.user", true);
    }
    if (!reply.isGood())
        fail("The mail server refused the user name or the password: " + said(reply),
             "check alarms.mail.user and alarms.mail.password", true);
}

Reply expect(const Reply& reply, const char* what) {
    if (!reply.isGood())
        fail(fmt::format("The mail server refused {}: {}", what, said(reply)),
             "check alarms.mail.server, alarms.mail.port and alarms.mail.security", true);
    return reply;
}

[[noreturn]] void refuseSender(const std::string& sender, const Reply& reply) {
    Delivery refused =
        Delivery::failed(fmt::format("The mail server refused the sender '{}': {}", sender, said(reply)),
                         "let alarms.mail.user send as that address, or set alarms.mail.from to one that it may", true);
    refused.senderRefused = true;
    throw Ended{std::move(refused)};
}

void failIfCutOff(const base::outbound::Deadlines::Watch& watch, const MailSettings& settings,
                  std::chrono::milliseconds longest) {
    if (watch.cancelled()) fail("The sending was broken off since the server stops", "", true);
    if (watch.expired())
        fail(fmt::format("The mail server '{}' did not answer within {} ms", settings.host, longest.count()),
             "check alarms.mail.port and alarms.mail.security: does that port begin with TLS?", true);
}

}  // namespace

void Mailer::talk(const Envelope& envelope, const std::string& text, const std::stop_token& stop,
                  std::chrono::milliseconds longest) {
    const auto deadline = std::chrono::steady_clock::now() + longest;
    StreamSocket socket = connect(settings_, deadline, stop);
    const base::outbound::WatchedDescriptor descriptor(static_cast<int>(socket.impl()->sockfd()));
    const base::outbound::Deadlines::Watch watch(impl_->deadlines, descriptor.get(), deadline, stop);
    try {
        if (settings_.security == Security::Tls) socket = impl_->tls.handshake(socket, settings_.host, nullptr);
        Dialogue session(socket);
        expect(session.greeting(), "the connection");
        const std::string name = helloName(socket);
        Reply hello = expect(session.command("EHLO " + name), "our greeting");
        if (settings_.security == Security::StartTls) {
            const Reply ready = session.command("STARTTLS");
            if (!ready.isGood())
                fail("The mail server offers no STARTTLS, and nothing is sent in the clear: " + said(ready),
                     "set alarms.mail.security to tls and alarms.mail.port to 465, if it has that", true);
            session.secure(impl_->tls, settings_.host);
            hello = expect(session.command("EHLO " + name), "our greeting over TLS");
        }
        signIn(session, hello, settings_);
        const Reply from = session.command("MAIL FROM:<" + envelope.from + ">");
        if (!from.isGood()) refuseSender(envelope.from, from);
        const Reply recipient = session.command("RCPT TO:<" + envelope.to + ">");
        if (!recipient.isGood())
            fail(fmt::format("The mail server refused the recipient '{}': {}", envelope.to, said(recipient)),
                 "check the address", false);
        const Reply ready = session.command("DATA");
        if (ready.status != 354)
            fail("The mail server takes no message: " + said(ready), "its administrator knows why", true);
        const auto taken = session.data(text);
        if (!taken)
            throw Ended{{Delivery::Outcome::InDoubt,
                         "The mail server was given the message and did not say whether it took it",
                         "it is sent again under the same Message-ID", true, false}};
        if (!taken->isGood())
            fail("The mail server refused the message: " + said(*taken), "its administrator knows why", false);
        try {
            session.command("QUIT");
        } catch (const Poco::Exception&) {  // the message is taken: how it ends is nobody's concern
        }
    } catch (const Ended& ended) {
        // A connection that we have cut off ourselves looks like one that the other side has closed.
        if (ended.delivery.outcome == Delivery::Outcome::Failed) failIfCutOff(watch, settings_, longest);
        throw;
    } catch (const Poco::Exception&) {
        failIfCutOff(watch, settings_, longest);
        throw;
    }
}

Delivery Mailer::send(const Envelope& envelope, const std::string& text, const std::stop_token& stop,
                      std::optional<std::chrono::milliseconds> longest) noexcept {
    try {
        if (settings_.host.empty())
            return Delivery::failed("No mail server is configured",
                                    "the server's administrator sets alarms.mail.server", true);
        talk(envelope, text, stop, longest.value_or(settings_.timeout));
        return {};
    } catch (const Ended& ended) {
        return ended.delivery;
    } catch (const sdk::OutboundError& error) {
        const bool tls = error.kind() == sdk::OutboundError::Kind::Tls;
        return Delivery::failed(
            error.what(),
            tls ? "check alarms.mail.server and alarms.mail.security; an authority of your own goes "
                  "into outbound.ca_file"
                : "check alarms.mail.server",
            true);
    } catch (const Poco::Exception&) {
        return Delivery::failed(fmt::format("The mail server '{}' closed the connection", settings_.host),
                                "check alarms.mail.port and alarms.mail.security; its log says more", true);
    } catch (const std::exception& error) {
        return Delivery::failed(error.what(), "see the server's log", true);
    }
}

}  // namespace host::mail
