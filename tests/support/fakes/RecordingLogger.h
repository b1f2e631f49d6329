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
        return textOf([](host::sdk::LogLevel) { return true; });
    }
    /// The lines of one level.
    std::string text(host::sdk::LogLevel only) const {
        return textOf([only](host::sdk::LogLevel level) { return level == only; });
    }

private:
    template <class Take>
    std::string textOf(const Take& take) const {
        std::lock_guard lock(mutex_);
        std::string out;
        for (const auto& [level, line] : lines_)
            if (take(level)) out += line + '\n';
        return out;
    }

    mutable std::mutex mutex_;
    std::vector<std::pair<host::sdk::LogLevel, std::string>> lines_;
    std::atomic<bool> lost_{false};
};

}  // namespace tests
