#include "plugin/artifacts/Storage.h"

#include "common/Sha256.h"

namespace plugin::artifacts {

std::string storageIdOf(const s3::Settings& settings) {
    const auto base = s3::publicUrlOf(settings, "");
    return common::Sha256::hex(settings.endpoint + "|" + settings.bucket + "|" + base).substr(0, 32);
}

}  // namespace plugin::artifacts
