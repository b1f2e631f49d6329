#include "host/connectors/http/PagedReader.h"

#include "common/Text.h"
#include "host/connectors/http/AnswerText.h"
#include "host/connectors/http/WebUrl.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

namespace host::connectors {

using sdk::SourceError;
using Kind = SourceError::Kind;

namespace {
constexpr std::size_t kMostEmptyPages = 1000;
}

void refuseHtml(const std::string& body, const std::string& url) {
    const auto html = htmlPage(body);
    if (!html) return;
    if (html->asksToSignIn)
        throw SourceError(
            Kind::Credentials,
            fmt::format("{} answers with a page to sign in ('{}') instead of data.", shownUrl(url), html->title),
            "Check how the connection signs in, and that the address is the one for programs.");
    throw SourceError(
        Kind::Format,
        fmt::format("{} answers with a page for people ('{}') instead of data.", shownUrl(url), html->title),
        "Write the address for programs (of the API), not the one that a browser shows.");
}

sdk::SourceRequest withWatermark(sdk::SourceRequest request) {
    auto& columns = request.columns;
    const auto& column = request.watermarkColumn;
    if (!column.empty() && std::find(columns.begin(), columns.end(), column) == columns.end())
        columns.push_back(column);
    return request;
}

PagedReader::PagedReader(WebClient client, std::unique_ptr<ItemReader> items, const sdk::SourceRequest& request,
                         std::string charset)
    : client_(std::move(client)),
      items_(std::move(items)),
      columns_(request.columns),
      limit_(request.limit),
      charset_(std::move(charset)),
      met_(request.columns.size(), false),
      absent_(request.columns.size(), true) {}

bool PagedReader::next(sdk::SourceRow& row) {
    for (;;) {
        if (limit_ != 0 && rows_ >= limit_) return false;
        if (page_ != 0 && item_ < items_->count()) break;
        if (!fetch()) {
            adviseAtEnd();
            return false;
        }
    }
    items_->read(item_, row);
    ++item_;
    ++rows_;
    fmt::memory_buffer place;
    fmt::format_to(std::back_inserter(place), "page {}, item {}", page_, item_);
    row.place.assign(place.data(), place.size());
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        if (row.cells[i]) met_[i] = true;
    refine(row);
    return true;
}

void PagedReader::load(sdk::OutboundResponse response, const std::string& url, Again again) {
    const auto number = page_ + 1;
    url_ = url;
    if (const auto coding = response.header("content-encoding"); !coding.empty() && coding != "identity")
        throw SourceError(Kind::Format,
                          fmt::format("{} compresses its answer, which was not asked for.", shownUrl(url)),
                          "Turn compression off there for who sends no Accept-Encoding.");
    refuseHtml(response.body, url);
    auto text = textOf(std::move(response.body), response.header("content-type"), charset_);
    if (text.damaged && !toldEncoding_) {
        toldEncoding_ = true;
        client_.log(
            fmt::format("Page {} has bytes that are no text{}; rows with them are not taken.", number,
                        text.guessed ? " in UTF-8, and says no encoding: set it in the route (windows-1251?)" : ""));
    }
    try {
        items_->load(std::move(text.text), text.damaged);
    } catch (const SourceError& error) {
        throw SourceError(error.kind(), fmt::format("Page {} of {}: {}", number, shownUrl(url), error.what()),
                          error.fix());
    }
    page_ = number;
    item_ = 0;
    const auto count = items_->count();
    const auto fingerprint = count == 0 ? 0 : items_->hash(0) * 31 + items_->hash(count - 1) * 7 + count;
    same_ = count > 0 && page_ > 1 && fingerprint == fingerprint_;
    if (same_ && again != Again::Any)
        throw SourceError(Kind::Query,
                          fmt::format("Page {} of {} is the same as the one before.", page_, shownUrl(url)),
                          "Check the route's paging: the service seems not to know the parameter of the page.");
    fingerprint_ = fingerprint;
    // Links may be new for ever and lead in a circle all the same.
    if (count > 0 && !seen_.insert(fingerprint).second && again == Again::None)
        throw SourceError(Kind::Query, fmt::format("Page {} of {} has come before.", page_, shownUrl(url)),
                          "The source pages in a circle: report it to who runs it.");
    emptyPages_ = count == 0 ? emptyPages_ + 1 : 0;
    if (emptyPages_ > kMostEmptyPages)
        throw SourceError(Kind::Query,
                          fmt::format("{} pages in a row had no items, and each led to another.", emptyPages_),
                          "The source pages in a circle: report it to who runs it.");
    loaded_ += count;
    if (count > 0) noteNames();
}

void PagedReader::pass(std::size_t count) {
    item_ += count;
}

void PagedReader::noteNames() {
    if (std::find(absent_.begin(), absent_.end(), true) == absent_.end()) return;
    items_->findKeys(absent_);
    if (page_ == 1) list_ = items_->listInItem();
    for (auto& name : items_->names())
        if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(std::move(name));
}

std::vector<std::string> PagedReader::absentColumns() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (absent_[i]) out.push_back(columns_[i]);
    return out;
}

void PagedReader::adviseAtEnd() const {
    if (rows_ == 0) return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (met_[i]) continue;
        const auto near = common::nearest(columns_[i], names_);
        client_.log(
            near.empty() || near == columns_[i]
                ? fmt::format("None of the {} items has a value for '{}'.", rows_, columns_[i])
                : fmt::format("None of the {} items has a value for '{}'; they have '{}'.", rows_, columns_[i], near));
    }
}

void PagedReader::compareTotal(std::uint64_t total) const {
    if (rows_ >= total) return;
    throw SourceError(
        Kind::Interrupted, fmt::format("The source counted {} items and gave {} of them.", total, rows_),
        "Run it again; if it stays so, look at the route's paging, and whether the source changes while it "
        "is read.");
}

std::unique_ptr<std::istream> PagedReader::openFile(const std::string& reference) {
    const auto& base = url_.empty() ? client_.settings().base : url_;
    WebClient::Ask ask;
    ask.url = resolved(base, typedEncoded(common::trim(reference)));
    ask.maxAnswer = client_.maxFile();
    ask.mayRedirect = true;
    client_.checkGo(ask.url);
    auto response = client_.send(ask);
    // A link to a work that leads to the page to sign in must not become a person's work.
    if (const auto html = htmlPage(response.body); html && html->asksToSignIn) refuseHtml(response.body, ask.url);
    return std::make_unique<std::istringstream>(std::move(response.body), std::ios::in | std::ios::binary);
}

}  // namespace host::connectors
