#include "host/connectors/http/HttpReader.h"

#include "common/Text.h"
#include "host/connectors/http/AnswerText.h"
#include "host/connectors/http/WebUrl.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace host::connectors {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;

constexpr std::size_t kMostErrorBytes = 64 * 1024;
constexpr int kMaxStepsBack = 100;

/// The target of rel="next" in a Link header (RFC 8288); empty when there is none.
std::string nextLink(const sdk::OutboundResponse& response) {
    for (const auto& [name, value] : response.headers) {
        if (name != "link") continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto open = rest.find('<');
            const auto close = open == std::string_view::npos ? open : rest.find('>', open);
            if (close == std::string_view::npos) break;
            const auto target = rest.substr(open + 1, close - open - 1);
            rest = rest.substr(close + 1);
            const auto parameters = common::toLowerAscii(rest.substr(0, rest.find('<')));
            for (const auto part : common::split(parameters, ';')) {
                auto item = common::trim(part);
                while (!item.empty() && item.back() == ',') item = common::trim(item.substr(0, item.size() - 1));
                if (item.substr(0, 4) != "rel=") continue;
                item = item.substr(4);
                if (item.size() > 1 && item.front() == '"') item = item.substr(1, item.size() - 2);
                for (const auto relation : common::split(item, ' '))
                    if (relation == "next") return std::string(target);
            }
        }
    }
    return {};
}

bool isNo(const std::optional<std::string>& flag) {
    if (!flag) return true;
    const auto lower = common::toLowerAscii(*flag);
    return lower.empty() || lower == "false" || lower == "0" || lower == "no" || lower == "n";
}

}  // namespace

ItemPaths HttpReader::paths(const HttpRoute& route, const sdk::SourceRequest& request) {
    ItemPaths paths;
    paths.items = route.items;
    paths.itemsOptional = route.itemsOptional;
    paths.columns = request.columns;
    for (const auto* path : {&route.nextPath, &route.totalPath, &route.morePath})
        if (!path->empty()) paths.whole.push_back(*path);
    return paths;
}

HttpReader::HttpReader(std::shared_ptr<WebTools> tools, WebClient client, HttpRoute route,
                       const sdk::SourceRequest& request)
    : PagedReader(std::move(client), route.xml ? xmlItems(paths(route, request)) : jsonItems(paths(route, request)),
                  request, route.charset),
      tools_(std::move(tools)),
      route_(std::move(route)) {
    values_.page = std::to_string(route_.firstPage);
    values_.offset = "0";
    values_.limit = std::to_string(route_.pageSize);
    if (request.watermark)
        values_.watermark = watermarkText(route_, *request.watermark);
    else if (!route_.watermarkFirst.empty())
        values_.watermark = route_.watermarkFirst;
    if (request.watermark && !route_.usesWatermark())
        this->client().log("The route has no {watermark}: everything is read.");
    url_ = requestUrl(this->client().settings().base, route_, values_);
    this->client().checkGo(url_);
}

bool HttpReader::fetch() {
    for (;;) {
        sdk::OutboundResponse head;
        if (!more_) return finish();
        if (!ask(head)) {
            // Where the last row was there is nothing any more: it has moved, like on an empty page.
            if (route_.paging != Paging::Offset || !overlaps_ || offset_ == 0) return finish();
            stepBack();
            continue;
        }
        if (route_.paging == Paging::Offset && overlaps_ && !steppedBack_ && isSamePage()) {
            client().log(
                "The service gives whole pages only, whatever offset is asked for: rows that move meanwhile "
                "are not noticed.");
            mayOverlap_ = false;
            goOnAt(lastOffset_ + lastItems_.size(), false);
            continue;
        }
        if (route_.paging == Paging::Offset && !takeUp()) {
            stepBack();
            continue;
        }
        advance(head);
        return true;
    }
}

/// Loads the next page; false when there is none. `head`: the answer's headers.
bool HttpReader::ask(sdk::OutboundResponse& head) {
    WebClient::Ask ask;
    ask.method = route_.method;
    ask.repeatable = route_.method != "POST" || route_.repeatable;
    ask.url = url_;
    ask.headers = route_.headers;
    ask.accept = route_.xml ? "application/xml, text/xml;q=0.9" : "application/json";
    for (const auto& [name, value] : route_.headers)
        if (common::toLowerAscii(name) == "accept") ask.accept.clear();
    if (!route_.body.empty()) {
        ask.body = requestBody(route_, values_);
        ask.contentType = route_.bodyType;
    }
    ++asks_;
    sdk::OutboundResponse response;
    more_ = false;  // unless the page says otherwise
    try {
        response = client().send(std::move(ask));
    } catch (const SourceError& error) {
        if (error.kind() != Kind::NotThere || !route_.notFoundEnds || page() == 0) throw;
        return false;
    }
    if (response.status == 204) return false;
    head.headers = response.headers;
    const auto body = response.body.size() < kMostErrorBytes ? response.body : std::string();
    load(std::move(response), url_, overlaps_ ? Again::Any : Again::None);
    if (items().count() == 0 && !route_.xml)
        if (const auto message = errorIn(body, client().settings().secrets()); !message.empty())
            throw SourceError(
                Kind::Query, fmt::format("{} answers with an error: {}", shownUrl(url_), common::oneLine(message, 300)),
                "It came instead of items, with the status of a success: look at what the service says.");
    return true;
}

/// Passes over what the page before had. False when nothing of it is in this page: rows have moved that far.
bool HttpReader::takeUp() {
    std::vector<std::uint64_t> now(items().count());
    for (std::size_t i = 0; i < now.size(); ++i) now[i] = items().hash(i);
    std::size_t from = 0;
    if (overlaps_) {
        bool found = false;
        for (auto last = lastItems_.size(); last > 0 && !found; --last)
            for (std::size_t i = 0; i < now.size() && !found; ++i) {
                if (now[i] != lastItems_[last - 1]) continue;
                found = true;
                from = i + 1;
                // Rows were put in before it: one of them may have come from where nobody has read yet.
                missed_ = missed_ || offset_ + i > lastOffset_ + last - 1;
            }
        if (!found && offset_ > 0) return false;
        if (!found) missed_ = false;  // everything comes again, from the beginning
    } else if (page() > 1) {
        missed_ = true;
    }
    pass(from);
    fresh_ = now.size() - from;
    if (!now.empty()) {
        lastItems_ = std::move(now);
        lastOffset_ = offset_;
    }
    return true;
}

void HttpReader::goOnAt(std::uint64_t offset, bool overlaps) {
    offset_ = offset;
    overlaps_ = overlaps;
    values_.offset = std::to_string(offset);
    url_ = requestUrl(client().settings().base, route_, values_);
    more_ = true;
}

/// To where the page before began, then further up: a row of it must be there, unless all of them are gone.
void HttpReader::stepBack() {
    if (++stepsBack_ > kMaxStepsBack)
        throw SourceError(Kind::Interrupted, "The source changes faster than it can be read page by page.",
                          "Run it at a quieter time, or let the route read larger pages.");
    const auto size = lastItems_.size();
    client().log(fmt::format("Rows have moved while they were read: going back from row {}.", offset_ + 1));
    goOnAt(offset_ > lastOffset_ ? lastOffset_ : offset_ - std::min<std::uint64_t>(offset_, size), true);
    steppedBack_ = true;
}

/// Of pages by number a total that stays the same and is reached is as good as it gets; one that moves shows that rows
/// were put in or taken out while they were read.
bool HttpReader::isProvenWhole() const {
    if (route_.paging == Paging::Offset) return !missed_;
    if (route_.paging != Paging::Page || asks_ < 2) return true;
    return total_ && !totalChanged_ && rows() == *total_;
}

bool HttpReader::finish() {
    if (total_) compareTotal(*total_);
    return false;
}

std::optional<std::string> HttpReader::whole(const std::string& path) {
    std::size_t index = 0;
    for (const auto* one : {&route_.nextPath, &route_.totalPath, &route_.morePath}) {
        if (one == &path) return path.empty() ? std::nullopt : items().whole(index);
        if (!one->empty()) ++index;
    }
    return std::nullopt;
}

void HttpReader::advance(const sdk::OutboundResponse& response) {
    if (!route_.totalPath.empty())
        if (const auto text = whole(route_.totalPath)) {
            std::uint64_t total = 0;
            const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), total);
            if (failed != std::errc() || end != text->data() + text->size())
                throw SourceError(Kind::Format,
                                  fmt::format("The total at '{}' is '{}', not a number.", route_.totalPath,
                                              common::oneLine(*text, 40)),
                                  "Correct the path to the total in the route.");
            totalChanged_ = totalChanged_ || (total_ && *total_ != total);
            total_ = total;
        }
    if (!route_.morePath.empty() && isNo(whole(route_.morePath))) return;
    switch (route_.paging) {
        case Paging::None:
            return;
        case Paging::Page:
            // A page that is shorter than asked is not the last one by that: many services give fewer at most.
            if (items().count() == 0 || (total_ && loaded() >= *total_)) return;
            values_.page = std::to_string(route_.firstPage + page());
            break;
        case Paging::Offset: {
            const auto count = items().count();
            const bool ends = fresh_ == 0 && !steppedBack_;
            steppedBack_ = false;
            if (ends || (total_ && offset_ + count >= *total_)) return;
            const bool overlaps = mayOverlap_ && count > 1;  // a page of one row has room for no other
            return goOnAt(offset_ + count - (overlaps ? 1 : 0), overlaps);
        }
        case Paging::Cursor: {
            const auto cursor = whole(route_.nextPath);
            if (!cursor || cursor->empty() || *cursor == "false") return;
            remember(*cursor);
            values_.cursor = *cursor;
            break;
        }
        case Paging::Link: {
            const auto link = route_.nextPath.empty() ? nextLink(response) : whole(route_.nextPath).value_or("");
            if (!link.empty() && link != "false") goTo(link);
            return;
        }
    }
    more_ = true;
    url_ = requestUrl(client().settings().base, route_, values_);
}

void HttpReader::goTo(const std::string& reference) {
    const auto target = resolved(url_, typedEncoded(reference));
    client().checkGo(target);
    if (page() == 1) remember(url_);
    remember(target);
    url_ = target;
    more_ = true;
}

void HttpReader::remember(const std::string& place) {
    if (visited_.insert(std::hash<std::string>()(place)).second) return;
    throw SourceError(Kind::Query, fmt::format("Page {} leads back to a page that was read already.", page()),
                      "The source pages in a circle: report it to who runs it.");
}

}  // namespace host::connectors
