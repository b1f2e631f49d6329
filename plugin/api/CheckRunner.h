#pragma once
/// Runs the wizard's connection checks in the background: LRS, and S3 where it is wanted; 60 seconds in all. Steps are
/// stored as they finish. Thread-safe.

#include "host/sdk/HostServices.h"
#include "plugin/CheckStep.h"
#include "plugin/api/Gate.h"
#include "plugin/api/KnownReading.h"
#include "plugin/lrs/LrsClient.h"
#include "plugin/s3/S3Client.h"
#include "plugin/store/IntegrationStore.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace plugin::api {

struct CheckServices {
    host::sdk::OutboundHttp& http;
    host::sdk::Scheduler& scheduler;
    host::sdk::Secrets& secrets;
    host::sdk::Journal& journal;
    host::sdk::Logger& logger;
    const host::sdk::Clock& clock;
    store::IntegrationStore& integrations;
};

/// A check that the store knows as running already.
struct CheckJob {
    store::IntegrationKey key;
    std::string checkId;
    int stage = 0;
    integration::CheckPurpose purpose = integration::CheckPurpose::Stage;
    std::optional<lrs::Settings> lrs;
    std::optional<s3::Settings> storage;
    std::vector<KnownStatements> known;  ///< read back once the LRS's check has passed
    std::string guidPointer;  ///< stage 2: where the guid stands in the answer to the POST; empty: nobody wants it
    /// Kept when the check passes: name in sdk::Secrets → value.
    std::vector<std::pair<std::string, host::sdk::SecretString>> secrets;
    std::string actor;          ///< for the journal
    std::string clientAddress;  ///< for the journal
    std::string requestId;      ///< for the journal
};

class CheckRunner {
public:
    static constexpr std::chrono::seconds kLimit{60};

    explicit CheckRunner(CheckServices services);
    /// Ends running checks and waits for them: their requests end early by their stop token. A check that was handed
    /// over and had not begun does nothing; the next start calls it interrupted.
    ~CheckRunner();
    CheckRunner(const CheckRunner&) = delete;
    CheckRunner& operator=(const CheckRunner&) = delete;

    /// Hands the job to the background. When no worker is free the check ends as failed and AppError 503 is thrown.
    void start(CheckJob job);

    /// «Отключить»: ends a running check, then wipes; a check that ends meanwhile stores nothing afterwards.
    integration::IntegrationState disconnect(const store::IntegrationKey& key, std::optional<std::int64_t> expected);

    /// A person's word about a store's contour; the test contour's integration is disconnected as by «Отключить».
    store::DeclaredStore declareContour(const std::string& organization, const std::string& storeId,
                                        std::optional<std::int64_t> expected, const store::ContourWord& word);

    /// Checks that an earlier process left running become failed: "server restarted". Called before any request.
    void failLeftOver();
    /// Ends a check whose time is over and that nobody runs any more.
    void failOverdue(const store::IntegrationKey& key);

private:
    struct Run;

    void run(CheckJob& job, Run& run, std::stop_token stop);
    void runLrs(CheckJob& job, Run& run);
    void runStorage(CheckJob& job, Run& run);
    void readKnownStatements(CheckJob& job, Run& run);
    void tell(const CheckJob& job, Run& run, const CheckStep& step, const std::string& url,
              const std::string& parameters, const std::vector<std::string>& choices = {});
    void finish(const CheckJob& job, Run& run);
    void stopRunning(const integration::IntegrationState& before);
    void endAsFailed(const store::IntegrationKey& key, const std::string& checkId, CheckStep why);

    CheckServices services_;
    std::shared_ptr<Gate> gate_;  ///< outlives the runner, so that work which begins after it finds it closed
    /// Held while secrets and state change together, so that a check that ends can't restore what was just wiped.
    std::mutex swap_;
    std::mutex mutex_;
    std::map<std::string, std::stop_source> running_;  ///< check id → how to end it
};

}  // namespace plugin::api
