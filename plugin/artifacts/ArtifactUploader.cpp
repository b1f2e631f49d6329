#include "plugin/artifacts/ArtifactUploader.h"

#include "plugin/artifacts/ArtifactKey.h"
#include "plugin/artifacts/MultipartUpload.h"

#include <fmt/format.h>

namespace plugin::artifacts {
namespace {

using s3::Trouble;
using store::ArtifactFailure;
using store::ArtifactRow;

constexpr host::sdk::Micros kDay = 86'400'000'000;
constexpr const char* kAskU2035 = "Напишите в Университет 20.35: файлы с ACL public-read должны открываться без ключа";

}  // namespace

s3::ByteSource sourceOf(host::sdk::Files& files, const ArtifactRow& row, std::uint64_t from) {
    // Opened on the first read: in the thread and under the handler of the one who reads.
    auto stream = std::make_shared<std::unique_ptr<std::istream>>();
    return [&files, stream, from, organization = row.wanted.organization, sha256 = row.wanted.sha256](
               char* buffer, std::size_t size) -> std::size_t {
        if (!*stream) {
            *stream = files.open(organization, sha256);
            if (from > 0) (*stream)->seekg(static_cast<std::streamoff>(from));
        }
        if ((*stream)->eof()) return 0;
        (*stream)->read(buffer, static_cast<std::streamsize>(size));
        if ((*stream)->bad()) throw std::runtime_error("the file can't be read");
        return static_cast<std::size_t>((*stream)->gcount());
    };
}

s3::ObjectTraits traitsOf(const ArtifactRow& row) {
    return {row.wanted.contentType, "public-read", row.wanted.sha256};
}

ArtifactUploader::ArtifactUploader(UploaderParts parts, UploaderSettings settings)
    : parts_(std::move(parts)), settings_(settings), retries_(parts_, settings_.attempts) {}

bool ArtifactUploader::isThere(const ArtifactRow& row, const std::stop_token& stop) const {
    // Whatever else is answered (a key that may not list is told 403 of what is not there) the PUT will tell why.
    const auto head = parts_.client.head(row.wanted.key, stop);
    return head && head.value->length == row.wanted.size && head.value->sha256 == row.wanted.sha256;
}

s3::Answer<s3::Done> ArtifactUploader::putWhole(const ArtifactRow& row, const std::stop_token& stop) const {
    return retries_(stop, [&] {
        s3::VerifiedBody body(sourceOf(parts_.files, row),
                              {static_cast<std::uint64_t>(row.wanted.size), row.wanted.sha256});
        return parts_.client.put(row.wanted.key, body, traitsOf(row), stop);
    });
}

std::optional<s3::Failure> ArtifactUploader::send(ArtifactRow& row, const std::stop_token& stop) {
    if (static_cast<std::uint64_t>(row.wanted.size) < settings_.multipartFrom) {
        const auto answer = putWhole(row, stop);
        if (!answer) return answer.failure;
        return std::nullopt;
    }
    const std::lock_guard lock(oneInParts_);
    // Once more from the beginning when the storage has lost the upload or its parts don't fit together.
    for (int round = 1;; ++round) {
        MultipartUpload upload(parts_, settings_, retries_, row);
        auto failure = upload.run(stop);
        if (!failure || !upload.mayBeginAnew() || round == 2) return failure;
    }
}

std::optional<UploadOutcome> ArtifactUploader::prove(const ArtifactRow& row, const std::stop_token& stop) const {
    const auto head = retries_(stop, [&] { return parts_.client.anonymousHead(row.wanted.key, stop); });
    const auto url = parts_.client.publicUrl(row.wanted.key);
    if (!head) {
        if (head.failure.status == 401 || head.failure.status == 403)
            return keep(row, UploadEnd::StorageFailed,
                        {"not-public", "Файл передан в хранилище, но по ссылке " + url + " без ключа не открывается",
                         kAskU2035});
        if (head.failure.status == 404)
            return keep(row, UploadEnd::StorageFailed,
                        {"wrong-public-address", "Файл передан в хранилище, но по ссылке " + url + " его нет",
                         "Сверьте публичный адрес хранилища (module.u2035.storage.public_base) с письмом Университета "
                         "2035"});
        return ended(row, head.failure, stop);
    }
    if (head.value->length != row.wanted.size)
        return keep(row, UploadEnd::Failed,
                    {"other-length",
                     fmt::format("По ссылке {} открывается файл другой длины: {} байт вместо {}", url,
                                 head.value->length ? std::to_string(*head.value->length) : "неизвестно сколько",
                                 row.wanted.size),
                     "Сверьте публичный адрес хранилища с письмом Университета 20.35; проверьте посредников на пути"});
    parts_.store.proven(row.id, url);
    return std::nullopt;
}

UploadOutcome ArtifactUploader::keep(const ArtifactRow& row, UploadEnd end, ArtifactFailure failure) const {
    if (end == UploadEnd::Stopped) return {end, std::move(failure)};
    parts_.store.failed(row.id, failure, end == UploadEnd::Failed);
    return {end, std::move(failure)};
}

UploadOutcome ArtifactUploader::ended(const ArtifactRow& row, const s3::Failure& failure,
                                      const std::stop_token& stop) const {
    const auto why = s3::explain(failure);
    UploadEnd end = UploadEnd::Failed;
    switch (s3::troubleOf(failure)) {
        case Trouble::Passing:
            end = UploadEnd::Postponed;
            break;
        case Trouble::Configuration:
            end = UploadEnd::StorageFailed;
            break;
        case Trouble::Stopped:
            end = UploadEnd::Stopped;
            break;
        case Trouble::Object:
            break;
    }
    if (stop.stop_requested() && end == UploadEnd::Postponed) end = UploadEnd::Stopped;
    return keep(row, end, {why.code, why.cause, why.fix});
}

UploadOutcome ArtifactUploader::upload(const ArtifactRow& given, std::stop_token stop) {
    ArtifactRow row = given;
    if (!isAttachable(row.wanted.contentType))
        return keep(row, UploadEnd::Failed,
                    {"media-type", "LRS не принимает файлы такого вида: «" + row.wanted.contentType + "»",
                     "Приложите работу в другом виде, например PDF"});
    if (row.wanted.size <= 0) return keep(row, UploadEnd::Failed, {"empty-file", "Файл пуст", "Загрузите файл заново"});
    if (stop.stop_requested()) return {UploadEnd::Stopped, {}};
    parts_.store.begin(row.id);
    const bool wasThere = isThere(row, stop);
    if (wasThere) {
        // It came about although nobody wrote that down; the upload it came from is over or of no use.
        if (!row.uploadId.empty()) parts_.client.abortUpload(row.wanted.key, row.uploadId, stop);
    } else if (auto failure = send(row, stop)) {
        return ended(row, *failure, stop);
    }
    parts_.store.uploaded(row.id);
    auto outcome = prove(row, stop);
    if (outcome && wasThere && outcome->failure.code == "not-public") {
        // The ACL belongs to the object: it may be from before the bucket's rules were mended.
        row.uploadId.clear();
        if (auto failure = send(row, stop)) return ended(row, *failure, stop);
        parts_.store.uploaded(row.id);
        outcome = prove(row, stop);
    }
    return outcome ? std::move(*outcome) : UploadOutcome{};
}

void ArtifactUploader::abandon(const ArtifactRow& row, std::stop_token stop) {
    const auto answer = retries_(stop, [&] { return parts_.client.abortUpload(row.wanted.key, row.uploadId, stop); });
    if (!answer && answer.failure.code != "NoSuchUpload") return;
    parts_.store.uploadDropped(row.id);
    parts_.store.failed(row.id,
                        {"no-longer-wanted", "Файл больше не нужен: работа заменена, удалена или уже передана",
                         "Делать ничего не нужно"},
                        true);
}

int ArtifactUploader::abortOrphans(const std::string& storageId, const std::string& prefix, host::sdk::Micros now,
                                   std::stop_token stop) {
    const auto uploads = parts_.client.listUploads(prefix, stop);
    if (!uploads) return 0;
    int aborted = 0;
    for (const auto& upload : *uploads.value) {
        if (stop.stop_requested()) break;
        if (!upload.key.starts_with(prefix) || parts_.store.isOnRecord(storageId, upload.id)) continue;
        // Another server may use this bucket: what is under none of our keys is its own unless it is long dead.
        const bool old = upload.initiated && *upload.initiated < now - kDay;
        if (!old && !parts_.store.isKnownKey(storageId, upload.key)) continue;
        if (parts_.client.abortUpload(upload.key, upload.id, stop)) ++aborted;
    }
    return aborted;
}

}  // namespace plugin::artifacts
