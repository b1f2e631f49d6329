#pragma once
/// A command's words and options as they were typed, checked against what the command declares. Pure values.

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace host::ctl {

/// How lmsctl ends (sysexits.h where it has a word for it).
enum ExitCode { kOk = 0, kRefused = 1, kUsage = 64, kUnavailable = 69, kInternal = 70 };

/// The command was typed wrong: message first, then how it is typed.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Option {
    std::string name;   ///< without dashes
    std::string value;  ///< what stands for its value in the help; empty: a switch
    std::string help;
    bool repeatable = false;
};

class Arguments {
public:
    std::vector<std::string> words;                           ///< after the command's name
    std::map<std::string, std::vector<std::string>> options;  ///< switches have one empty value

    bool has(const std::string& name) const { return options.count(name) > 0; }
    std::optional<std::string> value(const std::string& name) const {
        auto it = options.find(name);
        return it == options.end() ? std::nullopt : std::optional(it->second.back());
    }
    std::vector<std::string> values(const std::string& name) const {
        auto it = options.find(name);
        return it == options.end() ? std::vector<std::string>() : it->second;
    }
};

class Context;

struct Command {
    std::vector<std::string> name;   ///< {"users", "create"}
    std::vector<std::string> words;  ///< {"LOGIN"}; "[X]" need not be there; a last one with "…" takes any number
    std::string summary;
    std::vector<Option> options;
    std::function<int(Context&, const Arguments&)> run;
};

/// Options every command takes.
const std::vector<Option>& commonOptions();

/// The commands of one noun, as in "users"; empty when there is none.
std::vector<Command> commandsOf(const std::vector<Command>& commands, const std::string& noun);

/// Finds the command (nouns in singular or plural) and checks what follows it. \throws UsageError
std::pair<const Command*, Arguments> parseCommandLine(const std::vector<Command>& commands,
                                                      const std::vector<std::string>& typed);

std::string usageOf(const Command& command);
std::string usageOf(const std::vector<Command>& commands);

}  // namespace host::ctl
