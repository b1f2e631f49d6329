#include "plugin/s3/S3Probe.h"

#include "common/Uuid.h"
#include "plugin/AnswerText.h"
#include "plugin/s3/Failures.h"

namespace plugin::s3 {
namespace {

using std::chrono::milliseconds;

/// One check: hands every step what is left of the time.
class Run {
public:
    Run(host::sdk::OutboundHttp& http, const host::sdk::Clock& clock, Settings settings, milliseconds limit,
        std::stop_token stop, const ProbeStepFinished& finished)
        : http_(http),
          clock_(clock),
          settings_(std::move(settings)),
          until_(std::chrono::steady_clock::now() + limit),
          stop_(std::move(stop)),
          finished_(finished) {}

    ProbeReport go() {
        report_.bucket = settings_.bucket;
        if (settings_.bucket.empty() && !findBucket()) return std::move(report_);
        key_ = "u2035-connection-check/" + common::Uuid::v4() + ".txt";
        content_ = "Проверка соединения с хранилищем, файл можно удалить: " + key_ + "\n";
        if (!put()) return std::move(report_);
        report_.passed = read();
        remove();
        return std::move(report_);
    }

private:
    S3Client client() {
        Settings settings = settings_;
        settings.timeout = std::max(std::chrono::duration_cast<milliseconds>(until_ - std::chrono::steady_clock::now()),
                                    milliseconds(1));
        return {http_, clock_, settings};
    }

    std::vector<std::string> secrets() const { return {settings_.secretKey.reveal()}; }

    template <class T>
    static CheckStep step(const std::string& name, const std::string& title, const Answer<T>& answer) {
        CheckStep step;
        step.name = name;
        step.title = title;
        step.milliseconds = std::chrono::duration_cast<milliseconds>(answer.elapsed).count();
        step.passed = answer.value.has_value();
        if (step.passed) {
            step.code = "ok";
            step.status = 200;
            step.observed = fmt::format("Выполнено за {} мс", step.milliseconds);
        } else if (answer.failure.noAnswer) {
            explainNoAnswer(step, *answer.failure.noAnswer);
        } else {
            const Explanation why = explain(answer.failure);
            step.status = answer.failure.status;
            step.code = why.code;
            step.cause = why.cause;
            step.fix = why.fix;
            step.answer = answer.failure.message;
            const bool named = answer.failure.code != "unexpected-answer";
            step.observed = fmt::format("HTTP {}{} за {} мс", step.status, named ? " " + answer.failure.code : "",
                                        step.milliseconds);
        }
        return step;
    }

    void add(CheckStep line) {
        report_.steps.push_back(std::move(line));
        static const std::vector<std::string> kNone;
        const CheckStep& last = report_.steps.back();
        if (finished_) finished_(last, last.name == "s3.buckets" ? report_.choices : kNone);
    }

    bool findBucket() {
        const auto answer = client().listBuckets(stop_);
        CheckStep line = step("s3.buckets", "Список хранилищ (бакетов)", answer);
        if (answer) {
            auto names = *answer.value;
            // The name becomes a part of addresses: one that can't be a bucket's could lead to another host.
            std::erase_if(names, [](const std::string& name) { return !isBucketName(name); });
            line.observed = fmt::format("Найдено бакетов: {}, за {} мс", names.size(), line.milliseconds);
            if (names.size() == 1) {
                settings_.bucket = report_.bucket = names.front();
                line.observed = "Найден бакет «" + names.front() + "»";
            } else {
                line.passed = false;
                line.code = names.empty() ? "no-bucket" : "choose-bucket";
                line.cause = names.empty() ? "У этого ключа нет ни одного бакета"
                                           : "Бакетов несколько: " + answerText(joined(names), 500, secrets());
                line.fix = names.empty() ? "Напишите в Университет 20.35: хранилище ещё не создано"
                                         : "Выберите нужный или впишите его имя в поле «Бакет»";
                report_.choices = names;
            }
        } else if (line.code == "access-denied") {
            line.code = "bucket-unknown";
            line.cause = "Этот ключ не даёт посмотреть список бакетов, а в URL хранилища бакет не указан";
            line.fix = "Впишите имя бакета из письма Университета 20.35 в поле «Бакет»";
        }
        add(line);
        return line.passed;
    }

    bool put() {
        const auto answer = client().put(key_, content_, "text/plain; charset=utf-8", "public-read", stop_);
        add(step("s3.put", "Запись пробного файла (PUT, public-read)", answer));
        return report_.steps.back().passed;
    }

    bool read() {
        auto here = client();
        const auto answer = here.anonymousGet(key_, stop_);
        CheckStep line = step("s3.read", "Чтение пробного файла по ссылке, без ключа (GET)", answer);
        if (!answer && (line.status == 403 || line.status == 401)) {
            line.code = "not-public";
            line.cause = "Файл записан, но по ссылке не открывается: хранилище не применило public-read";
            line.fix = "Напишите в Университет 20.35: файлы с ACL public-read должны открываться без ключа";
        } else if (answer && *answer.value != content_) {
            line.passed = false;
            line.code = "different-content";
            line.cause = "По ссылке открывается не то, что было записано";
            line.fix = "Сверьте публичный адрес хранилища с письмом Университета 20.35";
            line.answer = answerText(*answer.value, 2048, secrets());
        } else if (answer && !publicUrlOf(settings_, key_).starts_with("https://")) {
            line.warning = true;
            line.code = "not-https";
            line.cause = "Ссылка на файл начинается не с https://, а в факте нужна такая: файлы не передаются";
            line.fix = "Укажите URL хранилища с https:// либо попросите администратора сервера задать публичный адрес";
        }
        add(line);
        return line.passed;
    }

    void remove() {
        const auto answer = client().remove(key_, stop_);
        CheckStep line = step("s3.delete", "Удаление пробного файла (DELETE)", answer);
        if (!line.passed) {
            line.passed = line.warning = true;
            line.cause = "Пробный файл «" + key_ + "» остался в хранилище. " + line.cause;
            line.fix = "На работу это не влияет. " + line.fix;
        }
        add(line);
    }

    static std::string joined(const std::vector<std::string>& names) {
        std::string text;
        for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
        return text;
    }

    host::sdk::OutboundHttp& http_;
    const host::sdk::Clock& clock_;
    Settings settings_;
    std::chrono::steady_clock::time_point until_;
    std::stop_token stop_;
    const ProbeStepFinished& finished_;
    std::string key_;
    std::string content_;
    ProbeReport report_;
};

}  // namespace

ProbeReport S3Probe::check(milliseconds limit, std::stop_token stop, const ProbeStepFinished& finished) {
    return Run(http_, clock_, settings_, limit, std::move(stop), finished).go();
}

}  // namespace plugin::s3
