#pragma once
/// The journal (журнал событий): who did what, when, from where, on what. Append-only. Thread-safe.
/// `details` is a JSON object and never holds a secret.

#include <string>

namespace host::sdk {
inline namespace abi1 {

struct JournalEntry {
    std::string organization;  ///< empty for what concerns the whole server
    std::string actor;         ///< login, "token:NAME", or "job:NAME"
    std::string clientAddress;
    std::string action;   ///< "integration.check-started"
    std::string subject;  ///< "integrations/bas"
    std::string details;  ///< JSON object, may be empty
    std::string requestId;
};

class Journal {
public:
    virtual ~Journal() = default;
    virtual void append(const JournalEntry& entry) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
