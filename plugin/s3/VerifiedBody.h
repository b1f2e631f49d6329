#pragma once
/// A body that is hashed while it is read, in a thread of its own beside the one that sends. Its last bytes are given
/// out only when all of them are proved to be what was promised: an object that is something else can't come about.
///
/// Memory: at most 1 MiB whatever the length. One reader at a time; the source is read in the thread of this class and
/// must outlive it.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace plugin::s3 {

/// Fills a buffer of at most `size` bytes, returns how many; 0 at the end. May throw: the file vanished.
using ByteSource = std::function<std::size_t(char* buffer, std::size_t size)>;

/// What a body must be.
struct BodyPromise {
    std::uint64_t length = 0;
    std::string sha256;  ///< lower-case hex
};

enum class BodyProblem { None, Shorter, Longer, Different, Unreadable };

class VerifiedBody {
public:
    VerifiedBody(ByteSource source, BodyPromise promise);
    ~VerifiedBody();
    VerifiedBody(const VerifiedBody&) = delete;
    VerifiedBody& operator=(const VerifiedBody&) = delete;

    const BodyPromise& promise() const noexcept;
    /// The next bytes; 0 only when there is a problem or all have been given.
    std::size_t read(char* buffer, std::size_t size);
    BodyProblem problem() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plugin::s3
