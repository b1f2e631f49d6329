#pragma once
/// How far a route has read: the greatest value of one column, kept as the source wrote it and compared by its type.
/// Values; thread-safe.

#include "host/sdk/Clock.h"

#include <cstdint>
#include <optional>
#include <string>

namespace host::connections {

enum class WatermarkType {
    Number,  ///< ids, seconds of an epoch
    Time,    ///< RFC 3339, or a clock's time "2025-09-15 10:00:00"
    Text     ///< byte by byte
};

struct WatermarkRule {
    std::string column;
    WatermarkType type = WatermarkType::Time;
    /// Rows of so many seconds before the watermark are asked for again: what was committed late, or by a clock that is
    /// behind. Of numbers it is taken as seconds of an epoch; texts have none.
    std::int64_t overlapSeconds = 0;
    /// The source gives rows in ascending order of the column, so that what was read of a run that broke need not be
    /// read again. A row that comes out of order ends the run.
    bool ordered = false;
};

class Mark {
public:
    /// nullopt when the text is no value of that type.
    static std::optional<Mark> of(WatermarkType type, const std::string& text);

    /// As the source wrote it.
    const std::string& text() const { return text_; }
    /// What to ask the source for: `seconds` less, in the form in which the source wrote it.
    std::string minus(std::int64_t seconds) const;

    /// A time that no row of now can have: further ahead of the server's clock than clocks differ. Where this is so of
    /// a row, how far the route has read must not follow it: whatever is changed until then would never be asked for.
    /// Five minutes are allowed, as Kerberos does (RFC 4120); a time without zone may be of any clock on Earth, the
    /// first of which is 14 hours ahead of UTC.
    bool isAhead(sdk::Micros now) const;

    friend bool operator<(const Mark& a, const Mark& b);

private:
    WatermarkType type_ = WatermarkType::Text;
    std::string text_;
    long double number_ = 0;  ///< exact for every whole number of 64 bits
    sdk::Micros micros_ = 0;
    bool zoned_ = false;
};

std::optional<WatermarkType> watermarkTypeFrom(const std::string& name);
const char* toString(WatermarkType type);

}  // namespace host::connections
