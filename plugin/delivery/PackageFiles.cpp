#include "common/Sha256.h"
#include "common/Text.h"
#include "plugin/delivery/FlowRecords.h"
#include "plugin/delivery/PackagePlan.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace plugin::delivery {

namespace {

/// A trial of one learner: what is larger is for the night, which streams.
constexpr std::int64_t kLargest = 64 * 1024 * 1024;

/// [a-z0-9]+ after the last dot of a file's name; else "bin".
std::string extensionOf(const std::string& name) {
    const auto dot = name.rfind('.');
    const auto text = dot == std::string::npos ? std::string() : common::toLowerAscii(name.substr(dot + 1));
    const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
    return plain ? text : "bin";
}

/// The learner's works and the programme's own material.
std::vector<host::sdk::File> filesOfPackage(const PackageParts& parts, const store::PackageRow& row) {
    std::vector<host::sdk::RecordId> ids;
    if (const auto structure = parts.records.structure(row.organization, row.flowId))
        for (const auto& element : structure->elements)
            if (!element.deleted) ids.insert(ids.end(), element.fileIds.begin(), element.fileIds.end());
    parts.records.results(row.organization, row.flowId, 0, [&](std::span<const host::sdk::Result> page) {
        for (const auto& result : page)
            if (result.learnerId == row.learnerId && !result.deleted)
                ids.insert(ids.end(), result.fileIds.begin(), result.fileIds.end());
        return true;
    });
    if (ids.empty()) return {};
    return parts.records.files(row.organization, ids);
}

/// Empty when the file lies there and anybody can read it.
std::string place(const PackageParts& parts, const store::PackageRow& row, const host::sdk::File& file,
                  const std::string& key, s3::S3Client& client, const std::stop_token& stop) {
    if (file.size > kLargest) return fmt::format("«{}» больше 64 МБ.", file.name);
    const auto in = parts.files.open(row.organization, file.sha256);
    const std::string bytes{std::istreambuf_iterator<char>(*in), {}};
    if (common::Sha256::hex(bytes) != file.sha256) return fmt::format("«{}» на диске не тот, что загружен.", file.name);
    if (auto put = client.put(key, bytes, file.contentType, "public-read", stop); !put)
        return fmt::format("«{}»: {}", file.name, put.failure.message);
    const auto back = client.anonymousGet(key, stop);
    if (!back) return fmt::format("«{}» не открывается по ссылке: {}", file.name, back.failure.message);
    if (common::Sha256::hex(*back.value) != file.sha256)
        return fmt::format("По ссылке на «{}» открывается не он.", file.name);
    return {};
}

}  // namespace

PackageFiles placeFiles(const PackageParts& parts, const store::PackageRow& row,
                        const std::optional<s3::Settings>& storage, std::stop_token stop) {
    PackageFiles out;
    if (!storage) return out;
    out.storageGiven = true;
    s3::S3Client client(parts.http, parts.clock, *storage);
    for (const auto& file : filesOfPackage(parts, row)) {
        const auto key = fmt::format("{}/flow{}/test-package/{}-{}.{}", row.project, row.flowId, row.learner,
                                     file.sha256.substr(0, 16), extensionOf(file.name));
        if (auto why = place(parts, row, file, key, client, stop); !why.empty())
            out.failed.emplace(file.id, std::move(why));
        else
            out.placed.emplace(file.id, footprint::PlacedFile{file.name, file.contentType, file.size, file.sha256,
                                                              client.publicUrl(key)});
    }
    return out;
}

}  // namespace plugin::delivery
