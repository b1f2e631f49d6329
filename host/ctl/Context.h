#pragma once
/// What a command of lmsctl works with: the server, the output, and a password typed in. Used by one thread.

#include "host/ctl/CommandLine.h"
#include "host/ctl/RestClient.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace host::ctl {

/// A table's column: its heading and the key of the value in each item.
struct Column {
    std::string title;
    std::string key;
};

class Context {
public:
    explicit Context(const Arguments& arguments) : arguments_(arguments) {}

    /// Connected with the token of --token-file; made on first use.
    RestClient& rest();

    bool wantsJson() const { return arguments_.has("json"); }

    /// A list as a table, or as JSON with --json.
    void print(const Poco::JSON::Array& items, const std::vector<Column>& columns) const;
    /// One thing as "key: value" lines, or as JSON.
    void print(const Poco::JSON::Object& item) const;
    /// A line for people; silent with --json.
    void say(const std::string& line) const;

private:
    const Arguments& arguments_;
    std::unique_ptr<RestClient> rest_;
};

/// A value as people read it: text as it is, lists joined, absent as "-".
std::string shown(const Poco::Dynamic::Var& value);

/// The first line of standard input; asks for it without echo when that is a terminal.
std::string readPassword(const std::string& prompt);
/// 24 characters that can be read aloud.
std::string generatePassword();

/// "a=b" → {"a", "b"}. \throws UsageError
std::pair<std::string, std::string> keyValue(const std::string& text);

/// The file's whole text. \throws UsageError that names it
std::string readFile(const std::string& path);

/// The file's JSON object, as a text. \throws UsageError that names it
std::string jsonIn(const std::string& path);

/// A line to a new file that only its owner reads. \throws std::runtime_error: it is made and can't be kept
void writeSecret(const std::string& file, const std::string& secret);

/// Minutes given by an option, 0 when it is not given. \throws UsageError
std::int64_t minutesOf(const Arguments& arguments, const std::string& option);

/// JSON text of a value, `true` and numbers included.
std::string jsonOf(const Poco::Dynamic::Var& value);

}  // namespace host::ctl
