#include "plugin/s3/Failures.h"

#include "common/HttpDate.h"
#include "plugin/AnswerText.h"
#include "plugin/s3/ErrorXml.h"

#include <charconv>

namespace plugin::s3 {
namespace {

constexpr std::size_t kMessage = 2048;
constexpr int kLongestWait = 600;  ///< seconds; a longer Retry-After is not waited for
constexpr const char* kFileChanged = "file-changed";
constexpr const char* kFileUnreadable = "file-unreadable";

std::string noAnswerCode(host::sdk::OutboundError::Kind kind) {
    using Kind = host::sdk::OutboundError::Kind;
    switch (kind) {
        case Kind::BadUrl:
            return "bad-address";
        case Kind::Forbidden:
            return "forbidden-address";
        case Kind::Dns:
            return "dns";
        case Kind::Refused:
            return "refused";
        case Kind::ConnectTimeout:
        case Kind::Timeout:
            return "timeout";
        case Kind::Tls:
            return "tls";
        case Kind::Closed:
            return "closed";
        case Kind::Cancelled:
            return "cancelled";
        case Kind::Source:
            return "source";
        case Kind::BadAnswer:
        case Kind::TooLarge:
            return "unexpected-answer";
    }
    return "unexpected-answer";
}

/// « (разница 20 мин)» from the answer's Date, or nothing.
std::string clockDifference(const host::sdk::OutboundResponse& response, std::int64_t ourTime) {
    const auto theirs = common::parseHttpDate(response.header("date"));
    if (!theirs) return {};
    const auto seconds = ourTime - theirs->time_since_epoch().count();
    return fmt::format(" (наши {} на {} мин)", seconds < 0 ? "отстают" : "спешат", (std::abs(seconds) + 30) / 60);
}

}  // namespace

Explanation explain(const Failure& failure) {
    const std::string& code = failure.code;
    if (failure.noAnswer) {
        CheckStep step;
        explainNoAnswer(step, *failure.noAnswer);
        return {step.code, step.cause, step.fix};
    }
    if (code == kFileChanged)
        return {kFileChanged, "Файл на диске сервера не тот, что был загружен: " + failure.message,
                "Загрузите файл заново; проверьте диск сервера"};
    if (code == kFileUnreadable)
        return {kFileUnreadable, "Файл не читается с диска сервера: удалён или повреждён",
                "Загрузите файл заново; проверьте диск сервера"};
    if (code == "AccessControlListNotSupported" || (code == "AccessDenied" && failure.withAcl))
        return {"acl-refused",
                "Хранилище не приняло файл с правом public-read: у ключа нет права на запись или бакет запрещает "
                "публичный доступ (ACL)",
                "Напишите в Университет 20.35: ключу нужны права на запись и на ACL public-read в этом бакете"};
    if (code == "QuotaExceeded" || code == "EntityTooLarge")
        return {"quota", "В хранилище не осталось места или файл больше, чем оно принимает",
                "Напишите в Университет 20.35: нужно увеличить квоту хранилища"};
    if (code == "EntityTooSmall")
        return {"part-too-small", "Хранилище не приняло часть файла: она меньше 5 МиБ",
                "Повторная передача начнёт загрузку файла заново; если не поможет, обратитесь к разработчику модуля"};
    if (code == "NoSuchUpload")
        return {"no-upload", "Хранилище не знает этой загрузки по частям: она прервана или удалена на его стороне",
                "Ничего делать не нужно: следующая передача начнёт загрузку файла заново"};
    if (code == "InvalidPart" || code == "InvalidPartOrder" || code == "MalformedXML")
        return {"wrong-parts", "Хранилище не смогло собрать файл из принятых частей",
                "Ничего делать не нужно: следующая передача начнёт загрузку файла заново"};
    if (code == "SignatureDoesNotMatch")
        return {"wrong-secret", "Хранилище не приняло подпись: Secret Key неверен",
                "Вставьте Secret Key из письма Университета 20.35 ещё раз, целиком и без пробелов"};
    if (code == "InvalidAccessKeyId")
        return {"wrong-access-key", "Хранилище не знает такого Access Key ID",
                "Вставьте Access Key ID из письма Университета 20.35 ещё раз"};
    if (code == "NoSuchBucket")
        return {"no-bucket", "Такого хранилища (бакета) нет",
                "Сверьте имя в URL хранилища с письмом Университета 20.35"};
    if (code == "InvalidBucketName")
        return {"no-bucket", "Имя хранилища (бакета) записано с ошибкой",
                "Сверьте имя в URL хранилища с письмом Университета 20.35"};
    if (code == "RequestTimeTooSkewed")
        return {"clock-skew",
                "Часы этого сервера расходятся с часами хранилища больше чем на 15 минут" + failure.detail,
                "Настройте синхронизацию времени (NTP) на этом сервере и повторите проверку"};
    if (code == "AccessDenied")
        return {"access-denied", "У этого ключа нет права на такое действие",
                "Напишите в Университет 20.35: нужны права на запись, public-read и удаление"};
    if (code == "AuthorizationHeaderMalformed" || code == "IllegalLocationConstraintException")
        return {"wrong-region", "Хранилище ожидает подпись для другого региона",
                "Спросите в Университете 20.35 регион хранилища и укажите его в настройках"};
    if (code == "NoSuchKey")
        return {"no-object", "По этому адресу файла нет",
                "Сверьте публичный адрес хранилища с письмом Университета 20.35"};
    if (code == "XAmzContentSHA256Mismatch" || code == "BadDigest")
        return {"changed-on-the-way", "До хранилища дошло не то, что было отправлено",
                "Проверьте прокси на пути: он не должен менять содержимое запросов"};
    if (failure.status == 429 || failure.status >= 500 || code == "SlowDown")
        return {"server-trouble", "Неполадка или перегрузка на стороне хранилища",
                "Повторите проверку позже; если не пройдёт, напишите в Университет 20.35"};
    if (failure.status >= 300 && failure.status < 400)
        return {"wrong-endpoint", "Хранилище отправляет по другому адресу",
                "Укажите окончательный адрес хранилища из письма Университета 20.35"};
    if (failure.status == 403 || failure.status == 401)
        return {"access-denied", "В доступе отказано", "Сверьте ключи хранилища с письмом Университета 20.35"};
    if (code == "unexpected-answer")
        return {"unexpected-answer", "По этому адресу отвечает не хранилище S3: «" + failure.message + "»",
                "Сверьте URL хранилища с письмом Университета 20.35"};
    return {"unexpected-answer", "Хранилище отказало: " + code, "Напишите в Университет 20.35, указав этот ответ"};
}

Trouble troubleOf(const Failure& failure) {
    using Kind = host::sdk::OutboundError::Kind;
    if (failure.noAnswer) {
        switch (failure.noAnswer->kind()) {
            case Kind::Cancelled:
                return Trouble::Stopped;
            case Kind::BadUrl:
            case Kind::Forbidden:
            case Kind::Tls:
                return Trouble::Configuration;
            default:
                return Trouble::Passing;
        }
    }
    const std::string& code = failure.code;
    if (code == kFileChanged || code == kFileUnreadable) return Trouble::Object;
    // Changed on the way, or cut: the bytes were right when they left.
    for (const auto* passing : {"SlowDown", "RequestTimeout", "XAmzContentSHA256Mismatch", "BadDigest",
                                "IncompleteBody", "OperationAborted", "InternalError"})
        if (code == passing) return Trouble::Passing;
    if (failure.status == 429 || failure.status >= 500) return Trouble::Passing;
    for (const auto* everywhere : {"NoSuchBucket", "InvalidBucketName", "AuthorizationHeaderMalformed",
                                   "IllegalLocationConstraintException", "AccessControlListNotSupported"})
        if (code == everywhere) return Trouble::Configuration;
    if (failure.status == 401 || failure.status == 403 || (failure.status >= 300 && failure.status < 400))
        return Trouble::Configuration;
    // A site, a proxy: nothing here is a storage's answer.
    if (code == "unexpected-answer" && failure.status != 404) return Trouble::Configuration;
    return Trouble::Object;
}

Failure failureOf(BodyProblem problem) {
    Failure failure;
    failure.code = problem == BodyProblem::Unreadable ? kFileUnreadable : kFileChanged;
    switch (problem) {
        case BodyProblem::Shorter:
            failure.message = "он короче, чем записано";
            break;
        case BodyProblem::Longer:
            failure.message = "он длиннее, чем записано";
            break;
        case BodyProblem::Different:
            failure.message = "его SHA-256 не совпадает с записанной";
            break;
        case BodyProblem::Unreadable:
        case BodyProblem::None:
            break;
    }
    return failure;
}

Failure failureOf(const host::sdk::OutboundResponse& response, std::int64_t ourTime,
                  const std::vector<std::string>& secrets, bool withAcl) {
    Failure failure;
    failure.status = response.status;
    failure.withAcl = withAcl;
    const std::string wait = response.header("retry-after");
    if (int seconds = 0; std::from_chars(wait.data(), wait.data() + wait.size(), seconds).ec == std::errc() &&
                         seconds >= 0 && seconds <= kLongestWait)
        failure.retryAfter = std::chrono::seconds(seconds);
    const auto error = parseErrorXml(response.body);
    if (error) {
        failure.code = answerText(error->code, 100, secrets);
        if (failure.code == "RequestTimeTooSkewed") failure.detail = clockDifference(response, ourTime);
        const auto explanation = explain(failure);
        failure.message = explanation.cause +
                          (error->message.empty() ? "" : " (" + answerText(error->message, 500, secrets) + ")") + ". " +
                          explanation.fix;
    } else {
        failure.code = "unexpected-answer";
        failure.message = answerText(response.body, 200, secrets);
    }
    failure.message = answerText(failure.message, kMessage);
    return failure;
}

Failure failureOf(const host::sdk::OutboundError& error, const std::vector<std::string>& secrets) {
    Failure failure;
    failure.code = noAnswerCode(error.kind());
    failure.message = answerText(error.what(), kMessage, secrets);
    failure.noAnswer = error;
    return failure;
}

}  // namespace plugin::s3
