// Statements per second, of one learner.grade: ours (values from a result, compiled template, appended text) against a
// Poco::JSON tree of the same statement. Ids are ready in both. `bench_statement ours|anchor|checked|plan [SECONDS]`:
// `checked` adds the validator, `plan` is the whole planner (id, look-up, rendering, validator, draft).

#include "plugin/footprint/FlowPlanner.h"
#include "plugin/footprint/RecordValues.h"
#include "plugin/footprint/SampleFlow.h"
#include "plugin/footprint/StatementValidator.h"

#include <Poco/JSON/Stringifier.h>
#include <fmt/format.h>
#include <rapidjson/document.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <sstream>

namespace {

using namespace plugin::footprint;
using host::sdk::Result;
using Poco::JSON::Array;
using Poco::JSON::Object;

constexpr auto kId = "3cc32992-6ce3-5b89-bf50-55029609028a";
constexpr auto kReference = "bf60d115-6328-5b29-bd3b-b156bf4ba25c";
/// Different records in turn, so that nothing is the same twice running.
constexpr std::size_t kRecords = 1000;

std::vector<Result> records(const SampleFlow& sample) {
    std::vector<Result> out;
    for (std::size_t i = 0; i < kRecords; ++i) {
        Result r = sample.results[0];
        r.id = static_cast<std::int64_t>(10'000 + i);
        r.raw = static_cast<double>(i % 101) / 10;
        r.success = *r.raw >= 6;
        r.durationSeconds = static_cast<std::int64_t>(i * 7);
        r.at = *r.at + static_cast<std::int64_t>(i) * 61'000'000;
        out.push_back(r);
    }
    return out;
}

class Ours {
public:
    Ours(const SampleFlow& sample, const Profile& profile)
        : kind_(*profile.statement("learner.grade")),
          index_(sample.structure),
          values_(profile, sample.organization, sample.project, index_, "900001") {
        values_.learner("100001");
    }
    const std::string& build(const Result& result) {
        values_.enter(*index_.element(result.elementId));
        values_.result(result);
        values_.statement(kId, *result.at);
        values_.values().setText(Name::RefElement, kReference);
        out_.clear();
        if (kind_.body.render(values_.values(), out_)) throw std::runtime_error("not rendered");
        return out_;
    }
    const StatementKind& kind() const { return kind_; }

private:
    const StatementKind& kind_;
    FlowIndex index_;
    RecordValues values_;
    std::string out_;
};

Object::Ptr object() {
    return new Object(Poco::JSON_PRESERVE_KEY_ORDER | Poco::JSON_ESCAPE_UNICODE);
}

/// As one would write it with Poco::JSON.
class Anchor {
public:
    explicit Anchor(const SampleFlow& sample) : zone_(sample.organization.timeZone) {}
    std::string build(const Result& r) {
        Object::Ptr account = object();
        account->set("homePage", "https://my.2035.university");
        account->set("name", "100001");
        Object::Ptr actor = object();
        actor->set("objectType", "Agent");
        actor->set("account", account);
        Object::Ptr display = object();
        display->set("ru-RU", "Прошёл испытание");
        Object::Ptr verb = object();
        verb->set("id", "http://adlnet.gov/expapi/verbs/passed");
        verb->set("display", display);
        Object::Ptr reference = object();
        reference->set("id", kReference);
        reference->set("objectType", "StatementRef");
        Object::Ptr score = object();
        score->set("raw", *r.raw);
        score->set("min", *r.min);
        score->set("max", *r.max);
        score->set("scaled", (*r.raw - *r.min) / (*r.max - *r.min));
        Object::Ptr attempts = object();
        attempts->set("https://api.2035.university/attempts_index", r.attempt);
        attempts->set("https://api.2035.university/attempts_max", 3);
        attempts->set("https://api.2035.university/score_threshold", (*r.passScore - *r.min) / (*r.max - *r.min) * 100);
        Object::Ptr result = object();
        result->set("score", score);
        result->set("success", *r.success);
        std::string duration;
        appendDuration(duration, *r.durationSeconds);
        result->set("duration", duration);
        result->set("extensions", attempts);
        Object::Ptr extensions = object();
        extensions->set("https://api.2035.university/project", "БАС");
        extensions->set("https://api.2035.university/parent_course_id", 50001);
        extensions->set("https://api.2035.university/flow_id", 7001);
        extensions->set("https://api.2035.university/module_num", 1);
        Object::Ptr context = object();
        context->set("extensions", extensions);
        Object::Ptr statement = object();
        statement->set("id", kId);
        statement->set("version", "1.0.3");
        statement->set("timestamp", zone_.text(*r.at));
        statement->set("actor", actor);
        statement->set("verb", verb);
        statement->set("object", reference);
        statement->set("result", result);
        statement->set("context", context);
        std::ostringstream out;
        statement->stringify(out);
        return out.str();
    }

private:
    ZoneTime zone_;
};

/// Both must say the same, or the figure would mean nothing.
void compare(Ours& ours, Anchor& anchor, const std::vector<Result>& results) {
    for (const Result& r : results) {
        rapidjson::Document a, b;
        a.Parse(ours.build(r).c_str());
        b.Parse(anchor.build(r).c_str());
        if (a.HasParseError() || b.HasParseError() || a != b)
            throw std::runtime_error(fmt::format("the two statements differ:\n{}\n{}", ours.build(r), anchor.build(r)));
    }
}

double perSecond(double seconds, std::size_t each, const std::function<std::size_t()>& round) {
    using Clock = std::chrono::steady_clock;
    std::size_t bytes = round();
    std::size_t count = 0;
    const auto begin = Clock::now();
    double elapsed = 0;
    for (; elapsed < seconds; count += each) {
        bytes += round();
        elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
    }
    if (bytes == 0) throw std::runtime_error("nothing was built");
    return static_cast<double>(count) / elapsed;
}

class Counter : public PlanSink {
public:
    void due(StatementDraft&& draft) override { bytes += draft.bytes.size(); }
    void unsendable(Unsendable&& why) override { throw std::runtime_error("unsendable: " + why.code); }
    std::size_t bytes = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const std::string which = argc > 1 ? argv[1] : "";
    const double seconds = argc > 2 ? std::stod(argv[2]) : 2;
    try {
        const SampleFlow sample = SampleFlow::make();
        const ProfileSet profiles = ProfileSet::load(BENCH_PROFILES);
        const Profile& profile = profiles.get("bas");
        const std::vector<Result> results = records(sample);
        Ours ours(sample, profile);
        Anchor anchor(sample);
        compare(ours, anchor, results);
        const auto all = [&](const auto& one) {
            return [&results, one] {
                std::size_t bytes = 0;
                for (const Result& r : results) bytes += one(r);
                return bytes;
            };
        };
        StatementValidator validator;
        Expectation expected;
        expected.now = sample.now;
        expected.graded = true;
        expected.contextExtensions = ours.kind().contextExtensions;
        double value = 0;
        if (which == "ours") {
            value = perSecond(seconds, kRecords, all([&](const Result& r) { return ours.build(r).size(); }));
        } else if (which == "anchor") {
            value = perSecond(seconds, kRecords, all([&](const Result& r) { return anchor.build(r).size(); }));
        } else if (which == "checked") {
            value = perSecond(seconds, kRecords, all([&](const Result& r) {
                                  const std::string& bytes = ours.build(r);
                                  if (validator.check(bytes, expected)) throw std::runtime_error("refused");
                                  return bytes.size();
                              }));
        } else if (which == "plan") {
            Counter sink;
            PlanInput input{profile,
                            sample.organization,
                            sample.project,
                            sample.structure,
                            sample.learners,
                            sample.installationId,
                            sample.now,
                            Contour::Production,
                            nullptr,
                            {},
                            {},
                            {}};
            FlowPlanner planner(input, sink);
            planner.structure();
            value = perSecond(seconds, kRecords, [&] {
                planner.results(results);
                return sink.bytes;
            });
        } else {
            std::cerr << "usage: bench_statement ours|anchor|checked|plan [SECONDS]\n";
            return 2;
        }
        std::cout << fmt::format(R"({{"name":"statement.{}","value":{:.0f},"unit":"statements/s"}})", which, value)
                  << '\n';
    } catch (const std::exception& error) {
        std::cerr << "bench_statement: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
