#include "host/connectors/odata/ODataReader.h"

#include "common/Text.h"
#include "host/connectors/http/AnswerText.h"
#include "host/connectors/http/WebUrl.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace host::connectors {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;

/// Places in an answer, in the order of ItemPaths::whole.
enum Whole : std::size_t { kNext, kNext401, kCount, kCount401, kError };

/// $metadata of 1C describes everything that the organisation has.
constexpr std::size_t kMaxModel = 128u * 1024 * 1024;
constexpr int kMaxStepsBack = 100;
constexpr std::size_t kShape = 300;  ///< bytes of an answer that show its version

std::string jsonPathOf(const std::string& column) {
    std::string path;
    for (const auto& name : namesOf(column)) {
        path += "['";
        for (const char c : name) {
            if (c == '\'' || c == '\\') path += '\\';
            path += c;
        }
        path += "']";
    }
    return path;
}

ItemPaths paths(const ODataRoute& route, const sdk::SourceRequest& request) {
    ItemPaths out;
    for (const auto& column : request.columns) out.columns.push_back(jsonPathOf(column));
    switch (route.dialect) {
        case ODataDialect::V4:
            out.items = "$.value";
            out.whole = {"$['@odata.nextLink']", "$['@nextLink']", "$['@odata.count']", "$['@count']",
                         "$.error.message"};
            break;
        case ODataDialect::V2:
            out.items = "$.d.results";
            out.whole = {"$.d.__next", "$.__next", "$.d.__count", "$.__count", "$.error.message.value"};
            break;
        default:
            out.items = "$.value";
            out.whole = {"$['odata.nextLink']", "$['@odata.nextLink']", "$['odata.count']", "$['@odata.count']",
                         "$['odata.error'].message.value"};
    }
    return out;
}

}  // namespace

WebClient::Ask odataAsk(ODataDialect dialect, std::string url) {
    WebClient::Ask ask;
    ask.url = std::move(url);
    switch (dialect) {
        case ODataDialect::V4:
            ask.accept = "application/json;odata.metadata=minimal";
            ask.headers = {{"OData-MaxVersion", "4.01"}};
            break;
        case ODataDialect::V2:
            ask.accept = "application/json";
            ask.headers = {{"MaxDataServiceVersion", "2.0"}};
            break;
        default:
            ask.accept = "application/json;odata=nometadata";
            ask.headers = {{"MaxDataServiceVersion", "3.0"}};
    }
    return ask;
}

ODataReader::ODataReader(std::shared_ptr<WebTools> tools, WebClient client, ODataRoute route,
                         const sdk::SourceRequest& request)
    : PagedReader(std::move(client), jsonItems(paths(route, request)), request, {}),
      tools_(std::move(tools)),
      route_(std::move(route)),
      request_(request) {}

void ODataReader::prepare() {
    prepared_ = true;
    const bool reaches = std::any_of(request_.columns.begin(), request_.columns.end(),
                                     [](const auto& column) { return column.find('/') != std::string::npos; });
    const bool needsKey = route_.clientPaging && route_.key.empty();
    const bool needsType = request_.watermark && route_.watermarkType == EdmType::Unknown;
    const auto* const known = reaches || needsKey || needsType ? model() : nullptr;
    if (needsKey) {
        const auto type = known == nullptr ? nullptr : known->typeOf(route_.entitySet);
        if (type) route_.key = type->key;
        if (known != nullptr && !type) static_cast<void>(known->resolve(route_.entitySet, {}));  // says what there is
        if (route_.key.empty())
            throw SourceError(Kind::Configuration,
                              fmt::format("The key of '{}' is not known, and pages can't be told apart without it.",
                                          route_.entitySet),
                              "Name the key in the route, as Ref_Key.");
    }
    auto columns = request_.columns;
    // The key comes along, to see whether rows have moved between two pages.
    for (const auto& name : route_.clientPaging ? route_.key : std::vector<std::string>())
        if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
    for (const auto& column : columns) {
        if (known != nullptr)
            query_.columns.push_back(known->resolve(route_.entitySet, column));
        else
            query_.columns.push_back({namesOf(column), namesOf(column).size() - 1});
    }
    query_.watermarkColumn = request_.watermarkColumn;
    if (request_.watermark) {
        const auto type = route_.watermarkType != EdmType::Unknown || known == nullptr
                              ? route_.watermarkType
                              : known->edmTypeOf(route_.entitySet, request_.watermarkColumn);
        query_.watermark = literalOf(route_.dialect, type, *request_.watermark);
    }
    query_.count = route_.count && request_.limit == 0;
    if (route_.clientPaging) query_.top = route_.pageSize;
    if (request_.limit != 0) query_.top = std::min(request_.limit, query_.top.value_or(request_.limit));
}

std::string ODataReader::nextUrl() const {
    return link_.empty() ? queryUrl(settings().base, route_, query_) : link_;
}

bool ODataReader::fetch() {
    if (!prepared_) prepare();
    for (;;) {
        if (!more_) {
            if (total_ && route_.count && request_.limit == 0) compareTotal(*total_);
            return false;
        }
        const auto url = nextUrl();
        try {
            load(url);
        } catch (const SourceError& error) {
            if (page() == 0) explain(error);
            throw;
        }
        if (takeUp()) break;
        stepBack();
    }
    afterPage();
    return true;
}

void ODataReader::load(const std::string& url) {
    auto ask = odataAsk(route_.dialect, url);
    if (route_.isV4() && !route_.clientPaging && route_.pageSize > 0)
        ask.headers.emplace_back("Prefer", fmt::format("odata.maxpagesize={}", route_.pageSize));
    auto response = client().send(std::move(ask));
    const auto body = response.body.size() < 64 * 1024 ? response.body : std::string();
    const auto head = response.body.substr(0, kShape);
    // Pages that are asked for by $skip are read once more when rows have moved.
    const bool again = route_.clientPaging && link_.empty();
    try {
        PagedReader::load(std::move(response), url, again ? Again::NotTheLast : Again::None);
    } catch (const SourceError& error) {
        // An error told with "200 OK", as 1C and others do when they fail while they write.
        if (error.kind() == Kind::Query) requireDialect(head, url);
        if (error.kind() != Kind::Query || body.empty()) throw;
        const auto message = messageOf(body, client().settings().secrets());
        if (message.empty()) throw;
        throw SourceError(Kind::Query, fmt::format("{} answers with an error: {}", shownUrl(url), message),
                          error.fix());
    }
    requireDialect(head, url);
    if (const auto message = items().whole(kError))
        throw SourceError(Kind::Interrupted,
                          fmt::format("{} broke its answer off with an error: {}", shownUrl(url), *message),
                          "Run it again; if it stays so, look into the log of that service.");
}

/// The links to the next page have other names in another version: they would not be seen.
void ODataReader::requireDialect(const std::string& head, const std::string& url) const {
    const auto begin = head.find('"');
    const auto name = begin == std::string::npos ? "" : head.substr(begin + 1, head.find('"', begin + 1) - begin - 1);
    const bool v2 = route_.dialect == ODataDialect::V2, v4 = route_.dialect == ODataDialect::V4;
    const char* other = nullptr;
    if (name == "d" && !v2) other = "v2";
    if (name.starts_with("odata.") && name != "odata.error" && (v2 || v4)) other = "v3";
    if ((name.starts_with("@odata.") || name == "value") && v2) other = "v4";
    if (other == nullptr) return;
    throw SourceError(Kind::Configuration, fmt::format("{} answers in another version of OData.", shownUrl(url)),
                      fmt::format("Choose the dialect '{}' in the connection.", other));
}

/// With $skip every page begins with the last row of the one before. When it doesn't, rows were put in or taken out
/// meanwhile, and the next ones would be missed. \return false when that row is not in this page at all.
bool ODataReader::takeUp() {
    if (!route_.clientPaging || !link_.empty() || !lastRow_) return true;
    for (std::size_t i = 0; i < items().count(); ++i)
        if (items().hash(i) == *lastRow_) {
            pass(i + 1);
            return true;
        }
    return query_.skip == 0;  // it is gone or was changed: everything comes again, which changes nothing
}

void ODataReader::stepBack() {
    if (++stepsBack_ > kMaxStepsBack)
        throw SourceError(Kind::Interrupted,
                          fmt::format("'{}' changes faster than it can be read page by page.", route_.entitySet),
                          "Run it at a quieter time, or let the route read larger pages.");
    client().log(fmt::format("Rows of '{}' have moved while they were read: going back from row {}.", route_.entitySet,
                             query_.skip + 1));
    query_.skip -= std::min(query_.skip, route_.pageSize - 1);
    batch_ = 0;
}

void ODataReader::afterPage() {
    if (!total_)
        for (const auto place : {kCount, kCount401})
            if (const auto text = items().whole(place)) {
                std::uint64_t total = 0;
                const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), total);
                if (failed == std::errc() && end == text->data() + text->size()) total_ = total;
            }
    if (page() == 1 && items().count() > 0) {
        const auto names = items().names();
        for (const auto& column : columns())
            if (column.find('/') == std::string::npos && std::find(names.begin(), names.end(), column) == names.end()) {
                const auto near = common::nearest(column, names);
                throw SourceError(
                    Kind::Query,
                    fmt::format("The entities of '{}' come without '{}'; they have {}.", route_.entitySet, column,
                                fmt::join(names, ", ")),
                    near.empty() ? "Correct the column in the mapping." : fmt::format("Write '{}'.", near));
            }
    }
    if (items().count() > 0) lastRow_ = items().hash(items().count() - 1);
    batch_ += items().count();
    advance();
}

void ODataReader::advance() {
    auto next = items().whole(kNext);
    if (!next) next = items().whole(kNext401);
    if (next && !next->empty()) {
        const auto url = nextUrl();
        const auto target = resolved(url, typedEncoded(*next));
        client().checkGo(target);
        if (!visited_.insert(std::hash<std::string>()(target)).second || target == url)
            throw SourceError(Kind::Query, fmt::format("Page {} leads back to a page that was read already.", page()),
                              "The source pages in a circle: report it to who runs it.");
        link_ = target;
        return;
    }
    link_.clear();
    more_ = route_.clientPaging && request_.limit == 0 && batch_ >= route_.pageSize;
    if (!more_) return;
    query_.skip += batch_ - 1;
    query_.count = false;
    batch_ = 0;
}

void ODataReader::refine(sdk::SourceRow& row) {
    const bool verbose = route_.dialect == ODataDialect::V2 || route_.dialect == ODataDialect::V3;
    for (auto& cell : row.cells) {
        if (!cell) continue;
        if (route_.dialect == ODataDialect::OneC) {
            // 1C has no null: its empty date and its empty reference are how it says that there is none.
            if (*cell == "0001-01-01T00:00:00" || *cell == "00000000-0000-0000-0000-000000000000") cell.reset();
        } else if (verbose && cell->size() > 8 && cell->front() == '/') {
            if (auto time = verboseDate(*cell)) cell = std::move(time);
        }
    }
}

const ODataModel* ODataReader::model() {
    if (modelAsked_) return model_ ? &*model_ : nullptr;
    modelAsked_ = true;
    try {
        WebClient::Ask ask;
        ask.url = joined(client().settings().base, "$metadata");
        ask.accept = "application/xml";
        ask.maxAnswer = kMaxModel;
        auto model = ODataModel::parse(client().send(std::move(ask)).body);
        if (!model.sets().empty()) model_ = std::move(model);
    } catch (const SourceError& error) {
        if (error.kind() == Kind::Cancelled || error.kind() == Kind::Credentials) throw;
        client().log(fmt::format("$metadata can't be read: {}", error.what()));
    }
    return model_ ? &*model_ : nullptr;
}

/// Before the first page: says which name is wrong, when the service's model shows it.
void ODataReader::explain(const SourceError& error) {
    // Some services, 1C among them, answer a wrong name with 500.
    if (error.kind() != Kind::Query && error.kind() != Kind::NotThere && client().lastStatus() != 500) return;
    const auto* const known = model();
    if (known == nullptr) return;
    for (const auto& column : request_.columns) static_cast<void>(known->resolve(route_.entitySet, column));
    if (!request_.watermarkColumn.empty())
        static_cast<void>(known->resolve(route_.entitySet, request_.watermarkColumn));
    for (const auto& name : route_.key) static_cast<void>(known->resolve(route_.entitySet, name));
}

}  // namespace host::connectors
