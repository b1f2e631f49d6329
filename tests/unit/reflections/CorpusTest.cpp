#include "plugin/reflections/Corpus.h"

#include <gtest/gtest.h>

#include <map>

using namespace plugin::reflections;

namespace {

const std::string kOne =
    "Наконец-то понял, зачем перед вылетом смотреть на влажность, а не только на ветер. Раньше про обледенение винтов "
    "вообще не думал, а преподаватель показал фото с реального падения.";
const std::string kTwo =
    "Матрица рисков теперь висит у меня над столом, а планёрки стали вдвое короче. Научился отказывать заказчику, и "
    "проект впервые сдан без ночных авралов и ругани.";

struct ReflectionCorpus : testing::Test {
    void add(std::int64_t id, std::int64_t learner, const std::string& text, std::optional<std::int64_t> at = 1'000,
             std::int64_t module = 1, std::int64_t flow = 1) {
        corpus.add({id, flow, learner, module, at, text});
    }
    std::map<std::int64_t, Verdict> judged() {
        std::map<std::int64_t, Verdict> out;
        corpus.judge([&](auto id, const Verdict& verdict) { out[id] = verdict; });
        return out;
    }
    static const Finding* find(const Verdict& verdict, const Check& check) {
        for (const auto& finding : verdict.findings)
            if (finding.check == &check) return &finding;
        return nullptr;
    }
    Corpus corpus{{}, nullptr};
};

}  // namespace

TEST_F(ReflectionCorpus, flagsTheLaterOfTwoCopiesAndPointsAtTheEarlier) {
    add(5, 50, kOne, 2'000);
    add(9, 90, kOne, 1'000);

    auto verdicts = judged();

    const auto* finding = find(verdicts[5], checks::kCopied);
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->standing, Standing::Flagged);
    ASSERT_EQ(finding->resemblances.size(), 1u);
    EXPECT_EQ(finding->resemblances[0].reflection, 9);
    EXPECT_DOUBLE_EQ(finding->resemblances[0].share, 1.0);
    EXPECT_EQ(verdicts[9].standing(), Standing::Fine);
}

TEST_F(ReflectionCorpus, namesBothWhenNobodyKnowsWhoWasFirst) {
    add(5, 50, kOne, std::nullopt);
    add(9, 90, kOne, std::nullopt);

    auto verdicts = judged();

    EXPECT_EQ(verdicts[9].standing(), Standing::Flagged);
    const auto* other = find(verdicts[5], checks::kCopiedByOthers);
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->standing, Standing::Borderline);
    EXPECT_EQ(other->resemblances[0].reflection, 9);
}

TEST_F(ReflectionCorpus, findsATextThatHundredsCopied) {
    for (int i = 0; i < 400; ++i) add(1'000 - i, 1'000 - i, kOne, 10'000 + i);

    auto verdicts = judged();

    int flagged = 0;
    for (const auto& [id, verdict] : verdicts) flagged += verdict.standing() == Standing::Flagged ? 1 : 0;
    EXPECT_EQ(flagged, 399);
    EXPECT_EQ(find(verdicts[601], checks::kCopied)->resemblances[0].reflection, 1'000);
}

TEST_F(ReflectionCorpus, findsATextPutTogetherFromTwo) {
    add(1, 10, kOne, 1'000);
    add(2, 20, kTwo, 1'001);
    add(3, 30,
        kOne.substr(0, kOne.find(" Раньше")) + " " + kTwo.substr(kTwo.find("Научился")) + " Вот такие мои выводы.",
        1'002);

    auto verdicts = judged();

    const auto* finding = find(verdicts[3], checks::kCopied);
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->standing, Standing::Flagged);
    EXPECT_EQ(finding->resemblances.size(), 2u);
}

TEST_F(ReflectionCorpus, leavesAShortPopularPhraseToAPerson) {
    for (int i = 1; i <= 5; ++i) add(i, i, "Курс очень понравился, спасибо преподавателям!", 1'000 + i);

    for (const auto& [id, verdict] : judged()) {
        EXPECT_NE(verdict.standing(), Standing::Flagged) << id;
        EXPECT_EQ(verdict.has(checks::kCopied), id != 1) << id;
    }
}

TEST_F(ReflectionCorpus, countsAFormsQuestionsAsNobodysText) {
    const std::string form = "Что нового вы узнали из этого модуля и как примените в работе: ";
    for (int i = 1; i <= 60; ++i) {
        const auto n = std::to_string(i);
        add(i, i,
            form + "узнал" + n + " про тему" + n + " а также освоил" + n + " навык" + n + " и решил" + n + " задачу" +
                n + " очень" + n + " большую" + n,
            1'000 + i);
    }

    for (const auto& [id, verdict] : judged()) EXPECT_FALSE(verdict.has(checks::kCopied)) << id;
}

TEST_F(ReflectionCorpus, callsALearnersOwnTextNoCopyButARepetition) {
    add(1, 10, kOne, 1'000, 1);
    add(2, 10, kOne, 2'000, 2);
    add(3, 10, kOne, 3'000, 1);

    auto verdicts = judged();

    EXPECT_FALSE(verdicts[2].has(checks::kCopied));
    const auto* own = find(verdicts[2], checks::kRepeatedOwn);
    ASSERT_NE(own, nullptr);
    EXPECT_EQ(own->standing, Standing::Flagged);
    EXPECT_EQ(own->resemblances[0].reflection, 1);
}

TEST_F(ReflectionCorpus, flagsATextTakenFromTheProgramme) {
    corpus.describe(
        "Модуль знакомит с устройством беспилотных воздушных судов, основами аэродинамики и правилами "
        "использования воздушного пространства Российской Федерации.");
    add(1, 10,
        "Модуль знакомит с устройством беспилотных воздушных судов, основами аэродинамики и правилами использования "
        "воздушного пространства. Мне понравилось.");
    add(2, 20,
        "Нас знакомили с основами аэродинамики, и я впервые понял, почему крыло держит самолёт в воздухе, хотя формулы "
        "сложные и пришлось повторить школьную физику.",
        1'001);

    auto verdicts = judged();

    EXPECT_EQ(find(verdicts[1], checks::kBorrowed)->standing, Standing::Flagged);
    EXPECT_EQ(find(verdicts[1], checks::kBorrowed)->resemblances[0].reflection, 0);
    EXPECT_EQ(verdicts[2].standing(), Standing::Fine);
}

TEST_F(ReflectionCorpus, callsTwoWhoQuoteTheProgrammeNoCopyists) {
    const std::string quote =
        "Слушатели учатся готовить полётное задание, проводить предполётный осмотр и обрабатывать данные.";
    corpus.describe(quote);
    add(1, 10, quote + " Осмотр я раньше пропускал, а зря: нашёл трещину на лопасти и сломанный подвес камеры.", 1'000);
    add(2, 20, quote + " С заданием намучилась, карта грузилась вечность, зато данные обработала быстро и без ошибок.",
        1'001);

    for (const auto& [id, verdict] : judged()) EXPECT_FALSE(verdict.has(checks::kCopied)) << id;
}

TEST_F(ReflectionCorpus, givesTheSameVerdictsInWhateverOrderTextsCome) {
    Corpus other({}, nullptr);
    const std::vector<Text> texts{
        {1, 1, 10, 1, 5, kOne}, {2, 1, 20, 1, 4, kTwo}, {3, 1, 30, 1, 6, kOne}, {4, 1, 40, 1, 7, kTwo}};
    for (auto it = texts.begin(); it != texts.end(); ++it) corpus.add(*it);
    for (auto it = texts.rbegin(); it != texts.rend(); ++it) other.add(*it);
    std::map<std::int64_t, std::vector<std::int64_t>> a, b;
    const auto into = [](auto& to) {
        return [&to](auto id, const Verdict& verdict) {
            for (const auto& finding : verdict.findings)
                for (const auto& one : finding.resemblances) to[id].push_back(one.reflection);
        };
    };

    corpus.judge(into(a));
    other.judge(into(b));

    EXPECT_EQ(a, b);
    EXPECT_EQ(a.size(), 2u);
}
