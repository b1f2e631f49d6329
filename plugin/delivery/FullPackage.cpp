#include "plugin/delivery/FullPackage.h"

#include "common/Json.h"
#include "common/Uuid.h"
#include "plugin/delivery/PackagePlan.h"
#include "plugin/footprint/JsonText.h"
#include "plugin/footprint/Reasons.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::delivery {

namespace {

using store::TestStatement;

/// Statements on their way, and how their fate gets back into the rows.
struct Journey {
    std::vector<Outgoing> out;
    std::vector<TestStatement*> rows;

    void add(TestStatement& row, std::string id, std::string bytes, std::string state) {
        out.push_back({std::move(id), std::move(bytes), std::move(state), 0, {}, {}});
        rows.push_back(&row);
    }
    std::size_t indexOf(const Outgoing* one) const { return static_cast<std::size_t>(one - out.data()); }
};

PackageSendSettings settingsOf(const PackageParts& parts, const footprint::Profile* profile) {
    PackageSendSettings settings;
    if (profile != nullptr) {
        settings.statements = static_cast<std::size_t>(profile->limits.statements);
        settings.bytes = static_cast<std::size_t>(profile->limits.bytes);
    }
    settings.backoff = parts.backoff;
    settings.seed = static_cast<std::uint64_t>(parts.clock.now());
    return settings;
}

const footprint::Profile* profileOf(const PackageParts& parts, const std::string& projectId) {
    const auto project = parts.organizations.project(projectId);
    return project ? parts.profiles.find(project->profile) : nullptr;
}

std::string sendPart(const PackageParts& parts, const store::PackageRow& row, const lrs::Settings& lrs,
                     std::vector<TestStatement>& all, bool methodist, std::stop_token stop) {
    Journey journey;
    for (auto& one : all)
        if ((one.learnerId == 0) == methodist && one.state != "blocked")
            journey.add(one, one.statementId, one.bytes, one.state);
    lrs::LrsClient client(parts.http, lrs);
    PackageSender sender(client, parts.waiter, settingsOf(parts, profileOf(parts, row.project)),
                         [&](std::span<Outgoing* const> changed) {
                             std::vector<TestStatement> kept;
                             for (const auto* one : changed) {
                                 auto& statement = *journey.rows[journey.indexOf(one)];
                                 statement.state = one->state;
                                 statement.status = one->status;
                                 statement.message = one->message;
                                 statement.errorId = one->errorId;
                                 kept.push_back(statement);
                             }
                             parts.packages.saveState(row.storeId, kept);
                         });
    return sender.send(journey.out, std::move(stop));
}

/// What refers to a statement that the LRS refused, or that isn't in the package, can't go.
void block(const PackageParts& parts, store::PackageRow& row, std::vector<TestStatement>& all) {
    std::map<std::string, const TestStatement*> byId;
    for (const auto& one : all) byId.emplace(one.statementId, &one);
    std::vector<TestStatement> blocked;
    for (auto& one : all) {
        if (one.dependsOn.empty() || one.state == "accepted") continue;
        const auto it = byId.find(one.dependsOn);
        if (it != byId.end() && it->second->state == "accepted") continue;
        one.state = "blocked";
        blocked.push_back(one);
        auto why = footprint::Refusal::of(footprint::reasons::kRefersToRefused, "факт " + one.dependsOn);
        row.unsent.push_back(
            {one.record, one.kind, row.flowId, one.learnerId, why.code, why.field, why.reason, why.fix});
    }
    parts.packages.saveState(row.storeId, blocked);
}

std::string voidBytes(const std::string& id, const std::string& homePage, const std::string& actor,
                      const std::string& voided, const std::string& timestamp) {
    std::string out = "{\"id\":\"" + id + R"(","actor":{"objectType":"Agent","account":{"homePage":")";
    common::appendJsonEscaped(out, homePage, true);
    out += R"(","name":")" + actor + R"("}},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided","display":{"ru-RU":")";
    common::appendJsonEscaped(out, "Аннулировано", true);
    return out + R"("}},"object":{"objectType":"StatementRef","id":")" + voided + R"("},"timestamp":")" + timestamp +
           "\"}";
}

/// Ends the row whatever happens: a package that broke off is told as such.
template <class Work>
void ended(const PackageParts& parts, store::PackageRow& row, const char* failedState, Work work) {
    try {
        work();
    } catch (const host::sdk::AppError& error) {
        row.state = failedState;
        row.message = error.what();
        parts.logger.error("A full package broke off", {{"package", row.id}, {"err", error.what()}});
    } catch (const std::exception& error) {
        row.state = failedState;
        row.message = "Внутренняя ошибка сервера; она записана в журнал сервера. Повторите.";
        parts.logger.error("A full package broke off", {{"package", row.id}, {"err", error.what()}});
    }
    parts.packages.finish(row);
}

}  // namespace

std::string testStore(const std::string& installationId, const std::string& organization, const std::string& project,
                      const std::string& endpoint, const lrs::Basic& basic) {
    return common::Uuid::v5(installationId,
                            fmt::format("{}|{}|test-lrs|{}|{}", organization, project, endpoint, basic.fingerprint()));
}

void sendPackage(const PackageParts& parts, store::PackageRow row, const TestContour& contour, std::stop_token stop) {
    ended(parts, row, "failed", [&] {
        const auto files = placeFiles(parts, row, contour.storage, stop);
        auto plan = planPackage(parts, row, files);
        row.unsent = std::move(plan.unsent);
        parts.packages.plan(row.id, row.storeId, plan.generation, plan.statements);
        auto& all = plan.statements;
        row.message = sendPart(parts, row, contour.lrs, all, true, stop);
        if (row.message.empty()) {
            block(parts, row, all);
            row.message = sendPart(parts, row, contour.lrs, all, false, stop);
        }
        const bool whole = !all.empty() &&
                           std::all_of(all.begin(), all.end(), [](const auto& one) { return one.state == "accepted"; });
        if (all.empty()) row.message = "Отправлять нечего: причины названы в отчёте.";
        row.state = whole && row.unsent.empty() && row.message.empty() ? "done" : "incomplete";
    });
}

void voidPackage(const PackageParts& parts, store::PackageRow row, const TestContour& contour, std::stop_token stop) {
    ended(parts, row, "void-incomplete", [&] {
        const auto* profile = profileOf(parts, row.project);
        const auto organization = parts.organizations.find(row.organization);
        if (profile == nullptr || !organization)
            throw host::sdk::AppError::notFound("The package's project or profile is gone, so nothing can be voided.");
        const footprint::ZoneTime zone(organization->timeZone);
        auto all = parts.packages.statements(row);
        Journey journey;
        std::vector<TestStatement> begun;
        for (auto it = all.rbegin(); it != all.rend(); ++it) {
            // What is in doubt may be there as well; an LRS takes the voiding of what it hasn't got.
            if ((it->state != "accepted" && it->state != "in_doubt") || it->voidState == "accepted") continue;
            if (it->voidBytes.empty()) {
                it->voidId = common::Uuid::v5(row.storeId, "void|" + it->statementId);
                it->voidBytes =
                    voidBytes(it->voidId, profile->homePage, row.methodist.empty() ? row.learner : row.methodist,
                              it->statementId, zone.text(parts.clock.now()));
            }
            it->voidState = "waiting";
            begun.push_back(*it);
            journey.add(*it, it->voidId, it->voidBytes, it->voidState);
        }
        parts.packages.saveState(row.storeId, begun);
        lrs::LrsClient client(parts.http, contour.lrs);
        PackageSender sender(client, parts.waiter, settingsOf(parts, profile), [&](std::span<Outgoing* const> changed) {
            std::vector<TestStatement> kept;
            for (const auto* one : changed) {
                auto& statement = *journey.rows[journey.indexOf(one)];
                statement.voidState = one->state;
                statement.voidMessage = one->message;
                kept.push_back(statement);
            }
            parts.packages.saveState(row.storeId, kept);
        });
        row.message = sender.send(journey.out, std::move(stop));
        const bool whole = std::all_of(journey.out.begin(), journey.out.end(),
                                       [](const auto& one) { return one.state == "accepted"; });
        row.state = whole ? "voided" : "void-incomplete";
    });
}

}  // namespace plugin::delivery
