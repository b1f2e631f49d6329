#include "plugin/api/SsoJoining.h"

#include "common/Json.h"
#include "host/sdk/Error.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Confirmation;
using host::sdk::ConfirmedField;
using host::sdk::ConfirmVerdict;
using host::sdk::UntiIdAssignment;
using host::sdk::UntiIdVerdict;
using store::JoinState;
using store::SsoJoin;

namespace {

constexpr const char* kHasAnother = "has-another";
constexpr const char* kOtherLeader = "other-leader-id";
constexpr const char* kTaken = "taken";
constexpr const char* kLearnerGone = "learner-gone";
constexpr const char* kChanged = "changed-meanwhile";
constexpr const char* kLeaderTaken = "leader-id-taken";

bool isTest(const SsoJoin& join) {
    return join.contour == "test";
}

const std::string& untiIdOf(const host::sdk::Learner& learner, bool test) {
    return test ? learner.testUntiId : learner.untiId;
}

SsoJoin joinOf(const store::SsoAttempt& attempt) {
    SsoJoin join;
    join.organization = attempt.organization;
    join.contour = attempt.contour;
    join.learnerId = attempt.learnerId;
    join.untiId = attempt.untiId;
    join.leaderId = attempt.leaderId;
    return join;
}

const char* codeOf(UntiIdVerdict verdict) {
    switch (verdict) {
        case UntiIdVerdict::NoLearner:
            return kLearnerGone;
        case UntiIdVerdict::Taken:
            return kTaken;
        default:
            return kChanged;
    }
}

AppError refusalOf(const std::string& code) {
    if (code == kTaken)
        return AppError::conflict("sso.taken",
                                  "Another learner has this unti_id; take it from that one first, or dismiss this.");
    if (code == kLearnerGone)
        return AppError::conflict("sso.learner-gone", "The learner's record is deleted; dismiss this.");
    return AppError::conflict("sso.learner-changed",
                              "The learner's unti_id was changed meanwhile; look at both again and decide anew.");
}

AppError quicker() {
    return {412, "precondition-failed", "Somebody decided on this join meanwhile; read it again."};
}

}  // namespace

SsoJoinWords joinWords(const std::string& code, bool russian) {
    const auto say = [russian](const char* ru, const char* en) { return std::string(russian ? ru : en); };
    if (code == kHasAnother)
        return {say("У слушателя уже другой unti_id.", "The learner has another unti_id already."),
                say("Сверьте оба с человеком: примите новый или оставьте прежний.",
                    "Check both with the person: accept the new one or keep the old.")};
    if (code == kOtherLeader)
        return {say("Leader ID из Университета 20.35 не тот, что записан у слушателя: возможно, вошёл другой человек.",
                    "The Leader-ID from University 2035 isn't the learner's: somebody else may have signed in."),
                say("Сверьте с человеком: примите, если Leader ID в записи устарел, иначе отклоните.",
                    "Check with the person: accept when the record's Leader-ID is out of date, else dismiss.")};
    if (code == kTaken)
        return {say("Этот unti_id уже записан у другого слушателя.", "Another learner has this unti_id already."),
                say("Выясните, чей он: у прежнего слушателя его сначала нужно снять.",
                    "Find out whose it is: it must be taken from the other learner first.")};
    if (code == kLearnerGone)
        return {say("Записи слушателя больше нет.", "The learner's record is gone."),
                say("Отклоните; если слушатель вернётся, сделайте ему новую ссылку.",
                    "Dismiss it; make a new link when the learner comes back.")};
    if (code == kChanged)
        return {say("Запись слушателя изменили, пока он подтверждал.", "The learner's record was changed meanwhile."),
                say("Посмотрите на запись и решите ещё раз.", "Look at the record and decide again.")};
    if (code == kLeaderTaken)
        return {say("unti_id записан; такой Leader ID уже есть у другого слушателя, поэтому он не записан.",
                    "The unti_id is written; another learner has that Leader-ID, so it isn't."),
                say("Проверьте, не записан ли один человек дважды.", "Check whether one person has two records.")};
    return {};
}

SsoJoin SsoJoining::confirmed(const store::SsoAttempt& attempt, const SsoActor& actor) {
    auto join = joinOf(attempt);
    judge(join);
    if (join.code.empty()) join.code = write(join, actor.login);
    join.state = join.code.empty() || join.code == kLeaderTaken ? JoinState::Joined : JoinState::Waiting;
    join = store_.addJoin(std::move(join));
    note(join, actor, join.state == JoinState::Joined ? "sso.joined" : "sso.join-waits");
    return join;
}

SsoJoin SsoJoining::declined(const store::SsoAttempt& attempt, const SsoActor& actor) {
    auto join = joinOf(attempt);
    join.state = JoinState::Declined;
    join = store_.addJoin(std::move(join));
    note(join, actor, "sso.join-declined");
    return join;
}

/// What stands against it; nothing is written.
void SsoJoining::judge(SsoJoin& join) {
    const auto learner = records_.learner(join.organization, join.learnerId);
    join.code.clear();
    if (!learner || learner->deleted) {
        join.code = kLearnerGone;
        return;
    }
    join.previous = untiIdOf(*learner, isTest(join));
    join.previousLeader = isTest(join) ? std::string() : learner->leaderId;
    if (!join.previous.empty() && join.previous != join.untiId)
        join.code = kHasAnother;
    else if (!join.leaderId.empty() && !join.previousLeader.empty() && join.previousLeader != join.leaderId)
        join.code = kOtherLeader;
}

/// Writes both ids over what `judge` saw; a code when the unti_id wasn't written, or what is to be noted though it was.
std::string SsoJoining::write(SsoJoin& join, const std::string& who) {
    join.previousAssigned = false;
    for (const auto& one : records_.assignedUntiIds(join.organization))
        if (one.learnerId == join.learnerId && one.test == isTest(join) && one.untiId == join.previous)
            join.previousAssigned = true;
    const UntiIdAssignment wanted{join.learnerId, isTest(join), join.untiId, join.previous};
    const auto outcome = records_.assignUntiIds(join.organization, {&wanted, 1}, who).at(0);
    if (outcome.verdict != UntiIdVerdict::Assigned && outcome.verdict != UntiIdVerdict::Same)
        return codeOf(outcome.verdict);
    writeLeader(join, who);
    return join.leaderId.empty() || isTest(join) || join.leaderWritten || join.previousLeader == join.leaderId
               ? std::string()
               : kLeaderTaken;
}

/// The production contour's only: a Leader-ID of the test contour must not get into a production statement.
void SsoJoining::writeLeader(SsoJoin& join, const std::string& who) {
    join.leaderWritten = false;
    if (isTest(join) || join.leaderId.empty() || join.leaderId == join.previousLeader) return;
    join.previousLeaderConfirmed = false;
    for (const auto& one : records_.confirmed(join.organization))
        if (one.field == ConfirmedField::LeaderId && one.id == join.learnerId && one.value == join.previousLeader)
            join.previousLeaderConfirmed = true;
    const Confirmation wanted{ConfirmedField::LeaderId, join.learnerId, join.leaderId, join.previousLeader};
    const auto outcome = records_.confirm(join.organization, {&wanted, 1}, who).at(0);
    join.leaderWritten = outcome.verdict == ConfirmVerdict::Written;
}

SsoJoin SsoJoining::accept(SsoJoin join, const SsoActor& actor) {
    if (join.state != JoinState::Waiting)
        throw AppError::conflict("sso.not-waiting", "This join waits for nobody's decision any more.");
    const auto seen = join.previous;
    const auto seenLeader = join.previousLeader;
    judge(join);
    if (join.code == kLearnerGone) throw refusalOf(join.code);
    if (join.previous != seen || join.previousLeader != seenLeader) {
        // What the person saw is no longer so: it is shown as it is now, and asked again.
        store_.changeJoin(join);
        throw refusalOf(kChanged);
    }
    const auto code = write(join, actor.login);
    if (!code.empty() && code != kLeaderTaken) throw refusalOf(code);
    join.code = code;
    join.state = JoinState::Joined;
    keep(join, actor, "sso.join-accepted");
    return join;
}

SsoJoin SsoJoining::dismiss(SsoJoin join, const SsoActor& actor) {
    if (join.state != JoinState::Waiting)
        throw AppError::conflict("sso.not-waiting", "This join waits for nobody's decision any more.");
    join.state = JoinState::Dismissed;
    keep(join, actor, "sso.join-dismissed");
    return join;
}

SsoJoin SsoJoining::undo(SsoJoin join, const SsoActor& actor, const char* action) {
    if (join.state != JoinState::Joined)
        throw AppError::conflict("sso.not-joined", "This join has written nothing that could be taken back.");
    if (join.previous != join.untiId) {
        const UntiIdAssignment back{join.learnerId, isTest(join), join.previousAssigned ? join.previous : std::string(),
                                    join.untiId};
        const auto outcome = records_.assignUntiIds(join.organization, {&back, 1}, actor.login).at(0);
        if (outcome.verdict != UntiIdVerdict::TakenBack && outcome.verdict != UntiIdVerdict::Assigned &&
            outcome.verdict != UntiIdVerdict::Same)
            throw refusalOf(codeOf(outcome.verdict));
    }
    if (join.leaderWritten) {
        const Confirmation back{ConfirmedField::LeaderId, join.learnerId,
                                join.previousLeaderConfirmed ? join.previousLeader : std::string(), join.leaderId};
        records_.confirm(join.organization, {&back, 1}, actor.login);
    }
    join.state = JoinState::Undone;
    keep(join, actor, action);
    return join;
}

void SsoJoining::keep(SsoJoin& join, const SsoActor& actor, const char* action) {
    const auto decided = store_.decide(join, actor.login);
    if (!decided) throw quicker();
    join = *decided;
    note(join, actor, action);
}

/// Whose and where, not which ids: the learner's record and the join show those.
void SsoJoining::note(const SsoJoin& join, const SsoActor& actor, const char* action) {
    common::JsonWriter json;
    json.object().member("learner", std::to_string(join.learnerId)).member("contour", join.contour);
    json.memberIfSet("code", join.code).end();
    journal_.append({join.organization, actor.login, actor.clientAddress, action, fmt::format("sso/joins/{}", join.id),
                     json.take(), actor.requestId});
}

}  // namespace plugin::api
