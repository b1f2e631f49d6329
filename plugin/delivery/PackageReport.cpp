#include "plugin/delivery/PackageReport.h"

#include "plugin/footprint/JsonText.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace plugin::delivery {

namespace {

using store::TestStatement;

std::string orMissing(const std::string& text) {
    return text.empty() ? "не указан" : text;
}

/// «принят (HTTP 200)», «отклонён (HTTP 400): … errorId …».
std::string answerText(const TestStatement& one) {
    std::string text = statementStateText(one.state);
    if (one.status != 0) text += fmt::format(" (HTTP {})", one.status);
    if (!one.message.empty()) text += ": " + one.message;
    if (!one.errorId.empty()) text += fmt::format(" (errorId {})", one.errorId);
    if (one.voidState == "accepted")
        text += fmt::format("; аннулирован фактом {}", one.voidId);
    else if (!one.voidState.empty())
        text += fmt::format("; аннулировать не удалось{}{}", one.voidMessage.empty() ? "" : ": ", one.voidMessage);
    return text;
}

void appendPart(std::string& out, const char* title, const std::vector<TestStatement>& all, bool methodist) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<const TestStatement*>> byKind;
    for (const auto& one : all) {
        if ((one.learnerId == 0) != methodist) continue;
        auto& kind = byKind[one.kind];
        if (kind.empty()) order.push_back(one.kind);
        kind.push_back(&one);
    }
    if (order.empty()) return;
    out += fmt::format("\n{}\n", title);
    for (const auto& name : order) {
        const auto& kind = byKind[name];
        const auto accepted =
            std::count_if(kind.begin(), kind.end(), [](const auto* one) { return one->state == "accepted"; });
        out += fmt::format("{}: фактов {}, принято {}\n", name, kind.size(), accepted);
        for (const auto* one : kind) out += fmt::format("  {} — {}\n", one->statementId, answerText(*one));
    }
}

}  // namespace

std::string statementStateText(const std::string& state) {
    if (state == "accepted") return "принят";
    if (state == "refused") return "отклонён";
    if (state == "blocked") return "не отправлен";
    if (state == "in_doubt") return "ответ неизвестен";
    return "ещё не отправлен";
}

std::string packageStateText(const std::string& state) {
    if (state == "running") return "отправляется";
    if (state == "done") return "отправлен и принят весь";
    if (state == "incomplete") return "отправлен не весь";
    if (state == "voiding") return "аннулируется";
    if (state == "voided") return "аннулирован";
    if (state == "void-incomplete") return "аннулирован не весь";
    return "не отправлен";
}

std::string packageText(const host::sdk::Organization& organization, const std::string& projectTitle,
                        const store::PackageRow& package, const std::vector<TestStatement>& statements) {
    const footprint::ZoneTime zone(organization.timeZone);
    std::string out = "Полный пакет цифрового следа одного слушателя\n\n";
    out += fmt::format("Организация: {}\n", organization.legalName);
    out += fmt::format("Проект: {}\n", projectTitle);
    out += "Контур: тестовый\n";
    out += fmt::format("LRS: {}\n", package.endpoint);
    out += fmt::format("Слушатель, unti_id тестового контура: {}\n", orMissing(package.learner));
    out += fmt::format("Методист, unti_id тестового контура: {}\n", orMissing(package.methodist));
    out += fmt::format("Начат: {}\n", zone.text(package.createdAt / 1'000'000 * 1'000'000));
    if (package.finishedAt)
        out += fmt::format("Закончен: {}\n", zone.text(*package.finishedAt / 1'000'000 * 1'000'000));
    const auto accepted =
        std::count_if(statements.begin(), statements.end(), [](const auto& one) { return one.state == "accepted"; });
    out += fmt::format("Итог: {}; фактов {}, принято {}, не отправлено записей {}\n", packageStateText(package.state),
                       statements.size(), accepted, package.unsent.size());
    if (!package.message.empty()) out += package.message + "\n";
    appendPart(out, "Факты методиста", statements, true);
    appendPart(out, "Факты слушателя", statements, false);
    if (!package.unsent.empty()) out += "\nНе отправлено\n";
    for (const auto& why : package.unsent)
        out += fmt::format("{}, запись {} {}: {} {} ({})\n", why.kind.empty() ? "без вида" : why.kind, why.record.kind,
                           why.record.id, why.reason, why.fix, why.code);
    return out;
}

}  // namespace plugin::delivery
