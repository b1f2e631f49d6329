#pragma once
/// Rows out of a web service's pages, one page in memory at a time. A kind says how the next page is asked for; here is
/// what all of them need: encodings, pages for people that come instead of data, pages that come again, files.

#include "host/connections/ReadInsight.h"
#include "host/connectors/http/WebClient.h"
#include "host/connectors/paths/ItemReader.h"

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace host::connectors {

class PagedReader : public sdk::SourceReader, public connections::ReadInsight {
public:
    const std::vector<std::string>& columns() const override { return columns_; }
    bool next(sdk::SourceRow& row) override;
    /// A whole address, or one relative to the page's. GET; the connection's host or one of its other hosts only.
    std::unique_ptr<std::istream> openFile(const std::string& reference) override;

    std::vector<std::string> absentColumns() const override;
    const std::vector<std::string>& itemNames() const override { return names_; }
    const std::string& listInItem() const override { return list_; }

protected:
    PagedReader(WebClient client, std::unique_ptr<ItemReader> items, const sdk::SourceRequest& request,
                std::string charset);

    /// Asks for the next page and load()s it; false at the end. \throws sdk::SourceError
    virtual bool fetch() = 0;
    /// A row as it was read, for what a kind knows of its cells.
    virtual void refine(sdk::SourceRow&) {}

    /// \throws sdk::SourceError Format, Credentials (a page to sign in), Query (the same page again)
    /// Which pages may come that have come before.
    enum class Again { None, NotTheLast, Any };
    /// \throws sdk::SourceError Query as well when the page has come before and may not
    void load(sdk::OutboundResponse response, const std::string& url, Again again = Again::None);
    bool isSamePage() const { return same_; }
    /// The next so many items of the page were handed out before.
    void pass(std::size_t count);
    /// All the pages are read: compares with what the source counted. \throws sdk::SourceError Interrupted
    void compareTotal(std::uint64_t total) const;

    WebClient& client() { return client_; }
    const WebSettings& settings() const { return client_.settings(); }
    ItemReader& items() { return *items_; }
    std::size_t page() const { return page_; }        ///< of those loaded, from 1
    std::uint64_t rows() const { return rows_; }      ///< handed out
    std::uint64_t loaded() const { return loaded_; }  ///< in all pages so far

private:
    void noteNames();
    void adviseAtEnd() const;

    WebClient client_;
    std::unique_ptr<ItemReader> items_;
    std::vector<std::string> columns_;
    std::size_t limit_;
    std::string charset_;
    std::string url_;
    std::size_t page_ = 0;
    std::size_t item_ = 0;
    std::uint64_t rows_ = 0;
    std::uint64_t loaded_ = 0;
    std::uint64_t fingerprint_ = 0;
    bool same_ = false;
    std::unordered_set<std::uint64_t> seen_;  ///< fingerprints of the pages with items
    std::size_t emptyPages_ = 0;              ///< one after another
    std::vector<bool> met_;                   ///< by column: was there ever a value
    std::vector<bool> absent_;                ///< by column: was its key in none of the items
    std::vector<std::string> names_;
    std::string list_;
    bool toldEncoding_ = false;
};

/// The request with its watermark's column among the columns: how far a run has come is seen there.
sdk::SourceRequest withWatermark(sdk::SourceRequest request);

/// \throws sdk::SourceError Credentials or Format when the body is a page for people
void refuseHtml(const std::string& body, const std::string& url);

}  // namespace host::connectors
