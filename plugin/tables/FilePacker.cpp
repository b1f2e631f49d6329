#include "common/Sha256.h"
#include "host/sdk/Error.h"
#include "plugin/tables/ArchiveNames.h"
#include "plugin/tables/Pair.h"
#include "plugin/tables/ZipReader.h"

#include <array>
#include <future>
#include <istream>

namespace plugin::tables {
namespace {

using footprint::Refusal;
namespace reasons = footprint::reasons;

constexpr std::size_t kBlock = 1024 * 1024;        ///< stays in a core's own cache
constexpr std::int64_t kLarge = 16 * 1024 * 1024;  ///< from here on a second thread for the hash pays

/// Reads the next block. \return false at the end.
bool read(std::istream& in, std::string& block) {
    block.resize(kBlock);
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    block.resize(static_cast<std::size_t>(in.gcount()));
    return !block.empty();
}

class StorePacker : public FilePacker {
public:
    explicit StorePacker(const FileOpener& open) : open_(&open) {}

    std::optional<Refusal> pack(ZipFile& zip, const RowFile& file, const std::string& name,
                                std::uint32_t time) override {
        std::unique_ptr<std::istream> in;
        try {
            in = (*open_)(file.sha256);
        } catch (const host::sdk::AppError& error) {
            if (error.status() != 404) throw;
        }
        if (!in) return Refusal::of(reasons::kFileGone, file.name);
        zip.begin(name, time, !isCompressed(file), static_cast<std::uint64_t>(file.size));
        common::Sha256 hash;
        const std::int64_t size = file.size >= kLarge ? alongside(*in, zip, hash) : inTurn(*in, zip, hash);
        zip.end();
        // A disk that fails in the middle looks like a shorter file.
        if (in->bad() || size != file.size || hash.finishHex() != file.sha256)
            return Refusal::of(reasons::kFileChanged, file.name);
        return std::nullopt;
    }

private:
    std::int64_t inTurn(std::istream& in, ZipFile& zip, common::Sha256& hash) {
        std::int64_t size = 0;
        while (read(in, blocks_[0])) {
            hash.update(blocks_[0]);
            zip.write(blocks_[0]);
            size += static_cast<std::int64_t>(blocks_[0].size());
        }
        return size;
    }

    /// Hashes one block while the one before is written.
    std::int64_t alongside(std::istream& in, ZipFile& zip, common::Sha256& hash) {
        std::int64_t size = 0;
        std::future<void> hashing;
        for (std::size_t i = 0; read(in, blocks_[i]); i = 1 - i) {
            if (hashing.valid()) hashing.get();
            const std::string& block = blocks_[i];
            hashing = std::async(std::launch::async, [&hash, &block] { hash.update(block); });
            zip.write(block);
            size += static_cast<std::int64_t>(block.size());
        }
        if (hashing.valid()) hashing.get();
        return size;
    }

    const FileOpener* open_;
    std::array<std::string, 2> blocks_;
};

class ArchivePacker : public FilePacker {
public:
    explicit ArchivePacker(const std::filesystem::path& archive) : archive_(archive) {}

    std::optional<Refusal> pack(ZipFile& zip, const RowFile& file, const std::string& name, std::uint32_t) override {
        const ZipEntry* entry = archive_.find(name);
        if (entry == nullptr) return Refusal::of(reasons::kFileGone, file.name);
        zip.copy(archive_, *entry);
        return std::nullopt;
    }

private:
    ZipReader archive_;
};

}  // namespace

std::unique_ptr<FilePacker> packFromStore(const FileOpener& open) {
    return std::make_unique<StorePacker>(open);
}

std::unique_ptr<FilePacker> packFromArchive(const std::filesystem::path& archive) {
    return std::make_unique<ArchivePacker>(archive);
}

}  // namespace plugin::tables
