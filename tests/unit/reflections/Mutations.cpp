#include "tests/unit/reflections/TextSet.h"

#include <algorithm>

namespace tests::reflections {

namespace {

std::string randomWord(Writer& w, const std::string& alphabet, std::size_t least, std::size_t most) {
    const auto points = letters(alphabet);
    std::string out;
    for (std::size_t i = least + w.below(most - least + 1); i > 0; --i) out += w.pick(points);
    return out;
}

/// `count` words made one by one.
std::string words(Writer& w, std::size_t count, const std::function<std::string()>& make) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(make());
    return join(out, w.chance(50) ? " " : (w.chance(50) ? ", " : " "));
}

const std::string kRussian = "абвгдежзийклмнопрстуфхцчшщъыьэюя";

/// Every word with this chance becomes another one.
std::string synonyms(Writer& w, const std::string& text, int percent) {
    auto all = wordsOf(text);
    const auto times = std::max<std::size_t>(1, all.size() * static_cast<std::size_t>(percent) / 100);
    for (std::size_t i = 0; i < times; ++i) all[w.below(all.size())] = w.pick(w.parts().realWords);
    return join(all);
}

/// Every letter that the list names is replaced with this chance.
std::string disguised(Writer& w, const std::string& text, const std::vector<std::pair<std::string, std::string>>& pairs,
                      int percent) {
    std::string out;
    for (const auto& letter : letters(text)) {
        auto it = std::find_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.first == letter; });
        out += it != pairs.end() && w.chance(percent) ? it->second : letter;
    }
    return out;
}

std::string sprinkled(Writer& w, const std::string& text, const std::vector<std::string>& marks, int percent) {
    std::string out;
    for (const auto& letter : letters(text)) out += w.chance(percent) ? letter + w.pick(marks) : letter;
    return out;
}

std::string firstHalf(const std::string& text) {
    auto s = sentencesOf(text);
    s.resize((s.size() + 1) / 2);
    return join(s);
}

}  // namespace

std::vector<Nonsense> tuningNonsense() {
    return {{"one digit",
             [](Writer& w) { return words(w, 8 + w.below(20), [&] { return std::string(1 + w.below(6), '1'); }); }},
            {"fgfgfg",
             [](Writer& w) {
                 return words(w, 8 + w.below(12), [&] {
                     const auto unit = randomWord(w, "fgdsahjk", 2, 2);
                     return unit + unit + unit;
                 });
             }},
            {"home row",
             [](Writer& w) { return words(w, 8 + w.below(20), [&] { return randomWord(w, "фывапролдж", 3, 9); }); }},
            {"asdasd",
             [](Writer& w) {
                 return words(w, 8 + w.below(10), [&] { return std::string(w.chance(50) ? "asdasd" : "qweqwe"); });
             }},
            {"random letters",
             [](Writer& w) { return words(w, 8 + w.below(25), [&] { return randomWord(w, kRussian, 4, 11); }); }},
            {"latin letters",
             [](Writer& w) {
                 return words(w, 8 + w.below(25), [&] { return randomWord(w, "bcdfghjklmnpqrstvwxzaeiou", 4, 10); });
             }},
            {"mashing with a few words",
             [](Writer& w) {
                 return words(w, 10 + w.below(20), [&] {
                     return w.chance(25) ? w.pick(w.parts().realWords) : randomWord(w, "аоывлдпр", 4, 8);
                 });
             }},
            {"one word",
             [](Writer& w) {
                 const auto word = w.pick(w.parts().realWords);
                 return words(w, 8 + w.below(20), [&] { return word; });
             }},
            {"one sentence again and again",
             [](Writer& w) {
                 const auto s = w.sentence();
                 return s + " " + s + " " + s + " " + s;
             }},
            {"salad of a dictionary",
             [](Writer& w) { return words(w, 14 + w.below(20), [&] { return w.pick(w.parts().realWords); }); }, true},
            {"shuffled text",
             [](Writer& w) {
                 auto all = wordsOf(replaced(w.honest(), {{".", ""}, {",", ""}}));
                 shuffle(all, w);
                 return join(all);
             },
             true}};
}

std::vector<Nonsense> heldOutNonsense() {
    return {{"digits",
             [](Writer& w) { return words(w, 9 + w.below(15), [&] { return randomWord(w, "0123456789", 2, 7); }); }},
            {"rows of the keyboard",
             [](Writer& w) {
                 return words(w, 8 + w.below(15), [&] {
                     return w.pick({"йцукен", "ячсмить", "олджэ", "qwerty", "zxcvb", "шщзхъ", "ытьбю"});
                 });
             }},
            {"syllables",
             [](Writer& w) {
                 return words(w, 8 + w.below(20), [&] {
                     const auto s = randomWord(w, "блкмнтр", 1, 1) + randomWord(w, "аоу", 1, 1);
                     return s + s + s + (w.chance(50) ? s : "");
                 });
             }},
            {"russian words in the latin layout",
             [](Writer& w) {
                 static const auto russian = letters("йцукенгшщзхъфывапролджэячсмитьбю");
                 static const auto latin = letters("qwertyuiop[]asdfghjkl;'zxcvbnm,.");
                 std::vector<std::pair<std::string, std::string>> keys;
                 for (std::size_t i = 0; i < russian.size(); ++i) keys.emplace_back(russian[i], latin[i]);
                 return disguised(w, w.honest(), keys, 100);
             }},
            {"letters one by one",
             [](Writer& w) { return words(w, 10 + w.below(30), [&] { return randomWord(w, kRussian, 1, 2); }); }},
            {"invented words",
             [](Writer& w) {
                 return words(w, 9 + w.below(20), [&] {
                     return randomWord(w, "бвгджзклмнпрст", 1, 1) + randomWord(w, "аеиоу", 1, 1) +
                            randomWord(w, "бвгджзклмнпрстфхцчш", 1, 2) + randomWord(w, "аеиоуыя", 1, 1) +
                            randomWord(w, "бвгджзклмнпрст", 1, 2) + randomWord(w, "аоиыя", 0, 1);
                 });
             }},
            {"letters of words shuffled",
             [](Writer& w) {
                 auto all = wordsOf(w.honest());
                 for (auto& word : all) {
                     auto points = letters(replaced(word, {{".", ""}, {",", ""}}));
                     shuffle(points, w);
                     word = join(points, "");
                 }
                 return join(all);
             }},
            {"noise with a third of real words",
             [](Writer& w) {
                 const auto real = wordsOf(w.honest());
                 return words(w, 12 + w.below(20),
                              [&] { return w.chance(33) ? w.pick(real) : randomWord(w, kRussian, 3, 10); });
             }},
            {"two words in turn",
             [](Writer& w) {
                 const auto a = w.pick(w.parts().realWords);
                 const auto b = w.pick(w.parts().realWords);
                 std::vector<std::string> out;
                 for (std::size_t i = 0; i < 6 + w.below(10); ++i) out.push_back(a), out.push_back(b);
                 return join(out);
             }},
            {"one phrase pasted",
             [](Writer& w) {
                 const auto s = w.sentence();
                 return s + "\n" + s + "\n" + s;
             }},
            {"words in random order",
             [](Writer& w) {
                 auto all = wordsOf(replaced(w.honest(4, 8), {{".", ""}, {",", ""}, {"!", ""}, {":", ""}}));
                 shuffle(all, w);
                 return join(all);
             },
             true},
            {"a heap of nouns",
             [](Writer& w) { return words(w, 12 + w.below(25), [&] { return w.pick(w.parts().realWords); }); }, true}};
}

std::vector<Copying> tuningCopying() {
    return {{"verbatim", [](Writer&, const std::string& s, const std::string&) { return s; }},
            {"case and punctuation",
             [](Writer&, const std::string& s, const std::string&) {
                 return replaced(s, {{".", " !"}, {",", ""}, {"а", "А"}, {"о", "О"}, {"«", "\""}, {"»", "\""}});
             }},
            {"latin letters",
             [](Writer& w, const std::string& s, const std::string&) {
                 return disguised(
                     w, s, {{"а", "a"}, {"е", "e"}, {"о", "o"}, {"р", "p"}, {"с", "c"}, {"х", "x"}, {"у", "y"}}, 60);
             }},
            {"zero width spaces",
             [](Writer& w, const std::string& s, const std::string&) {
                 return sprinkled(w, s, {"\u200B", "\uFEFF"}, 20);
             }},
            {"5 % synonyms", [](Writer& w, const std::string& s, const std::string&) { return synonyms(w, s, 5); }},
            {"10 % synonyms", [](Writer& w, const std::string& s, const std::string&) { return synonyms(w, s, 10); }},
            {"sentences shuffled",
             [](Writer& w, const std::string& s, const std::string&) {
                 auto all = sentencesOf(s);
                 shuffle(all, w);
                 return join(all);
             }},
            {"a sentence added",
             [](Writer& w, const std::string& s, const std::string&) { return s + " " + w.sentence(); }},
            {"a sentence dropped",
             [](Writer&, const std::string& s, const std::string&) {
                 auto all = sentencesOf(s);
                 if (all.size() > 2) all.erase(all.begin() + 1);
                 return join(all);
             }},
            {"two merged", [](Writer&, const std::string& s, const std::string& other) {
                 return firstHalf(s) + " " + firstHalf(other);
             }}};
}

std::vector<Copying> heldOutCopying() {
    return {{"as it is", [](Writer&, const std::string& s, const std::string&) { return "  " + s + "\n\n"; }},
            {"soft hyphens and stress marks",
             [](Writer& w, const std::string& s, const std::string&) {
                 return sprinkled(w, s, {"\u00AD", "\u0301", "\u2060", "\u200D"}, 15);
             }},
            {"greek, capitals, digits for letters",
             [](Writer& w, const std::string& s, const std::string&) {
                 return disguised(
                     w, s,
                     {{"а", "α"}, {"о", "0"}, {"В", "B"}, {"Н", "H"}, {"М", "M"}, {"к", "k"}, {"з", "3"}, {"т", "τ"}},
                     50);
             }},
            {"decomposed letters, no dots, no punctuation",
             [](Writer&, const std::string& s, const std::string&) {
                 return replaced(s, {{"й", "и\u0306"}, {"ё", "е"}, {",", ""}, {".", ""}, {" ", "\u00A0 "}});
             }},
            {"typing slips in a word of twenty",
             [](Writer& w, const std::string& s, const std::string&) {
                 auto all = wordsOf(s);
                 for (auto& word : all)
                     if (w.chance(5)) {
                         auto points = letters(word);
                         std::swap(points.front(), points.back());
                         word = join(points, "");
                     }
                 return join(all);
             }},
            {"every twelfth word another",
             [](Writer& w, const std::string& s, const std::string&) {
                 auto all = wordsOf(s);
                 for (std::size_t i = 5; i < all.size(); i += 12) all[i] = w.pick(w.parts().realWords);
                 return join(all);
             }},
            {"fillers put in",
             [](Writer& w, const std::string& s, const std::string&) {
                 std::vector<std::string> out;
                 std::size_t n = w.below(6);
                 for (const auto& word : wordsOf(s)) {
                     out.push_back(word);
                     if (++n % 9 == 0) out.push_back(w.pick(w.parts().fillers));
                 }
                 return join(out);
             }},
            {"sentences backwards, one of one's own",
             [](Writer& w, const std::string& s, const std::string&) {
                 auto all = sentencesOf(s);
                 std::reverse(all.begin(), all.end());
                 all.insert(all.begin(), w.sentence());
                 return join(all);
             }},
            {"last sentence cut off",
             [](Writer&, const std::string& s, const std::string&) {
                 auto all = sentencesOf(s);
                 if (all.size() > 1) all.pop_back();
                 return join(all);
             }},
            {"two texts, sentence by sentence", [](Writer&, const std::string& s, const std::string& other) {
                 const auto a = sentencesOf(s), b = sentencesOf(other);
                 std::vector<std::string> out;
                 for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
                     out.push_back(a[i]), out.push_back(b[i]);
                 return join(out);
             }}};
}

}  // namespace tests::reflections
