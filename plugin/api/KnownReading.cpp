#include "plugin/api/KnownReading.h"

#include <fmt/format.h>

namespace plugin::api {

using integration::StoreEvidence;

namespace {

/// A slow LRS is no reason to fail the set-up: what isn't read says nothing.
constexpr std::chrono::seconds kEach{4};

StoreEvidence readStore(lrs::LrsClient& client, const KnownStatements& store,
                        const std::function<std::chrono::milliseconds()>& left, const std::stop_token& stop) {
    StoreEvidence evidence{store.storeId, 0, 0, 0};
    for (const auto& id : store.ids) {
        if (stop.stop_requested() || left() < 2 * kEach) break;
        ++evidence.asked;
        switch (client.get(id, stop).state) {
            case lrs::ReadBack::State::Found:
                ++evidence.found;
                break;
            case lrs::ReadBack::State::Missing:
                ++evidence.missing;
                break;
            case lrs::ReadBack::State::NotAllowed:
            case lrs::ReadBack::State::Unknown:
                return evidence;  // the next one would be answered no better
        }
    }
    return evidence;
}

void fail(CheckStep& step, const char* code, const char* cause, const char* fix) {
    step.passed = false;
    step.code = code;
    step.cause = cause;
    step.fix = fix;
}

}  // namespace

KnownReading readKnown(host::sdk::OutboundHttp& http, lrs::Settings settings, const std::vector<KnownStatements>& known,
                       const std::function<std::chrono::milliseconds()>& left, const std::stop_token& stop) {
    settings.timeout = kEach;
    lrs::LrsClient client(http, std::move(settings));
    KnownReading reading;
    CheckStep& step = reading.step;
    step.name = "lrs.known";
    step.title = "Чтение фактов, переданных раньше";
    step.code = "ok";
    step.passed = true;
    const auto began = left();
    int asked = 0, found = 0, missing = 0;
    for (const auto& store : known) {
        const auto one = readStore(client, store, left, stop);
        reading.evidence.push_back(one);
        asked += one.asked;
        found += one.found;
        missing += one.missing;
        if (!step.passed) continue;
        if (store.test && one.found > 0)
            fail(step, "test-contour",
                 "Здесь лежат факты, отправленные в хранилище, которое объявлено тестовым контуром: это тот же LRS",
                 "Возьмите адрес и Basic из письма о промышленном контуре");
        else if (store.own && one.asked > 0 && one.missing == one.asked)
            fail(step, "another-store", "Этот ключ открывает другое хранилище: переданных фактов в нём нет",
                 "Вставьте ключ того же хранилища; для другого отключите интеграцию и настройте её заново");
    }
    step.observed = fmt::format("Запрошено {}, найдено {}, нет {}", asked, found, missing);
    step.milliseconds = (began - left()).count();
    if (step.passed && found + missing < asked) {
        step.warning = true;
        step.code = "not-readable";
        step.cause = "Ключ не даёт читать факты, или LRS не ответил вовремя";
        step.fix = "Какое это хранилище, скажете вы сами при завершении настройки";
    }
    return reading;
}

}  // namespace plugin::api
