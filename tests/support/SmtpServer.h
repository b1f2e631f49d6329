#pragma once
/// A mail server in this process: EHLO, STARTTLS or TLS from the first byte, AUTH PLAIN and LOGIN, MAIL, RCPT, DATA.
/// What it does wrong is the test's to say. Every message it took, and every line it heard, is kept. Link Poco::NetSSL.

#include "common/Encoding.h"
#include "tests/support/ScriptedServer.h"

#include <Poco/Net/SecureStreamSocket.h>

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

struct SmtpHabits {
    Poco::Net::Context::Ptr startTls = nullptr;  ///< offers STARTTLS with it
    Poco::Net::Context::Ptr fromTheFirstByte = nullptr;
    std::string user = {};  ///< empty: no AUTH is asked for
    std::string password = {};
    std::string mechanisms = "PLAIN LOGIN";
    std::map<std::string, std::string> answers = {};  ///< verb → the line it answers with: {"RCPT", "550 no such user"}
    std::string injectAfterStartTls = {};             ///< sent in the clear behind its "220"
    bool silent = false;                              ///< takes the connection and says nothing
    bool dropAfterData = false;                       ///< takes the message and closes without a word
};

class SmtpServer {
public:
    struct Taken {
        std::string from, to, text;
        bool secure = false;
        std::string user;
    };

    explicit SmtpServer(SmtpHabits habits)
        : habits_(std::move(habits)),
          server_([this](Poco::Net::StreamSocket& socket, int) { serve(socket); }, habits_.fromTheFirstByte) {}

    int port() const { return server_.port(); }
    int connections() const { return server_.connections(); }
    std::vector<Taken> taken() const {
        const std::lock_guard lock(mutex_);
        return taken_;
    }
    /// Every line heard, "|" between them; AUTH's secrets included.
    std::string heard() const {
        const std::lock_guard lock(mutex_);
        return heard_;
    }
    void habits(const SmtpHabits& habits) {
        const std::lock_guard lock(mutex_);
        habits_ = habits;
    }

private:
    struct Talk {
        Poco::Net::StreamSocket socket;
        std::string buffer;
        bool secure = false;
        std::string user;

        void say(const std::string& line) { ScriptedServer::write(socket, line + "\r\n"); }
        bool fill() {
            char bytes[4096];
            const int got = socket.receiveBytes(bytes, sizeof bytes);
            if (got > 0) buffer.append(bytes, static_cast<std::size_t>(got));
            return got > 0;
        }
        bool line(std::string& out) {
            std::size_t end = 0;
            while ((end = buffer.find("\r\n")) == std::string::npos)
                if (!fill()) return false;
            out = buffer.substr(0, end);
            buffer.erase(0, end + 2);
            return true;
        }
        bool message(std::string& out) {
            std::size_t end = 0;
            while ((end = buffer.find("\r\n.\r\n")) == std::string::npos)
                if (!fill()) return false;
            out = buffer.substr(0, end + 2);
            buffer.erase(0, end + 5);
            return true;
        }
    };

    void serve(Poco::Net::StreamSocket& socket) {
        SmtpHabits habits;
        {
            const std::lock_guard lock(mutex_);
            habits = habits_;
        }
        Talk talk{socket, "", !habits.fromTheFirstByte.isNull(), ""};
        if (habits.silent) {
            while (talk.fill()) {
            }
            return;
        }
        talk.say("220 test ESMTP");
        Taken mail;
        std::string line;
        while (talk.line(line)) {
            {
                const std::lock_guard lock(mutex_);
                heard_ += line + "|";
            }
            const std::string verb = line.substr(0, 4);
            if (auto it = habits.answers.find(verb); it != habits.answers.end()) {
                talk.say(it->second);
                continue;
            }
            if (verb == "EHLO") {
                std::string answer = "250-test\r\n";
                if (!habits.startTls.isNull() && !talk.secure) answer += "250-STARTTLS\r\n";
                if (!habits.user.empty()) answer += "250-AUTH " + habits.mechanisms + "\r\n";
                talk.say(answer + "250 8BITMIME");
            } else if (verb == "STAR" && !habits.startTls.isNull()) {
                ScriptedServer::write(talk.socket, "220 go ahead\r\n" + habits.injectAfterStartTls);
                talk.socket = Poco::Net::SecureStreamSocket::attach(talk.socket, habits.startTls);
                talk.secure = true;
            } else if (verb == "AUTH") {
                authenticate(talk, habits, line);
            } else if (verb == "MAIL") {
                mail = {line.substr(11, line.find('>') - 11), "", "", talk.secure, talk.user};
                talk.say(habits.user.empty() || !talk.user.empty() ? "250 ok" : "530 authentication required");
            } else if (verb == "RCPT") {
                mail.to = line.substr(9, line.find('>') - 9);
                talk.say("250 ok");
            } else if (verb == "DATA") {
                talk.say("354 go on");
                if (!talk.message(mail.text)) return;
                {
                    const std::lock_guard lock(mutex_);
                    taken_.push_back(mail);
                }
                if (habits.dropAfterData) return;
                talk.say("250 taken");
            } else if (verb == "QUIT") {
                talk.say("221 bye");
                return;
            } else {
                talk.say("502 what?");
            }
        }
    }

    void authenticate(Talk& talk, const SmtpHabits& habits, const std::string& line) {
        std::string user;
        std::string password;
        if (line.starts_with("AUTH PLAIN ")) {
            const std::string both = common::fromBase64(line.substr(11)).value_or("");
            const auto second = both.find('\0', 1);
            user = both.substr(1, second - 1);
            password = both.substr(second + 1);
        } else {
            std::string answer;
            talk.say("334 VXNlcm5hbWU6");
            if (talk.line(answer)) user = common::fromBase64(answer).value_or("");
            talk.say("334 UGFzc3dvcmQ6");
            if (talk.line(answer)) password = common::fromBase64(answer).value_or("");
        }
        const bool right = user == habits.user && password == habits.password;
        if (right) talk.user = user;
        talk.say(right ? "235 welcome" : "535 5.7.8 authentication failed");
    }

    mutable std::mutex mutex_;
    SmtpHabits habits_;
    std::vector<Taken> taken_;
    std::string heard_;
    ScriptedServer server_;
};

}  // namespace tests
