#pragma once
/// xAPI sources: who may send statements, whose they are, and what becomes of them. Kept in memory as well, since every
/// request asks. A secret is shown once; of it a SHA-256 is kept, as of tokens (it is 256 bits of chance). Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Secrets.h"
#include "host/xapi/RuleSet.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::xapi {

struct XapiSource {
    std::int64_t id = 0;
    std::string organization;
    std::string name;  ///< [a-z0-9][a-z0-9._-]*: stands in addresses, and is the source of its records
    std::string title;
    bool enabled = true;
    std::string key;
    std::string lastFour;              ///< of the secret
    sdk::Micros previousUntil = 0;     ///< the secret before is good until then; 0: there is none
    std::vector<std::string> origins;  ///< pages that may send statements from a browser
    std::string references;            ///< source of the records that statements refer to; empty: itself
    std::string ruleSet;               ///< ready-made rules
    std::string rules;                 ///< rules of its own, JSON; empty: the ready-made ones
    bool remapping = false;
    std::int64_t revision = 1;
    sdk::Micros changedAt = 0;
    std::string changedBy;

    const std::string& referenceSource() const { return references.empty() ? name : references; }
};

/// A source with its rules read, as requests use it.
struct ActiveSource {
    XapiSource source;
    std::shared_ptr<const RuleSet> rules;
};
using ActiveSourcePtr = std::shared_ptr<const ActiveSource>;

class XapiSources {
public:
    /// Reads all. What is wrong with rules that were right when they were given is an error of every use of them.
    XapiSources(sdk::Database& database, const RuleLibrary& library, const sdk::Clock& clock);

    std::vector<XapiSource> list(const std::string& organization);
    /// AppError 404.
    XapiSource get(const std::string& organization, const std::string& name);
    ActiveSourcePtr active(const std::string& organization, const std::string& name);
    std::vector<ActiveSourcePtr> all();

    /// Who sends; null when key or secret are wrong or the source is disabled.
    ActiveSourcePtr authenticate(std::string_view key, std::string_view secret);
    /// Whether any enabled source lets pages of this origin send.
    bool allowsOrigin(std::string_view origin);

    struct Made {
        XapiSource source;
        sdk::SecretString secret;
    };
    Made create(XapiSource source, const std::string& who);
    /// Name and key stay. Other rules than before mark all its statements to be read again.
    XapiSource replace(XapiSource source, std::optional<std::int64_t> ifMatch, const std::string& who);
    /// The old secret is good until `keepOldUntil`.
    Made rotate(const XapiSource& source, sdk::Micros keepOldUntil, const std::string& who);
    /// With its statements; the records stay.
    void erase(const XapiSource& source, std::optional<std::int64_t> ifMatch);

    /// Where reading again goes on, nullopt when it isn't due.
    std::optional<std::int64_t> remapFrom(std::int64_t source);
    void startRemap(const XapiSource& source);

    /// The rules of a source, read: AppError 422 with places in what a source is given as.
    std::shared_ptr<const RuleSet> rulesOf(const XapiSource& source) const;

private:
    struct Kept {
        ActiveSourcePtr active;
        std::string secretHash, previousHash;
    };
    void load();
    Kept select(std::int64_t id);

    sdk::Database& database_;
    const RuleLibrary& library_;
    const sdk::Clock& clock_;
    std::mutex mutex_;
    std::map<std::int64_t, Kept> kept_;
};

}  // namespace host::xapi
