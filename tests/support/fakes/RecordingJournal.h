#pragma once
/// A journal that keeps what was written.

#include "host/sdk/Journal.h"

#include <mutex>
#include <string>
#include <vector>

namespace tests {

class RecordingJournal : public host::sdk::Journal {
public:
    void append(const host::sdk::JournalEntry& entry) override {
        std::lock_guard lock(mutex_);
        entries_.push_back(entry);
    }
    std::vector<host::sdk::JournalEntry> entries() const {
        std::lock_guard lock(mutex_);
        return entries_;
    }
    std::vector<std::string> actions() const {
        std::vector<std::string> out;
        for (const auto& e : entries()) out.push_back(e.action);
        return out;
    }
    /// Everything that was written, as one text: to prove that a secret isn't in it.
    std::string text() const {
        std::string out;
        for (const auto& e : entries()) out += e.actor + ' ' + e.action + ' ' + e.subject + ' ' + e.details + '\n';
        return out;
    }

private:
    mutable std::mutex mutex_;
    std::vector<host::sdk::JournalEntry> entries_;
};

}  // namespace tests
