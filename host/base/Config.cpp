#include "host/base/Config.h"

#include "common/Text.h"

#include <cstdlib>
#include <stdexcept>

extern char** environ;

namespace host::base {
namespace {

constexpr std::string_view kModulePrefix = "module.";
constexpr std::string_view kEnvironmentPrefix = "LMSD_";
constexpr std::string_view kMask = "***";

/// LMSD_HTTP__PORT → http.port; "" for a variable that is no key (LMSD_SHARED has no section).
std::string keyOfVariable(std::string_view variable) {
    if (!variable.starts_with(kEnvironmentPrefix)) return {};
    std::string_view rest = variable.substr(kEnvironmentPrefix.size());
    if (rest.find("__") == std::string_view::npos) return {};
    std::string key;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (rest.substr(i, 2) == "__") {
            key += '.';
            ++i;
        } else {
            key += rest[i];
        }
    }
    return common::toLowerAscii(key);
}

std::vector<std::filesystem::path> filesOf(const std::filesystem::path& file) {
    std::vector<std::filesystem::path> files{file};
    std::error_code ignored;
    std::vector<std::filesystem::path> more;
    for (std::filesystem::directory_iterator it(file.parent_path() / "conf.d", ignored), end; !ignored && it != end;
         it.increment(ignored))
        if (it->path().extension() == ".conf") more.push_back(it->path());
    std::sort(more.begin(), more.end());
    files.insert(files.end(), more.begin(), more.end());
    return files;
}

bool soundsSecret(const std::string& key) {
    for (std::string_view word : {"secret", "password", "token", "basic", "access_key"})
        if (key.find(word) != std::string::npos) return true;
    return false;
}

/// At once, since a daemon changes its working folder later.
void makeAbsolute(ConfigValue& value, const ConfigKey& key, const std::filesystem::path& folder) {
    const auto* text = std::get_if<std::string>(&value);
    if (key.type != ConfigType::Path || text == nullptr) return;
    value = std::filesystem::absolute(folder / *text).lexically_normal().string();
}

sdk::AppError secretError(const std::string& what) {
    return {500, "config.secret", what};
}

std::string readSecretFile(const std::filesystem::path& file, const std::string& reference) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in)
        throw secretError("The secret '" + reference +
                          "' can't be read; check that the file is there and readable by the server.");
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (text.empty()) throw secretError("The secret '" + reference + "' is empty; write it into the file.");
    return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ConfigSources::processEnvironment() {
    std::vector<std::pair<std::string, std::string>> all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        std::string_view text = *entry;
        auto equals = text.find('=');
        if (equals != std::string_view::npos) all.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return all;
}

Config Config::load(const std::vector<ConfigKey>& keys, const ConfigSources& sources) {
    Config config;
    config.declare(keys);
    std::vector<ConfigLine> lines;
    if (!sources.file.empty())
        for (const auto& file : filesOf(std::filesystem::absolute(sources.file)))
            readConfigFile(file, lines, config.problems_);
    for (const auto& [name, value] : sources.environment)
        if (std::string key = keyOfVariable(name); !key.empty())
            lines.push_back({key, value, "environment " + name, {}});
    for (const std::string& option : sources.options) {
        auto equals = option.find('=');
        std::string key(common::trim(std::string_view(option).substr(0, equals)));
        if (equals == std::string::npos || key.empty())
            config.problems_.push_back({"", "--set " + key, "is not 'key=value'", "write --set key=value"});
        else
            lines.push_back({key, std::string(common::trim(std::string_view(option).substr(equals + 1))), "--set", {}});
    }
    for (const ConfigLine& line : lines) config.apply(line);
    return config;
}

void Config::declare(const std::vector<ConfigKey>& keys) {
    for (const ConfigKey& key : keys) {
        auto parsed = tryParseConfigValue(key, key.defaultValue);
        if (std::holds_alternative<ConfigFault>(parsed) || key.name.find('.') == std::string::npos)
            throw std::logic_error("The configuration key '" + key.name +
                                   "' is declared with a wrong default or name.");
        Entry entry{key, key.defaultValue, "default", std::get<ConfigValue>(parsed)};
        makeAbsolute(entry.value, key, {});
        if (!entries_.emplace(key.name, std::move(entry)).second)
            throw std::logic_error("The configuration key '" + key.name + "' is declared twice.");
    }
}

void Config::apply(const ConfigLine& line) {
    if (line.key.starts_with(kModulePrefix)) {
        moduleLines_[line.key] = line;
        return;
    }
    auto it = entries_.find(line.key);
    if (it == entries_.end()) {
        std::vector<std::string> known;
        for (const auto& [name, entry] : entries_) known.push_back(name);
        std::string meant(common::nearest(line.key, known));
        problems_.push_back(
            {line.key, line.origin, "is not a known key",
             meant.empty() ? "remove it, or see --print-config for all keys" : "did you mean '" + meant + "'?"});
        return;
    }
    Entry& entry = it->second;
    auto parsed = tryParseConfigValue(entry.key, line.value);
    if (auto* fault = std::get_if<ConfigFault>(&parsed)) {
        problems_.push_back({line.key, line.origin, fault->reason, fault->fix});
        return;
    }
    entry.text = line.value;
    entry.origin = line.origin;
    entry.value = std::get<ConfigValue>(parsed);
    makeAbsolute(entry.value, entry.key, line.folder);
}

void Config::addProblem(const std::string& key, const std::string& reason, const std::string& fix) {
    std::string origin = "default";
    if (auto it = entries_.find(key); it != entries_.end()) origin = it->second.origin;
    if (auto it = moduleLines_.find(key); it != moduleLines_.end()) origin = it->second.origin;
    problems_.push_back({key, origin, reason, fix});
}

std::string Config::report() const {
    std::string out;
    for (const ConfigProblem& problem : problems_) {
        out += problem.origin + ": " + (problem.key.empty() ? "" : "'" + problem.key + "' ") + problem.reason;
        if (!problem.fix.empty()) out += "; " + problem.fix;
        out += '\n';
    }
    return out;
}

void Config::throwIfWrong() const {
    if (problems_.empty()) return;
    std::vector<sdk::FieldError> errors;
    for (const ConfigProblem& problem : problems_) errors.push_back({problem.key, problem.reason, problem.fix});
    throw sdk::AppError(500, "config", "The configuration is not valid:\n" + report(), std::move(errors));
}

const ConfigValue& Config::value(const std::string& key, ConfigType type) const {
    auto it = entries_.find(key);
    if (it == entries_.end()) throw std::logic_error("The configuration key '" + key + "' is not declared.");
    if (it->second.key.secret || it->second.key.type != type)
        throw std::logic_error("The configuration key '" + key + "' is read as another type than declared.");
    return it->second.value;
}

bool Config::isSet(const std::string& key) const {
    auto it = entries_.find(key);
    if (it == entries_.end()) throw std::logic_error("The configuration key '" + key + "' is not declared.");
    return !std::holds_alternative<std::monostate>(it->second.value);
}

std::string Config::text(const std::string& key) const {
    auto it = entries_.find(key);
    bool choice = it != entries_.end() && it->second.key.type == ConfigType::Choice;
    const auto* text = std::get_if<std::string>(&value(key, choice ? ConfigType::Choice : ConfigType::Text));
    return text == nullptr ? std::string() : *text;
}

std::int64_t Config::integer(const std::string& key) const {
    const auto* number = std::get_if<std::int64_t>(&value(key, ConfigType::Integer));
    return number == nullptr ? 0 : *number;
}

bool Config::boolean(const std::string& key) const {
    const auto* flag = std::get_if<bool>(&value(key, ConfigType::Boolean));
    return flag != nullptr && *flag;
}

std::chrono::milliseconds Config::duration(const std::string& key) const {
    const auto* number = std::get_if<std::int64_t>(&value(key, ConfigType::Duration));
    return std::chrono::milliseconds(number == nullptr ? 0 : *number);
}

std::uint64_t Config::bytes(const std::string& key) const {
    const auto* number = std::get_if<std::int64_t>(&value(key, ConfigType::Bytes));
    return number == nullptr ? 0 : static_cast<std::uint64_t>(*number);
}

std::filesystem::path Config::path(const std::string& key) const {
    const auto* text = std::get_if<std::string>(&value(key, ConfigType::Path));
    return text == nullptr ? std::filesystem::path() : std::filesystem::path(*text);
}

std::vector<std::string> Config::list(const std::string& key) const {
    const auto* items = std::get_if<std::vector<std::string>>(&value(key, ConfigType::List));
    return items == nullptr ? std::vector<std::string>() : *items;
}

std::optional<sdk::SecretString> Config::secret(const std::string& key) const {
    auto it = entries_.find(key);
    if (it == entries_.end() || !it->second.key.secret)
        throw std::logic_error("The configuration key '" + key + "' is not declared as a secret.");
    const auto* reference = std::get_if<std::string>(&it->second.value);
    if (reference == nullptr) return std::nullopt;
    return resolveSecret(*reference);
}

sdk::ModuleConfig Config::moduleConfig(const std::string& module) const {
    std::string prefix = std::string(kModulePrefix) + module + ".";
    sdk::ModuleConfig out;
    for (const auto& [key, line] : moduleLines_)
        if (key.starts_with(prefix)) out.emplace(key.substr(prefix.size()), line.value);
    return out;
}

std::vector<std::string> Config::keysOfOtherModules(const std::vector<std::string>& modules) const {
    std::vector<std::string> keys;
    for (const auto& [key, line] : moduleLines_) {
        const bool known = std::any_of(modules.begin(), modules.end(), [&text = key](const std::string& module) {
            return text.starts_with(std::string(kModulePrefix) + module + ".");
        });
        if (!known) keys.push_back(key);
    }
    return keys;
}

std::string Config::print() const {
    std::map<std::string, std::string> lines;
    auto add = [&](const std::string& key, const std::string& text, const std::string& origin) {
        lines[key] = key + " = " + text + "  # " + origin + "\n";
    };
    for (const auto& [name, entry] : entries_) {
        bool reference = entry.key.secret && !entry.text.empty();
        add(name, reference ? entry.text.substr(0, entry.text.find(':') + 1) + std::string(kMask) : entry.text,
            entry.origin);
    }
    for (const auto& [key, line] : moduleLines_)
        add(key, soundsSecret(key) && !line.value.empty() ? std::string(kMask) : line.value, line.origin);
    std::string out;
    for (const auto& [key, line] : lines) out += line;
    return out;
}

std::string Config::describeKeys(const std::vector<ConfigKey>& keys) {
    std::string out = "| key | type | default | what it does |\n| --- | --- | --- | --- |\n";
    for (const ConfigKey& key : keys) {
        std::string type(key.secret ? "secret" : toString(key.type));
        if (key.type == ConfigType::Choice) {
            type.clear();
            for (const std::string& choice : key.choices) type += (type.empty() ? "" : ", ") + choice;
        }
        out += fmt::format("| `{}` | {} | {} | {} |\n", key.name, type,
                           key.defaultValue.empty() ? "" : "`" + key.defaultValue + "`", key.description);
    }
    return out;
}

sdk::SecretString resolveSecret(const std::string& reference) {
    auto colon = reference.find(':');
    std::string kind = reference.substr(0, colon);
    std::string rest = colon == std::string::npos ? std::string() : reference.substr(colon + 1);
    if (kind == "file") return sdk::SecretString(readSecretFile(rest, reference));
    if (kind == "env") {
        const char* value = std::getenv(rest.c_str());
        if (value == nullptr || *value == '\0')
            throw secretError("The secret '" + reference + "' is not set; set the environment variable of the server.");
        return sdk::SecretString(value);
    }
    if (kind == "credential") {
        const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
        if (folder == nullptr || rest.find('/') != std::string::npos)
            throw secretError("The secret '" + reference +
                              "' is not to be had: systemd gave this server no credentials; "
                              "add LoadCredential to the unit.");
        return sdk::SecretString(readSecretFile(std::filesystem::path(folder) / rest, reference));
    }
    throw secretError("A secret's reference must begin with file:, env: or credential:.");
}

}  // namespace host::base
