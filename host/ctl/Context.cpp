#include "host/ctl/Context.h"

#include "common/Json.h"

#include <Poco/JSON/Parser.h>
#include <sodium.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

namespace host::ctl {

namespace {

std::size_t width(const std::string& utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string trimmed(std::string text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.pop_back();
    return text;
}

void write(common::JsonWriter& json, const Poco::Dynamic::Var& value) {
    if (value.isEmpty()) {
        json.null();
    } else if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
        json.object();
        const auto object = value.extract<Poco::JSON::Object::Ptr>();
        for (const auto& key : object->getNames()) {
            json.key(key);
            write(json, object->get(key));
        }
        json.end();
    } else if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
        json.array();
        const auto array = value.extract<Poco::JSON::Array::Ptr>();
        for (const auto& member : *array) write(json, member);
        json.end();
    } else if (value.isBoolean()) {
        json.value(value.convert<bool>());
    } else if (value.isInteger()) {
        json.value(value.convert<std::int64_t>());
    } else if (value.isNumeric()) {
        json.value(value.convert<double>());
    } else {
        json.value(value.convert<std::string>());
    }
}

}  // namespace

RestClient& Context::rest() {
    if (rest_) return *rest_;
    auto from = [&](const char* option, const char* variable, const char* otherwise) {
        if (auto value = arguments_.value(option)) return *value;
        const char* set = std::getenv(variable);
        return std::string(set && *set ? set : otherwise);
    };
    const std::string tokenFile = from("token-file", "LMSCTL_TOKEN_FILE", "/etc/lmsd/admin.token");
    std::ifstream in(tokenFile);
    if (!in)
        throw UsageError(
            fmt::format("The token file '{}' can't be read; name one with --token-file, or make the first "
                        "token with 'lmsctl tokens create NAME --direct --out FILE'.",
                        tokenFile));
    std::string token;
    std::getline(in, token);
    rest_ = std::make_unique<RestClient>(from("server", "LMSCTL_SERVER", "http://127.0.0.1:8080"), trimmed(token),
                                         arguments_.value("ca-file").value_or(""));
    return *rest_;
}

std::string jsonOf(const Poco::Dynamic::Var& value) {
    common::JsonWriter json;
    write(json, value);
    return json.take();
}

std::string shown(const Poco::Dynamic::Var& value) {
    if (value.isEmpty()) return "-";
    if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
        std::vector<std::string> parts;
        for (const auto& one : *value.extract<Poco::JSON::Array::Ptr>()) parts.push_back(shown(one));
        return parts.empty() ? "-" : fmt::format("{}", fmt::join(parts, ", "));
    }
    if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
        std::vector<std::string> parts;
        const auto object = value.extract<Poco::JSON::Object::Ptr>();
        for (const auto& key : object->getNames()) parts.push_back(key + "=" + shown(object->get(key)));
        return parts.empty() ? "-" : fmt::format("{}", fmt::join(parts, ", "));
    }
    if (value.isBoolean()) return value.convert<bool>() ? "yes" : "no";
    const std::string text = value.convert<std::string>();
    return text.empty() ? "-" : text;
}

void Context::print(const Poco::JSON::Array& items, const std::vector<Column>& columns) const {
    if (wantsJson()) {
        std::cout << jsonOf(Poco::Dynamic::Var(Poco::JSON::Array::Ptr(new Poco::JSON::Array(items)))) << "\n";
        return;
    }
    std::vector<std::vector<std::string>> rows(1);
    for (const auto& column : columns) rows[0].push_back(column.title);
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto item = items.getObject(static_cast<unsigned>(i));
        if (!item) continue;
        auto& row = rows.emplace_back();
        for (const auto& column : columns) row.push_back(shown(item->get(column.key)));
    }
    std::vector<std::size_t> widths(columns.size(), 0);
    for (const auto& row : rows)
        for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c)
            line += row[c] + std::string(c + 1 == row.size() ? 0 : widths[c] - width(row[c]) + 2, ' ');
        std::cout << line << "\n";
    }
    if (rows.size() == 1) std::cout << "(none)\n";
}

void Context::print(const Poco::JSON::Object& item) const {
    if (wantsJson()) {
        std::cout << jsonOf(Poco::Dynamic::Var(Poco::JSON::Object::Ptr(new Poco::JSON::Object(item)))) << "\n";
        return;
    }
    for (const auto& key : item.getNames()) std::cout << key << ": " << shown(item.get(key)) << "\n";
}

void Context::say(const std::string& line) const {
    if (!wantsJson()) std::cout << line << "\n";
}

std::string readPassword(const std::string& prompt) {
    std::string line;
    termios saved{};
    const bool terminal = ::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &saved) == 0;
    if (terminal) {
        std::cerr << prompt << std::flush;
        termios silent = saved;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    std::getline(std::cin, line);
    if (terminal) {
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved);
        std::cerr << "\n";
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) throw UsageError("No password came on standard input.");
    return line;
}

std::string generatePassword() {
    static constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    if (::sodium_init() < 0) throw std::runtime_error("libsodium can't be initialized");
    std::string password;
    for (int i = 0; i < 24; ++i) password += letters[::randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    return password;
}

std::pair<std::string, std::string> keyValue(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        throw UsageError(fmt::format("'{}' is not of the form KEY=VALUE.", text));
    return {text.substr(0, equals), text.substr(equals + 1)};
}

std::string readFile(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in || std::filesystem::is_directory(path)) throw UsageError(fmt::format("The file '{}' can't be read.", path));
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string jsonIn(const std::string& path) {
    try {
        return jsonOf(Poco::JSON::Parser(new Poco::JSON::ParseHandler(true))
                          .parse(readFile(path))
                          .extract<Poco::JSON::Object::Ptr>());
    } catch (const Poco::Exception& e) {
        throw UsageError(fmt::format("The file '{}' is no JSON object: {}.", path, e.displayText()));
    }
}

void writeSecret(const std::string& file, const std::string& secret) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    const std::string line = secret + "\n";
    const bool written = fd >= 0 && ::fchmod(fd, 0600) == 0 &&
                         ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!written)
        throw std::runtime_error(
            fmt::format("The secret is made, but its file '{}' can't be written ({}); revoke it and make another.",
                        file, std::strerror(errno)));
}

std::int64_t minutesOf(const Arguments& arguments, const std::string& option) {
    const auto text = arguments.value(option).value_or("0");
    if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos)
        throw UsageError(fmt::format("'{}' is not a number of minutes.", text));
    return std::stol(text);
}

}  // namespace host::ctl
