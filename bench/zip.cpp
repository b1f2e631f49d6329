// An archive of learners' films: ours packs it as a night does (SHA-256 verified on the way, CRC-32, stored, fsync,
// rename; the archive's own SHA-256 is taken while its table is packed, so it is not in here), the anchor reads the
// same files and takes their CRC-32 and writes them, one after the other, with fsync.
//   bench_zip prepare FOLDER FILES BYTES    makes the films; prints nothing
//   bench_zip ours|anchor FOLDER OUT        one run; the whole process is timed

#include "common/Sha256.h"
#include "plugin/tables/Pair.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <random>
#include <unistd.h>
#include <zlib.h>

namespace {

constexpr std::size_t kBlock = 1024 * 1024;

std::vector<std::filesystem::path> films(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}

/// Films are named by their hash, as the file store does.
void prepare(const std::filesystem::path& folder, int files, std::size_t bytes) {
    std::filesystem::create_directories(folder);
    std::mt19937_64 random(2035);
    for (int i = 0; i < files; ++i) {
        std::string film(bytes, '\0');
        for (std::size_t at = 0; at + 8 <= film.size(); at += 8) {
            const std::uint64_t word = random();
            std::copy_n(reinterpret_cast<const char*>(&word), 8, film.begin() + static_cast<std::ptrdiff_t>(at));
        }
        std::ofstream(folder / common::Sha256::hex(film), std::ios::binary) << film;
    }
}

void ours(const std::filesystem::path& folder, const std::filesystem::path& out) {
    using namespace plugin::tables;
    const FileOpener open = [&](const std::string& sha256) -> std::unique_ptr<std::istream> {
        return std::make_unique<std::ifstream>(folder / sha256, std::ios::binary);
    };
    const auto packer = packFromStore(open);
    ZipFile zip(out);
    for (const auto& path : films(folder)) {
        const RowFile file{"film.mp4", "video/mp4", static_cast<std::int64_t>(std::filesystem::file_size(path)),
                           path.filename().string()};
        if (packer->pack(zip, file, file.sha256 + ".mp4", dosTime(0))) throw std::runtime_error("a film was refused");
    }
    zip.finish();
    zip.publish();
    syncFolder(out.parent_path());
}

void anchor(const std::filesystem::path& folder, const std::filesystem::path& out) {
    const int to = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0640);
    std::string block(kBlock, '\0');
    uLong sum = 0;
    for (const auto& path : films(folder)) {
        const int from = ::open(path.c_str(), O_RDONLY);
        for (ssize_t got = 0; (got = ::read(from, block.data(), block.size())) > 0;) {
            sum = crc32_z(sum, reinterpret_cast<const Bytef*>(block.data()), static_cast<std::size_t>(got));
            if (::write(to, block.data(), static_cast<std::size_t>(got)) != got)
                throw std::runtime_error("the disk is full");
        }
        ::close(from);
    }
    if (::fsync(to) != 0) throw std::runtime_error("the disk fails");
    ::close(to);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    try {
        if (arguments.size() == 4 && arguments[0] == "prepare") {
            prepare(arguments[1], std::stoi(arguments[2]), static_cast<std::size_t>(std::stoull(arguments[3])));
        } else if (arguments.size() == 3 && arguments[0] == "ours") {
            ours(arguments[1], arguments[2]);
        } else if (arguments.size() == 3 && arguments[0] == "anchor") {
            anchor(arguments[1], arguments[2]);
        } else {
            std::cerr << "usage: bench_zip prepare FOLDER FILES BYTES | ours|anchor FOLDER OUT\n";
            return 2;
        }
    } catch (const std::exception& error) {
        std::cerr << "bench_zip: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
