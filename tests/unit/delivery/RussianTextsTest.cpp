#include "plugin/api/RussianTexts.h"
#include "tests/support/FakeHost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::api;
using namespace tests;
using host::sdk::AppError;
using testing::HasSubstr;

namespace {

struct RussianTexts : testing::Test {
    RussianTexts() {
        host::sdk::RouteOptions options;
        options.access = host::sdk::Access::Public;
        route = russian.add(host::sdk::Method::Get, "/x", options,
                            [this](const auto&) -> host::sdk::Response { throw error; });
    }
    FakeRouter::Answer ask(const std::string& language, bool named = true) {
        FakeCall call{.body = {}, .headers = {}, .language = language};
        if (named) call.headers = {{"accept-language", language}};
        return router.call(host::sdk::Method::Get, "/x", {}, call);
    }

    FakeRouter router;
    RussianRouter russian{router};
    AppError error = AppError::conflict(
        "run.queued", "Run 7 of this organization waits for its turn already; wait until it has ended.");
    host::sdk::Registration route;
};

TEST_F(RussianTexts, areForWhoAsksForThem) {
    EXPECT_THAT(ask("ru").body, HasSubstr("Запуск 7 этой организации уже ждёт"));
    EXPECT_EQ(ask("ru").code(), "run.queued");
    EXPECT_THAT(ask("en").body, HasSubstr("Run 7 of this organization"));
    EXPECT_THAT(ask("ru", false).body, HasSubstr("Run 7 of this organization")) << "no language is named";
}

TEST_F(RussianTexts, ofFieldsComeFromAllTheBooks) {
    error = AppError::validation("The package can't be sent as asked.",
                                 {{"/flow", "the project has no such flow", "Use the id of a flow of this project."},
                                  {"/learner", "is longer than 40 characters", "shorten it"},
                                  {"/basic", "it is not base64 of Key:Secret", "as it was"}});

    const auto body = ask("ru").body;

    EXPECT_THAT(body, HasSubstr("такого потока в проекте нет"));
    EXPECT_THAT(body, HasSubstr("длиннее 40 знаков"));
    EXPECT_THAT(body, HasSubstr("это не Basic"));
    EXPECT_THAT(body, HasSubstr("as it was")) << "what isn't known stays";
}

TEST_F(RussianTexts, areThereForFilesThatPeopleBring) {
    error = AppError(422, "csv.invalid",
                     "Line 7, column 2 of the file has a quote in the middle. Put the whole value in quotes and double "
                     "each quote within it.");
    EXPECT_THAT(ask("ru").body, HasSubstr("Строка 7, столбец 2: кавычка внутри значения. Возьмите всё значение"));

    error = AppError::validation(
        "The columns are not valid",
        {{"/columns/0/title", "column 1 of the template is 'ФИО'", "keep the template's order"},
         {"/match", "names the column 'Почта', which the file does not have", "The file has: Unti ID, ФИО."}});
    const auto body = ask("ru").body;
    EXPECT_THAT(body, HasSubstr("столбец 1 шаблона называется 'ФИО'"));
    EXPECT_THAT(body, HasSubstr("сохраните порядок шаблона"));
    EXPECT_THAT(body, HasSubstr("столбца 'Почта' в файле нет"));
    EXPECT_THAT(body, HasSubstr("В файле есть: Unti ID, ФИО."));
}

TEST_F(RussianTexts, ofARunTakeReasonByReason) {
    EXPECT_EQ(runMessage("bas: old records are still on their way; the follow-up sends them; "
                         "cf: 12 statements wait for their time; the follow-up sends them; something else; "
                         "bas: the destination is paused: HTTP 401: no",
                         true),
              "bas: старые записи ещё в пути: их дошлёт задание между ночами; "
              "cf: фактов ждёт своего времени: 12; их дошлёт задание между ночами; something else; "
              "bas: передача приостановлена: HTTP 401: no");
    EXPECT_EQ(runMessage("The server ended during this run; the next run goes on from here.", true),
              "Сервер остановлен во время запуска: следующий продолжит отсюда.");
    EXPECT_EQ(runMessage("something else", false), "something else");
    EXPECT_EQ(runMessage("", true), "");
}

}  // namespace
