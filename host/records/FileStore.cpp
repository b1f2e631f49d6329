#include "host/records/FileStore.h"

#include "common/Sha256.h"
#include "common/Text.h"
#include "common/Uuid.h"
#include "host/records/RecordDraft.h"

#include <fmt/format.h>

#include <array>
#include <errno.h>
#include <fcntl.h>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace host::records {
namespace {

namespace fs = std::filesystem;
using sdk::AppError;

constexpr std::size_t kBlock = 256 * 1024;
constexpr std::size_t kHead = 4096;
constexpr std::size_t kTail = 16 * 1024;

[[noreturn]] void cannotStore(int error) {
    if (error == ENOSPC || error == EDQUOT)
        throw AppError(
            507, "disk-full",
            "The file can't be stored: the server's disk is full. Ask its administrator to free some space.");
    throw AppError(500, "file-not-stored",
                   "The file can't be stored on the server's disk. Ask its administrator to look into the log.");
}

/// A file being written; removed unless it was kept.
class StagedFile {
public:
    explicit StagedFile(fs::path path) : path_(std::move(path)) {
        fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
        if (fd_ < 0) cannotStore(errno);
    }
    ~StagedFile() {
        if (fd_ >= 0) ::close(fd_);
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    StagedFile(const StagedFile&) = delete;
    StagedFile& operator=(const StagedFile&) = delete;

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) cannotStore(errno);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void close() {
        const int synced = ::fsync(fd_);
        const int error = errno;
        ::close(std::exchange(fd_, -1));
        if (synced != 0) cannotStore(error);
    }
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
    int fd_ = -1;
};

void syncFolder(const fs::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    ::fsync(fd);
    ::close(fd);
}

/// Follows whether a stream is UTF-8 text, across block borders.
class TextProbe {
public:
    void feed(std::string_view bytes) {
        if (!text_) return;
        std::string block = carry_ + std::string(bytes);
        const std::size_t whole = wholeCharacters(block);
        carry_ = block.substr(whole);
        block.resize(whole);
        if (carry_.size() > 3 || !common::isUtf8(block)) text_ = false;
        for (unsigned char c : block)
            if (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') text_ = false;
    }
    bool isText() const { return text_ && carry_.empty(); }

private:
    static std::size_t wholeCharacters(const std::string& block) {
        std::size_t end = block.size();
        for (std::size_t back = 1; back <= 3 && back <= block.size(); ++back) {
            const auto c = static_cast<unsigned char>(block[block.size() - back]);
            if ((c & 0xC0) == 0x80) continue;
            const std::size_t needs = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
            if (needs > back) end = block.size() - back;
            break;
        }
        return end;
    }
    std::string carry_;
    bool text_ = true;
};

std::string zipType(std::string_view head) {
    auto has = [&](std::string_view part) { return head.find(part) != std::string_view::npos; };
    if (has("mimetypeapplication/vnd.oasis.opendocument.text")) return "application/vnd.oasis.opendocument.text";
    if (has("word/")) return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    if (has("xl/")) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    if (has("ppt/")) return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    return "application/zip";
}

bool isSha256(const std::string& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool isSlugFolder(const std::string& organization) {
    return !organization.empty() && organization.size() <= 100 &&
           organization.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos;
}

}  // namespace

std::string detectContentType(std::string_view sample, bool wholeIsUtf8Text) {
    using namespace std::string_view_literals;
    struct Magic {
        std::size_t offset;
        std::string_view bytes;
        const char* type;
    };
    static constexpr std::array<Magic, 10> kMagics = {{
        {0, "%PDF-"sv, "application/pdf"},
        {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
        {0, "\xff\xd8\xff"sv, "image/jpeg"},
        {0, "GIF87a"sv, "image/gif"},
        {0, "GIF89a"sv, "image/gif"},
        {4, "ftyp"sv, "video/mp4"},
        {0, "\x1a\x45\xdf\xa3"sv, "video/webm"},
        {0, "ID3"sv, "audio/mpeg"},
        {0, "\xff\xfb"sv, "audio/mpeg"},
        {0, "\xff\xf3"sv, "audio/mpeg"},
    }};
    if (sample.starts_with("PK\x03\x04"sv)) return zipType(sample);
    for (const auto& magic : kMagics)
        if (sample.size() >= magic.offset && sample.substr(magic.offset).starts_with(magic.bytes)) return magic.type;
    if (wholeIsUtf8Text && !sample.empty()) return "text/plain; charset=utf-8";
    return "application/octet-stream";
}

std::string safeFileName(const std::string& name) {
    const auto slash = name.find_last_of("/\\");
    const std::string last = slash == std::string::npos ? name : name.substr(slash + 1);
    const std::string trimmed(common::trim(last));
    if (trimmed != "." && trimmed != ".." && !checkText(trimmed, 255, false)) return trimmed;
    throw AppError::validation(
        "The file has no usable name.",
        {{"/name", "is no name of a file", "Give 1 to 255 characters without control characters, as in 'work.pdf'."}});
}

FileStore::FileStore(fs::path folder, std::uint64_t quota) : folder_(std::move(folder)), quota_(quota) {
    fs::create_directories(folder_ / "staging");
    for (const auto& left : fs::directory_iterator(folder_ / "staging")) {
        std::error_code ignored;
        fs::remove(left.path(), ignored);
    }
}

StoredFile FileStore::put(const std::string& organization, std::istream& bytes, std::int64_t limit,
                          std::int64_t expectedSize) {
    const std::uint64_t room = roomFor(organization);
    StagedFile staged(folder_ / "staging" / common::Uuid::v4());
    common::Sha256 digest;
    TextProbe probe;
    std::string head;
    std::string tail;  // an archive lists its names at its end
    StoredFile file;
    std::vector<char> block(kBlock);
    while (bytes) {
        bytes.read(block.data(), static_cast<std::streamsize>(block.size()));
        const std::string_view got(block.data(), static_cast<std::size_t>(bytes.gcount()));
        if (got.empty()) break;
        file.size += static_cast<std::int64_t>(got.size());
        if (file.size > limit)
            throw AppError(
                413, "too-large",
                fmt::format("The file is larger than {} bytes. Send a smaller one, or ask for a higher limit.", limit));
        if (head.size() < kHead) head += got.substr(0, kHead - head.size());
        tail = (tail + std::string(got.substr(got.size() - std::min(got.size(), kTail))));
        if (tail.size() > kTail) tail.erase(0, tail.size() - kTail);
        digest.update(got);
        probe.feed(got);
        // What can't be kept takes no place on the disk; it is read on, since these bytes may be there already.
        if (static_cast<std::uint64_t>(file.size) <= room) staged.write(got);
    }
    if (bytes.bad() || (expectedSize >= 0 && file.size != expectedSize))
        throw AppError(400, "upload-broken",
                       "The upload ended before its announced length; nothing was kept. Send it again.");
    if (file.size == 0)
        throw AppError::validation("The file is empty.", {{"", "has no bytes", "Send the file's bytes as the body."}});
    file.sha256 = digest.finishHex();
    file.contentType = detectContentType(head + tail, probe.isText());
    staged.close();

    const auto target = place(organization, file.sha256);
    std::unique_lock lock(mutex_, std::defer_lock);
    if (quota_ != 0) lock.lock();
    file.stored = !fs::exists(target);
    if (file.stored) {
        const auto size = static_cast<std::uint64_t>(file.size);
        if (size > room || (quota_ != 0 && usedBy(organization) + size > quota_))
            throw AppError(
                413, "files-quota",
                fmt::format("The organization's files take {} bytes of the {} they may; this one has {}. Ask "
                            "the server's administrator for more (records.files_quota).",
                            usedBy(organization), quota_, size));
        fs::create_directories(target.parent_path());
        if (::rename(staged.path().c_str(), target.c_str()) != 0) cannotStore(errno);
        syncFolder(target.parent_path());
        if (quota_ != 0) usedBy(organization) += size;
    }
    return file;
}

std::uint64_t FileStore::roomFor(const std::string& organization) {
    if (!isSlugFolder(organization)) throw AppError::notFound("There is no such organization.");
    if (quota_ == 0) return UINT64_MAX;
    const std::lock_guard lock(mutex_);
    return quota_ - std::min(quota_, usedBy(organization));
}

std::uint64_t& FileStore::usedBy(const std::string& organization) {
    if (const auto at = used_.find(organization); at != used_.end()) return at->second;
    // Kept when all was counted only: half a count would stay for good.
    std::uint64_t bytes = 0;
    if (const auto folder = folder_ / organization; fs::exists(folder))
        for (const auto& one : fs::recursive_directory_iterator(folder))
            if (one.is_regular_file()) bytes += one.file_size();
    return used_.emplace(organization, bytes).first->second;
}

fs::path FileStore::place(const std::string& organization, const std::string& sha256) const {
    if (!isSlugFolder(organization) || !isSha256(sha256)) throw AppError::notFound("There is no such file.");
    return folder_ / organization / sha256.substr(0, 2) / sha256;
}

fs::path FileStore::path(const std::string& organization, const std::string& sha256) const {
    auto target = place(organization, sha256);
    if (!fs::exists(target))
        throw AppError::notFound("The file's bytes are gone from the server's disk. Upload it again.");
    return target;
}

std::unique_ptr<std::istream> FileStore::open(const std::string& organization, const std::string& sha256) const {
    auto stream = std::make_unique<std::ifstream>(path(organization, sha256), std::ios::binary);
    if (!*stream) throw AppError::notFound("The file's bytes can't be read from the server's disk.");
    return stream;
}

}  // namespace host::records
