// What a source over HTTP answers, and the paths that a person types: "J" or "X", the path to the items, a column's
// path, each in a line, then the answer. Whatever comes is read or refused with the one error of sources; a cell is
// UTF-8, a row has a cell or a reason for each column, and the page reads the same twice.
#include "host/connectors/http/AnswerText.h"
#include "host/connectors/paths/ItemReader.h"
#include "tests/fuzz/Fuzz.h"

#include <algorithm>

using namespace host;
using fuzz::require;

namespace {

void sound(const sdk::SourceError& error) {
    require(common::isUtf8(error.what()) && common::isUtf8(error.fix()), "an error is UTF-8");
}

void read(const connectors::ItemPaths& paths, bool xml, const connectors::PageText& page) {
    const auto items = xml ? connectors::xmlItems(paths) : connectors::jsonItems(paths);
    items->load(page.text, page.damaged);
    const std::size_t count = std::min<std::size_t>(items->count(), 200);
    for (std::size_t i = 0; i < count; ++i) {
        sdk::SourceRow row, again;
        items->read(i, row);
        items->read(i, again);
        require(row.cells == again.cells && items->hash(i) == items->hash(i), "an item reads the same twice");
        require(row.cells.size() == paths.columns.size(), "there is a cell for each column");
        for (const auto& cell : row.cells)
            require(row.problem || !cell || common::isUtf8(*cell), "a cell is UTF-8", cell.value_or(""));
        if (row.problem) require(!row.problem->reason.empty() && !row.problem->fix.empty(), "a problem has a reason");
    }
    items->names();
    std::vector<bool> absent(1, true);
    items->findKeys(absent);
    try {
        items->whole(0);
    } catch (const sdk::SourceError& error) {
        sound(error);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const bool xml = in.byte() == 'X';
    in.until("\n");
    connectors::ItemPaths paths;
    paths.items = std::string(in.until("\n"));
    const std::string column(in.until("\n"));
    // A setting is checked to be UTF-8 before it comes here.
    if (!common::isUtf8(paths.items) || !common::isUtf8(column)) return 0;
    paths.columns = {column, "id"};
    paths.whole = {column};
    try {
        connectors::htmlPage(in.rest());
        require(common::isUtf8(connectors::messageOf(in.rest(), {"secret"})), "a server's words are UTF-8");
        read(paths, xml, connectors::textOf(std::string(in.rest()), "application/json", ""));
    } catch (const sdk::SourceError& error) {
        sound(error);
    }
    return 0;
}
