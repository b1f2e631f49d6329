#include "plugin/integration/IntegrationState.h"

#include "common/Sha256.h"

namespace plugin::integration {

using host::sdk::AppError;

namespace {

bool hasCheck(int stage) {
    return stage == 2 || stage == 4;
}

void requireStage(int stage) {
    if (stage < 1 || stage > kStages)
        throw AppError(404, "not-found", fmt::format("There is no stage {}; the stages are 1 to 4.", stage));
}

void requireOpen(const IntegrationState& s, int stage) {
    requireStage(stage);
    if (s.active)
        throw AppError::conflict("integration.active",
                                 "The integration is active; nothing in it can be changed until it is disconnected.");
    if (s.opened == 0)
        throw AppError::conflict("integration.not-open", "The card has not been opened yet; POST …/open first.");
    if (stage > s.opened)
        throw AppError::conflict(
            "integration.locked-stage",
            fmt::format("Stage {} is not opened yet; the furthest opened stage is {}.", stage, s.opened));
}

void refuseSameBasic(const CredentialFacts& basic, const CredentialFacts& other, const char* contour) {
    if (basic.empty() || basic.fingerprint != other.fingerprint) return;
    throw AppError(422, "integration.same-basic", "The Basic is the one already stored for the other contour.",
                   {{"/basic", fmt::format("it equals the stored Basic of the {} contour", contour),
                     "paste the Basic of this contour's letter"}});
}

}  // namespace

const char* toString(Status status) {
    switch (status) {
        case Status::NotDone:
            return "not-done";
        case Status::InProgress:
            return "in-progress";
        case Status::DataError:
            return "data-error";
        case Status::Active:
            return "active";
    }
    return "";
}

const char* toString(StageState state) {
    switch (state) {
        case StageState::Locked:
            return "locked";
        case StageState::Open:
            return "open";
        case StageState::Done:
            return "done";
        case StageState::Failed:
            return "failed";
    }
    return "";
}

const char* toString(CheckPurpose purpose) {
    switch (purpose) {
        case CheckPurpose::Stage:
            return "stage";
        case CheckPurpose::ReplaceBasic:
            return "replace-basic";
        case CheckPurpose::ReplaceStorage:
            return "replace-storage";
    }
    return "";
}

const char* toString(CheckResult result) {
    switch (result) {
        case CheckResult::None:
            return "none";
        case CheckResult::Passed:
            return "passed";
        case CheckResult::Failed:
            return "failed";
    }
    return "";
}

Status statusOf(const IntegrationState& s) {
    if (s.active) return Status::Active;
    if (s.opened == 0) return Status::NotDone;
    return s.lastCheckFailed ? Status::DataError : Status::InProgress;
}

StageState stageStateOf(const IntegrationState& s, int stage) {
    requireStage(stage);
    if (stage > s.opened) return StageState::Locked;
    if (!s.active && s.stage(stage).lastCheck == CheckResult::Failed) return StageState::Failed;
    return s.stage(stage).passed ? StageState::Done : StageState::Open;
}

bool canContinue(const IntegrationState& s, int stage) {
    requireStage(stage);
    if (s.active || stage > s.opened) return false;
    return !hasCheck(stage) || s.stage(stage).confirmable;
}

bool canCheck(const IntegrationState& s, int stage) {
    return hasCheck(stage) && !s.active && stage <= s.opened && !s.running;
}

std::string fingerprintOf(const Candidate& c) {
    return common::Sha256::hex(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", c.basic.fingerprint, c.endpoint,
                                           c.storage.userId, c.storage.accessKeyId, c.storage.secretKey.fingerprint,
                                           c.storage.endpoint, c.storage.bucket));
}

IntegrationState openBy(IntegrationState s, const Doer& doer) {
    if (s.active)
        throw AppError::conflict("integration.active", "The integration is active; its card can't be opened.");
    if (s.opened > 0) throw AppError::conflict("integration.already-open", "The card was opened before.");
    s.opened = 1;
    s.chosen = 1;
    s.stage(1).openedAt = doer.at;
    return s;
}

IntegrationState selectStage(IntegrationState s, int stage) {
    requireOpen(s, stage);
    s.chosen = stage;
    return s;
}

IntegrationState continueStage(IntegrationState s, int stage, const std::string& storeId, const Doer& doer) {
    requireOpen(s, stage);
    StageProgress& progress = s.stage(stage);
    if (hasCheck(stage) && !progress.confirmable) {
        if (s.running && s.running->stage == stage)
            throw AppError::conflict("integration.check-running", "The check of this stage is still running.");
        if (progress.passed)
            throw AppError::conflict("integration.nothing-changed",
                                     "The stage was passed before; change the Basic and check it again first.");
        throw AppError::conflict("integration.not-checked",
                                 "The stage has no successful check to confirm; check first.");
    }
    progress.passed = true;
    progress.confirmable = false;
    progress.passedAt = doer.at;
    progress.passedBy = doer.login;
    if (hasCheck(stage)) progress.confirmedFingerprint = progress.checkedFingerprint;
    if (stage < kStages) {
        if (s.opened <= stage) s.stage(stage + 1).openedAt = doer.at;
        s.opened = std::max(s.opened, stage + 1);
        s.chosen = stage + 1;
        return s;
    }
    if (s.running)
        throw AppError::conflict("integration.check-running", "Another check is still running; wait for its end.");
    if (storeId.empty()) throw AppError(500, "internal", "An integration can't become active without a store id.");
    s.active = true;
    s.storeId = storeId;
    s.lastCheckFailed = false;
    return s;
}

IntegrationState checkStarted(IntegrationState s, RunningCheck check) {
    if (check.purpose == CheckPurpose::Stage) {
        if (!hasCheck(check.stage))
            throw AppError(404, "not-found", fmt::format("Stage {} has no check; stages 2 and 4 have.", check.stage));
        requireOpen(s, check.stage);
    } else if (!s.active) {
        throw AppError::conflict("integration.not-active",
                                 "Only an active integration's key can be replaced; finish the set-up instead.");
    } else if (check.purpose == CheckPurpose::ReplaceStorage && !s.storage.present()) {
        throw AppError::conflict("integration.no-storage",
                                 "This integration has no S3 storage whose key could be replaced.");
    }
    if (s.running)
        throw AppError::conflict("integration.check-running",
                                 fmt::format("Check {} is still running; wait for its end.", s.running->id));
    if (check.stage == 2)
        refuseSameBasic(check.candidate.basic, s.productionBasic, "production");
    else
        refuseSameBasic(check.candidate.basic, s.testBasic, "test");
    if (check.purpose == CheckPurpose::Stage) s.stage(check.stage).confirmable = false;
    s.lastCheckId = check.id;
    s.running = std::move(check);
    return s;
}

IntegrationState checkFinished(IntegrationState s, const std::string& checkId, const CheckEnd& end) {
    if (!s.running || s.running->id != checkId) return s;
    RunningCheck check = std::move(*s.running);
    s.running.reset();
    if (!end.bucket.empty() && check.candidate.storage.bucket != end.bucket) {
        check.candidate.storage.bucket = end.bucket;
        // The same fields sent again come with the bucket that is known by then: nothing has changed.
        check.candidate.fieldsFingerprint = fingerprintOf(check.candidate);
    }
    if (check.purpose == CheckPurpose::ReplaceBasic) {
        if (end.passed) s.productionBasic = check.candidate.basic;
        return s;
    }
    if (check.purpose == CheckPurpose::ReplaceStorage) {
        if (end.passed) s.storage = check.candidate.storage;
        return s;
    }
    StageProgress& progress = s.stage(check.stage);
    progress.lastCheck = end.passed ? CheckResult::Passed : CheckResult::Failed;
    progress.tried = check.candidate.basic;
    s.lastCheckFailed = !end.passed;
    if (!end.passed) return s;
    progress.checkedFingerprint = check.candidate.fieldsFingerprint;
    progress.confirmable = !progress.passed || progress.checkedFingerprint != progress.confirmedFingerprint;
    if (check.stage == 2) {
        s.testBasic = check.candidate.basic;
        s.guid = end.guid;
    } else {
        s.productionBasic = check.candidate.basic;
        s.storage = check.candidate.storage;
        s.productionEndpoint = check.candidate.endpoint;
        s.productionEndpointTyped = check.candidate.endpointTyped;
        s.evidence = end.evidence;
    }
    return s;
}

IntegrationState disconnect(IntegrationState s) {
    if (s.opened == 0) throw AppError::conflict("integration.not-open", "There is nothing to disconnect.");
    IntegrationState fresh;
    fresh.version = s.version;
    fresh.overrides = std::move(s.overrides);
    return fresh;
}

IntegrationState overrideEndpoints(IntegrationState s, const EndpointOverrides& overrides) {
    if (s.active)
        throw AppError::conflict("integration.active",
                                 "The integration is active; disconnect it before its endpoints are changed.");
    if (s.running) throw AppError::conflict("integration.check-running", "A check is still running; wait for its end.");
    if (s.overrides.test != overrides.test) s.stage(2).confirmable = false;
    if (s.overrides.production != overrides.production) {
        s.stage(4).confirmable = false;
        s.productionEndpoint.clear();
        s.productionEndpointTyped = false;
    }
    s.overrides = overrides;
    return s;
}

bool isSsoLetter(std::string_view kind) {
    return kind == "sso-test" || kind == "sso-production";
}

IntegrationState letterCopied(IntegrationState s, const std::string& kind, host::sdk::Micros at) {
    // Signing in is a connection of its own, asked for before the LRS and apart from it (seed 003, stages 1 and 2).
    if (isSsoLetter(kind)) {
        s.lettersCopied[kind] = at;
        return s;
    }
    if (s.active)
        throw AppError::conflict("integration.active", "The integration is active; its letters are sent already.");
    if (s.opened == 0)
        throw AppError::conflict("integration.not-open", "The card has not been opened yet; POST …/open first.");
    s.lettersCopied[kind] = at;
    return s;
}

}  // namespace plugin::integration
