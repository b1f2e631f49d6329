#pragma once
/// The server's log on top of Poco::Logger.

#include "host/base/Config.h"
#include "host/sdk/Logger.h"

#include <Poco/ErrorHandler.h>
#include <Poco/Logger.h>
#include <Poco/Message.h>

#include <memory>
#include <ostream>
#include <string>

namespace host::base {

struct LogSettings {
    std::string level = "information";  ///< debug | information | warning | error
    std::string format = "text";        ///< json | text
    std::string output = "stderr";      ///< stdout | stderr | path of a file
    std::uint64_t rotateBytes = 100U << 20;
    int keep = 10;

    static LogSettings from(const Config& config);
};

/// Sets the root logger's channel and level; loggers made before or after follow. Call it once at the start, from one
/// thread. AppError 500 "log.open" when the file can't be written.
void setUpLogging(const LogSettings& settings);
/// The same onto a stream, for tests and tools. The stream must outlive the logging.
void setUpLogging(const LogSettings& settings, std::ostream& stream);

/// A named logger with fields. Never throws: what can't be written is lost. Thread-safe.
class HouseLogger : public sdk::Logger {
public:
    /// `fixed` fields are added to every line: {"module", "u2035"}.
    explicit HouseLogger(const std::string& name, sdk::LogFields fixed = {});
    void log(sdk::LogLevel level, std::string_view message, const sdk::LogFields& fields) noexcept override;
    /// Written whatever log.level says: what must be found later, as the journal's head.
    void always(std::string_view message, const sdk::LogFields& fields) noexcept;

private:
    Poco::Message line(Poco::Message::Priority priority, std::string_view message, const sdk::LogFields& fields) const;

    Poco::Logger& logger_;
    const sdk::LogFields fixed_;
};

/// Fields "err_code" and "err" of an exception, with the causes nested in it. For the log only: causes may hold SQL.
sdk::LogFields errorFields(const std::exception& error);
/// `fields` with those of the error behind them.
sdk::LogFields withError(sdk::LogFields fields, const std::exception& error);

/// What Poco's own threads throw goes to the log. Install with Poco::ErrorHandler::set; must outlive the threads.
class LoggingErrorHandler : public Poco::ErrorHandler {
public:
    explicit LoggingErrorHandler(sdk::Logger& logger) : logger_(logger) {}
    void exception(const Poco::Exception& error) override;
    void exception(const std::exception& error) override;
    void exception() override;

private:
    sdk::Logger& logger_;
};

}  // namespace host::base
