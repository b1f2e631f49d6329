#pragma once
/// The wizard of one organisation and project as a value, and the commands that change it.
///
/// Every command takes a state and gives the next one, or throws AppError with a stable code when it isn't allowed
/// (409; 422 for a field), and changes nothing then. Pure: no clock, no HTTP, no SQL; times come in as arguments.
/// The state never holds a secret: of a credential only the last four characters and a SHA-256 fingerprint.

#include "host/sdk/Clock.h"
#include "host/sdk/Error.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace plugin::integration {

inline constexpr int kStages = 4;

enum class Status { NotDone, InProgress, DataError, Active };
enum class StageState { Locked, Open, Done, Failed };
enum class CheckPurpose { Stage, ReplaceBasic, ReplaceStorage };
enum class CheckResult { None, Passed, Failed };

const char* toString(Status status);         ///< "not-done", "in-progress", "data-error", "active"
const char* toString(StageState state);      ///< "locked", "open", "done", "failed"
const char* toString(CheckPurpose purpose);  ///< "stage", "replace-basic", "replace-storage"
const char* toString(CheckResult result);    ///< "none", "passed", "failed"

/// What is kept in clear of a credential.
struct CredentialFacts {
    std::string lastFour;
    std::string fingerprint;  ///< lower-case hex SHA-256; empty: there is none
    bool empty() const noexcept { return fingerprint.empty(); }
};

/// The S3 part of stage 4. `secretKey` is facts only.
struct StorageFacts {
    std::string userId;  ///< quoted in letters to University 2035's support
    std::string accessKeyId;
    CredentialFacts secretKey;
    std::string endpoint;  ///< scheme and host, without bucket
    std::string bucket;
    bool present() const noexcept { return !accessKeyId.empty(); }
};

/// What a check tries: kept with the running check, and taken over when it succeeds.
struct Candidate {
    CredentialFacts basic;          ///< empty for ReplaceStorage
    StorageFacts storage;           ///< stage 4 and ReplaceStorage
    std::string endpoint;           ///< of the LRS
    bool endpointTyped = false;     ///< a person typed it: the address guard applies
    std::string fieldsFingerprint;  ///< fingerprintOf(*this), of the fields as they were entered or stood
};

/// Over every field of it.
std::string fingerprintOf(const Candidate& candidate);

struct RunningCheck {
    std::string id;
    int stage = 0;
    CheckPurpose purpose = CheckPurpose::Stage;
    host::sdk::Micros deadline = 0;
    Candidate candidate;
};

/// What reading back known statements of an earlier store with the new credentials came to.
struct StoreEvidence {
    std::string storeId;
    int asked = 0;
    int found = 0;
    int missing = 0;  ///< the LRS said that it has no such statement; the rest it didn't let us read
};

/// How a check ended.
struct CheckEnd {
    bool passed = false;
    std::string guid;                          ///< stage 2: out of the answer
    std::string bucket;                        ///< found by listing where none was given; empty: the candidate's
    std::vector<StoreEvidence> evidence = {};  ///< stage 4: of each earlier store that was told something
};

struct StageProgress {
    bool passed = false;       ///< its button was pressed
    bool confirmable = false;  ///< stages 2 and 4: a success waits for its button
    CheckResult lastCheck = CheckResult::None;
    CredentialFacts tried;             ///< Basic of the last check that ended, whatever its result
    std::string checkedFingerprint;    ///< fields of the last success
    std::string confirmedFingerprint;  ///< fields the button was pressed with
    // Not on record for what was done before these were kept.
    std::optional<host::sdk::Micros> openedAt;  ///< first
    std::optional<host::sdk::Micros> passedAt;  ///< when its button was pressed last
    std::string passedBy;                       ///< who pressed it
};

/// When a person did something, and who; without a time it is not written down.
struct Doer {
    std::optional<host::sdk::Micros> at;
    std::string login;
};

/// Set by the server's administrator; an empty address means the profile's. Outlives «Отключить».
struct EndpointOverrides {
    std::string test;
    std::string production;
};

struct IntegrationState {
    std::int64_t version = 0;  ///< the store's; 0: never saved
    bool active = false;
    int opened = 0;  ///< furthest stage opened, 0: nobody has opened the card
    int chosen = 0;  ///< where the radio button stands
    std::array<StageProgress, kStages> stages;
    std::string lastCheckId;       ///< the last one that was started
    bool lastCheckFailed = false;  ///< the last one that ended on stage 2 or 4
    std::optional<RunningCheck> running;
    std::string guid;
    CredentialFacts testBasic;        ///< of the last success on stage 2
    CredentialFacts productionBasic;  ///< of the last success on stage 4, or replaced
    StorageFacts storage;
    std::string productionEndpoint;  ///< of the last success on stage 4
    bool productionEndpointTyped = false;
    EndpointOverrides overrides;
    std::map<std::string, host::sdk::Micros> lettersCopied;  ///< letter's kind → when
    std::string storeId;                                     ///< of an active integration
    std::vector<StoreEvidence> evidence;                     ///< of the last success on stage 4

    const StageProgress& stage(int n) const { return stages.at(static_cast<std::size_t>(n - 1)); }
    StageProgress& stage(int n) { return stages.at(static_cast<std::size_t>(n - 1)); }
};

Status statusOf(const IntegrationState& state);
StageState stageStateOf(const IntegrationState& state, int stage);
/// Whether the stage's button is active: «Данные у меня», «Проверено», «Все отлично».
bool canContinue(const IntegrationState& state, int stage);
/// Whether the stage's fields may be checked now.
bool canCheck(const IntegrationState& state, int stage);

/// First opening: «Не выполнен» → «В процессе» 1/4.
IntegrationState openBy(IntegrationState state, const Doer& doer);
inline IntegrationState open(IntegrationState state) {
    return openBy(std::move(state), {});
}
/// The radio button; only among opened stages.
IntegrationState selectStage(IntegrationState state, int stage);
/// The stage's button. On 4 the integration becomes active; `storeId` is needed there.
IntegrationState continueStage(IntegrationState state, int stage, const std::string& storeId = {},
                               const Doer& doer = {});
/// A check begins. 409 when one is running; 422 "integration.same-basic" when the Basic is the other contour's.
IntegrationState checkStarted(IntegrationState state, RunningCheck check);
/// A check ends. A check that isn't the running one changes nothing (the integration was disconnected meanwhile).
IntegrationState checkFinished(IntegrationState state, const std::string& checkId, const CheckEnd& end);
/// «Отключить»: wipes everything but the administrator's endpoints.
IntegrationState disconnect(IntegrationState state);
/// The administrator's endpoints: a success that waits for its button and was made against another one is void.
IntegrationState overrideEndpoints(IntegrationState state, const EndpointOverrides& overrides);
/// A letter that asks for access to the sign-in: no part of the set-up, it may go before, besides and after.
bool isSsoLetter(std::string_view kind);
/// The letter was copied: the day is kept for the reminder.
IntegrationState letterCopied(IntegrationState state, const std::string& kind, host::sdk::Micros at);

/// The state as a JSON text for the store, and back. \throws AppError 500 when the text isn't one of ours.
std::string toJson(const IntegrationState& state);
IntegrationState fromJson(const std::string& text);

}  // namespace plugin::integration
