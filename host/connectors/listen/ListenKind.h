#pragma once
/// The kind "listen": an address of ours to which another system sends JSON or XML in its own shape; each route is a
/// prefix below it, and its mapping says what of an item becomes which field (seed 002: «в пути передачи данных мы по
/// сути проектируем новый интерфейс API»). Thread-safe.

#include "host/connections/Delivery.h"
#include "host/connectors/documents/ItemsSource.h"

#include <cstdint>
#include <istream>
#include <memory>
#include <string>

namespace host::connectors {

class ListenKind : public connections::BroughtKind {
public:
    static constexpr const char* kName = "listen";

    sdk::SourceDescription describe() const override;
    connections::KindFacts facts() const override;
    /// There is nobody to be asked.
    void check(const sdk::SourceRequest& request) override;
    /// SourceError Configuration: it is sent to, not run.
    std::unique_ptr<sdk::SourceReader> open(const sdk::SourceRequest& request) override;
    std::unique_ptr<sdk::SourceReader> read(const sdk::SourceRequest& request, std::unique_ptr<std::istream> bytes,
                                            const std::string& contentType) const override;
    bool isWhole() const override { return false; }
};

/// What a route of that kind says, read.
struct ListenRoute {
    ItemsFormat format;
    std::string method;  ///< "POST", "PUT"; empty: either
    bool allOrNothing = false;

    static ListenRoute of(const sdk::SourceValues& route);
};

/// Bytes of one body of this connection.
std::uint64_t mostBytes(const sdk::SourceValues& connection);

}  // namespace host::connectors
