#include "plugin/reflections/Checks.h"

#include <algorithm>
#include <array>

namespace plugin::reflections {

namespace checks {
const Check kNoText{"no-text", "В рефлексии нет ни одного слова.", "Слушатель должен написать рефлексию словами."};
const Check kTooShort{"too-short", "Рефлексия слишком короткая.",
                      "Попросите слушателя написать подробнее: что узнал, что получилось, что было трудно."};
const Check kMashing{"mashing", "Вместо текста набраны случайные или повторяющиеся знаки.",
                     "Слушатель должен написать осмысленную рефлексию."};
const Check kNoRealWords{"no-real-words", "В тексте почти нет настоящих слов.",
                         "Слушатель должен написать осмысленную рефлексию; если слова верны, примите её с пояснением."};
const Check kRepetition{"repetition", "Одни и те же слова или фразы повторяются.",
                        "Попросите слушателя раскрыть мысль, а не повторять её."};
const Check kWordSalad{"word-salad", "Слова не складываются в предложения.",
                       "Прочитайте текст: если он осмыслен, примите его с пояснением."};
const Check kOtherLanguage{"other-language", "Текст написан на языке, который проверка не знает.",
                           "Прочитайте текст и решите, принять ли его."};
const Check kBorrowed{"borrowed-from-programme", "Значительная часть текста взята из описания программы.",
                      "Слушатель должен написать рефлексию своими словами."};
const Check kCopied{"copied-from-learner", "Значительная часть текста совпадает с рефлексией другого слушателя.",
                    "Сравните тексты; слушатель должен написать рефлексию своими словами."};
const Check kCopiedByOthers{"copied-by-others",
                            "С этим текстом совпадает рефлексия другого слушателя, и кто писал первым, неизвестно.",
                            "Сравните тексты и решите, чья рефлексия принимается."};
const Check kRepeatedOwn{"repeated-own", "Слушатель сдал один и тот же текст за разные модули.",
                         "Рефлексия нужна о каждом модуле отдельно."};
}  // namespace checks

std::span<const Check* const> allChecks() {
    using namespace checks;
    static constexpr std::array all{&kNoText,        &kTooShort, &kMashing, &kNoRealWords,    &kRepetition, &kWordSalad,
                                    &kOtherLanguage, &kBorrowed, &kCopied,  &kCopiedByOthers, &kRepeatedOwn};
    return all;
}

const Check* findCheck(std::string_view code) {
    for (const auto* check : allChecks())
        if (code == check->code) return check;
    return nullptr;
}

const char* toString(Standing standing) {
    switch (standing) {
        case Standing::Borderline:
            return "borderline";
        case Standing::Flagged:
            return "flagged";
        case Standing::Fine:
            break;
    }
    return "fine";
}

Standing Verdict::standing() const {
    auto worst = Standing::Fine;
    for (const auto& finding : findings) worst = std::max(worst, finding.standing);
    return worst;
}

bool Verdict::has(const Check& check) const {
    return std::any_of(findings.begin(), findings.end(), [&](const auto& finding) { return finding.check == &check; });
}

}  // namespace plugin::reflections
