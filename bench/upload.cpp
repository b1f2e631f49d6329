// One file to an S3 storage as a night would bring it there: every step on record in SQLite, parts, proof in the end.
//   bench_upload ENDPOINT BUCKET ACCESS_KEY SECRET_KEY FILE [PART_MIB BUFFERS]
// Prints {"seconds", "memory"}: MB of resident memory above what the program had before.
#include "common/Sha256.h"
#include "host/base/SystemClock.h"
#include "host/base/outbound/HttpPool.h"
#include "host/store/ModuleDatabase.h"
#include "host/store/SqliteDatabase.h"
#include "plugin/artifacts/ArtifactUploader.h"
#include "plugin/artifacts/Storage.h"
#include "plugin/store/ArtifactMigrations.h"
#include "plugin/store/Migrations.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

class OneFile : public host::sdk::Files {
public:
    explicit OneFile(std::string path) : path_(std::move(path)) {}
    std::unique_ptr<std::istream> open(const std::string&, const std::string&) override {
        return std::make_unique<std::ifstream>(path_, std::ios::binary);
    }
    std::filesystem::path moduleFolder() override { return std::filesystem::path(path_).parent_path(); }

private:
    std::string path_;
};

std::string sha256Of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::vector<char> block(256 * 1024);
    common::Sha256 digest;
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
        digest.update({block.data(), static_cast<std::size_t>(in.gcount())});
    return digest.finishHex();
}

/// A line of /proc/self/status in MB.
double statusLine(const std::string& name) {
    std::ifstream in("/proc/self/status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name)) return std::stod(line.substr(name.size())) / 1024;
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6 && argc != 8) {
        std::fputs("usage: bench_upload ENDPOINT BUCKET ACCESS_KEY SECRET_KEY FILE [PART_MIB BUFFERS]\n", stderr);
        return 2;
    }
    const std::string path = argv[5];
    plugin::artifacts::UploaderSettings uploading;
    if (argc == 8) {
        uploading.partSize = std::stoull(argv[6]) * 1024 * 1024;
        uploading.buffers = std::stoi(argv[7]);
    }
    const std::string folder = path + ".db-" + std::to_string(::getpid());
    std::filesystem::create_directory(folder);
    int code = 1;
    {
        host::base::SystemClock clock;
        host::store::SqliteDatabase database({.path = folder + "/bench.db", .readers = 2}, clock);
        host::store::ModuleDatabase(database, "u2035")
            .migrate(plugin::store::numbered({plugin::store::artifactMigrations()}));
        plugin::store::ArtifactStore store(database, clock);
        host::base::HttpPool pool{{}};
        plugin::s3::Settings settings;
        settings.endpoint = argv[1];
        settings.bucket = argv[2];
        settings.accessKeyId = argv[3];
        settings.secretKey = host::sdk::SecretString(argv[4]);
        plugin::s3::S3Client client(pool, clock, settings);
        OneFile files(path);
        plugin::artifacts::ArtifactUploader uploader(
            {client, files, store, [](std::chrono::milliseconds, std::stop_token) {},
             [](int, std::optional<std::chrono::seconds>) { return std::chrono::milliseconds(0); }},
            uploading);

        plugin::store::WantedArtifact wanted;
        wanted.storageId = plugin::artifacts::storageIdOf(settings);
        wanted.key = "bench/ours-" + std::to_string(::getpid()) + ".bin";
        wanted.organization = wanted.project = "bench";
        wanted.kind = "final-work";
        wanted.sha256 = sha256Of(path);
        wanted.size = static_cast<std::int64_t>(std::filesystem::file_size(path));
        wanted.contentType = "application/octet-stream";
        store.want({wanted}, 1);
        const auto row = store.byKeys(wanted.storageId, {wanted.key}).at(wanted.key);

        client.listUploads("bench/", {});  // what is made with the first request, as the connections, is not the file's
        std::ofstream("/proc/self/clear_refs") << "5";
        const double idle = statusLine("VmRSS:");
        const auto start = std::chrono::steady_clock::now();
        const auto outcome = uploader.upload(row, {});
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        const double most = statusLine("VmHWM:");
        if (outcome.end == plugin::artifacts::UploadEnd::Proven) {
            std::printf("{\"seconds\":%.3f,\"memory\":%.1f}\n", seconds, most - idle);
            client.remove(wanted.key, {});
            code = 0;
        } else {
            std::fprintf(stderr, "bench_upload: %s\n", outcome.failure.cause.c_str());
        }
    }
    std::filesystem::remove_all(folder);
    return code;
}
