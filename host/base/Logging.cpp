#include "host/base/Logging.h"

#include "host/base/LogFormatter.h"

#include <Poco/ConsoleChannel.h>
#include <Poco/FileChannel.h>
#include <Poco/FormattingChannel.h>
#include <Poco/Message.h>
#include <Poco/StreamChannel.h>

namespace host::base {
namespace {

Poco::Message::Priority priorityOf(sdk::LogLevel level) {
    switch (level) {
        case sdk::LogLevel::Debug:
            return Poco::Message::PRIO_DEBUG;
        case sdk::LogLevel::Information:
            return Poco::Message::PRIO_INFORMATION;
        case sdk::LogLevel::Warning:
            return Poco::Message::PRIO_WARNING;
        case sdk::LogLevel::Error:
            return Poco::Message::PRIO_ERROR;
    }
    return Poco::Message::PRIO_INFORMATION;
}

Poco::AutoPtr<Poco::Channel> fileChannel(const LogSettings& settings) {
    Poco::AutoPtr<Poco::FileChannel> channel(new Poco::FileChannel(settings.output));
    channel->setProperty(Poco::FileChannel::PROP_ROTATION, std::to_string(settings.rotateBytes));
    channel->setProperty(Poco::FileChannel::PROP_ARCHIVE, "number");
    channel->setProperty(Poco::FileChannel::PROP_PURGECOUNT, std::to_string(settings.keep));
    channel->setProperty(Poco::FileChannel::PROP_TIMES, "UTC");
    try {
        channel->open();
    } catch (const Poco::Exception&) {
        std::throw_with_nested(sdk::AppError(
            500, "log.open",
            "The log file '" + settings.output + "' can't be written; check that its folder is there and writable."));
    }
    return channel;
}

void install(const LogSettings& settings, Poco::AutoPtr<Poco::Channel> target) {
    Poco::AutoPtr<Poco::Formatter> formatter;
    if (settings.format == "json")
        formatter = new JsonLogFormatter;
    else
        formatter = new TextLogFormatter;
    Poco::AutoPtr<Poco::Channel> channel(new Poco::FormattingChannel(formatter, target));
    Poco::Logger::root();  // before the first logger there is nothing to set, and Poco sets nothing
    // "" is the root: every logger, existing ones too, gets the channel and the level.
    Poco::Logger::setChannel("", channel);
    Poco::Logger::setLevel("", Poco::Logger::parseLevel(settings.level));
}

void appendCauses(std::string& text, const std::exception& error) {
    // Poco keeps its message apart from what(), which is the class's name only.
    const auto* poco = dynamic_cast<const Poco::Exception*>(&error);
    text += poco != nullptr ? poco->displayText() : error.what();
    try {
        std::rethrow_if_nested(error);
    } catch (const std::exception& cause) {
        text += ": ";
        appendCauses(text, cause);
    } catch (...) {
        text += ": unknown";
    }
}

}  // namespace

LogSettings LogSettings::from(const Config& config) {
    LogSettings settings;
    settings.level = config.text("log.level");
    settings.format = config.text("log.format");
    settings.output = config.text("log.output");
    settings.rotateBytes = config.bytes("log.rotate_size");
    settings.keep = static_cast<int>(config.integer("log.keep"));
    return settings;
}

void setUpLogging(const LogSettings& settings) {
    if (settings.output == "stdout")
        install(settings, Poco::AutoPtr<Poco::Channel>(new Poco::ConsoleChannel(std::cout)));
    else if (settings.output == "stderr")
        install(settings, Poco::AutoPtr<Poco::Channel>(new Poco::ConsoleChannel(std::cerr)));
    else
        install(settings, fileChannel(settings));
}

void setUpLogging(const LogSettings& settings, std::ostream& stream) {
    install(settings, Poco::AutoPtr<Poco::Channel>(new Poco::StreamChannel(stream)));
}

HouseLogger::HouseLogger(const std::string& name, sdk::LogFields fixed)
    : logger_(Poco::Logger::get(name)), fixed_(std::move(fixed)) {}

Poco::Message HouseLogger::line(Poco::Message::Priority priority, std::string_view message,
                                const sdk::LogFields& fields) const {
    Poco::Message line(logger_.name(), std::string(message), priority);
    line.set(kFieldsParameter, packFields(fixed_) + packFields(fields));
    return line;
}

void HouseLogger::always(std::string_view message, const sdk::LogFields& fields) noexcept {
    try {
        // To the channel itself: the level is the logger's.
        if (auto channel = logger_.getChannel())
            channel->log(line(Poco::Message::PRIO_INFORMATION, message, fields));
    } catch (...) {
        // As below.
    }
}

void HouseLogger::log(sdk::LogLevel level, std::string_view message, const sdk::LogFields& fields) noexcept {
    try {
        auto priority = priorityOf(level);
        if (logger_.getLevel() < priority) return;
        logger_.log(line(priority, message, fields));
    } catch (...) {
        // A log that can't be written must not end the work it tells of.
    }
}

sdk::LogFields errorFields(const std::exception& error) {
    return withError({}, error);
}

sdk::LogFields withError(sdk::LogFields fields, const std::exception& error) {
    if (const auto* app = dynamic_cast<const sdk::AppError*>(&error)) fields.emplace_back("err_code", app->code());
    std::string text;
    appendCauses(text, error);
    fields.emplace_back("err", std::move(text));
    return fields;
}

void LoggingErrorHandler::exception(const Poco::Exception& error) {
    logger_.error("A thread ended with an exception", errorFields(error));
}
void LoggingErrorHandler::exception(const std::exception& error) {
    logger_.error("A thread ended with an exception", errorFields(error));
}
void LoggingErrorHandler::exception() {
    logger_.error("A thread ended with an unknown exception");
}

}  // namespace host::base
