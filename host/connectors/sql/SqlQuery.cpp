#include "host/connectors/sql/SqlQuery.h"

#include "common/Text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace host::connectors::sql {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;

constexpr std::size_t kMaxQuery = 64 * 1024;
constexpr const char* kWatermark = "watermark";

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

/// Words that no reading query has as bare words. REPLACE and the like are functions as well: a word before a bracket
/// is a function, one after a point a column.
constexpr std::array kWriting = {"INSERT", "UPDATE", "DELETE", "MERGE",  "INTO",   "TRUNCATE", "DROP",
                                 "ALTER",  "CREATE", "GRANT",  "REVOKE", "CALL",   "EXEC",     "EXECUTE",
                                 "ATTACH", "PRAGMA", "COPY",   "VACUUM", "COMMIT", "BEGIN"};

/// Functions that reach out of a read-only transaction: large objects of PostgreSQL before 16, other sessions, other
/// databases, files of the database's server. What else a function may do is the user's rights' matter.
constexpr std::array kReaching = {"LO_CREAT",
                                  "LO_CREATE",
                                  "LO_UNLINK",
                                  "LO_IMPORT",
                                  "LO_EXPORT",
                                  "LO_PUT",
                                  "LO_OPEN",
                                  "LOWRITE",
                                  "LO_TRUNCATE",
                                  "LO_FROM_BYTEA",
                                  "DBLINK",
                                  "DBLINK_EXEC",
                                  "SET_CONFIG",
                                  "PG_NOTIFY",
                                  "PG_TERMINATE_BACKEND",
                                  "LOAD_FILE",
                                  "GET_LOCK",
                                  "OPENROWSET",
                                  "OPENQUERY",
                                  "PG_CANCEL_BACKEND",
                                  "PG_READ_FILE",
                                  "PG_READ_BINARY_FILE",
                                  "PG_RELOAD_CONF",
                                  "PG_ADVISORY_LOCK"};

[[noreturn]] void refuse(const std::string& reason, const std::string& fix) {
    throw SourceError(Kind::Query, "The query was refused: " + reason + ".", fix);
}

class QueryParser {
public:
    QueryParser(std::string_view sql, Dialect dialect) : sql_(sql), dialect_(dialect), scanner_(sql, dialect) {}

    ParsedQuery parse() {
        if (sql_.size() > kMaxQuery)
            refuse("it is longer than 64 KiB", "Put a part of it into a view of the database.");
        for (Token token = scanner_.next(); token.type != Token::Type::End; token = scanner_.next()) accept(token);
        if (first_.empty()) refuse("it is empty", "Write one SELECT.");
        if (!previous_.empty()) checkWord({});
        parsed_.pieces.emplace_back(sql_.substr(from_, end_.value_or(sql_.size()) - from_));
        return std::move(parsed_);
    }

private:
    void accept(const Token& token) {
        if (token.type == Token::Type::Broken)
            refuse(fmt::format("a quote or a comment that begins at character {} has no end", token.at + 1),
                   "Close it; a quote inside a text is written twice.");
        if (token.type == Token::Type::Comment) {
            // MySQL runs what stands in these.
            if (token.text.starts_with("/*!") || token.text.starts_with("/*M!"))
                refuse("it has a comment that the database would run", "Leave out comments that begin with /*!.");
            return;
        }
        if (end_) refuse("it has more than one statement", "Leave one SELECT and nothing after its semicolon.");
        if (!previous_.empty()) checkWord(token.text);
        previous_.clear();
        if (token.type == Token::Type::Sign && token.text == ";") {
            if (first_.empty()) refuse("it is empty", "Write one SELECT.");
            end_ = token.at;
            return;
        }
        if (token.type == Token::Type::Parameter) {
            parsed_.pieces.emplace_back(sql_.substr(from_, token.at - from_));
            parsed_.parameters.emplace_back(token.text);
            from_ = token.at + 1 + token.text.size();
        }
        if (token.type == Token::Type::Sign && token.text == "?")
            if (dialect_ != Dialect::Postgres)  // there it is an operator of JSON
                refuse("it has a parameter without a name",
                       "Write :name and give its value in the route's parameters.");
        if (first_.empty() && !(token.type == Token::Type::Sign && token.text == "(")) checkFirst(token);
        if (token.type == Token::Type::Word) previous_ = upper(token.text);
        isQualified_ = afterPoint_;
        afterPoint_ = token.type == Token::Type::Sign && token.text == ".";
    }

    void checkFirst(const Token& token) {
        first_ = upper(token.text);
        if (token.type != Token::Type::Word || (first_ != "SELECT" && first_ != "WITH"))
            refuse(fmt::format("it begins with '{}'", token.text.substr(0, 40)),
                   "A source is only read: write one SELECT, or WITH … SELECT.");
    }

    /// `previous_` is a bare word, `next` what follows it.
    void checkWord(std::string_view next) {
        if (next == "(") {
            for (const char* word : kReaching)
                if (previous_ == word)
                    refuse(fmt::format("it calls {}", word), "A source is only read, and nothing but its tables.");
            return;
        }
        if (isQualified_) return;
        const auto after = upper(next);
        if (previous_ == "FOR" && (after == "UPDATE" || after == "SHARE" || after == "NO" || after == "KEY"))
            refuse("it locks rows", "Leave out FOR UPDATE and FOR SHARE.");
        if (previous_ == "LOCK" && after == "IN") refuse("it locks rows", "Leave out LOCK IN SHARE MODE.");
        for (const char* word : kWriting)
            if (previous_ == word)
                refuse(fmt::format("it has the word {}", word),
                       "A source is only read. If it is the name of a column, put it in the database's quotes.");
    }

    std::string_view sql_;
    Dialect dialect_;
    SqlScanner scanner_;
    ParsedQuery parsed_;
    std::size_t from_ = 0;
    std::optional<std::size_t> end_;
    std::string first_;
    std::string previous_;      ///< the last token, when it was a bare word
    bool isQualified_ = false;  ///< it stands after a point
    bool afterPoint_ = false;
};

std::string placeholder(Dialect dialect, std::size_t number) {
    if (dialect == Dialect::Postgres) return fmt::format("${}", number);
    if (dialect == Dialect::Sqlite) return fmt::format("?{}", number);
    return "?";
}

/// Puts placeholders where parameters stood. SQLite's have numbers, so that one value serves every use of a name; of
/// PostgreSQL each use has a type of its own, and so a number.
class Renderer {
public:
    Renderer(Dialect dialect, std::vector<std::optional<std::string>>& values) : dialect_(dialect), values_(values) {}

    std::string use(const std::string& name, const std::optional<std::string>& value) {
        if (dialect_ == Dialect::Sqlite)
            for (std::size_t i = 0; i < names_.size(); ++i)
                if (names_[i] == name) return placeholder(dialect_, i + 1);
        names_.push_back(name);
        values_.push_back(value);
        return placeholder(dialect_, names_.size());
    }

private:
    Dialect dialect_;
    std::vector<std::optional<std::string>>& values_;
    std::vector<std::string> names_;
};

void checkParameters(const ParsedQuery& parsed, const std::vector<std::pair<std::string, std::string>>& given) {
    std::vector<std::string> names;
    for (const auto& [name, value] : given) {
        names.push_back(name);
        if (name == kWatermark)
            throw SourceError(Kind::Configuration,
                              "The route gives a parameter 'watermark', which the server gives itself.",
                              "Leave it out.");
        if (!parsed.uses(name))
            throw SourceError(Kind::Configuration, fmt::format("The route's parameter '{}' is not in its query.", name),
                              fmt::format("Write :{} in the query, or leave the parameter out.", name));
    }
    for (const auto& name : parsed.parameters) {
        if (name == kWatermark || std::find(names.begin(), names.end(), name) != names.end()) continue;
        const auto near = common::nearest(name, names);
        throw SourceError(Kind::Configuration, fmt::format("The query's parameter ':{}' has no value.", name),
                          near.empty() ? "Give it in the route's parameters; a colon inside a text stands in quotes."
                                       : fmt::format("Did you mean ':{}'?", near));
    }
}

}  // namespace

bool ParsedQuery::uses(std::string_view name) const {
    return std::find(parameters.begin(), parameters.end(), name) != parameters.end();
}

ParsedQuery parseQuery(std::string_view sql, Dialect dialect) {
    return QueryParser(sql, dialect).parse();
}

SqlQuery planQuery(const sdk::SourceRequest& request, Dialect dialect) {
    const auto parsed = parseQuery(request.route.text("query"), dialect);
    const auto found = request.route.maps.find("parameters");
    const auto given =
        found == request.route.maps.end() ? std::vector<std::pair<std::string, std::string>>() : found->second;
    checkParameters(parsed, given);

    SqlQuery query;
    Renderer renderer(dialect, query.values);
    std::string inner = parsed.pieces.front();
    for (std::size_t i = 0; i < parsed.parameters.size(); ++i) {
        const auto& name = parsed.parameters[i];
        const auto value = std::find_if(given.begin(), given.end(), [&](const auto& one) { return one.first == name; });
        inner += renderer.use(name, name == kWatermark ? request.watermark : std::optional(value->second));
        inner += parsed.pieces[i + 1];
    }
    if (request.watermarkColumn.empty() || parsed.uses(kWatermark)) {
        query.sql = std::move(inner);
        return query;
    }
    const auto column = quotedName(request.watermarkColumn, dialect);
    // On a line of its own: the query may end with a comment.
    query.sql = fmt::format("SELECT * FROM (\n{}\n) source_rows", inner);
    if (request.watermark)
        query.sql += fmt::format(" WHERE {0} >= {1} OR {0} IS NULL", column, renderer.use("", request.watermark));
    query.sql += fmt::format(" ORDER BY {}", column);
    return query;
}

std::string quotedName(std::string_view name, Dialect dialect) {
    const char quote = dialect == Dialect::Mysql ? '`' : '"';
    std::string out(1, quote);
    for (const char c : name) {
        out += c;
        if (c == quote) out += c;
    }
    return out + quote;
}

bool isInteger(std::string_view text) {
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isDecimal(std::string_view text) {
    const auto point = text.find('.');
    if (point == std::string_view::npos) return isInteger(text);
    const auto fraction = text.substr(point + 1);
    return isInteger(text.substr(0, point)) && !fraction.empty() && fraction.size() <= 15 &&
           fraction.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace host::connectors::sql
