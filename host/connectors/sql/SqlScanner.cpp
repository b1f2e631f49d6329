#include "host/connectors/sql/SqlScanner.h"

namespace host::connectors::sql {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
/// Letters of any alphabet: what is beyond ASCII is part of a word in every one of these databases.
bool isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool isWord(char c) {
    return isWordStart(c) || isDigit(c) || c == '$' || c == '#';
}

}  // namespace

Token SqlScanner::take(Token::Type type, std::size_t end) {
    Token token{end == kNone ? Token::Type::Broken : type, {}, at_};
    if (end == kNone) end = sql_.size();
    token.text = sql_.substr(at_, end - at_);
    at_ = end;
    return token;
}

/// One past the closing quote. A doubled quote stands for itself.
std::size_t SqlScanner::quotedEnd(char quote, bool backslash) const {
    for (std::size_t i = at_ + 1; i < sql_.size(); ++i) {
        if (backslash && sql_[i] == '\\') {
            ++i;
        } else if (sql_[i] == quote) {
            if (i + 1 < sql_.size() && sql_[i + 1] == quote)
                ++i;
            else
                return i + 1;
        }
    }
    return kNone;
}

/// PostgreSQL's comments nest, nobody else's do (SQL Server's do, but it reads the outermost the same way when they are
/// closed properly; an unclosed one it refuses itself).
std::size_t SqlScanner::blockCommentEnd() const {
    int depth = 0;
    for (std::size_t i = at_; i + 1 < sql_.size(); ++i) {
        if (sql_[i] == '/' && sql_[i + 1] == '*' && (depth == 0 || dialect_ == Dialect::Postgres)) {
            ++depth;
            ++i;
        } else if (sql_[i] == '*' && sql_[i + 1] == '/') {
            ++i;
            if (--depth == 0) return i + 1;
        }
    }
    return kNone;
}

/// Of $$text$$ or $tag$text$tag$; 0 when it is none.
std::size_t SqlScanner::dollarEnd() const {
    std::size_t i = at_ + 1;
    if (i < sql_.size() && isDigit(sql_[i])) return 0;
    while (i < sql_.size() && (isWordStart(sql_[i]) || isDigit(sql_[i]))) ++i;
    if (i >= sql_.size() || sql_[i] != '$') return 0;
    const auto tag = sql_.substr(at_, i + 1 - at_);
    const auto close = sql_.find(tag, i + 1);
    return close == kNone ? kNone : close + tag.size();
}

bool SqlScanner::startsLineComment() const {
    if (sql_[at_] == '#') return dialect_ == Dialect::Mysql;
    if (sql_.substr(at_, 2) != "--") return false;
    // To MySQL "--1" is twice minus.
    return dialect_ != Dialect::Mysql || at_ + 2 == sql_.size() || isSpace(sql_[at_ + 2]);
}

Token SqlScanner::next() {
    while (at_ < sql_.size() && isSpace(sql_[at_])) ++at_;
    if (at_ >= sql_.size()) return {Token::Type::End, {}, at_};
    const char c = sql_[at_];
    if (startsLineComment()) {
        const auto line = sql_.find('\n', at_);
        return take(Token::Type::Comment, line == kNone ? sql_.size() : line + 1);
    }
    if (sql_.substr(at_, 2) == "/*") return take(Token::Type::Comment, blockCommentEnd());
    const bool mysql = dialect_ == Dialect::Mysql;
    if (c == '\'') return take(Token::Type::Quoted, quotedEnd(c, mysql));
    if (c == '"') return take(Token::Type::Quoted, quotedEnd(c, mysql));
    if (c == '`' && (mysql || dialect_ == Dialect::Sqlite)) return take(Token::Type::Quoted, quotedEnd(c, false));
    if (c == '[' && (dialect_ == Dialect::Odbc || dialect_ == Dialect::Sqlite)) {
        const auto close = sql_.find(']', at_);
        return take(Token::Type::Quoted, close == kNone ? kNone : close + 1);
    }
    if (dialect_ == Dialect::Postgres) {
        if ((c == 'e' || c == 'E') && sql_.substr(at_ + 1, 1) == "'") {
            ++at_;
            return take(Token::Type::Quoted, quotedEnd('\'', true));
        }
        if (c == '$')
            if (const auto end = dollarEnd(); end != 0) return take(Token::Type::Quoted, end);
        if (sql_.substr(at_, 2) == "::") return take(Token::Type::Sign, at_ + 2);
    }
    if (c == ':' && at_ + 1 < sql_.size() && isWordStart(sql_[at_ + 1])) {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && isWord(sql_[end])) ++end;
        auto token = take(Token::Type::Parameter, end);
        token.text.remove_prefix(1);
        return token;
    }
    if (isWordStart(c) || isDigit(c)) {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && isWord(sql_[end]) && !(mysql && sql_[end] == '#')) ++end;
        return take(Token::Type::Word, end);
    }
    return take(Token::Type::Sign, at_ + 1);
}

}  // namespace host::connectors::sql
