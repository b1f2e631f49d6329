#include "host/connectors/sql/SourceFiles.h"

#include "common/Encoding.h"
#include "host/connectors/sql/Endpoint.h"
#include "host/sdk/Sources.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace host::connectors::sql {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;
namespace fs = std::filesystem;

bool isSha1(std::string_view text) {
    return text.size() == 40 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string sha1Of(std::istream& in) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(digest.get(), EVP_sha1(), nullptr);
    std::array<char, 64 * 1024> buffer{};
    while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0)
        EVP_DigestUpdate(digest.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    EVP_DigestFinal_ex(digest.get(), out.data(), &size);
    return common::toHex({reinterpret_cast<const char*>(out.data()), size});
}

}  // namespace

SourceFiles::SourceFiles(const SqlSettings& settings, const std::string& folder, bool moodle) : moodle_(moodle) {
    if (!folder.empty()) folder_ = allowedPath(folder, settings, true);
}

fs::path SourceFiles::locate(const std::string& reference) const {
    if (folder_.empty())
        throw SourceError(Kind::NotThere, "The connection names no folder of files.",
                          "Give the folder in the connection, or leave files out of the mapping.");
    if (moodle_) {
        if (!isSha1(reference))
            throw SourceError(Kind::Format,
                              fmt::format("'{}' is not the SHA-1 of a file's content.", reference.substr(0, 60)),
                              "Map the column contenthash of Moodle's table of files.");
        return folder_ / reference.substr(0, 2) / reference.substr(2, 2) / reference;
    }
    const fs::path relative(reference);
    if (relative.empty() || relative.is_absolute() || reference.find('\0') != std::string::npos)
        throw SourceError(Kind::Format,
                          fmt::format("'{}' is not a path below the connection's folder.", reference.substr(0, 200)),
                          "Let the query give the path from the folder on.");
    return folder_ / relative;
}

std::unique_ptr<std::istream> SourceFiles::open(const std::string& reference) const {
    const auto path = locate(reference);
    std::error_code failed;
    const auto real = fs::canonical(path, failed);
    if (failed || !fs::is_regular_file(real, failed))
        throw SourceError(Kind::NotThere,
                          fmt::format("The file '{}' is not in the connection's folder.", reference.substr(0, 200)),
                          "Check that the folder is the whole of the LMS's files, and as new as its database.");
    // A link may lead anywhere.
    if (std::mismatch(folder_.begin(), folder_.end(), real.begin(), real.end()).first != folder_.end())
        throw SourceError(Kind::Rights,
                          fmt::format("The file '{}' leads out of the connection's folder.", reference.substr(0, 200)),
                          "Put the file itself into the folder, not a link.");
    auto in = std::make_unique<std::ifstream>(real, std::ios::binary);
    if (!*in)
        throw SourceError(Kind::Rights, fmt::format("The server may not read the file '{}'.", reference.substr(0, 200)),
                          "Give the server's user the right to read the folder of files.");
    if (!moodle_) return in;
    if (sha1Of(*in) != reference)
        throw SourceError(
            Kind::Format,
            fmt::format("The content of the file '{}' is not what its name says: it is damaged.", reference),
            "Take the file from a copy of the LMS.");
    in->clear();
    in->seekg(0);
    return in;
}

}  // namespace host::connectors::sql
