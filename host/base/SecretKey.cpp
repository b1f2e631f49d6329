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

AppError failedToMake(const std::filesystem::path& file) {
    return {500, "secrets.key-failed",
            "The secrets' key file '" + file.string() + "' can't be made: " + std::strerror(errno) +
                ". Check that its folder is there and belongs to the server's user."};
}

}  // namespace

SecretKey::SecretKey(const std::string& raw) {
    std::copy_n(reinterpret_cast<const unsigned char*>(raw.data()), kSize, bytes_.begin());
    std::array<unsigned char, 8> hash{};
    static constexpr std::string_view kContext = "lmsd secret key id";
    crypto_generichash_state state;
    std::array<unsigned char, crypto_generichash_BYTES> whole{};
    crypto_generichash_init(&state, nullptr, 0, whole.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(kContext.data()), kContext.size());
    crypto_generichash_update(&state, bytes_.data(), bytes_.size());
    crypto_generichash_final(&state, whole.data(), whole.size());
    std::copy_n(whole.begin(), hash.size(), hash.begin());
    id_ = common::toHex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_), id_(std::move(other.id_)) {
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

SecretKey::~SecretKey() {
    sodium_memzero(bytes_.data(), bytes_.size());
}

SecretKey SecretKey::load(const std::filesystem::path& file) {
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
    auto text = common::trim({buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0});
    auto raw = common::fromHex(text);
    sodium_memzero(buffer.data(), buffer.size());
    if (!raw || raw->size() != kSize)
        throw AppError(500, "secrets.key-invalid",
                       "The secrets' key file '" + file.string() +
                           "' is damaged: it must hold 64 hex digits. Restore it from where it is kept.");
    SecretKey key(*raw);
    sodium_memzero(raw->data(), raw->size());
    return key;
}

SecretKey SecretKey::create(const std::filesystem::path& file) {
    initialise();
    std::string raw(kSize, '\0');
    randombytes_buf(raw.data(), raw.size());
    std::string text = common::toHex(raw) + '\n';
    std::string temporary = file.string() + ".new-XXXXXX";
    {
        Descriptor out(::mkostemp(temporary.data(), O_CLOEXEC));  // 0600 by its definition
        bool written = out.get() >= 0 &&
                       ::write(out.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(out.get()) == 0;
        sodium_memzero(text.data(), text.size());
        sodium_memzero(raw.data(), raw.size());
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
    Descriptor folder(
        ::open(std::filesystem::absolute(file).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0) ::fsync(folder.get());
    return load(file);
}

SecretKey SecretKey::open(sdk::Database& database, const std::filesystem::path& file) {
    if (std::filesystem::exists(file)) return load(file);
    std::int64_t sealed = 0;
    database.read([&](Poco::Data::Session& session) {
        session << "SELECT count(*) FROM secret", Poco::Data::Keywords::into(sealed), Poco::Data::Keywords::now;
    });
    if (sealed == 0) return create(file);
    throw AppError(
        500, "secrets.key-missing",
        fmt::format("The secrets' key file '{}' is missing and the database holds {} sealed secrets that only "
                    "it opens. Restore it from where it is kept, or set secrets.key_file.",
                    file.string(), sealed));
}

}  // namespace host::base
