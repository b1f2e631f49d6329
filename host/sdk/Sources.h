#pragma once
/// Where learning records come from. A kind of source ("sql", "odata", one of a module's own) answers two questions: is
/// a connection right, and which rows does a route bring. The host keeps everything else: connections, routes, mappings
/// onto records, schedules, watermarks, logs. A kind only reads; nothing is ever written to what it reads from.

#include <cstddef>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "host/sdk/Error.h"
#include "host/sdk/Pages.h"
#include "host/sdk/Registration.h"
#include "host/sdk/Secrets.h"

namespace host::sdk {
inline namespace abi1 {

/// One setting of a connection or of a route: a form shows it, and the host checks it before the kind sees it.
struct SourceField {
    enum class Type {
        Text,
        Multiline,  ///< a query, a body
        Number,
        Flag,    ///< "true" | "false"
        Choice,  ///< one of `choices`
        Secret,  ///< sealed, write-only
        List,    ///< texts
        Map      ///< name to text: headers, parameters
    };
    std::string name;  ///< camelCase
    Type type = Type::Text;
    bool required = false;
    PageText title;
    PageText hint = {};
    std::string example = {};
    std::string fallback = {};  ///< what it is when not given; empty: none
    std::vector<std::string> choices = {};
    std::optional<double> min = {};
    std::optional<double> max = {};
};

struct SourceDescription {
    std::string name;  ///< [a-z0-9-]+, unique among all modules: "sql"
    PageText title;
    std::vector<SourceField> connection;  ///< where and with which credentials
    std::vector<SourceField> route;       ///< what comes from there
    bool namesColumns = true;  ///< rows have columns of their own; false: a mapping's columns are paths into an item
    bool takesWatermark = true;
};

/// The checked settings. Values; numbers and flags as texts.
struct SourceValues {
    std::map<std::string, std::string> texts;
    std::map<std::string, std::vector<std::string>> lists;
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> maps;
    std::map<std::string, SecretString> secrets;

    /// Empty when not given.
    std::string text(const std::string& name) const {
        const auto found = texts.find(name);
        return found == texts.end() ? std::string() : found->second;
    }
    bool flag(const std::string& name) const { return text(name) == "true"; }
    double number(const std::string& name) const {
        const auto found = texts.find(name);
        return found == texts.end() || found->second.empty() ? 0 : std::stod(found->second);
    }
    SecretString secret(const std::string& name) const {
        const auto found = secrets.find(name);
        return found == secrets.end() ? SecretString() : found->second;
    }
};

struct SourceRequest {
    std::string organization;
    SourceValues connection;
    SourceValues route;  ///< empty when a connection is checked
    std::vector<std::string> columns;  ///< those that the mapping reads, each once
    /// Only rows whose `watermarkColumn` is not below it; nullopt: all. Rows that are equal come again, so that none of
    /// the same moment is lost.
    std::optional<std::string> watermark;
    std::string watermarkColumn;
    std::size_t limit = 0;  ///< at most so many rows, to try a route; 0: all
    std::stop_token stop;
    std::function<void(const std::string&)> log;  ///< a line of the run's log, without secrets; may be empty
};

/// A row that can't be read; the ones after it can.
struct SourceProblem {
    std::string column;  ///< empty: the whole row
    std::string reason;
    std::string fix;
};

/// Reused from row to row.
struct SourceRow {
    /// One per column of the reader, UTF-8; nullopt: the source says that there is none. Numbers with a decimal point,
    /// times in RFC 3339 or as the source's clock time "2025-09-15 10:00:00", truth as "true" | "false".
    std::vector<std::optional<std::string>> cells;
    std::string place;  ///< for people: "row 17", "page 3, item 5"
    std::optional<SourceProblem> problem;
};

/// Reading can't begin or can't go on. What was read before stays.
class HOST_SDK_API SourceError : public AppError {
public:
    enum class Kind {
        Unreachable,    ///< no name, nobody there, no connection in time
        Tls,            ///< the certificate or the handshake
        Credentials,    ///< who we are is not believed
        Rights,         ///< we are known and may not
        NotThere,       ///< no such database, table, address, folder
        Query,          ///< the other side does not understand what the route asks
        Format,         ///< what came is not what the route says it is
        Interrupted,    ///< the connection went in the middle
        Timeout,        ///< longer than the route allows
        Limit,          ///< larger than what may be taken, or asked too often
        Configuration,  ///< the settings contradict each other or the server's configuration
        Cancelled       ///< `stop` was asked
    };
    /// `detail`: what failed, on what, why. `fix`: what to do. Neither holds a secret.
    SourceError(Kind kind, const std::string& detail, std::string fix)
        : AppError(502, "source", detail), kind_(kind), fix_(std::move(fix)) {}

    Kind kind() const noexcept { return kind_; }
    const std::string& fix() const noexcept { return fix_; }

private:
    Kind kind_;
    std::string fix_;
};

/// Rows of one run, streamed: memory does not grow with their number. Used by one thread.
class SourceReader {
public:
    virtual ~SourceReader() = default;

    /// As the source names them; of a kind without columns of its own, the request's.
    virtual const std::vector<std::string>& columns() const = 0;

    /// False at the end. \throws SourceError
    virtual bool next(SourceRow& row) = 0;

    /// The bytes of a file that a row names. \throws SourceError; NotThere unless the kind has files.
    virtual std::unique_ptr<std::istream> openFile(const std::string& reference) {
        throw SourceError(SourceError::Kind::NotThere, "The source has no files: '" + reference + "'.",
                          "Leave files out of the mapping.");
    }
};

/// Thread-safe; several runs may be open at a time.
class SourceKind {
public:
    virtual ~SourceKind() = default;
    virtual SourceDescription describe() const = 0;

    /// Connects, signs in, asks for as little as shows that reading is allowed. \throws SourceError
    virtual void check(const SourceRequest& request) = 0;

    /// \throws SourceError
    virtual std::unique_ptr<SourceReader> open(const SourceRequest& request) = 0;
};

class Sources {
public:
    virtual ~Sources() = default;

    /// Offered until the handle goes; runs that are open then end first. AppError 409 "source.taken" when the name is.
    [[nodiscard]] virtual Registration add(std::shared_ptr<SourceKind> kind) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
