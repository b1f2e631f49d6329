// One large PUT with its SHA-256 to a sink that only reads, and the hash alone.
//   bench_s3put put URL FILE   streams the file through the S3 client; prints MB/s
//   bench_s3put sha256 FILE    OpenSSL's EVP over the same bytes, read the same way; prints MB/s
#include "common/Sha256.h"
#include "host/base/SystemClock.h"
#include "host/base/outbound/HttpPool.h"
#include "plugin/s3/S3Client.h"

#include <openssl/evp.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

void print(std::uintmax_t bytes, Clock::time_point start) {
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::printf("{\"name\":\"s3put\",\"value\":%.3f,\"unit\":\"MB/s\"}\n", static_cast<double>(bytes) / 1e6 / seconds);
}

/// The file's digest with OpenSSL alone, block by block.
std::string evpSha256(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::vector<char> block(256 * 1024);
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(context, EVP_sha256(), nullptr);
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
        EVP_DigestUpdate(context, block.data(), static_cast<std::size_t>(in.gcount()));
    std::string digest(32, '\0');
    EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(digest.data()), nullptr);
    EVP_MD_CTX_free(context);
    return digest;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string which = argc > 1 ? argv[1] : "";
    if (which == "sha256" && argc == 3) {
        const auto start = Clock::now();
        const auto digest = evpSha256(argv[2]);
        print(std::filesystem::file_size(argv[2]), start);
        return digest.empty() ? 1 : 0;
    }
    if (which != "put" || argc != 4) {
        std::fputs("usage: bench_s3put put URL FILE | bench_s3put sha256 FILE\n", stderr);
        return 2;
    }
    std::string hex;
    for (const char c : evpSha256(argv[3])) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        hex += two;
    }
    const auto size = std::filesystem::file_size(argv[3]);
    host::base::HttpPool pool{{}};
    host::base::SystemClock clock;
    plugin::s3::Settings settings;
    settings.endpoint = argv[2];
    settings.bucket = "bench";
    settings.accessKeyId = "bench";
    settings.secretKey = host::sdk::SecretString("bench-secret");
    plugin::s3::S3Client client(pool, clock, settings);

    const auto start = Clock::now();
    std::ifstream in(argv[3], std::ios::binary);
    plugin::s3::VerifiedBody body(
        [&in](char* buffer, std::size_t want) {
            if (in.eof()) return std::size_t{0};
            in.read(buffer, static_cast<std::streamsize>(want));
            return static_cast<std::size_t>(in.gcount());
        },
        {size, hex});
    const auto answer = client.put("file", body, {"application/octet-stream", "public-read", hex}, {});
    if (!answer) {
        std::fprintf(stderr, "bench_s3put: %s %s\n", answer.failure.code.c_str(), answer.failure.message.c_str());
        return 1;
    }
    print(size, start);
}
