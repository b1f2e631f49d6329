#include "host/base/SecretKey.h"

#include "common/Encoding.h"
#include "common/Text.h"
#include "host/sdk/Error.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <sodium.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace host::base {
namespace {

using sdk::AppError;

void initialise() {
    if (sodium_init() < 0) throw AppError(500, "secrets.failed", "The crypto library can't be initialised.");
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

bool writeWhole(int file, const std::string& text) {
    return file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
           ::fsync(file) == 0;
}

/// A name in the folder lasts when the folder is on the disk.
void syncFolderOf(const std::filesystem::path& file) {
    Descriptor folder(
        ::open(std::filesystem::absolute(file).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0) ::fsync(folder.get());
}

AppError invalid(const std::filesystem::path& file) {
    return {500, "secrets.key-invalid",
            "The secrets' key file '" + file.string() +
                "' is damaged: it must hold 64 hex digits. Restore it from where it is kept."};
}

AppError failedToMake(const std::filesystem::path& file) {
    return {500, "secrets.key-failed",
            "The secrets' key file '" + file.string() + "' can't be made: " + std::strerror(errno) +
                ". Check that its folder is there and belongs to the server's user."};
}

}  // namespace

void SecretKey::Free::operator()(unsigned char* bytes) const noexcept {
    sodium_free(bytes);  // wipes it first
}

SecretKey::SecretKey(const std::string& raw) : bytes_(static_cast<unsigned char*>(sodium_malloc(kSize))) {
    if (!bytes_) throw AppError(500, "secrets.failed", "There is no memory left for the secrets' key.");
    std::copy_n(reinterpret_cast<const unsigned char*>(raw.data()), kSize, bytes_.get());
    std::array<unsigned char, 8> hash{};
    static constexpr std::string_view kContext = "lmsd secret key id";
    crypto_generichash_state state;
    std::array<unsigned char, crypto_generichash_BYTES> whole{};
    crypto_generichash_init(&state, nullptr, 0, whole.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(kContext.data()), kContext.size());
    crypto_generichash_update(&state, bytes_.get(), kSize);
    crypto_generichash_final(&state, whole.data(), whole.size());
    std::copy_n(whole.begin(), hash.size(), hash.begin());
    id_ = common::toHex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

SecretKey SecretKey::random() {
    initialise();
    std::string raw(kSize, '\0');
    randombytes_buf(raw.data(), raw.size());
    SecretKey key(raw);
    sodium_memzero(raw.data(), raw.size());
    return key;
}

std::vector<SecretKey> SecretKey::loadAll(const std::filesystem::path& file) {
    initialise();
    Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (in.get() < 0)
        throw AppError(500, "secrets.key-missing",
                       "The secrets' key file '" + file.string() + "' can't be opened: " + std::strerror(errno) +
                           ". Restore it from where it is kept, or set secrets.key_file.");
    struct stat info {};
    if (::fstat(in.get(), &info) != 0 || (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        throw AppError(500, "secrets.key-open-to-others",
                       "The secrets' key file '" + file.string() +
                           "' may be read by others; run chmod 600 on it, and replace the secrets if they were.");
    std::array<char, 256> buffer{};
    ssize_t size = ::read(in.get(), buffer.data(), buffer.size());
    std::string_view rest = common::trim({buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0});
    std::vector<SecretKey> keys;
    bool good = !rest.empty();
    while (good && !rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        auto raw = common::fromHex(common::trim(line));
        good = raw && raw->size() == kSize && keys.size() < 2;
        if (good) keys.push_back(SecretKey(*raw));
        if (raw) sodium_memzero(raw->data(), raw->size());
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    sodium_memzero(buffer.data(), buffer.size());
    if (!good) throw invalid(file);
    return keys;
}

SecretKey SecretKey::load(const std::filesystem::path& file) {
    return std::move(loadAll(file).front());
}

SecretKey SecretKey::create(const std::filesystem::path& file) {
    SecretKey key = random();
    std::string text = common::toHex({reinterpret_cast<const char*>(key.bytes()), kSize}) + '\n';
    std::string temporary = file.string() + ".new-XXXXXX";
    {
        Descriptor out(::mkostemp(temporary.data(), O_CLOEXEC));  // 0600 by its definition
        bool written = writeWhole(out.get(), text);
        sodium_memzero(text.data(), text.size());
        if (!written) {
            auto error = failedToMake(file);
            if (out.get() >= 0) ::unlink(temporary.c_str());
            throw error;
        }
    }
    // link, not rename: it never replaces a key that another process has just made.
    bool linked = ::link(temporary.c_str(), file.c_str()) == 0 || errno == EEXIST;
    auto error = failedToMake(file);
    ::unlink(temporary.c_str());
    if (!linked) throw error;
    syncFolderOf(file);
    return load(file);
}

void SecretKey::replaceFile(const std::filesystem::path& file, const std::vector<const SecretKey*>& keys) {
    std::string text;
    text.reserve(keys.size() * (2 * kSize + 1));  // never moved: no copy of a key is left behind
    for (const SecretKey* key : keys) {
        auto hex = common::toHex({reinterpret_cast<const char*>(key->bytes()), kSize});
        text.append(hex).push_back('\n');
        sodium_memzero(hex.data(), hex.size());
    }
    struct stat old {};
    std::string temporary = file.string() + ".new-XXXXXX";
    bool known = ::stat(file.c_str(), &old) == 0;
    Descriptor out(known ? ::mkostemp(temporary.data(), O_CLOEXEC) : -1);
    bool good = out.get() >= 0 && writeWhole(out.get(), text) &&
                (old.st_uid == ::geteuid() || ::fchown(out.get(), old.st_uid, old.st_gid) == 0) &&
                ::rename(temporary.c_str(), file.c_str()) == 0;
    sodium_memzero(text.data(), text.size());
    if (!good) {
        auto error = failedToMake(file);
        if (out.get() >= 0) ::unlink(temporary.c_str());
        throw error;
    }
    syncFolderOf(file);
}

std::vector<std::string> SecretKey::idsInUse(sdk::Database& database) {
    std::vector<std::string> ids;
    database.read([&](Poco::Data::Session& session) {
        session << "SELECT DISTINCT key_id FROM secret ORDER BY key_id", Poco::Data::Keywords::into(ids),
            Poco::Data::Keywords::now;
    });
    return ids;
}

SecretKey SecretKey::open(sdk::Database& database, const std::filesystem::path& file) {
    const auto ids = idsInUse(database);
    if (std::filesystem::exists(file)) {
        auto keys = loadAll(file);
        for (auto& key : keys)
            if (ids.size() == 1 && ids.front() == key.id()) return std::move(key);
        return std::move(keys.front());
    }
    if (ids.empty()) return create(file);
    throw AppError(500, "secrets.key-missing",
                   fmt::format("The secrets' key file '{}' is missing and the database holds sealed secrets that only "
                               "it opens. Restore it from where it is kept, or set secrets.key_file.",
                               file.string()));
}

}  // namespace host::base
