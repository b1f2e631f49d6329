// Items of a JSON source: ours is a whole run of the kind "http" (request, encoding, paths, rows) over pages that lie
// in memory; the anchor is a bare RapidJSON loop (parse in place, FindMember, copy) over the same pages.
//   bench_items ours|anchor [SECONDS]    prints {"value": items a second}
//   bench_items memory PAGES             prints {"value": megabytes at the most}

#include "host/connectors/http/HttpKind.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

using namespace host;

constexpr int kItems = 1000;
const std::vector<std::string> kColumns{"id",  "student.id", "student.name", "element", "score",
                                        "max", "passed",     "at",           "comment", "attempt"};

std::string page(int number) {
    std::string out = R"({"total":100000000,"data":[)";
    for (int i = 0; i < kItems; ++i) {
        const int id = number * kItems + i;
        out += fmt::format(
            R"({}{{"id":{},"student":{{"id":"u{}","name":"Ёлкина Анна {}"}},"element":"quiz-{}","score":{}.25,"max":100,)"
            R"("passed":{},"at":"2026-03-01T10:{:02}:00+03:00","comment":"Зачтено \"с отличием\"","attempt":{},"extra":null}})",
            i == 0 ? "" : ",", id, id % 5000, id % 5000, id % 40, id % 100, id % 2 == 0 ? "true" : "false", id % 60,
            id % 3);
    }
    return out + "]}";
}

/// Gives pages for ever, a few different ones in turn.
class Pages final : public sdk::OutboundHttp {
public:
    explicit Pages(std::size_t count) : count_(count) {
        for (int i = 0; i < 8; ++i) pages_.push_back(page(i));
    }
    sdk::OutboundResponse send(const sdk::OutboundRequest&) override {
        sdk::OutboundResponse response;
        response.status = 200;
        response.headers = {{"content-type", "application/json; charset=utf-8"}};
        response.body = given_ < count_ ? pages_[given_ % pages_.size()] : R"({"total":0,"data":[]})";
        ++given_;
        return response;
    }
    const std::string& one(std::size_t index) const { return pages_[index % pages_.size()]; }

private:
    std::vector<std::string> pages_;
    std::size_t count_;
    std::size_t given_ = 0;
};

class StillClock final : public sdk::Clock {
public:
    sdk::Micros now() const override { return 0; }
    std::chrono::steady_clock::time_point steadyNow() const override { return {}; }
};

std::size_t ours(std::size_t pages) {
    Pages http(pages);
    StillClock clock;
    const auto tools = std::shared_ptr<connectors::WebTools>(
        new connectors::WebTools{http, clock, [](std::chrono::milliseconds, const std::stop_token&) {}});
    sdk::SourceRequest request;
    request.connection.texts = {{"url", "https://lms.example.org"}};
    request.route.texts = {{"items", "$.data[*]"}, {"paging", "page"}, {"pageParameter", "page"}};
    request.columns = kColumns;
    const auto reader = connectors::HttpKind(tools).open(request);
    sdk::SourceRow row;
    std::size_t bytes = 0;
    while (reader->next(row))
        for (const auto& cell : row.cells) bytes += cell ? cell->size() : 0;
    return bytes;
}

std::size_t anchor(std::size_t count) {
    const Pages pages(count);
    std::vector<std::string> cells(kColumns.size());
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::string body = pages.one(i);
        rapidjson::Document document;
        document.ParseInsitu<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag>(
            body.data());
        for (const auto& item : document["data"].GetArray()) {
            const auto take = [&](std::size_t column, const rapidjson::Value& in, const char* name) {
                const auto found = in.FindMember(name);
                if (found == in.MemberEnd()) return;
                if (found->value.IsString())
                    cells[column].assign(found->value.GetString(), found->value.GetStringLength());
                else
                    cells[column] = found->value.IsTrue() ? "true" : "false";
                bytes += cells[column].size();
            };
            take(0, item, "id");
            take(1, item["student"], "id");
            take(2, item["student"], "name");
            take(3, item, "element");
            take(4, item, "score");
            take(5, item, "max");
            take(6, item, "passed");
            take(7, item, "at");
            take(8, item, "comment");
            take(9, item, "attempt");
        }
    }
    return bytes;
}

double peakMegabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.compare(0, 6, "VmHWM:") == 0) return std::strtod(line.c_str() + 6, nullptr) / 1024;
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string which = count > 1 ? arguments[1] : "";
    if (which == "memory") {
        ours(count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 100);
        fmt::print(R"({{"value":{:.1f}}})"
                   "\n",
                   peakMegabytes());
        return 0;
    }
    if (which != "ours" && which != "anchor") {
        fmt::print(stderr, "usage: bench_items ours|anchor [SECONDS] | memory PAGES\n");
        return 2;
    }
    constexpr std::size_t kPages = 100;
    if (ours(kPages) != anchor(kPages)) {
        fmt::print(stderr, "bench_items: the two do not read the same\n");
        return 1;
    }
    const double seconds = count > 2 ? std::strtod(arguments[2], nullptr) : 2;
    const auto begin = std::chrono::steady_clock::now();
    std::size_t rounds = 0;
    double took = 0;
    do {
        which == "ours" ? ours(kPages) : anchor(kPages);
        ++rounds;
        took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    } while (took < seconds);
    fmt::print(R"({{"value":{:.0f}}})"
               "\n",
               static_cast<double>(rounds * kPages * kItems) / took);
    return 0;
}
