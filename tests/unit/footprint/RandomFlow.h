#pragma once
/// Valid records at random, from a seed: hostile texts, marks as people give them and as machines compute them.

#include "tests/unit/footprint/FootprintTestKit.h"

#include <cmath>
#include <random>

namespace kit {

class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}
    std::int64_t upTo(std::int64_t most) { return std::uniform_int_distribution<std::int64_t>(0, most)(engine_); }
    bool coin() { return upTo(1) == 1; }
    double real(double least, double most) {
        // Marks as people give them, and as machines compute them.
        const double value = std::uniform_real_distribution<double>(least, most)(engine_);
        return coin() ? value : std::min(most, std::max(least, std::round(value * 2) / 2));
    }
    std::string text() {
        static const std::vector<std::string> parts{"Тема", "ё", "\"", "\\",  "\n", "\t", "{",        "}",  ",",   "]",
                                                    "😀",    "a", "=",  "<b>", "&",  "«",  "\xc2\xa0", "漢", "\x7f"};
        std::string out;
        for (std::int64_t i = upTo(20); i >= 0; --i) out += parts[static_cast<std::size_t>(upTo(18))];
        return out;
    }
    template <class T>
    std::optional<T> maybe(T value) {
        return coin() ? std::optional<T>(value) : std::nullopt;
    }

private:
    std::mt19937 engine_;
};

/// Valid values everywhere, and `records` more records of every kind.
inline void shake(Case& c, Random& random, RecordId records = 50) {
    auto& s = c.sample.structure;
    s.programme.title = random.text();
    s.programme.description = random.coin() ? random.text() : "";
    s.programme.online = random.maybe(random.coin());
    s.programme.minutesPerHour = random.maybe(random.real(10, 100));
    for (auto& module : s.modules) module.description = random.coin() ? random.text() : "";
    for (auto& element : s.elements) {
        element.title = random.text();
        element.description = random.coin() ? random.text() : "";
        element.required = random.maybe(random.coin());
        element.durationSeconds = random.maybe(random.upTo(20'000));
        element.lectureHours = random.maybe(random.real(0, 20));
        element.workshopHours = random.maybe(random.real(0, 20));
        element.comparability = random.maybe(static_cast<int>(random.upTo(1)));
        element.practical = random.maybe(random.coin());
        element.maxAttempts = random.maybe(static_cast<int>(1 + random.upTo(9)));
    }
    const std::vector<Result> results = c.sample.results;
    for (RecordId i = 0; i < records; ++i) {
        Result r = results[static_cast<std::size_t>(random.upTo(static_cast<std::int64_t>(results.size()) - 1))];
        r.id = 100'000 + i;
        r.at = c.sample.now - random.upTo(100'000'000'000'000);
        if (r.elementId == 53) {  // a diary has no mark
            c.sample.results.push_back(r);
            continue;
        }
        r.min = random.real(-10, 10);
        r.max = *r.min + 0.5 + random.real(0, 100);
        r.raw = random.real(*r.min, *r.max);
        r.passScore = random.maybe(random.real(*r.min, *r.max));
        if (!r.passScore) c.element(r.elementId).passScore.reset();
        r.success = random.coin();
        r.attempt = static_cast<int>(1 + random.upTo(5));
        r.durationSeconds = random.maybe(random.upTo(100'000));
        c.sample.results.push_back(r);
    }
    for (RecordId i = 0; i < records; ++i) {
        View v = c.sample.views[static_cast<std::size_t>(random.upTo(1))];
        v.id = 200'000 + i;
        v.percent = random.real(85, 100);
        v.watchedSeconds = random.upTo(20'000);
        v.recording = random.maybe(random.coin());
        v.at = c.sample.now - random.upTo(100'000'000'000'000);
        c.sample.views.push_back(v);
    }
    for (RecordId i = 0; i < records; ++i) {
        Opening o = c.sample.openings[0];
        o.id = 300'000 + i;
        o.downloaded = random.coin();
        o.at = c.sample.now - random.upTo(100'000'000'000'000);
        c.sample.openings.push_back(o);
        Reflection r = c.sample.reflections[random.coin() ? 0 : 1];
        r.id = 400'000 + i;
        r.text = random.text();
        r.at = c.sample.now - random.upTo(100'000'000'000'000);
        c.sample.reflections.push_back(r);
    }
}

/// The profile asks nothing of such a record: University 2035's own nomenclature of the project leaves it out.
inline bool isLeftOut(const Unsendable& why, const std::string& profile) {
    return profile == "digital-professions" && why.code == "kind-not-in-profile" &&
           (why.reason.find("fact") != std::string::npos || why.reason.find("practice-diary") != std::string::npos);
}

}  // namespace kit
