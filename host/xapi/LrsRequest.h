#pragma once
/// A request to an LRS in its two forms: as HTTP has it, and as a form of a browser that may send nothing else (xAPI
/// 1.0.3 part 3, 1.3: POST ?method=PUT, with headers and parameters as fields and the body in `content`). Plain values.

#include "host/sdk/Http.h"

#include <map>
#include <optional>
#include <string>

namespace host::xapi {

struct LrsRequest {
    std::string method;  ///< GET, POST, PUT, DELETE
    std::map<std::string, std::string> parameters;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    /// AppError 400 when it can't be understood.
    static LrsRequest of(const sdk::Request& request);

    /// Empty when it is not there.
    std::string header(const std::string& lowerCaseName) const;
    std::optional<std::string> parameter(const std::string& name) const;
    /// AppError 400 when it is missing or empty.
    std::string required(const std::string& name) const;

    /// AppError 400 unless X-Experience-API-Version is 1.0 or 1.0.x.
    void requireVersion() const;
    /// Key and secret of `Authorization: Basic`; nullopt when it is none.
    std::optional<std::pair<std::string, std::string>> credentials() const;
};

}  // namespace host::xapi
