#include "host/app/LmsdApplication.h"

#include "host/app/ReadyNotice.h"
#include "host/app/Version.h"
#include "host/app/Wiring.h"
#include "host/sdk/Version.h"

#include <csignal>
#include <cstring>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace host::app {

namespace {

using Poco::Util::Option;

/// What the process says as its last word, by what stopped it.
LmsdExit exitFor(const sdk::AppError& error) {
    const std::string& code = error.code();
    if (code.starts_with("config") || code.starts_with("secrets.") || code == "log.open") return LmsdExit::Config;
    if (code == "db.in-use" || code == "http-listen") return LmsdExit::Unavailable;
    return LmsdExit::Internal;
}

int code(LmsdExit exit) {
    return static_cast<int>(exit);
}

/// Runs `work`; what it throws is told on standard error and becomes the exit code.
template <typename Work>
int told(Work work) {
    try {
        return work();
    } catch (const sdk::AppError& e) {
        std::cerr << "lmsd: " << e.what() << std::endl;
        return code(exitFor(e));
    } catch (const Poco::Exception& e) {
        std::cerr << "lmsd: " << e.displayText() << std::endl;
        return code(LmsdExit::Internal);
    } catch (const std::exception& e) {
        std::cerr << "lmsd: " << e.what() << std::endl;
        return code(LmsdExit::Internal);
    }
}

/// Ends the process when stopping itself does not end: a thread that never returns must not keep the machine waiting.
class Watchdog {
public:
    explicit Watchdog(std::chrono::milliseconds limit)
        : thread_([limit](std::stop_token stop) {
              std::mutex mutex;
              std::condition_variable_any changed;
              std::unique_lock lock(mutex);
              if (changed.wait_for(lock, stop, limit, [&] { return stop.stop_requested(); })) return;
              if (stop.stop_requested()) return;
              std::cerr << "lmsd: stopping took longer than " << limit.count()
                        << " ms; the process ends now, what is committed is kept" << std::endl;
              std::_Exit(static_cast<int>(LmsdExit::Internal));
          }) {}

private:
    std::jthread thread_;
};

/// What is in memory is not left in a file when the process crashes, nor read by another process of the same user.
void keepMemoryPrivate() {
#ifdef __SANITIZE_ADDRESS__
    // The leak checker of a test build attaches to its own process when that ends.
    constexpr bool kMayBeAttached = true;
#else
    constexpr bool kMayBeAttached = false;
#endif
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || (!kMayBeAttached && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0))
        throw sdk::AppError(500, "server.core-dumps",
                            fmt::format("Core dumps can't be switched off: {}. Allow prctl and setrlimit to lmsd, or "
                                        "accept them with server.core_dumps = true.",
                                        std::strerror(errno)));
}

void waitForTermination() {
    sigset_t signals;
    sigemptyset(&signals);
    for (int signal : {SIGTERM, SIGINT, SIGQUIT}) sigaddset(&signals, signal);
    int received = 0;
    sigwait(&signals, &received);
}

}  // namespace

void LmsdApplication::defineOptions(Poco::Util::OptionSet& options) {
    options.addOption(Option("config", "c", "configuration file").argument("FILE"));
    options.addOption(
        Option("set", "s", "a key of the configuration, over everything else").argument("KEY=VALUE").repeatable(true));
    options.addOption(Option("check", "", "tell everything that is wrong with the configuration, then end"));
    options.addOption(Option("print-config", "", "print every key, its value and where it came from, then end"));
    options.addOption(
        Option("ready-file", "", "file to write the addresses to when the server is ready").argument("FILE"));
    options.addOption(Option("describe-keys", "", "print a table of all keys in Markdown, then end"));
    options.addOption(Option("version", "v", "print the version, then end"));
    options.addOption(Option("help", "h", "print this, then end"));
}

void LmsdApplication::handleOption(const std::string& name, const std::string& value) {
    if (name == "config")
        configFile_ = value;
    else if (name == "set")
        settings_.push_back(value);
    else if (name == "ready-file")
        readyFile_ = std::filesystem::absolute(value);
    else if (name == "check")
        mode_ = Mode::Check;
    else if (name == "print-config")
        mode_ = Mode::PrintConfig;
    else if (name == "describe-keys")
        mode_ = Mode::DescribeKeys;
    else if (name == "version")
        mode_ = Mode::Version;
    else if (name == "help") {
        mode_ = Mode::Help;
        stopOptionsProcessing();
    }
}

int LmsdApplication::main(const std::vector<std::string>& arguments) {
    if (!arguments.empty() && mode_ != Mode::Help) {
        std::cerr << "lmsd: '" << arguments.front() << "' is not understood; 'lmsd --help' tells the options"
                  << std::endl;
        return code(LmsdExit::Usage);
    }
    switch (mode_) {
        case Mode::Serve:
            return told([this] { return serve(); });
        case Mode::Check:
            return told([this] { return check(); });
        case Mode::PrintConfig:
            return told([this] { return printConfig(); });
        case Mode::DescribeKeys:
            std::cout << base::Config::describeKeys(configKeys());
            return code(LmsdExit::Ok);
        case Mode::Version:
            std::cout << "lmsd " << kVersion << ", module contract " << HOST_SDK_ABI_MAJOR << "." << HOST_SDK_ABI_MINOR
                      << ", " << HOST_SDK_BUILD_TAG << std::endl;
            return code(LmsdExit::Ok);
        case Mode::Help:
            std::cout << "lmsd [--config FILE] [--set KEY=VALUE]... [--ready-file FILE]\n"
                         "lmsd --check | --print-config | --describe-keys | --version\n\n"
                         "  --config FILE       configuration file\n"
                         "  --set KEY=VALUE     a key of the configuration, over everything else\n"
                         "  --ready-file FILE   where to write the addresses when the server is ready\n"
                         "  --check             tell everything that is wrong with the configuration, then end\n"
                         "  --print-config      print every key, its value and where it came from, then end\n"
                         "  --describe-keys     print a table of all keys in Markdown, then end\n"
                         "  --version           print the version, then end\n\n"
                         "Exit codes: 0 ok, 64 wrong usage, 69 something it needs is taken or absent, 70 internal,\n"
                         "78 configuration.\n";
            return code(LmsdExit::Ok);
    }
    return code(LmsdExit::Internal);
}

int LmsdApplication::printConfig() {
    auto config = loadConfig(configFile_, settings_);
    std::cout << config.print();
    std::cerr << config.report();
    return code(config.problems().empty() ? LmsdExit::Ok : LmsdExit::Config);
}

int LmsdApplication::check() {
    auto config = loadConfig(configFile_, settings_);
    base::HouseLogger log("lmsd");
    auto settings = readSettings(config);
    // A module's own steps are told below, once, as problems.
    base::LogSettings quiet;
    quiet.level = "error";
    std::ostringstream nowhere;
    base::setUpLogging(quiet, nowhere);
    modules::ModuleHost modules(settings.modules, log);
    prepareModules(modules, config);
    if (config.problems().empty()) {
        std::cout << "The configuration is valid." << std::endl;
        return code(LmsdExit::Ok);
    }
    const auto count = config.problems().size();
    std::cerr << config.report() << "lmsd: the configuration has " << count << (count == 1 ? " error" : " errors")
              << std::endl;
    return code(LmsdExit::Config);
}

int LmsdApplication::serve() {
    auto config = loadConfig(configFile_, settings_);
    auto settings = readSettings(config);
    config.throwIfWrong();
    base::setUpLogging(base::LogSettings::from(config));
    if (!settings.coreDumps) keepMemoryPrivate();
    base::HouseLogger log("lmsd");
    log.info("starting",
             {{"version", kVersion}, {"abi", fmt::format("{}.{}", HOST_SDK_ABI_MAJOR, HOST_SDK_ABI_MINOR)}});
    const auto deadline = settings.stopDeadline;
    const auto moduleDeadline = settings.modules.deadlines.stop * static_cast<int>(settings.modules.modules.size() + 1);

    auto server = std::make_unique<Server>(config, std::move(settings), log);
    ServerAddresses addresses;
    try {
        addresses = server->start();
    } catch (const std::exception& e) {
        log.error("the server could not start", base::errorFields(e));
        Watchdog watchdog(deadline + moduleDeadline);
        server->stop();
        if (server->isStuck()) std::_Exit(code(LmsdExit::Internal));
        throw;
    }
    log.info("ready", {{"url", addresses.url}, {"health", addresses.healthUrl}});
    for (const auto& failure : {readyFile_.empty() ? std::string() : writeReadyFile(readyFile_, addresses),
                                notifySystemd("READY=1\nSTATUS=listening on " + addresses.url)})
        if (!failure.empty()) log.warning("readiness could not be told", {{"err", failure}});

    waitForTermination();

    log.info("stopping", {{"deadline_ms", std::to_string(deadline.count())}});
    notifySystemd("STOPPING=1");
    Watchdog watchdog(deadline + moduleDeadline + std::chrono::seconds(5));
    server->stop();
    log.info("stopped", {});
    if (server->isStuck()) {
        // Its code may still be going on: nothing it uses may be destroyed.
        log.error("a run or a module did not stop in time; the process ends without it", {});
        std::_Exit(code(LmsdExit::Internal));
    }
    server.reset();
    return code(LmsdExit::Ok);
}

}  // namespace host::app
