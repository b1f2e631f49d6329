#include "plugin/ModuleSettings.h"

#include "common/Text.h"
#include "common/TimeZone.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>
#include <sstream>

namespace plugin {

using host::sdk::FieldError;

namespace {

/// Reads known keys and remembers which there are, so that the rest can be refused.
class Reader {
public:
    Reader(const host::sdk::ModuleConfig& config, std::vector<FieldError>& errors) : config_(config), errors_(errors) {}

    const std::string* find(const std::string& key) {
        known_.push_back(key);
        auto it = config_.find(key);
        return it == config_.end() ? nullptr : &it->second;
    }

    void text(const std::string& key, std::string& value) {
        if (const auto* given = find(key)) value = *given;
    }

    void directory(const std::string& key, std::filesystem::path& value) {
        const auto* given = find(key);
        if (given == nullptr) return;
        value = *given;
        if (!value.is_absolute()) wrong(key, "the folder is not an absolute path", "Write the whole path, from /.");
    }

    /// A file's path without its ending; empty: none.
    void base(const std::string& key, std::filesystem::path& value) {
        const auto* given = find(key);
        if (given == nullptr) return;
        value = *given;
        if (!value.empty() && !value.is_absolute())
            wrong(key, "the path is not absolute",
                  "Write the whole path without .dic, as in /usr/share/hunspell/ru_RU.");
    }

    void flag(const std::string& key, bool& value) {
        const auto* given = find(key);
        if (given == nullptr) return;
        if (*given == "true" || *given == "false")
            value = *given == "true";
        else
            wrong(key, fmt::format("'{}' is neither true nor false", *given), "Write true or false.");
    }

    std::optional<std::int64_t> number(const std::string& key, std::int64_t least, std::int64_t most) {
        const auto* given = find(key);
        if (given == nullptr) return std::nullopt;
        std::int64_t value = 0;
        auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), value);
        if (error == std::errc() && end == given->data() + given->size() && value >= least && value <= most)
            return value;
        wrong(key, fmt::format("'{}' is no whole number from {} to {}", *given, least, most),
              "Write such a number, without a unit.");
        return std::nullopt;
    }

    /// "500ms", "30s", "10m", "2h".
    std::optional<std::chrono::milliseconds> duration(const std::string& key) {
        const auto* given = find(key);
        if (given == nullptr) return std::nullopt;
        std::int64_t value = 0;
        auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), value);
        const std::string unit(end, given->data() + given->size());
        static const std::map<std::string, std::int64_t> units = {
            {"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}};
        auto factor = units.find(unit);
        if (error == std::errc() && factor != units.end() && value > 0 && value <= 1'000'000)
            return std::chrono::milliseconds(value * factor->second);
        wrong(key, fmt::format("'{}' is no duration", *given), "Write a number with ms, s, m or h, as in 30m.");
        return std::nullopt;
    }

    void wrong(const std::string& key, const std::string& reason, const std::string& fix) {
        errors_.push_back({key, reason, fix});
    }

    void refuseUnknown() {
        for (const auto& [key, value] : config_) {
            if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
            const auto meant = common::nearest(key, known_);
            wrong(key, "there is no such key",
                  meant.empty() ? "Take it out." : fmt::format("Did you mean '{}'?", meant));
        }
    }

private:
    const host::sdk::ModuleConfig& config_;
    std::vector<FieldError>& errors_;
    std::vector<std::string> known_;
};

struct CronField {
    const char* name;
    int least;
    int most;
    bool named;  ///< months and days of the week may be three letters
};
constexpr std::array<CronField, 5> kCronFields{{{"minute", 0, 59, false},
                                                {"hour", 0, 23, false},
                                                {"day of month", 1, 31, false},
                                                {"month", 1, 12, true},
                                                {"day of week", 0, 7, true}}};

/// What is wrong with one bound of a field; empty when nothing is.
std::string wrongBound(const CronField& field, const std::string& text) {
    if (text == "*" || (field.named && text.size() == 3 && std::isalpha(static_cast<unsigned char>(text[0])) != 0))
        return {};
    int value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && error == std::errc() && end == text.data() + text.size() && value >= field.least &&
        value <= field.most)
        return {};
    return fmt::format("its {} holds '{}', which is no number from {} to {}", field.name, text, field.least,
                       field.most);
}

/// What is wrong with a schedule, so that --check tells it; the host reads the schedule itself when the job is added.
std::string wrongSchedule(const std::string& schedule) {
    std::istringstream words(schedule);
    std::vector<std::string> fields{std::istream_iterator<std::string>(words), {}};
    if (fields.size() != kCronFields.size()) return fmt::format("'{}' has not five fields", schedule);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        std::istringstream parts(fields[i]);
        for (std::string part; std::getline(parts, part, ',');) {
            std::istringstream bounds(part.substr(0, part.find('/')));
            for (std::string bound; std::getline(bounds, bound, '-');)
                if (auto wrong = wrongBound(kCronFields.at(i), bound); !wrong.empty()) return wrong;
        }
    }
    return {};
}

/// What is wrong with the address that files are opened at; empty: nothing, or it isn't set.
std::string wrongBase(const std::string& base) {
    if (base.empty()) return {};
    const bool known = base.starts_with("https://") || base.starts_with("http://");
    const auto host = known ? base.substr(base.find("//") + 2) : std::string();
    if (host.empty() || host.front() == '/') return fmt::format("'{}' is no address of http or https", base);
    for (const char c : base)
        if (c <= ' ' || c >= 0x7f || c == '?' || c == '#' || c == '"' || c == '\\')
            return fmt::format("'{}' has a character that can't stand there", base);
    return {};
}

}  // namespace

ModuleSettings ModuleSettings::parse(const host::sdk::ModuleConfig& config, std::vector<FieldError>& errors) {
    ModuleSettings out;
    Reader in(config, errors);
    in.directory("profiles_directory", out.profiles);
    in.directory("letters_directory", out.letters);
    in.text("schedule", out.schedule);
    if (auto wrong = wrongSchedule(out.schedule); !wrong.empty())
        in.wrong("schedule", wrong, "Write minute, hour, day of month, month and day of week, as in 0 2 * * *.");
    in.text("follow_up", out.followUp);
    if (auto wrong = wrongSchedule(out.followUp); !wrong.empty())
        in.wrong("follow_up", wrong, "Write minute, hour, day of month, month and day of week, as in */5 * * * *.");
    in.text("time_zone", out.timeZone);
    if (!common::TimeZone::find(out.timeZone))
        in.wrong("time_zone", fmt::format("there is no time zone '{}'", out.timeZone),
                 "Use an IANA name, as in Europe/Moscow.");
    in.flag("replace_keys", out.replaceKeys);
    if (auto n = in.number("batch.statements", 1, 1'000)) out.night.maxStatements = static_cast<std::size_t>(*n);
    if (auto n = in.number("batch.bytes", 1'024, 64 * 1024 * 1024)) out.night.maxBytes = static_cast<std::size_t>(*n);
    if (auto n = in.number("batch.sessions", 1, 64)) out.night.sessions = static_cast<int>(*n);
    if (auto d = in.duration("retry.first")) out.night.backoff.first = *d;
    if (auto d = in.duration("retry.longest")) out.night.backoff.longest = *d;
    if (auto d = in.duration("retry.patience"))
        out.night.patience = std::chrono::duration_cast<std::chrono::seconds>(*d);
    if (auto d = in.duration("retry.probe_first")) out.night.breaker.silentFirst = *d;
    if (auto d = in.duration("retry.probe_longest"))
        out.night.breaker.silentLongest = out.night.breaker.refusedLongest = *d;
    out.night.breaker.silentFirst = std::min(out.night.breaker.silentFirst, out.night.breaker.silentLongest);
    out.night.breaker.refusedFirst = std::min(out.night.breaker.refusedFirst, out.night.breaker.refusedLongest);
    if (auto n = in.number("organizations_at_once", 1, 256))
        out.night.organizationsAtOnce = static_cast<std::size_t>(*n);
    if (auto n = in.number("old_records.after_days", 1, 3'650)) out.night.oldAfter = std::chrono::hours(24 * *n);
    if (auto d = in.duration("old_records.budget"))
        out.night.oldBudget = std::chrono::duration_cast<std::chrono::seconds>(*d);
    if (auto n = in.number("alarms.quarantine", 1, 1'000'000'000)) out.night.quarantineAlarm = *n;
    if (out.night.backoff.longest < out.night.backoff.first)
        in.wrong("retry.longest", "it is shorter than retry.first", "Make it at least as long.");
    if (auto d = in.duration("sso.timeout")) out.ssoTimeout = *d;
    if (auto n = in.number("exports.keep", 1, 10'000)) out.night.keepExports = static_cast<std::size_t>(*n);
    in.text("storage.region", out.night.storage.region);
    if (out.night.storage.region.empty() ||
        out.night.storage.region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
        in.wrong("storage.region", fmt::format("'{}' is no region", out.night.storage.region),
                 "Write its name in small letters, digits and hyphens, as in us-east-1.");
    if (const auto* style = in.find("storage.style")) {
        out.night.storage.pathStyle = *style != "host";
        if (*style != "path" && *style != "host")
            in.wrong("storage.style", fmt::format("'{}' is neither path nor host", *style),
                     "Write path for https://HOST/BUCKET/KEY, host for https://BUCKET.HOST/KEY.");
    }
    in.text("storage.public_base", out.night.storage.publicBase);
    if (auto wrong = wrongBase(out.night.storage.publicBase); !wrong.empty())
        in.wrong("storage.public_base", wrong,
                 "Write what a file's address begins with: https://files.example.net/{bucket}.");
    in.base("reflections.dictionary", out.night.reflections.russian);
    in.base("reflections.english_dictionary", out.night.reflections.english);
    if (auto n = in.number("xapi_files.statements", 1, 1'000'000))
        out.night.xapiFiles.statements = static_cast<std::size_t>(*n);
    if (auto n = in.number("xapi_files.bytes", 1'024, std::int64_t{4} * 1024 * 1024 * 1024))
        out.night.xapiFiles.bytes = static_cast<std::size_t>(*n);
    constexpr std::int64_t kTerabyte = std::int64_t{1} << 40;
    if (auto n = in.number("tables.rows", 1, 100'000'000)) out.tableLimits.rows = *n;
    if (auto n = in.number("tables.bytes", 65'536, kTerabyte)) out.tableLimits.bytes = *n;
    if (auto n = in.number("tables.archive_bytes", 65'536, kTerabyte)) out.tableLimits.archiveBytes = *n;
    using Reading = delivery::ReadBackSettings::Mode;
    if (const auto* mode = in.find("receipts.read")) {
        static const std::map<std::string, Reading> modes = {
            {"sample", Reading::Sample}, {"whole", Reading::Whole}, {"none", Reading::None}};
        if (const auto found = modes.find(*mode); found != modes.end())
            out.night.readBack.mode = found->second;
        else
            in.wrong("receipts.read", fmt::format("'{}' is neither sample, whole nor none", *mode),
                     "Write sample, whole or none.");
    }
    if (auto n = in.number("receipts.sample", 1, 100'000)) out.night.readBack.sample = static_cast<std::size_t>(*n);
    if (auto d = in.duration("receipts.budget"))
        out.night.readBack.budget = std::chrono::duration_cast<std::chrono::seconds>(*d);
    if (auto d = in.duration("receipts.pause"))
        out.night.readBack.pause = std::chrono::duration_cast<std::chrono::seconds>(*d);
    out.night.readBack.lanes = std::min(out.night.readBack.lanes, out.night.sessions);  // never more than the sending
    in.refuseUnknown();
    return out;
}

}  // namespace plugin
