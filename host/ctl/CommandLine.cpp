#include "host/ctl/CommandLine.h"

#include "common/Text.h"

namespace host::ctl {

namespace {

/// "users" and "user" are one noun. (Verbs are exact: "jobs run" is not "jobs runs".)
std::string stem(std::string word) {
    if (word.size() > 1 && word.back() == 's') word.pop_back();
    return word;
}

bool isNamed(const Command& command, const std::vector<std::string>& typed) {
    if (typed.size() < command.name.size() || stem(command.name.front()) != stem(typed.front())) return false;
    return std::equal(command.name.begin() + 1, command.name.end(), typed.begin() + 1);
}

const Option* findOption(const Command& command, const std::string& name) {
    for (const auto* list : {&command.options, &commonOptions()})
        for (const auto& option : *list)
            if (option.name == name) return &option;
    return nullptr;
}

std::string join(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, " "));
}

bool isMany(const std::string& word) {
    return word.ends_with("…") || word.ends_with("…]");
}

std::string optionLine(const Option& option) {
    const std::string left = option.value.empty() ? "--" + option.name : "--" + option.name + " " + option.value;
    return fmt::format("  {:<26} {}\n", left, option.help);
}

}  // namespace

const std::vector<Option>& commonOptions() {
    static const std::vector<Option> options = {
        {"server", "URL", "lmsd's address (else $LMSCTL_SERVER, else http://127.0.0.1:8080)"},
        {"token-file", "FILE", "the administrator's token (else $LMSCTL_TOKEN_FILE, else /etc/lmsd/admin.token)"},
        {"ca-file", "FILE", "certificate authority of an https server, when the system does not know it"},
        {"json", "", "print the server's JSON instead of a table"},
        {"help", "", "how this command is used"}};
    return options;
}

std::vector<Command> commandsOf(const std::vector<Command>& commands, const std::string& noun) {
    std::vector<Command> group;
    for (const auto& one : commands)
        if (one.name.size() > 1 && stem(one.name.front()) == stem(noun)) group.push_back(one);
    return group;
}

std::pair<const Command*, Arguments> parseCommandLine(const std::vector<Command>& commands,
                                                      const std::vector<std::string>& typed) {
    std::vector<std::string> words;
    for (const auto& word : typed) {
        if (word.starts_with("--")) break;
        words.push_back(word);
    }
    const Command* command = nullptr;
    for (const auto& one : commands)
        if (isNamed(one, words) && (!command || one.name.size() > command->name.size())) command = &one;
    if (!command && words.empty()) throw UsageError("No command is given.");
    if (const auto group = commandsOf(commands, words.empty() ? "" : words.front()); !command && !group.empty()) {
        std::vector<std::string> verbs;
        for (const auto& one : group) verbs.push_back(join({one.name.begin() + 1, one.name.end()}));
        const std::string verb = words.size() > 1 ? words[1] : "";
        const std::string meant(verb.empty() ? "" : common::nearest(verb, verbs));
        throw UsageError(fmt::format(
            "'{}' {}; it takes {}.{}", words.front(),
            verb.empty() ? "needs a word more" : fmt::format("has no command '{}'", verb), fmt::join(verbs, ", "),
            meant.empty() ? "" : fmt::format(" Did you mean '{} {}'?", group.front().name.front(), meant)));
    }
    if (!command) {
        std::vector<std::string> known;
        for (const auto& one : commands) known.push_back(join(one.name));
        words.resize(std::min<std::size_t>(words.size(), 2));
        const std::string meant(common::nearest(join(words), known));
        throw UsageError(fmt::format(
            "'{}' is not a command of lmsctl; {}.", join(words),
            meant.empty() ? "the command comes first, its options after it" : fmt::format("did you mean '{}'", meant)));
    }

    Arguments arguments;
    std::size_t named = 0;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const std::string& word = typed[i];
        if (!word.starts_with("--")) {
            if (named < command->name.size())
                ++named;
            else
                arguments.words.push_back(word);
            continue;
        }
        const auto equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const Option* option = findOption(*command, name);
        if (!option) throw UsageError(fmt::format("'--{}' is not an option of '{}'.", name, join(command->name)));
        std::string value;
        if (option->value.empty()) {
            if (equals != std::string::npos) throw UsageError(fmt::format("'--{}' takes no value.", name));
        } else if (equals != std::string::npos) {
            value = word.substr(equals + 1);
        } else if (i + 1 < typed.size()) {
            value = typed[++i];
        } else {
            throw UsageError(fmt::format("'--{}' needs a value: {}.", name, option->value));
        }
        auto& values = arguments.options[name];
        if (!values.empty() && !option->repeatable) throw UsageError(fmt::format("'--{}' is given twice.", name));
        values.push_back(value);
    }
    if (arguments.has("help")) return {command, arguments};
    const auto& expected = command->words;
    const bool many = !expected.empty() && isMany(expected.back());
    const auto needed = static_cast<std::size_t>(std::count_if(
        expected.begin(), expected.end(), [](const std::string& word) { return !word.starts_with("["); }));
    if (arguments.words.size() < needed)
        throw UsageError(fmt::format("'{}' needs {}.", join(command->name), expected[arguments.words.size()]));
    if (!many && arguments.words.size() > expected.size())
        throw UsageError(
            fmt::format("'{}' has no use for '{}'.", join(command->name), arguments.words[expected.size()]));
    return {command, arguments};
}

std::string usageOf(const Command& command) {
    std::string text = fmt::format("lmsctl {}{}{} [OPTIONS]\n  {}\n", join(command.name),
                                   command.words.empty() ? "" : " ", join(command.words), command.summary);
    for (const auto& option : command.options) text += optionLine(option);
    text += "Everywhere:\n";
    for (const auto& option : commonOptions()) text += optionLine(option);
    return text;
}

std::string usageOf(const std::vector<Command>& commands) {
    std::string text = "lmsctl: the administrator's command of lmsd\n\n";
    for (const auto& command : commands)
        text +=
            fmt::format("  {:<44} {}\n", join(command.name) + (command.words.empty() ? "" : " ") + join(command.words),
                        command.summary);
    return text + "\n'lmsctl COMMAND --help' tells a command's options.\n";
}

}  // namespace host::ctl
