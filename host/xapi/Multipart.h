#pragma once
/// A body of multipart/mixed (RFC 2046), taken apart without copying. Pure; the parts are views into the body.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::xapi {

struct BodyPart {
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string_view bytes;

    std::string_view header(std::string_view lowerCaseName) const;
};

/// The value of a parameter of a header such as Content-Type, without its quotes; empty when it is not there.
std::string headerParameter(std::string_view header, std::string_view lowerCaseName);

/// AppError 400 when the boundary is missing or the last one is (the body was cut), or a part has no head.
std::vector<BodyPart> partsOf(std::string_view body, std::string_view contentType);

}  // namespace host::xapi
