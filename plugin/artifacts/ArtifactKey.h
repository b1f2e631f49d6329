#pragma once
/// Where a file lies in the storage, and whether the LRS takes its media type. Pure.
///
/// A key is ASCII [a-z0-9._/-] and names the content by its SHA-256, so that a replaced file gets an address of its
/// own. Nothing a person typed becomes a part of a path: of a file's name only the extension is looked at.

#include <cstdint>
#include <string>
#include <string_view>

namespace plugin::artifacts {

/// The file itself, as the records know it.
struct KeyFile {
    std::string sha256;  ///< lower-case hex
    std::string name;    ///< as uploaded; for the extension
    std::string contentType;
};

/// `{project}/flow{flow}/{kind}/{unti_id}-{first 16 of sha256}.{ext}`: a learner's work or diary. `flow` is University
/// 2035's id, `kind` the element's. \throws AppError 500 when a part can't stand in a key.
std::string workKey(const std::string& project, std::int64_t flow, const std::string& kind, const std::string& untiId,
                    const KeyFile& file);
/// `{project}/flow{flow}/{kind}/{first 16 of sha256}.{ext}`: the programme's own material, as a video.
std::string materialKey(const std::string& project, std::int64_t flow, const std::string& kind, const KeyFile& file);
/// `{project}/letters/{first 16 of sha256}.{ext}`.
std::string letterKey(const std::string& project, const KeyFile& file);
/// What every key of a project begins with.
std::string keyPrefix(const std::string& project);

/// Of 1 to 10 characters [a-z0-9]: the name's, in Latin letters, else the media type's usual one, else "bin".
std::string extensionOf(std::string_view fileName, std::string_view contentType);

/// Whether the LRS takes an attachment of this media type: "font/…" and the like are refused with 400.
bool isAttachable(std::string_view contentType);

}  // namespace plugin::artifacts
