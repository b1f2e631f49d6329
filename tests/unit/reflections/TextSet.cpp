#include "tests/unit/reflections/TextSet.h"

#include <algorithm>
#include <set>

namespace tests::reflections {

std::vector<std::string> letters(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        out.push_back(text.substr(i, end - i));
        i = end;
    }
    return out;
}

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> out;
    std::string word;
    for (char c : text + " ") {
        if (c != ' ' && c != '\n') {
            word += c;
            continue;
        }
        if (!word.empty()) out.push_back(word);
        word.clear();
    }
    return out;
}

std::vector<std::string> sentencesOf(const std::string& text) {
    std::vector<std::string> out;
    std::string sentence;
    for (const auto& word : wordsOf(text)) {
        sentence += (sentence.empty() ? "" : " ") + word;
        const char last = word.back();
        if (last != '.' && last != '!' && last != '?') continue;
        out.push_back(sentence);
        sentence.clear();
    }
    if (!sentence.empty()) out.push_back(sentence);
    return out;
}

std::string join(const std::vector<std::string>& parts, const std::string& between) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : between) + part;
    return out;
}

std::string replaced(std::string text, const std::vector<std::pair<std::string, std::string>>& pairs) {
    for (const auto& [from, to] : pairs)
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    return text;
}

std::string Writer::fill(const std::string& pattern) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            out += pattern[i];
            continue;
        }
        const auto end = pattern.find('}', i);
        out += fill(pick(parts_.slots.at(pattern.substr(i + 1, end - i - 1))));
        i = end;
    }
    return out;
}

std::string Writer::inOwnWords(const std::string& sentence) {
    std::vector<std::string> out;
    const auto all = wordsOf(sentence);
    for (std::size_t i = 0; i < all.size(); ++i) {
        out.push_back(all[i]);
        const bool ends = i + 1 == all.size() || letters(all[i]).size() < 4;
        const bool opens = !ends && all[i].find_first_of(",.:;!?»") == std::string::npos;
        if (opens && chance(40)) out.push_back(pick(parts_.asides));
    }
    return join(out);
}

std::string Writer::sentence() {
    return inOwnWords(fill(pick(parts_.sentences)));
}

std::string Writer::honest(std::size_t least, std::size_t most) {
    const auto count = least + below(most - least + 1);
    std::vector<std::string> sentences;
    std::set<std::size_t> used;
    while (sentences.size() < count && used.size() < parts_.sentences.size()) {
        const auto which = below(parts_.sentences.size());
        if (used.insert(which).second) sentences.push_back(inOwnWords(fill(parts_.sentences[which])));
    }
    // One in ten quotes a line of the programme in a longer text.
    if (sentences.size() >= 5 && chance(10)) sentences.insert(sentences.begin() + 1, pick(parts_.programme));
    auto text = join(sentences);
    const auto habit = below(10);
    if (habit == 0) text = replaced(text, {{".", ""}, {",", ""}, {"!", ""}});
    if (habit == 1) text = replaced(text, {{". ", "\n"}, {"ё", "е"}});
    if (habit == 2) text = replaced(text, {{". ", "... "}, {"!", "!!!"}, {"очень", "ооочень"}});
    if (habit >= 3 && habit <= 5) {
        // Slips of the finger in one word of thirty: two letters change places, or one is lost or doubled.
        auto all = wordsOf(text);
        for (auto& word : all) {
            auto points = letters(word);
            if (points.size() < 5 || !chance(4)) continue;
            const auto at = 1 + below(points.size() - 3);
            const auto slip = below(3);
            if (slip == 0) std::swap(points[at], points[at + 1]);
            if (slip == 1) points.erase(points.begin() + static_cast<std::ptrdiff_t>(at));
            if (slip == 2) points.insert(points.begin() + static_cast<std::ptrdiff_t>(at), points[at]);
            word = join(points, "");
        }
        text = join(all);
    }
    return text;
}

}  // namespace tests::reflections
