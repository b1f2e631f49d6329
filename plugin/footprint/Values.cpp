#include "plugin/footprint/Values.h"

namespace plugin::footprint {

void Values::enterItem(Name list, std::size_t index) noexcept {
    if (list == Name::ResultFiles) {
        const PlacedFile& file = files_[index];
        setText(Name::FileName, file.name);
        setText(Name::FileContentType, file.contentType);
        setInteger(Name::FileSize, file.size);
        setText(Name::FileSha256, file.sha256);
        setText(Name::FileUrl, file.url);
    } else {
        setText(Name::PersonUntiId, persons_[index]);
    }
}

}  // namespace plugin::footprint
