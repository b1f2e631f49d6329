#include "plugin/reflections/Sense.h"

#include <gtest/gtest.h>

using namespace plugin::reflections;

namespace {

struct ReflectionSense : testing::Test {
    static Dictionary* dictionary() {
        static Dictionary one("/usr/share/hunspell/ru_RU", "/usr/share/hunspell/en_US");
        return one.isReady() ? &one : nullptr;
    }
    static Verdict of(std::string_view text, Dictionary* with = dictionary()) {
        return {senseOf(fold(text), {}, with)};
    }
    static std::string code(std::string_view text, Dictionary* with = dictionary()) {
        const auto verdict = of(text, with);
        return verdict.findings.empty() ? "" : verdict.findings.back().check->code;
    }
};

}  // namespace

TEST_F(ReflectionSense, ofNoWordsIsFlagged) {
    EXPECT_EQ(code("   … !!! 😀😀"), "no-text");
    EXPECT_EQ(code(""), "no-text");
}

TEST_F(ReflectionSense, ofThreeWordsIsTooShort) {
    EXPECT_EQ(code("Всё понравилось, спасибо"), "too-short");
}

TEST_F(ReflectionSense, ofHiddenCharactersCountsNone) {
    EXPECT_EQ(code("Всё\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B понравилось"), "too-short");
}

TEST_F(ReflectionSense, seesMashingWithoutADictionary) {
    for (const auto* text : {"1111 1111 1111 1111 1111 1111", "fgfgfg fgfgfg fgfgfgfg fgfgfg fgfgfg",
                             "йцукен йцукенг фывапр ячсмить олджэ", "asdasd asdasd qweqwe zxczxc asdasd",
                             "ааааааа оооооо ууууу ыыыыы ааааа"})
        EXPECT_EQ(code(text, nullptr), "mashing") << text;
}

TEST_F(ReflectionSense, seesRandomLettersWithADictionary) {
    if (dictionary() == nullptr) GTEST_SKIP() << "hunspell-ru is not installed";
    for (const auto* text : {"аоыв авыа лоывр щшцу йлоа выдла фжыв", "жщфъ крцув ыэбт длвцу нгпйк рвзщы тжца"})
        EXPECT_EQ(of(text).standing(), Standing::Flagged) << text;
}

TEST_F(ReflectionSense, neverFlagsTechnicalWordsNamesAndSlang) {
    for (const auto* text :
         {"Настроил PID в Betaflight и прошил ESC через BLHeli, квадрик перестал трястись, респект Ибрагиму Хусаинову",
          "Сделал ETL на pandas, залил в PostgreSQL, поднял Grafana в Docker, дашборд для НПО «Алмаз-Антей» готов",
          "Прикольный курс, нейросетки рулят, запилил телеграм-бота, промптинг оказался не хайпом, а скиллом"})
        EXPECT_NE(of(text).standing(), Standing::Flagged) << text << ": " << code(text);
}

TEST_F(ReflectionSense, ofOneWordAgainAndAgainIsRepetition) {
    EXPECT_EQ(code("хорошо хорошо хорошо хорошо хорошо хорошо хорошо хорошо хорошо"), "repetition");
    EXPECT_EQ(code("Мне понравился этот курс. Мне понравился этот курс. Мне понравился этот курс."), "repetition");
}

TEST_F(ReflectionSense, ofAnotherLanguageGoesToAPerson) {
    const auto verdict = of("Бу курс миңа бик ошады, укытучыларга зур рәхмәт, күп яңа нәрсә өйрәндем");

    EXPECT_TRUE(verdict.has(checks::kOtherLanguage));
    EXPECT_EQ(verdict.standing(), Standing::Borderline);
    EXPECT_EQ(of("这门课程非常有意思 我学到了很多新的东西 谢谢老师 我会继续学习的 很好 很好").standing(),
              Standing::Borderline);
}

TEST_F(ReflectionSense, ofRealWordsInRandomOrderGoesToAPerson) {
    const auto verdict =
        of("для понимать моделями курс в и очень нового преподаватель на был тема с задачах интересно к");

    EXPECT_EQ(verdict.standing(), Standing::Borderline);
    EXPECT_TRUE(verdict.has(checks::kWordSalad));
}

TEST_F(ReflectionSense, ofHostileTextsEnds) {
    std::string longWord(1'000'000, 'x');
    EXPECT_EQ(of(longWord).standing(), Standing::Flagged);
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += "слово" + std::to_string(i) + " ";
    of(many);
    of("\u202Eтекст задом наперёд \u202D и ещё немного слов שלום עולם مرحبا بالعالم");
    std::string broken = "\xFF\xFE\x80";
    broken.append(100, '\xD0');
    of(broken);
}

TEST(Dictionary, thatIsNotThereIsNamedAndJudgesNothing) {
    Dictionary dictionary("/nowhere/ru_RU", "");

    EXPECT_FALSE(dictionary.isReady());
    ASSERT_EQ(dictionary.missing().size(), 1u);
    EXPECT_NE(dictionary.missing()[0].find("/nowhere/ru_RU"), std::string::npos);
    EXPECT_TRUE(senseOf(fold("Жщфъ крцув ыэбт длвцу нгпйк рвзщы тжца"), {}, &dictionary).empty());
}
