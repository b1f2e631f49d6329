#pragma once
/// Values of a multipart upload.

#include "host/sdk/Clock.h"

#include <cstdint>
#include <optional>
#include <string>

namespace plugin::s3 {

struct Part {
    int number = 0;    ///< from 1
    std::string etag;  ///< as the storage gave it, quotes included
    std::int64_t size = 0;
};

/// An upload that was begun and neither completed nor aborted.
struct Upload {
    std::string key;
    std::string id;
    std::optional<host::sdk::Micros> initiated;
};

}  // namespace plugin::s3
