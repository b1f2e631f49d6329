#include "plugin/footprint/Values.h"

namespace plugin::footprint {

void Values::enterItem(Name list, std::size_t index) noexcept {
    if (isFileList(list)) {
        const PlacedFile& file = files(list)[index];
        setText(Name::FileName, file.name);
        setText(Name::FileContentType, file.contentType);
        setInteger(Name::FileSize, file.size);
        setText(Name::FileSha256, file.sha256);
        setText(Name::FileUrl, file.url);
    } else {
        setText(Name::PersonUntiId, texts(list)[index]);
    }
}

}  // namespace plugin::footprint
