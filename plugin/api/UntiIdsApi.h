#pragma once
/// REST of unti_ids from University 2035's list: a preview that writes nothing, an apply of what a person chose, an
/// undo of exactly what was set. Nobody is matched by e-mail alone and nothing is replaced silently. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Records.h"
#include "plugin/store/UntiImportStore.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace plugin::api {

class UntiIdsApi {
public:
    UntiIdsApi(store::UntiImportStore& imports, host::sdk::Records& records, host::sdk::Journal& journal)
        : imports_(imports), records_(records), journal_(journal) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    using Outcome = std::map<std::string, std::int64_t>;  ///< rows by what became of them in this call

    host::sdk::Response columns(const host::sdk::Request& request);
    host::sdk::Response create(const host::sdk::Request& request);
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response rows(const host::sdk::Request& request);
    host::sdk::Response apply(const host::sdk::Request& request);
    host::sdk::Response undo(const host::sdk::Request& request);
    host::sdk::Response contradictions(const host::sdk::Request& request);

    store::UntiImport find(const host::sdk::Request& request);
    /// The import, when If-Match is its revision; AppError 412 with it otherwise.
    store::UntiImport findUnchanged(const host::sdk::Request& request);
    [[noreturn]] void changedMeanwhile(const store::UntiImport& current);
    std::vector<store::UntiRow> begin(const store::UntiImport& import, std::vector<store::UntiRow> chosen);
    Outcome assign(const store::UntiImport& import, const std::vector<store::UntiRow>& rows, const std::string& who);
    Outcome takeBack(const store::UntiImport& import, const std::vector<store::UntiRow>& rows, const std::string& who);
    host::sdk::Response ended(const host::sdk::Request& request, const std::string& action, const Outcome& outcome);

    store::UntiImportStore& imports_;
    host::sdk::Records& records_;
    host::sdk::Journal& journal_;
};

}  // namespace plugin::api
