#pragma once
/// Text of a JSONPath to its steps. Used once a path, by JsonPath::parse.

#include "host/connectors/paths/JsonFilter.h"
#include "host/connectors/paths/JsonPath.h"

namespace host::connectors {

class JsonPathParser {
public:
    explicit JsonPathParser(std::string_view text) : text_(text) {}

    /// The whole text. \throws sdk::SourceError Configuration
    JsonPath path();

private:
    using Filter = std::shared_ptr<const JsonFilter>;

    [[noreturn]] void fail(const std::string& why) const;
    bool atEnd() const { return at_ >= text_.size(); }
    char peek() const { return atEnd() ? '\0' : text_[at_]; }
    bool take(std::string_view token);
    void blanks();
    void segments(JsonPath& path, bool inFilter);
    std::string plainName(bool inFilter);
    std::string quoted();
    std::int64_t integer();
    JsonPath::Segment bracket();
    JsonPath::Selector selector();
    JsonPath::Selector indexOrSlice();
    Filter either();
    Filter both();
    Filter single();
    JsonFilter::Side side();
    JsonPath pathFromItem();

    static constexpr int kMaxDepth = 20;
    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace host::connectors
