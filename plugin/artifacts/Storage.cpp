#include "plugin/artifacts/Storage.h"

#include "common/Sha256.h"

namespace plugin::artifacts {

std::string storageIdOf(const s3::Settings& settings) {
    const auto base = s3::publicUrlOf(settings, "");
    return common::Sha256::hex(settings.endpoint + "|" + settings.bucket + "|" + base).substr(0, 32);
}

Storage storageOf(const store::Storage& storage, const s3::Options& options) {
    Storage result;
    static_cast<s3::Options&>(result.settings) = options;
    result.settings.endpoint = storage.endpoint;
    result.settings.bucket = storage.bucket;
    result.settings.accessKeyId = storage.accessKeyId;
    result.settings.secretKey = storage.secretKey;
    result.settings.typedByPerson = storage.typedByPerson;
    result.id = storageIdOf(result.settings);
    return result;
}

}  // namespace plugin::artifacts
