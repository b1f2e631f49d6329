#include "plugin/s3/VerifiedBody.h"

#include "common/Sha256.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

namespace plugin::s3 {
namespace {

constexpr std::size_t kBlock = 256 * 1024;  ///< fits a core's cache: hashed and sent while it is warm
constexpr std::size_t kBlocks = 4;

struct Block {
    std::vector<char> bytes;
    std::size_t size = 0;
};

}  // namespace

struct VerifiedBody::Impl {
    Impl(ByteSource given, BodyPromise what) : source(std::move(given)), promise(std::move(what)) {
        const auto block = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, promise.length + 1));
        for (auto& one : ring) one.bytes.resize(block);
        reader = std::jthread([this](const std::stop_token& stop) { readAll(stop); });
    }

    /// The whole block, or what there is of it.
    std::size_t fill(char* at, std::size_t want) const {
        std::size_t got = 0;
        while (got < want) {
            const std::size_t more = source(at + got, want - got);
            if (more == 0) break;
            got += more;
        }
        return got;
    }

    void readAll(const std::stop_token& stop) {
        common::Sha256 digest;
        std::uint64_t left = promise.length;
        BodyProblem found = BodyProblem::None;
        try {
            while (left > 0) {
                Block* block = nullptr;
                {
                    std::unique_lock lock(mutex);
                    if (!changed.wait(lock, stop, [this] { return filled - taken < kBlocks; })) return;
                    block = &ring[filled % kBlocks];
                }
                const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(left, block->bytes.size()));
                block->size = fill(block->bytes.data(), want);
                if (block->size < want) {
                    found = BodyProblem::Shorter;
                    break;
                }
                digest.update({block->bytes.data(), block->size});
                left -= block->size;
                if (left == 0) {
                    char beyond = 0;
                    if (source(&beyond, 1) != 0) found = BodyProblem::Longer;
                    if (found == BodyProblem::None && digest.finishHex() != promise.sha256)
                        found = BodyProblem::Different;
                    if (found != BodyProblem::None) break;
                }
                const std::lock_guard lock(mutex);
                ++filled;
                changed.notify_all();
            }
        } catch (const std::exception&) {
            found = BodyProblem::Unreadable;
        }
        const std::lock_guard lock(mutex);
        problem = found;
        ended = true;
        changed.notify_all();
    }

    std::size_t read(char* buffer, std::size_t size) {
        std::size_t given = 0;
        while (given < size) {
            Block* block = nullptr;
            {
                std::unique_lock lock(mutex);
                // What is there already goes first: the sender need not wait for a full buffer.
                if (given > 0 && filled == taken) break;
                changed.wait(lock, [this] { return filled > taken || ended; });
                if (filled == taken) break;
                block = &ring[taken % kBlocks];
            }
            const std::size_t part = std::min(size - given, block->size - offset);
            std::memcpy(buffer + given, block->bytes.data() + offset, part);
            given += part;
            offset += part;
            if (offset < block->size) break;
            offset = 0;
            const std::lock_guard lock(mutex);
            ++taken;
            changed.notify_all();
        }
        return given;
    }

    ByteSource source;
    BodyPromise promise;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::array<Block, kBlocks> ring;
    std::uint64_t filled = 0;
    std::uint64_t taken = 0;
    std::size_t offset = 0;  ///< in the block being taken; of the sender alone
    bool ended = false;
    BodyProblem problem = BodyProblem::None;
    std::jthread reader;  ///< last: ends before what it uses
};

VerifiedBody::VerifiedBody(ByteSource source, BodyPromise promise)
    : impl_(std::make_unique<Impl>(std::move(source), std::move(promise))) {}
VerifiedBody::~VerifiedBody() = default;

const BodyPromise& VerifiedBody::promise() const noexcept {
    return impl_->promise;
}

std::size_t VerifiedBody::read(char* buffer, std::size_t size) {
    return impl_->read(buffer, size);
}

BodyProblem VerifiedBody::problem() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->problem;
}

}  // namespace plugin::s3
