#pragma once
/// What the module does, in words, for the platform's journal: each row gets the sentence of its action in both
/// languages as the member "text" of its details, where the platform looks for it. Thread-safe.

#include "host/sdk/Journal.h"

#include <string>

namespace plugin::api {

class WordedJournal : public host::sdk::Journal {
public:
    explicit WordedJournal(host::sdk::Journal& journal) : journal_(journal) {}
    void append(const host::sdk::JournalEntry& entry) override;

private:
    host::sdk::Journal& journal_;
};

/// `details` with the words of `action` first; as they were when it has none.
std::string withWords(const std::string& action, const std::string& details);

}  // namespace plugin::api
