#include "plugin/reflections/Sense.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

namespace plugin::reflections {

namespace {

using Words = std::unordered_set<std::string_view>;

const Words kInstrumentalNever{"в", "во", "на", "о", "об", "обо", "при"};
const Words kGenitiveOnly{"для", "без", "от", "из", "у", "до", "после", "около", "среди", "кроме", "вместо", "против"};
const Words kDativeOnly{"к", "ко"};
const Words kNoPrepositional{"с", "со", "над", "под", "перед", "между", "за", "через", "про"};
const Words kPrepositions{"в",  "во",    "на",    "о",  "об",    "обо",   "при",   "для",    "без",   "от",    "из",
                          "у",  "до",    "после", "к",  "ко",    "с",     "со",    "над",    "под",   "перед", "между",
                          "за", "через", "про",   "по", "около", "среди", "кроме", "вместо", "против"};
const Words kJoining{"и", "а", "но", "или", "либо", "же", "ли", "бы"};
const Words kOthers{"что",     "чтобы",   "если",    "когда", "как",    "потому", "поэтому", "также", "хотя",  "не",
                    "ни",      "то",      "так",     "уже",   "еще",    "только", "даже",    "я",     "мы",    "мне",
                    "меня",    "нам",     "нас",     "он",    "она",    "они",    "его",     "ее",    "их",    "это",
                    "этот",    "эта",     "эти",     "этой",  "этом",   "этого",  "тем",     "том",   "все",   "всех",
                    "мой",     "мои",     "свой",    "свои",  "был",    "была",   "было",    "были",  "очень", "где",
                    "который", "которые", "которая", "чем",   "теперь", "сам",    "себя",    "есть",  "нет",   "можно"};

const Words kAdverbs{"снова", "вчера",  "сразу",  "очень", "уже", "тоже",   "завтра",   "сегодня", "теперь",
                     "потом", "иногда", "всегда", "также", "еще", "быстро", "медленно", "хорошо",  "интересно"};

bool endsWithAny(std::string_view word, std::initializer_list<std::string_view> endings) {
    return std::any_of(endings.begin(), endings.end(), [&](auto ending) { return word.ends_with(ending); });
}

bool isVerb(std::string_view word) {
    static const Words nouns{"сеть", "память", "путь", "нить", "печать", "суть", "смерть", "треть", "стать", "кровать"};
    if (word.size() < 8 || nouns.count(word) != 0) return false;
    return endsWithAny(word, {"ться", "тся",   "лась",  "лись",  "лось",  "лся",   "ешь",  "ишь", "ают",
                              "яют",  "уют",   "ает",   "яет",   "ует",   "ать",   "ить",  "еть", "уть",
                              "овал", "овали", "овала", "ывали", "ывала", "ивали", "ивала"}) &&
           !word.ends_with("память");
}

/// The next word can't stand behind this preposition.
bool breaksAfter(std::string_view preposition, std::string_view next) {
    if (kPrepositions.count(next) != 0) return preposition != "из" && preposition != "по";
    if (kJoining.count(next) != 0 || kAdverbs.count(next) != 0 || isVerb(next)) return true;
    if (next.size() < 8) return false;
    const bool ami = endsWithAny(next, {"ами", "ями"});
    const bool ah = endsWithAny(next, {"ах", "ях"});
    const bool am = endsWithAny(next, {"ам", "ям"}) && !next.ends_with("амм");
    // «над зелёный»: a nominative that these prepositions never take.
    const bool takesNominative = preposition == "в" || preposition == "во" || preposition == "на" ||
                                 preposition == "за" || preposition == "под" || preposition == "через" ||
                                 preposition == "про" || preposition == "по" || preposition == "о" ||
                                 preposition == "об";
    if (!takesNominative && endsWithAny(next, {"ый", "ая", "ое", "ые"})) return true;
    if (kInstrumentalNever.count(preposition) != 0) return ami || endsWithAny(next, {"ого", "ыми", "ими"});
    if (kGenitiveOnly.count(preposition) != 0)
        return ami || ah || am || endsWithAny(next, {"ую", "юю", "ыми", "ими", "ому"});
    if (kDativeOnly.count(preposition) != 0) return ami || ah || endsWithAny(next, {"ого", "ую", "ых", "их"});
    if (kNoPrepositional.count(preposition) != 0) return ah || (am && preposition != "про") || next.ends_with("ому");
    return preposition == "по" && (ami || endsWithAny(next, {"ого", "ую", "ыми"}));
}

/// An adjective whose noun can't be the next word.
bool disagrees(std::string_view word, std::string_view next) {
    // Two infinitives on end, the second no part of the first's phrase: «прыгать считать».
    const auto infinitive = [](std::string_view w) {
        return isVerb(w) && endsWithAny(w, {"ать", "ить", "еть", "уть"});
    };
    if (infinitive(word) && (infinitive(next) || endsWithAny(next, {"ый", "ий"}))) return true;
    if (word.size() < 12 || next.size() < 8) return false;
    const bool plural = endsWithAny(next, {"ами", "ями", "ах", "ях"});
    if (word.ends_with("ого") || word.ends_with("ому"))
        return plural || endsWithAny(next, {"ую", "ые", "ыми", "ых", "ать", "ить"});
    if (word.ends_with("ую")) return plural || endsWithAny(next, {"ого", "ому", "ые", "ых", "ать", "ить", "ый"});
    if (word.ends_with("ыми")) return endsWithAny(next, {"ого", "ому", "ую", "ые", "ый", "ах", "ях", "ать", "ить"});
    if (word.ends_with("ый")) return plural || endsWithAny(next, {"ого", "ому", "ую", "ые", "ых", "ыми"});
    return false;
}

}  // namespace

Grammar grammarOf(const Folded& text) {
    Grammar out;
    const auto n = text.words.size();
    for (std::size_t i = 0; i < n; ++i) {
        const auto word = text.word(i);
        const bool preposition = kPrepositions.count(word) != 0;
        if (preposition || kJoining.count(word) != 0 || kOthers.count(word) != 0) ++out.functionWords;
        if (text.words[i].pause) {
            ++out.pauses;
            continue;
        }
        if (i + 1 == n) {
            if (preposition || word == "и" || word == "или") ++out.breaches;
            continue;
        }
        const auto next = text.word(i + 1);
        const auto& nextWord = text.words[i + 1];
        if (nextWord.script != Script::Russian) continue;
        if (preposition)
            out.breaches += breaksAfter(word, next) ? 1 : 0;
        else if (word == "и" || word == "или" || word == "но" || word == "а" || word == "не" || word == "ни")
            out.breaches += (next == "и" || next == "или" || next == "но" || next == "же" || next == "ли") ? 1 : 0;
        else
            out.breaches += disagrees(word, next) ? 1 : 0;
    }
    return out;
}

}  // namespace plugin::reflections
