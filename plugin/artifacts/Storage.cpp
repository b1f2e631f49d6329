#include "plugin/artifacts/Storage.h"

#include "common/Sha256.h"
#include "plugin/footprint/StatementValidator.h"

namespace plugin::artifacts {

std::string storageIdOf(const s3::Settings& settings) {
    const auto base = s3::publicUrlOf(settings, "");
    return common::Sha256::hex(settings.endpoint + "|" + settings.bucket + "|" + base).substr(0, 32);
}

std::string addressProblem(const Storage& storage) {
    const auto base = s3::publicUrlOf(storage.settings, "");
    if (footprint::isOpenAddress(base)) return {};
    return "ссылки на файлы хранилища начинались бы с " + base +
           ", а в факте нужен адрес https: укажите его в настройках сервера (module.u2035.storage.public_base)";
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
