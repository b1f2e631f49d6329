#pragma once
/// The wizard's check of a storage: find the bucket, put a small file with public-read, read it without a key by the
/// address a statement would carry, delete it. Every step says what was done, what came back, cause and fix, in
/// Russian. Thread-safe; blocks; leaves nothing behind where the storage allows deletion.

#include "plugin/CheckStep.h"
#include "plugin/s3/S3Client.h"

#include <functional>

namespace plugin::s3 {

struct ProbeReport {
    bool passed = false;
    std::vector<CheckStep> steps;
    std::string bucket;                ///< the one used: given, or the only one there is
    std::vector<std::string> choices;  ///< several were found: a person must choose
};

/// Called with each step as it finishes, and what a person may choose from where the step asks for a choice. It must
/// not throw: a probe that breaks off leaves its file behind.
using ProbeStepFinished = std::function<void(const CheckStep& step, const std::vector<std::string>& choices)>;

class S3Probe {
public:
    S3Probe(host::sdk::OutboundHttp& http, const host::sdk::Clock& clock, Settings settings)
        : http_(http), clock_(clock), settings_(std::move(settings)) {}

    /// \param limit for all steps together
    ProbeReport check(std::chrono::milliseconds limit, std::stop_token stop, const ProbeStepFinished& finished = {});

private:
    host::sdk::OutboundHttp& http_;
    const host::sdk::Clock& clock_;
    Settings settings_;
};

}  // namespace plugin::s3
