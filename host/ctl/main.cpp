#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"
#include "host/sdk/Error.h"

#include <Poco/Net/SSLManager.h>

namespace host::ctl {

std::vector<Command> allCommands() {
    std::vector<Command> all;
    for (auto group : {accountCommands(), organizationCommands(), recordCommands(), connectionCommands(),
                       xapiCommands(), serverCommands(), securityCommands()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

namespace {

int fail(const std::string& message, ExitCode exit) {
    std::cerr << "lmsctl: " << message << std::endl;
    return exit;
}

int run(const std::vector<std::string>& typed) {
    const auto commands = allCommands();
    if (typed.empty() || typed.front() == "--help" || typed.front() == "help") {
        std::cout << usageOf(commands);
        return typed.empty() ? kUsage : kOk;
    }
    if (typed.size() == 2 && typed.back() == "--help")
        if (const auto group = commandsOf(commands, typed.front()); !group.empty()) {
            std::cout << usageOf(group);
            return kOk;
        }
    try {
        const auto [command, arguments] = parseCommandLine(commands, typed);
        if (arguments.has("help")) {
            std::cout << usageOf(*command);
            return kOk;
        }
        Context context(arguments);
        return command->run(context, arguments);
    } catch (const UsageError& e) {
        return fail(std::string(e.what()) + "\n'lmsctl help' lists the commands, 'lmsctl COMMAND --help' its options.",
                    kUsage);
    } catch (const Unreachable& e) {
        return fail(e.what(), kUnavailable);
    } catch (const Refusal& e) {
        return fail(e.what(), kRefused);
    } catch (const sdk::AppError& e) {
        std::string text = e.what();
        for (const auto& error : e.errors())
            text += fmt::format("\n  {}: {}; {}", error.pointer, error.reason, error.fix);
        return fail(text, e.code() == "db.in-use" ? kUnavailable : kRefused);
    } catch (const Poco::Exception& e) {
        return fail(e.displayText(), kInternal);
    } catch (const std::exception& e) {
        return fail(e.what(), kInternal);
    }
}

}  // namespace
}  // namespace host::ctl

int main(int argc, char** argv) {
    Poco::Net::initializeSSL();
    const int code = host::ctl::run({argv + 1, argv + argc});
    Poco::Net::uninitializeSSL();
    return code;
}
