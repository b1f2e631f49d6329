#include "host/connections/FileIntake.h"

#include <fmt/format.h>

namespace host::connections {
namespace {

using records::fieldIndex;
using records::RecordKind;
using sdk::AppError;
using sdk::SourceError;

/// Of one file; any other means that the source itself is lost.
bool isOfTheFile(SourceError::Kind kind) {
    switch (kind) {
        case SourceError::Kind::NotThere:
        case SourceError::Kind::Rights:
        case SourceError::Kind::Format:
        case SourceError::Kind::Limit:
        case SourceError::Kind::Query:
            return true;
        default:
            return false;
    }
}

}  // namespace

FileIntake::FileIntake(sdk::Database& database, records::FileStore& files, Options options)
    : database_(database), files_(files), options_(std::move(options)) {}

std::optional<KnownFile> FileIntake::known(const std::string& externalId, const std::string& reference) {
    if (!options_.immutable) return std::nullopt;
    std::optional<KnownFile> file;
    database_.read(
        [&](Poco::Data::Session& session) { file = RouteState(session, options_.routeId).file(externalId); });
    if (!file || file->reference != reference) return std::nullopt;
    try {
        files_.path(options_.organization, file->sha256);
        return file;
    } catch (const AppError&) {  // no longer on the disk
        return std::nullopt;
    }
}

std::optional<KnownFile> FileIntake::fill(sdk::SourceReader& reader, const std::string& reference,
                                          records::RecordDraft& draft) {
    if (reference.empty()) {
        draft.fail("content", "is missing", "Give the column that names the file's bytes a value.");
        return std::nullopt;
    }
    auto file = known(draft.externalId, reference);
    if (!file) {
        try {
            const auto bytes = reader.openFile(reference);
            const auto stored = files_.put(options_.organization, *bytes, options_.maxBytes);
            ++filesRead_;
            file = KnownFile{draft.externalId, reference, stored.contentType, stored.size, stored.sha256};
        } catch (const SourceError& error) {
            if (!isOfTheFile(error.kind())) throw;
            draft.fail("content", error.what(), error.fix());
            return std::nullopt;
        } catch (const AppError& error) {
            if (error.code() == "files-quota" || error.status() >= 500) throw;
            draft.fail("content", error.what(), "See that the source gives the file whole.");
            return std::nullopt;
        }
    }
    draft.values[fieldIndex(RecordKind::File, "contentType")] = file->contentType;
    draft.values[fieldIndex(RecordKind::File, "size")] = file->size;
    draft.values[fieldIndex(RecordKind::File, "sha256")] = file->sha256;
    return file;
}

}  // namespace host::connections
