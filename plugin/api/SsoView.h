#pragma once
/// Clients, links and joins of the sign-in as JSON and CSV, and what OpenAPI says of them. Pure; thread-safe.

#include "common/Json.h"
#include "plugin/api/Lists.h"
#include "plugin/sso/RedirectUri.h"
#include "plugin/store/SsoStore.h"

#include <optional>
#include <string>
#include <vector>

namespace plugin::api {

extern const char* const kSsoClientSchema;
extern const char* const kSsoClientExample;
extern const char* const kSsoClientWriteSchema;
extern const char* const kSsoClientWriteExample;
extern const char* const kSsoTrialSchema;
extern const char* const kSsoTrialExample;
extern const char* const kSsoLinkSchema;
extern const char* const kSsoLinkExample;
extern const char* const kSsoLinksWriteSchema;
extern const char* const kSsoLinksWriteExample;
extern const char* const kSsoMadeSchema;
extern const char* const kSsoMadeExample;
extern const char* const kSsoJoinSchema;
extern const char* const kSsoJoinExample;
extern const char* const kSsoJoinsSummarySchema;
extern const char* const kSsoJoinsSummaryExample;
extern const char* const kSsoErrorSchema;
extern const char* const kSsoErrorExample;
extern const char* const kSsoDecisionSchema;
extern const char* const kSsoDecisionExample;

struct SsoClientView {
    store::SsoClientRow row;
    std::string defaultBase;
    std::string callback;  ///< most likely the address to register
    std::string secretLastFour;
    bool hasSecret = false;
    std::vector<sso::Finding> findings;
};
void writeClient(common::JsonWriter& json, const SsoClientView& view, bool russian);
void writeFindings(common::JsonWriter& json, const std::vector<sso::Finding>& findings, bool russian);

/// "open", "used", "revoked" or "expired".
const char* linkState(const store::SsoLink& link, host::sdk::Micros now);
void writeLink(common::JsonWriter& json, const store::SsoLink& link, host::sdk::Micros now);
void writeLinkCsvHeader(CsvText& csv);
void writeLinkCsv(CsvText& csv, const store::SsoLink& link, host::sdk::Micros now);

/// A learner as people know it.
struct SsoPerson {
    std::string externalId;
    std::string name;
};
void writeJoin(common::JsonWriter& json, const store::SsoJoin& join, const SsoPerson& person, bool russian);
void writeJoinCsvHeader(CsvText& csv);
void writeJoinCsv(CsvText& csv, const store::SsoJoin& join, const SsoPerson& person, bool russian);

}  // namespace plugin::api
