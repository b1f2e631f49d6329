#pragma once
/// Letters in memory: what was sent, or what the test says goes wrong.

#include "host/sdk/Error.h"
#include "host/sdk/Mail.h"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tests {

using host::sdk::AppError;
using host::sdk::Micros;

class FakeMail : public host::sdk::Mail {
public:
    std::string whyNot(const std::string&, const std::string& language) override {
        return language == "en" ? whyNotInEnglish_ : whyNot_;
    }
    host::sdk::SentLetter send(const host::sdk::Letter& letter) override {
        std::lock_guard lock(mutex_);
        tried_.push_back(letter);
        if (failure_) throw AppError(*failure_);
        return {"lms@example.org", letter.to, at_};
    }
    std::vector<host::sdk::Letter> tried() const {
        std::lock_guard lock(mutex_);
        return tried_;
    }

    std::string whyNot_, whyNotInEnglish_;
    std::optional<AppError> failure_;
    Micros at_ = 0;

private:
    mutable std::mutex mutex_;
    std::vector<host::sdk::Letter> tried_;
};

}  // namespace tests
