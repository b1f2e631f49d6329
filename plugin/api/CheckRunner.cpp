#include "plugin/api/CheckRunner.h"

#include "common/Json.h"
#include "plugin/s3/S3Probe.h"

#include <Poco/JSON/Parser.h>

#include <condition_variable>

namespace plugin::api {

using host::sdk::AppError;
using integration::CheckPurpose;
using integration::IntegrationState;

namespace {

constexpr std::chrono::seconds kClientsOwn{2};
/// A worker that took the job ends it by itself at the deadline; only beyond this nobody runs it any more.
constexpr std::chrono::microseconds kGrace = std::chrono::seconds(10);

CheckStep failedStep(const char* code, const char* title, const char* observed, const char* cause, const char* fix) {
    CheckStep step;
    step.name = "check";
    step.title = title;
    step.code = code;
    step.observed = observed;
    step.cause = cause;
    step.fix = fix;
    return step;
}

CheckStep serverRestarted() {
    return failedStep("server-restarted", "Проверка прервана", "Сервер перезапущен во время проверки",
                      "Сервер перезапущен", "Нажмите кнопку ещё раз");
}

CheckStep outOfTime() {
    return failedStep("timeout", "Проверка прервана", "За 60 секунд проверка не закончилась",
                      "Сервер отвечает слишком медленно", "Нажмите кнопку ещё раз позже; проверьте сеть до сервера");
}

CheckStep noWorker() {
    return failedStep("busy", "Проверка не начата", "Все исполнители сервера заняты", "Сервер занят",
                      "Нажмите кнопку ещё раз через минуту");
}

CheckStep internalFault() {
    return failedStep("internal", "Проверка прервана", "Внутренняя ошибка сервера", "Ошибка записана в журнал сервера",
                      "Нажмите кнопку ещё раз; если не поможет, обратитесь к администратору сервера");
}

/// What the support letter quotes as the request's parameters.
std::string maskedBasic(const lrs::Basic& basic) {
    return "Authorization: Basic ****" + basic.token().lastFour() +
           "; X-Experience-API-Version: 1.0.3; Content-Type: application/json";
}

/// `choices`: what a person may choose from, where the step asks for a choice.
void append(std::string& steps, const CheckStep& step, const std::string& url, const std::string& parameters,
            const std::vector<std::string>& choices = {}) {
    common::JsonWriter json;
    json.object().member("name", step.name).member("title", step.title);
    json.member("state", !step.passed ? "failed" : step.warning ? "warning" : "passed");
    json.member("code", step.code).member("observed", step.observed).member("cause", step.cause);
    json.member("fix", step.fix).member("milliseconds", step.milliseconds);
    if (step.status != 0) json.member("status", step.status);
    json.memberIfSet("errorId", step.errorId).memberIfSet("answer", step.answer);
    json.memberIfSet("url", url).memberIfSet("parameters", parameters);
    if (!choices.empty()) {
        json.key("choices").array();
        for (const auto& choice : choices) json.value(choice);
        json.end();
    }
    json.end();
    steps.pop_back();
    if (steps != "[") steps += ',';
    steps += json.text() + "]";
}

/// The text at a JSON pointer of an answer; empty when there is none.
std::string textAt(const std::string& answer, const std::string& pointer) {
    try {
        Poco::Dynamic::Var at = Poco::JSON::Parser().parse(answer);
        std::istringstream parts(pointer.substr(std::min<std::size_t>(1, pointer.size())));
        for (std::string part; std::getline(parts, part, '/');) {
            if (at.type() == typeid(Poco::JSON::Object::Ptr))
                at = at.extract<Poco::JSON::Object::Ptr>()->get(part);
            else if (at.type() == typeid(Poco::JSON::Array::Ptr))
                at = at.extract<Poco::JSON::Array::Ptr>()->get(static_cast<unsigned>(std::stoul(part)));
            else
                return {};
        }
        return at.isString() ? at.extract<std::string>() : std::string();
    } catch (const std::exception&) {
        return {};  // an answer without the guid is told as such by the caller
    }
}

std::string withStatements(std::string endpoint) {
    while (!endpoint.empty() && endpoint.back() == '/') endpoint.pop_back();
    return endpoint + "/statements";
}

}  // namespace

/// One check on its way.
struct CheckRunner::Run {
    std::stop_source stop;
    std::chrono::steady_clock::time_point end;
    std::atomic<bool> timeIsOver{false};
    std::string steps = "[]";
    integration::CheckEnd result{true, {}, {}, {}};

    std::chrono::milliseconds left(std::chrono::steady_clock::time_point now) const {
        return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(end - now), std::chrono::milliseconds(1));
    }
};

CheckRunner::CheckRunner(CheckServices services) : services_(services), gate_(std::make_shared<Gate>()) {}

CheckRunner::~CheckRunner() {
    {
        std::lock_guard lock(mutex_);
        for (auto& [id, stop] : running_) stop.request_stop();
    }
    gate_->close();
}

void CheckRunner::start(CheckJob job) {
    auto shared = std::make_shared<CheckJob>(std::move(job));
    auto run = std::make_shared<Run>();
    run->end = services_.clock.steadyNow() + kLimit;
    {
        std::lock_guard lock(mutex_);
        running_[shared->checkId] = run->stop;
    }
    try {
        services_.scheduler.background("wizard check", [this, gate = gate_, shared, run](std::stop_token stop) {
            if (!gate->enter()) return;
            std::shared_ptr<Gate> leaving(gate.get(), [](Gate* g) { g->leave(); });
            this->run(*shared, *run, std::move(stop));
        });
    } catch (const AppError&) {
        {
            std::lock_guard lock(mutex_);
            running_.erase(shared->checkId);
        }
        endAsFailed(shared->key, shared->checkId, noWorker());
        throw;
    }
}

void CheckRunner::run(CheckJob& job, Run& run, std::stop_token stop) {
    std::stop_callback onServerStop(stop, [&] { run.stop.request_stop(); });
    {
        // A separate clock of its own: no client below knows how much of the minute the others have used.
        std::mutex mutex;
        std::condition_variable_any wake;
        std::jthread watch([&](std::stop_token done) {
            std::unique_lock lock(mutex);
            // The client whose turn it is gives up at the minute and says what was too slow; this is for one that
            // doesn't.
            if (wake.wait_for(lock, done, kLimit + kClientsOwn, [&] { return done.stop_requested(); }) ||
                done.stop_requested())
                return;
            run.timeIsOver = true;
            run.stop.request_stop();
        });
        try {
            if (job.lrs) runLrs(job, run);
            if (job.storage && run.result.passed) runStorage(job, run);
        } catch (const std::exception& e) {
            services_.logger.error("A wizard check broke off.", {{"check", job.checkId}, {"err", e.what()}});
            append(run.steps, internalFault(), "", "");
            run.result.passed = false;
        }
    }
    if (run.timeIsOver && !run.result.passed) append(run.steps, outOfTime(), "", "");
    finish(job, run);
}

void CheckRunner::runLrs(CheckJob& job, Run& run) {
    std::string url = withStatements(job.lrs->endpoint);
    std::string parameters = maskedBasic(job.lrs->basic);
    lrs::LrsClient client(services_.http, *job.lrs);
    lrs::CheckReport report = client.check(run.left(services_.clock.steadyNow()), run.stop.get_token(),
                                           [&](const CheckStep& step) { tell(job, run, step, url, parameters); });
    run.result.passed = report.passed;
    if (report.passed && !job.guidPointer.empty()) {
        run.result.guid = textAt(report.postAnswer, job.guidPointer);
        if (run.result.guid.empty()) {
            CheckStep missing =
                failedStep("no-guid", "guid из ответа", "В ответе нет guid", "Ответ LRS устроен иначе, чем ожидалось",
                           "Соединение работает; guid спросите у Университета 20.35, если он понадобится");
            missing.passed = missing.warning = true;
            tell(job, run, missing, url, "");
        }
    }
    if (run.result.passed && !job.known.empty()) readKnownStatements(job, run);
}

/// A step that can't be stored on its way is stored with the end.
void CheckRunner::tell(const CheckJob& job, Run& run, const CheckStep& step, const std::string& url,
                       const std::string& parameters, const std::vector<std::string>& choices) {
    append(run.steps, step, url, parameters, choices);
    try {
        services_.integrations.saveSteps(job.checkId, run.steps);
    } catch (const std::exception& e) {
        services_.logger.warning("A step of a wizard check can't be stored before the check ends.",
                                 {{"check", job.checkId}, {"step", step.name}, {"err", e.what()}});
    }
}

void CheckRunner::readKnownStatements(CheckJob& job, Run& run) {
    auto reading = readKnown(
        services_.http, *job.lrs, job.known, [&] { return run.left(services_.clock.steadyNow()); },
        run.stop.get_token());
    tell(job, run, reading.step, withStatements(job.lrs->endpoint), maskedBasic(job.lrs->basic));
    run.result.passed = reading.step.passed;
    run.result.evidence = std::move(reading.evidence);
}

void CheckRunner::runStorage(CheckJob& job, Run& run) {
    std::string url = job.storage->endpoint + (job.storage->bucket.empty() ? "" : "/" + job.storage->bucket);
    std::string parameters = "Access Key ID: ****" + host::sdk::SecretString(job.storage->accessKeyId).lastFour();
    s3::S3Probe probe(services_.http, services_.clock, *job.storage);
    s3::ProbeReport report = probe.check(
        run.left(services_.clock.steadyNow()), run.stop.get_token(),
        [&](const CheckStep& step, const auto& choices) { tell(job, run, step, url, parameters, choices); });
    run.result.passed = report.passed;
    run.result.bucket = report.bucket;
}

void CheckRunner::finish(const CheckJob& job, Run& run) {
    bool applied = false;
    try {
        std::lock_guard lock(swap_);
        IntegrationState state = services_.integrations.load(job.key);
        bool current = state.running && state.running->id == job.checkId;
        if (current && run.result.passed)
            for (const auto& [name, value] : job.secrets) services_.secrets.put(name, value);
        applied = services_.integrations.finishCheck(job.key, job.checkId, run.steps, run.result);
    } catch (const std::exception& e) {
        // The check stays "running" and is ended as overdue by the next one who looks.
        services_.logger.error("The result of a wizard check can't be stored.",
                               {{"check", job.checkId}, {"err", e.what()}});
    }
    {
        std::lock_guard lock(mutex_);
        running_.erase(job.checkId);
    }
    if (!applied) return;
    std::string action = "integration.check-finished";
    if (job.purpose != CheckPurpose::Stage)
        action = run.result.passed ? "integration.key-replaced" : "integration.key-replacement-failed";
    services_.journal.append(
        {job.key.organization, job.actor, job.clientAddress, action, "integrations/" + job.key.project,
         fmt::format(R"({{"check":"{}","stage":{},"passed":{}}})", job.checkId, job.stage, run.result.passed),
         job.requestId});
}

IntegrationState CheckRunner::disconnect(const store::IntegrationKey& key, std::optional<std::int64_t> expected) {
    std::lock_guard lock(swap_);
    IntegrationState before = services_.integrations.load(key);
    IntegrationState after = services_.integrations.disconnect(key, expected);
    stopRunning(before);
    return after;
}

void CheckRunner::stopRunning(const IntegrationState& before) {
    if (!before.running) return;
    std::lock_guard running(mutex_);
    if (auto it = running_.find(before.running->id); it != running_.end()) it->second.request_stop();
}

store::DeclaredStore CheckRunner::declareContour(const std::string& organization, const std::string& storeId,
                                                 std::optional<std::int64_t> expected, const store::ContourWord& word) {
    std::lock_guard lock(swap_);
    const auto states = services_.integrations.loadAll(organization);
    auto declared = services_.integrations.declareContour(organization, storeId, expected, word);
    if (auto it = states.find(declared.row.project); declared.disconnected && it != states.end())
        stopRunning(it->second);
    return declared;
}

void CheckRunner::failLeftOver() {
    for (const auto& left : services_.integrations.runningChecks())
        endAsFailed(left.key, left.check.id, serverRestarted());
}

void CheckRunner::failOverdue(const store::IntegrationKey& key) {
    IntegrationState state = services_.integrations.load(key);
    if (!state.running || services_.clock.now() < state.running->deadline + kGrace.count()) return;
    endAsFailed(key, state.running->id, outOfTime());
}

void CheckRunner::endAsFailed(const store::IntegrationKey& key, const std::string& checkId, CheckStep why) {
    auto check = services_.integrations.findCheck(key, checkId);
    std::string steps = check ? check->steps : "[]";
    append(steps, why, "", "");
    services_.integrations.finishCheck(key, checkId, steps, {});
}

}  // namespace plugin::api
