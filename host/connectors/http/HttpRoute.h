#pragma once
/// A route of an HTTP connection: what is asked and how the answer is read. Values.

#include "host/sdk/Sources.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::connectors {

enum class Paging { None, Page, Offset, Cursor, Link };
enum class WatermarkForm { AsIs, Rfc3339, Epoch, EpochMillis, Date };

struct HttpRoute {
    std::string method;
    bool repeatable = false;  ///< of a POST: it only reads
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string bodyType;
    bool xml = false;
    std::string charset;  ///< empty: as the answer says
    std::string items;
    bool itemsOptional = false;

    Paging paging = Paging::None;
    std::string pageParameter;      ///< Page, Offset, Cursor: in the query; empty: only where {page} and the like stand
    std::string pageSizeParameter;  ///< empty: the service's own size
    std::size_t pageSize = 0;
    std::size_t firstPage = 1;
    std::string nextPath;       ///< Cursor: to the cursor; Link: to the address, empty: the Link header (RFC 8288)
    std::string totalPath;      ///< to how many items there are in all
    std::string morePath;       ///< to whether there are more pages
    bool notFoundEnds = false;  ///< a page behind the last one is answered with 404

    WatermarkForm watermarkForm = WatermarkForm::AsIs;
    std::string watermarkZone;   ///< of watermarks that are clock times
    std::string watermarkFirst;  ///< stands for {watermark} in a full run; a query parameter is left out without it

    /// \throws sdk::SourceError Configuration
    static HttpRoute from(const sdk::SourceValues& values);
    static std::vector<sdk::SourceField> fields();

    bool usesWatermark() const;
};

/// What stands for {page} and the like in one request.
struct Placeholders {
    std::optional<std::string> watermark;
    std::string page, offset, limit, cursor;
};

/// The address of one request. Parameters that need a watermark are left out without one.
std::string requestUrl(const std::string& base, const HttpRoute& route, const Placeholders& values);
/// Its body; values are escaped as its type wants it.
std::string requestBody(const HttpRoute& route, const Placeholders& values);

/// The watermark as the route wants it. \throws sdk::SourceError Configuration when it can't be
std::string watermarkText(const HttpRoute& route, const std::string& watermark);

}  // namespace host::connectors
