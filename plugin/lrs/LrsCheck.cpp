// The connection check of the wizard's stages 2 and 4: the table of causes and fixes in Russian.
#include "plugin/AnswerText.h"
#include "plugin/lrs/Answer.h"
#include "plugin/lrs/LrsClient.h"

namespace plugin::lrs {
namespace {

using host::sdk::OutboundResponse;
using std::chrono::milliseconds;

constexpr std::size_t kAnswer = 2048;
constexpr std::size_t kWholeAnswer = 64 * 1024;
constexpr std::size_t kMaxAnswer = 1024 * 1024;
constexpr const char* kWriteToThem = "Напишите в Университет 20.35";

struct Verdict {
    std::string code;
    std::string cause;
    std::string fix;
};

std::string quoting(const ErrorBody& error) {
    return error.errorId.empty() ? std::string() : ", указав errorId " + answerText(error.errorId, 100);
}

bool isHtml(const OutboundResponse& response) {
    return response.header("content-type").rfind("text/html", 0) == 0;
}

/// What is the same for GET and POST, by status; nothing when the request's own rules decide.
std::optional<Verdict> commonVerdict(const OutboundResponse& response, const ErrorBody& error) {
    const int status = response.status;
    if (status == 408 || status == 425 || status == 429 || status >= 500)
        return Verdict{"server-trouble", "Неполадка или перегрузка на стороне Университета 20.35",
                       "Нажмите кнопку ещё раз позже; если не пройдёт, напишите в Университет 20.35" + quoting(error)};
    if (status == 401)
        return Verdict{"unauthorized", "Basic неверен или выдан для другого контура",
                       "Вставьте Basic из письма этого контура; подойдут и Key с Secret из того же письма"};
    if (status == 403)
        return Verdict{"forbidden", "Хранилище отключено, или у ключа нет нужного права",
                       kWriteToThem + quoting(error)};
    if (status == 404)
        return Verdict{"wrong-path",
                       isHtml(response) || !error.isOfLrs() ? "Сервер найден, но путь в адресе не тот"
                                                            : "LRS не знает такого адреса",
                       "Адрес должен оканчиваться на «/data/xAPI»; «/statements» мы добавим сами"};
    if (status >= 300 && status < 400)
        return Verdict{"wrong-path", "Сервер отправляет по другому адресу",
                       "Укажите окончательный адрес из письма Университета 20.35: он оканчивается на «/data/xAPI»"};
    if (status == 400 && blamesVersionHeader(error))
        return Verdict{"version-header", "Посредник (прокси) на пути удалил заголовок X-Experience-API-Version",
                       "Разрешите на прокси заголовок «X-Experience-API-Version»"};
    return std::nullopt;
}

Verdict unexpected(const OutboundResponse& response, const std::vector<std::string>& secrets) {
    return {"unexpected-answer",
            "Ответил не LRS, а что-то между нами и ним: «" + answerText(response.body, 200, secrets) + "»",
            "Сверьте адрес с письмом Университета 20.35; проверьте прокси на пути"};
}

/// The four warnings, in whatever order, and nothing else.
bool isExpectedRefusal(const ErrorBody& error) {
    std::vector<std::string> warnings = error.warnings;
    std::sort(warnings.begin(), warnings.end());
    return error.isOfLrs() && warnings == std::vector<std::string>{"Missing required value in 'statements.0.actor'",
                                                                   "Missing required value in 'statements.0.object'",
                                                                   "Missing required value in 'statements.0.verb'",
                                                                   "Unknown keys (Test) set in 'statements.0'"};
}

bool isListOfStatements(const std::string& body) {
    try {
        Poco::JSON::Parser parser;
        const auto value = parser.parse(body);
        return value.type() == typeid(Poco::JSON::Object::Ptr) &&
               !value.extract<Poco::JSON::Object::Ptr>()->getArray("statements").isNull();
    } catch (const Poco::Exception&) {
        return false;
    }
}

/// Sends and fills what every step has; the answer is absent when none came.
std::optional<OutboundResponse> perform(host::sdk::OutboundHttp& http, const host::sdk::OutboundRequest& request,
                                        CheckStep& step, const std::vector<std::string>& secrets) {
    const auto start = std::chrono::steady_clock::now();
    const auto elapsed = [start] {
        return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start).count();
    };
    try {
        auto response = http.send(request);
        step.milliseconds = elapsed();
        step.status = response.status;
        step.observed = fmt::format("HTTP {} за {} мс", response.status, step.milliseconds);
        step.answer = answerText(response.body, kAnswer, secrets);
        return response;
    } catch (const host::sdk::OutboundError& error) {
        step.milliseconds = elapsed();
        explainNoAnswer(step, error);
        return std::nullopt;
    }
}

void conclude(CheckStep& step, Verdict verdict) {
    step.passed = verdict.code == "ok";
    step.code = std::move(verdict.code);
    step.cause = std::move(verdict.cause);
    step.fix = std::move(verdict.fix);
}

}  // namespace

CheckStep LrsClient::checkGet(milliseconds limit, const std::stop_token& stop) {
    CheckStep step;
    step.name = "lrs.get";
    step.title = "Чтение из LRS (GET)";
    auto ask = request("GET", "?limit=1");
    ask.timeout = limit;
    ask.maxAnswer = kMaxAnswer;
    ask.stop = stop;
    const auto response = perform(http_, ask, step, secrets_);
    if (!response) return step;
    const ErrorBody error = parseErrorBody(response->body);
    step.errorId = answerText(error.errorId, 100, secrets_);
    if (response->status == 200) {
        conclude(step, {"ok", "", ""});
        if (!isListOfStatements(response->body)) {
            // Whether this is an LRS at all is decided by the POST: a site may answer 200 to everything.
            step.warning = true;
            step.cause = "Ответ не похож на список записей LRS";
            step.fix = "Сверьте адрес с письмом Университета 20.35";
        }
        return step;
    }
    const auto common = commonVerdict(*response, error);
    conclude(step, common ? *common : unexpected(*response, secrets_));
    return step;
}

CheckStep LrsClient::checkPost(milliseconds limit, const std::stop_token& stop, std::string& whole) {
    CheckStep step;
    step.name = "lrs.post";
    step.title = "Запись в LRS (POST)";
    auto ask = request("POST", "");
    ask.headers.emplace_back("Content-Type", "application/json");
    ask.body = R"({"Test":"\u0442\u0435\u0441\u0442"})";
    ask.timeout = limit;
    ask.maxAnswer = kMaxAnswer;
    ask.stop = stop;
    const auto response = perform(http_, ask, step, secrets_);
    if (!response) return step;
    whole = answerText(response->body, kWholeAnswer, secrets_);
    const ErrorBody error = parseErrorBody(response->body);
    step.errorId = answerText(error.errorId, 100, secrets_);
    if (response->status == 400 && isExpectedRefusal(error)) {
        conclude(step, {"ok", "", ""});
        return step;
    }
    if (response->status >= 200 && response->status < 300) {
        conclude(step,
                 {"not-validating", "Сервер принял заведомо неверную запись: это не LRS, который проверяет данные",
                  "Адрес неверен: сверьте его с письмом Университета 20.35"});
        return step;
    }
    const auto common = commonVerdict(*response, error);
    conclude(step, common ? *common : unexpected(*response, secrets_));
    return step;
}

CheckReport LrsClient::check(milliseconds limit, std::stop_token stop, const StepFinished& finished) {
    const auto start = std::chrono::steady_clock::now();
    CheckReport report;
    report.steps.push_back(checkGet(limit, stop));
    if (finished) finished(report.steps.back());
    if (!report.steps.back().passed) return report;
    const auto left = limit - std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
    report.steps.push_back(checkPost(std::max(left, milliseconds(1)), stop, report.postAnswer));
    if (finished) finished(report.steps.back());
    report.passed = report.steps.back().passed;
    return report;
}

}  // namespace plugin::lrs
