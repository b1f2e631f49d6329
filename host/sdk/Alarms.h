#pragma once
/// Alarms: what a person must see to, told once by e-mail and webhook, and shown over REST until it is over. An alarm is
/// a cause with a name: raised while it lasts, cleared when it is over. Thread-safe.

#include <string>

namespace host::sdk {
inline namespace abi1 {

/// Texts are for people, in Russian, and never hold a secret or a learner's name: they leave the server by mail.
struct Alarm {
    /// Names the cause, stable over restarts: "destination/STOREID". The host prefixes it with the module's name; an
    /// organization's cause has something of the organization in its key, since keys are the module's, not theirs.
    std::string key;
    std::string organization;  ///< empty: the whole server's
    std::string code;          ///< kind of cause, for filters and metrics: "destination-paused", "quarantine-large"
    std::string title;         ///< one line: what is wrong, and where
    std::string detail;        ///< as of now: figures, since when, the other side's words
    std::string fix;           ///< what to do
};

class Alarms {
public:
    virtual ~Alarms() = default;

    /// Opens the cause. Raised again while it is open: its texts are refreshed and nobody is told anew; its
    /// organization and code stay. Raised after it was cleared: a new alarm. On record when it returns; messages go
    /// later, in the background, and their failure is never the caller's.
    /// AppError as Database::write has it, when it can't be put on record. Not within a `Database::write`.
    virtual void raise(const Alarm& alarm) = 0;

    /// The cause is over: whoever was told of it is told so, once. Nothing happens when it isn't open.
    virtual void clear(const std::string& key) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
