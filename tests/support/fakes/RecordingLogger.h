#pragma once
/// A log that keeps its lines.

#include "host/sdk/Logger.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace tests {

class RecordingLogger : public host::sdk::Logger {
public:
    void log(host::sdk::LogLevel level, std::string_view message,
             const host::sdk::LogFields& fields) noexcept override {
        try {
            std::string line(message);
            for (const auto& [k, v] : fields) line += ' ' + k + '=' + v;
            std::lock_guard lock(mutex_);
            lines_.emplace_back(level, std::move(line));
        } catch (const std::exception&) {
            lost_ = true;
        }
    }
    std::string text() const {
        std::lock_guard lock(mutex_);
        std::string out;
        for (const auto& [level, line] : lines_) out += line + '\n';
        return out;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::pair<host::sdk::LogLevel, std::string>> lines_;
    std::atomic<bool> lost_{false};
};

}  // namespace tests
