// Checks of reflections against `xz -6 -T1` on the same texts, and how the time grows with their number. Folding,
// looking words up in the dictionary, comparing all with all and every verdict are ours; loading the dictionary is in
// it too.
//   bench_reflections prepare FILE TEXTS   writes the texts, one a line: 40 to 120 words, one in twenty a copy
//   bench_reflections check FILE [TEXTS]   ours, of the first TEXTS lines; prints {"value":seconds of checking,…}

#include "plugin/reflections/Corpus.h"
#include "tests/unit/reflections/TextSet.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sys/resource.h>

namespace {

using namespace plugin::reflections;
using namespace tests::reflections;

void prepare(const std::string& file, std::size_t texts) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    Writer w(tuningParts(), 2'035);
    const auto copying = tuningCopying();
    std::vector<std::string> recent;
    for (std::size_t i = 0; i < texts; ++i) {
        std::string text = w.honest(4, 8);
        if (recent.size() > 1 && i % 20 == 0)
            text = copying[w.below(copying.size())].make(w, recent[w.below(recent.size())], w.pick(recent));
        for (char& c : text)
            if (c == '\n') c = ' ';
        if (recent.size() < 1'000)
            recent.push_back(text);
        else
            recent[w.below(recent.size())] = text;
        out << text << '\n';
    }
}

void check(const std::string& file, std::size_t most) {
    const auto begin = std::chrono::steady_clock::now();
    Dictionary dictionary("/usr/share/hunspell/ru_RU", "/usr/share/hunspell/en_US");
    if (!dictionary.isReady()) {
        std::cerr << "hunspell-ru is not installed\n";
        std::exit(1);
    }
    const auto loaded = std::chrono::steady_clock::now();
    Corpus corpus({}, &dictionary);
    for (const auto& text : tuningParts().programme) corpus.describe(text);
    std::ifstream in(file, std::ios::binary);
    std::int64_t id = 0;
    for (std::string line; static_cast<std::size_t>(id) < most && std::getline(in, line);) {
        ++id;
        corpus.add({id, 1, id, 1, id, line});
    }
    std::size_t doubtful = 0;
    corpus.judge([&](auto, const Verdict& verdict) { doubtful += verdict.standing() == Standing::Fine ? 0 : 1; });
    const auto end = std::chrono::steady_clock::now();
    const auto seconds = [](auto d) { return std::chrono::duration<double>(d).count(); };
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{{\"value\":{:.6f},\"loading\":{:.6f},\"texts\":{},\"doubtful\":{},\"megabytes\":{}}}\n",
               seconds(end - loaded), seconds(loaded - begin), id, doubtful, usage.ru_maxrss / 1024);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> a(argv + 1, argv + argc);
    if (a.size() == 3 && a[0] == "prepare")
        prepare(a[1], std::stoul(a[2]));
    else if (a.size() >= 2 && a[0] == "check")
        check(a[1], a.size() > 2 ? std::stoul(a[2]) : SIZE_MAX);
    else
        return std::cerr << "bench_reflections prepare FILE TEXTS | check FILE [TEXTS]\n", 2;
    return 0;
}
