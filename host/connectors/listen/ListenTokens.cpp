#include "host/connectors/listen/ListenTokens.h"

#include "common/Encoding.h"
#include "common/Json.h"
#include "common/JsonReader.h"
#include "common/Sha256.h"
#include "common/Text.h"
#include "host/connections/ConnectionRuns.h"

#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include <algorithm>

namespace host::connectors {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr const char* kPrefix = "lsn_";

std::string nameOf(const connections::Connection& connection) {
    return connections::ConnectionRuns::secretName(connection, connections::kListenToken);
}

bool same(const std::string& a, const std::string& b) {
    return a.size() == b.size() && !a.empty() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool startsWithIgnoringCase(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
               return a == b || (b >= 'A' && b <= 'Z' && a == static_cast<char>(b + 32));
           });
}

}  // namespace

std::string ListenTokens::make(const connections::Connection& connection, const std::string& who,
                               std::chrono::minutes keepPrevious) {
    std::string bytes(kTokenBytes, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    auto token = kPrefix + common::toBase64Url(bytes);
    const auto before = find(connection);
    const auto moment = clock_.now();
    const bool keeps = before && keepPrevious.count() > 0;
    common::JsonWriter json;
    json.object().member("hash", common::Sha256::hex(token)).member("lastFour", token.substr(token.size() - 4));
    json.member("madeBy", who).member("madeAt", moment).member("previousHash", keeps ? before->hash : "");
    const auto kept = std::chrono::duration_cast<std::chrono::microseconds>(keepPrevious).count();
    json.member("previousUntil", keeps ? moment + kept : 0);
    secrets_.put(nameOf(connection), sdk::SecretString(json.end().take()));
    return token;
}

void ListenTokens::erase(const connections::Connection& connection) {
    secrets_.erase(nameOf(connection));
}

std::optional<ListenTokens::Kept> ListenTokens::find(const connections::Connection& connection) const {
    const auto secret = secrets_.get(nameOf(connection));
    if (!secret) return std::nullopt;
    const auto json = common::parseJsonObject(secret->reveal());
    Kept kept;
    kept.hash = json->getValue<std::string>("hash");
    kept.lastFour = json->getValue<std::string>("lastFour");
    kept.madeBy = json->getValue<std::string>("madeBy");
    kept.madeAt = json->getValue<std::int64_t>("madeAt");
    kept.previousHash = json->getValue<std::string>("previousHash");
    kept.previousUntil = json->getValue<std::int64_t>("previousUntil");
    if (clock_.now() >= kept.previousUntil) kept.previousHash.clear();
    return kept;
}

bool ListenTokens::accepts(const connections::Connection& connection, const std::string& token) const {
    const auto kept = find(connection);
    const auto hash = common::Sha256::hex(token);
    if (!kept || token.empty()) return false;
    return same(hash, kept->hash) || same(hash, kept->previousHash);
}

std::string tokenOf(const sdk::Request& request, const std::string& header) {
    if (const auto authorization = request.header("authorization")) {
        const std::string_view text = *authorization;
        if (startsWithIgnoringCase(text, "bearer ")) return std::string(common::trim(text.substr(7)));
        if (startsWithIgnoringCase(text, "basic ")) {
            const auto pair = common::fromBase64(common::trim(text.substr(6))).value_or("");
            const auto colon = pair.find(':');
            return colon == std::string::npos ? "" : pair.substr(colon + 1);
        }
    }
    std::string name = header;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name.empty() ? "" : request.header(name).value_or("");
}

}  // namespace host::connectors
