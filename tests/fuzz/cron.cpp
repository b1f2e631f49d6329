// Schedules that a person types: whatever is accepted has a next time that is found quickly, lies ahead, comes in order
// and agrees with the last time, through every change of the clocks.
#include "host/schedule/CronExpression.h"
#include "tests/fuzz/Fuzz.h"

using fuzz::require;
using host::schedule::CronExpression;
using host::sdk::Micros;

namespace {

const std::vector<common::TimeZone>& zones() {
    static const auto all = [] {
        std::vector<common::TimeZone> found;
        // Moscow is ours; the others jump at midnight, by half an hour, by a whole day, and in the southern summer.
        for (const auto* name : {"Europe/Moscow", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
                                 "America/Santiago", "America/St_Johns", "UTC"})
            found.push_back(common::TimeZone::require(name));
        return found;
    }();
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const auto& zone = zones()[in.byte() % zones().size()];
    // From 1970 to 2106, to the second.
    Micros at = 0;
    for (int i = 0; i < 4; ++i) at = at << 8 | static_cast<Micros>(in.byte());
    at *= 1'000'000;
    if (!common::isUtf8(in.rest())) return 0;  // checked where texts come in
    std::optional<CronExpression> cron;
    if (!fuzz::accepted([&] { cron = CronExpression::parse(in.rest()); })) return 0;
    const auto again = CronExpression::parse(cron->text());
    require(again.text() == cron->text(), "a schedule's text reads back", cron->text());
    for (int i = 0; i < 6; ++i) {
        const auto next = cron->next(at, zone);
        require(next == again.next(at, zone), "the same schedule, the same time");
        if (!next) break;
        require(*next > at, "the next time lies ahead", cron->text());
        require(*next % 60'000'000 == 0 || zone.offsetSeconds(*next) % 60 != 0, "a time is a whole minute");
        require(cron->last(at, *next, zone) == *next, "the next time is the last one until then", cron->text());
        // Looking back over years day by day is the caller's to avoid.
        if (*next - at < Micros{40} * 86'400'000'000)
            require(!cron->last(at, *next - 1, zone), "nothing lies before the next time", cron->text());
        at = *next;
    }
    return 0;
}
