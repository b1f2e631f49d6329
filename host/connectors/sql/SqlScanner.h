#pragma once
/// Reads a person's SQL as the database will: words, texts in quotes, comments, named parameters. It knows the
/// databases' ways to quote and nothing of their grammar. Pure.

#include <cstddef>
#include <string_view>

namespace host::connectors::sql {

enum class Dialect { Sqlite, Postgres, Mysql, Odbc };

struct Token {
    enum class Type {
        Word,    ///< a bare word or number
        Quoted,  ///< 'text', "name", `name`, [name], $$text$$
        Comment,
        Parameter,  ///< :name
        Sign,       ///< any other character
        Broken,     ///< a quote or comment without its end
        End
    };
    Type type = Type::End;
    std::string_view text;  ///< as written; of a parameter the name
    std::size_t at = 0;     ///< offset in bytes
};

class SqlScanner {
public:
    SqlScanner(std::string_view sql, Dialect dialect) : sql_(sql), dialect_(dialect) {}

    Token next();

private:
    Token take(Token::Type type, std::size_t end);
    std::size_t quotedEnd(char quote, bool backslash) const;
    std::size_t blockCommentEnd() const;
    std::size_t dollarEnd() const;
    bool startsLineComment() const;

    std::string_view sql_;
    Dialect dialect_;
    std::size_t at_ = 0;
};

}  // namespace host::connectors::sql
