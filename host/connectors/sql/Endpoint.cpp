#include "host/connectors/sql/Endpoint.h"

#include "host/base/outbound/Resolver.h"
#include "host/sdk/OutboundHttp.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sys/mman.h>
#include <unistd.h>

namespace host::connectors::sql {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;
namespace fs = std::filesystem;

/// A host's name or address and nothing that a library could take for a socket's path, a list or an option.
bool isHost(const std::string& text) {
    return !text.empty() && text.size() <= 253 && text.front() != '-' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                      c == '-' || c == '_' || c == ':';
           });
}

std::string iconvName(const std::string& encoding) {
    static const std::map<std::string, std::string> kNames = {{"", ""},
                                                              {"utf-8", "UTF-8"},
                                                              {"windows-1251", "CP1251"},
                                                              {"windows-1252", "CP1252"},
                                                              {"latin1", "ISO-8859-1"},
                                                              {"koi8-r", "KOI8-R"},
                                                              {"cp866", "CP866"}};
    const auto found = kNames.find(encoding);
    return found == kNames.end() ? encoding : found->second;
}

void resolveHost(Target& target, const SqlSettings& settings, const std::stop_token& stop) {
    using Outbound = sdk::OutboundError::Kind;
    if (!isHost(target.host))
        throw SourceError(Kind::Configuration, fmt::format("'{}' is not the name or address of a host.", target.host),
                          "Give a name such as db.example.org.");
    const base::AddressGuard guard(settings.guard);
    try {
        target.addresses =
            base::outbound::resolve(target.host, std::chrono::steady_clock::now() + settings.connectTimeout, stop);
        guard.checkAddresses(target.host, target.addresses);
    } catch (const sdk::OutboundError& error) {
        if (error.kind() == Outbound::Cancelled)
            throw SourceError(Kind::Cancelled, "The reading was stopped.", "Run the route again.");
        if (error.kind() == Outbound::Forbidden)
            throw SourceError(
                Kind::Configuration,
                fmt::format("The host '{}' leads to a loopback, private or reserved network, which the server's "
                            "administrator has not allowed.",
                            target.host),
                "Let the administrator set outbound.allow_private_addresses, or give a public address.");
        throw SourceError(Kind::Unreachable, fmt::format("The host '{}' has no address.", target.host),
                          "Check the host's name.");
    }
    if (target.tls) return;
    // Without TLS the password and people's marks travel in the clear: inside the organization's own network at most.
    const bool inside = std::none_of(target.addresses.begin(), target.addresses.end(), base::AddressGuard::isPublic);
    if (settings.guard.allowHttp || (settings.guard.allowPrivateAddresses && inside)) return;
    throw SourceError(Kind::Configuration, "A connection without TLS is not allowed here.",
                      "Choose the verified connection, or let the administrator set outbound.allow_http.");
}

std::string withoutTemplate(const std::string& driver) {
    return driver.substr(std::string("odbc-").size());
}

}  // namespace

fs::path allowedPath(const std::string& typed, const SqlSettings& settings, bool folder) {
    if (settings.folders.empty())
        throw SourceError(Kind::Configuration,
                          "This server reads no files of its disk: its administrator has named no folder.",
                          "Let the administrator set sources.folders.");
    bool inside = false;
    for (const auto& root : settings.folders) {
        std::error_code failed;
        const auto base = fs::canonical(root, failed);
        if (failed) continue;
        const auto real = fs::weakly_canonical(base / typed, failed);  // an absolute path stands for itself
        if (failed) continue;
        if (std::mismatch(base.begin(), base.end(), real.begin(), real.end()).first != base.end()) continue;
        inside = true;
        if (folder ? fs::is_directory(real, failed) : fs::is_regular_file(real, failed)) return real;
    }
    if (!inside)
        throw SourceError(Kind::Configuration,
                          fmt::format("'{}' is not in a folder that the server's administrator has named.", typed),
                          "Put it into one of sources.folders, or let the administrator name its folder there.");
    throw SourceError(Kind::NotThere, fmt::format("There is no {} '{}'.", folder ? "folder" : "file", typed),
                      "Check the name, and whether the server may read it.");
}

Target targetOf(const sdk::SourceRequest& request, const SqlSettings& settings) {
    const auto& given = request.connection;
    Target target;
    target.driver = given.text("driver");
    target.database = given.text("database");
    target.user = given.text("user");
    target.password = given.secret("password");
    target.tls = given.text("tls") != "off";
    target.authority = given.text("certificate");
    target.encoding = iconvName(given.text("encoding"));
    if (const auto seconds = request.route.number("timeoutSeconds"); seconds >= 1)
        target.timeout = std::chrono::seconds(static_cast<std::int64_t>(seconds));
    target.stop = request.stop;
    if (target.database.find('\0') != std::string::npos || target.user.find('\0') != std::string::npos)
        throw SourceError(Kind::Configuration, "The database's or the user's name has a zero byte.",
                          "Give it without.");

    bool needsHost = true;
    bool needsFile = target.driver == "sqlite";
    if (target.driver.starts_with("odbc-")) {
        const auto found = settings.odbc.find(withoutTemplate(target.driver));
        if (found == settings.odbc.end())
            throw SourceError(Kind::Configuration,
                              fmt::format("The server's administrator has set up no '{}'.", target.driver),
                              "Choose another driver.");
        needsHost = found->second.find("{address}") != std::string::npos;
        needsFile = found->second.find("{file}") != std::string::npos;
    } else if (needsFile) {
        needsHost = false;
    }
    if (target.database.empty())
        throw SourceError(Kind::Configuration, "The connection names no database.",
                          "Give its name, or of SQLite its file.");
    if (needsFile) target.file = allowedPath(target.database, settings, false).string();
    if (!needsHost) return target;
    target.host = given.text("host");
    const auto port = given.number("port");
    target.port = static_cast<std::uint16_t>(port);
    if (port < 1) target.port = target.driver == "postgresql" ? 5432 : target.driver == "mysql" ? 3306 : 1433;
    resolveHost(target, settings, request.stop);
    return target;
}

AuthorityFile::AuthorityFile(const SqlSettings& settings, const std::string& pem)
    : fd_(::memfd_create("authorities", MFD_CLOEXEC)) {
    std::string all = pem + "\n";
    for (const auto& name : {settings.caFile, settings.systemAuthorities}) {
        std::ifstream in(name, std::ios::binary);
        if (!name.empty() && in) all.append(std::istreambuf_iterator<char>(in), {}).append("\n");
    }
    std::size_t done = 0;
    while (fd_ >= 0 && done < all.size()) {
        const auto wrote = ::write(fd_, all.data() + done, all.size() - done);
        if (wrote <= 0) break;
        done += static_cast<std::size_t>(wrote);
    }
    if (done == all.size()) return;
    if (fd_ >= 0) ::close(fd_);
    throw SourceError(Kind::Configuration, "The certificates to trust can't be handed to the database's library.",
                      "The server is out of memory or descriptors; look into its log.");
}

AuthorityFile::~AuthorityFile() {
    ::close(fd_);
}

std::string AuthorityFile::path() const {
    return fmt::format("/proc/self/fd/{}", fd_);
}

}  // namespace host::connectors::sql
