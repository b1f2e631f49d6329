#pragma once
/// Structured log of a module: constant message, values as fields. Never a secret, a body or a learner's name.
/// Thread-safe; never throws.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::sdk {
inline namespace abi1 {

enum class LogLevel { Debug, Information, Warning, Error };

using LogFields = std::vector<std::pair<std::string, std::string>>;

class Logger {
public:
    virtual ~Logger() = default;
    virtual void log(LogLevel level, std::string_view message, const LogFields& fields) noexcept = 0;

    void debug(std::string_view m, const LogFields& f = {}) noexcept { log(LogLevel::Debug, m, f); }
    void info(std::string_view m, const LogFields& f = {}) noexcept { log(LogLevel::Information, m, f); }
    void warning(std::string_view m, const LogFields& f = {}) noexcept { log(LogLevel::Warning, m, f); }
    void error(std::string_view m, const LogFields& f = {}) noexcept { log(LogLevel::Error, m, f); }
};

}  // namespace abi1
}  // namespace host::sdk
