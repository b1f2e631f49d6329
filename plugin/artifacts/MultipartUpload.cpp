#include "plugin/artifacts/MultipartUpload.h"

#include "common/Sha256.h"

namespace plugin::artifacts {
namespace {

constexpr std::uint64_t kMegabyte = 1024 * 1024;
constexpr std::size_t kPassBlock = 256 * 1024;

}  // namespace

/// Threads that send what they are handed; the first failure ends them all.
class MultipartUpload::Senders {
public:
    Senders(MultipartUpload& upload, bool inMemory, std::size_t bufferSize, const std::stop_token& stop)
        : upload_(upload), onStop_(stop, [this] { end(); }) {
        const auto count = static_cast<std::size_t>(upload.settings_.buffers);
        buffers_.resize(inMemory ? count : 0);
        for (auto& buffer : buffers_) {
            buffer.resize(bufferSize);
            free_.push_back(&buffer);
        }
        most_ = count;
        for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
    }
    ~Senders() { finish(false); }
    Senders(const Senders&) = delete;
    Senders& operator=(const Senders&) = delete;

    /// A buffer to fill; nullptr: there is no use in going on.
    std::vector<char>* takeBuffer() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ended_ || !free_.empty(); });
        if (ended_) return nullptr;
        auto* buffer = free_.back();
        free_.pop_back();
        return buffer;
    }
    void giveBack(std::vector<char>* buffer) {
        const std::lock_guard lock(mutex_);
        free_.push_back(buffer);
        changed_.notify_all();
    }
    /// Waits while too many jobs do; false: there is no use in going on.
    bool push(Job job) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ended_ || jobs_.size() < most_; });
        if (ended_) return false;
        jobs_.push_back(std::move(job));
        changed_.notify_all();
        return true;
    }
    bool ended() {
        const std::lock_guard lock(mutex_);
        return ended_;
    }
    /// Waits for the threads: with `all` until every job is done, else as soon as their requests can be ended.
    void finish(bool all) {
        {
            std::unique_lock lock(mutex_);
            if (all) changed_.wait(lock, [this] { return ended_ || (jobs_.empty() && working_ == 0); });
        }
        end();
        threads_.clear();
    }
    std::optional<s3::Failure> failure() {
        const std::lock_guard lock(mutex_);
        if (error_) std::rethrow_exception(error_);
        return failure_;
    }

private:
    void end() {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        stop_.request_stop();
        changed_.notify_all();
    }

    void work() {
        for (;;) {
            Job job;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return ended_ || !jobs_.empty(); });
                if (ended_) return;
                job = std::move(jobs_.front());
                jobs_.pop_front();
                ++working_;
                changed_.notify_all();
            }
            try {
                auto answer = upload_.sendPart(job, stop_.get_token());
                store::ArtifactPart part{job.number, {}, static_cast<std::int64_t>(job.size), job.sha256};
                if (answer) {
                    part.etag = std::move(*answer.value);
                    upload_.parts_.store.partDone(upload_.row_.id, part);
                }
                const std::lock_guard lock(mutex_);
                if (answer)
                    upload_.done_[part.number] = std::move(part);
                else if (!failure_)
                    failure_ = std::move(answer.failure);
                if (failure_) ended_ = true;
            } catch (const std::exception&) {
                const std::lock_guard lock(mutex_);
                if (!error_) error_ = std::current_exception();
                ended_ = true;
            }
            const std::lock_guard lock(mutex_);
            if (ended_) stop_.request_stop();
            if (job.buffer != nullptr) free_.push_back(job.buffer);
            --working_;
            changed_.notify_all();
        }
    }

    MultipartUpload& upload_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    std::vector<std::vector<char>> buffers_;
    std::vector<std::vector<char>*> free_;
    std::size_t most_ = 1;
    int working_ = 0;
    bool ended_ = false;
    std::optional<s3::Failure> failure_;
    std::exception_ptr error_;
    std::stop_source stop_;
    std::vector<std::jthread> threads_;
    std::stop_callback<std::function<void()>> onStop_;
};

MultipartUpload::MultipartUpload(const UploaderParts& parts, const UploaderSettings& settings, const Retries& retries,
                                 store::ArtifactRow& row)
    : parts_(parts), settings_(settings), retries_(retries), row_(row) {}

std::uint64_t MultipartUpload::chosenPartSize() const {
    const auto size = static_cast<std::uint64_t>(row_.wanted.size);
    const auto least = (size + settings_.maxParts - 1) / settings_.maxParts;
    if (least <= settings_.partSize) return settings_.partSize;
    return (least + kMegabyte - 1) / kMegabyte * kMegabyte;
}

std::optional<s3::Failure> MultipartUpload::run(const std::stop_token& stop) {
    if (auto failure = open(stop)) return failure;
    if (auto failure = sendParts(stop)) {
        // What was read is not what was asked for: these parts must never become an object.
        if (failure->code == "file-changed" || failure->code == "file-unreadable") drop(stop);
        if (failure->code == "NoSuchUpload") {
            drop(stop);
            mayBeginAnew_ = true;
        }
        return failure;
    }
    return complete(stop);
}

std::optional<s3::Failure> MultipartUpload::open(const std::stop_token& stop) {
    const auto& key = row_.wanted.key;
    if (!row_.uploadId.empty()) {
        const auto there = retries_(stop, [&] { return parts_.client.listParts(key, row_.uploadId, stop); });
        if (there && row_.partSize > 0) {
            resume(*there.value);
            return std::nullopt;
        }
        if (!there && s3::troubleOf(there.failure) != s3::Trouble::Object) return there.failure;
        drop(stop);
    }
    auto created = retries_(stop, [&] { return parts_.client.createUpload(key, traitsOf(row_), stop); });
    if (!created) return created.failure;
    row_.uploadId = *created.value;
    row_.partSize = static_cast<std::int64_t>(chosenPartSize());
    parts_.store.uploadCreated(row_.id, row_.uploadId, row_.partSize);
    return std::nullopt;
}

void MultipartUpload::resume(const std::vector<s3::Part>& there) {
    std::map<int, const s3::Part*> byNumber;
    for (const auto& part : there) byNumber[part.number] = &part;
    // What only one side knows is sent again.
    for (const auto& part : parts_.store.parts(row_.id)) {
        const auto found = byNumber.find(part.number);
        if (found == byNumber.end() || found->second->etag != part.etag || found->second->size != part.size) continue;
        known_[part.number] = part;
    }
    done_ = known_;
}

void MultipartUpload::drop(const std::stop_token& stop) {
    // Best effort: what stays behind is found as an orphan by a later night.
    parts_.client.abortUpload(row_.wanted.key, row_.uploadId, stop);
    parts_.store.uploadDropped(row_.id);
    row_.uploadId.clear();
    row_.partSize = 0;
    known_.clear();
    done_.clear();
}

s3::Answer<std::string> MultipartUpload::sendPart(Job& job, const std::stop_token& stop) const {
    const auto& key = row_.wanted.key;
    if (job.buffer == nullptr)
        return retries_(stop, [&] {
            std::uint64_t left = job.size;
            auto source = sourceOf(parts_.files, row_, job.offset);
            s3::VerifiedBody body(
                [&](char* buffer, std::size_t size) {
                    const auto got = source(buffer, static_cast<std::size_t>(std::min<std::uint64_t>(size, left)));
                    left -= got;
                    return got;
                },
                {job.size, job.sha256});
            return parts_.client.uploadPart(key, row_.uploadId, job.number, body, stop);
        });
    const std::string_view bytes(job.buffer->data(), static_cast<std::size_t>(job.size));
    if (job.sha256.empty()) job.sha256 = common::Sha256::hex(bytes);
    return retries_(stop,
                    [&] { return parts_.client.uploadPart(key, row_.uploadId, job.number, bytes, job.sha256, stop); });
}

s3::BodyProblem MultipartUpload::readParts(Senders& senders) {
    const auto source = sourceOf(parts_.files, row_);
    const auto partSize = static_cast<std::uint64_t>(row_.partSize);
    const bool inMemory = partSize <= settings_.partSize;
    std::vector<char> pass(inMemory ? 0 : kPassBlock);
    common::Sha256 whole;
    const auto size = static_cast<std::uint64_t>(row_.wanted.size);
    for (std::uint64_t offset = 0; offset < size; offset += partSize) {
        Job job{static_cast<int>(offset / partSize) + 1, offset, std::min(partSize, size - offset), {}, nullptr};
        if (inMemory && (job.buffer = senders.takeBuffer()) == nullptr) return s3::BodyProblem::None;
        common::Sha256 own;
        const auto known = known_.find(job.number);
        const bool needsOwn = !inMemory || known != known_.end();
        for (std::uint64_t got = 0; got < job.size;) {
            if (senders.ended()) return s3::BodyProblem::None;
            char* const at = inMemory ? job.buffer->data() + got : pass.data();
            const auto more = source(at, static_cast<std::size_t>(std::min<std::uint64_t>(kPassBlock, job.size - got)));
            if (more == 0) return s3::BodyProblem::Shorter;
            whole.update({at, more});
            if (needsOwn) own.update({at, more});
            got += more;
        }
        if (needsOwn) job.sha256 = own.finishHex();
        if (known != known_.end() && known->second.sha256 == job.sha256 &&
            static_cast<std::uint64_t>(known->second.size) == job.size) {
            if (job.buffer != nullptr) senders.giveBack(job.buffer);
            continue;
        }
        if (!senders.push(std::move(job))) return s3::BodyProblem::None;
    }
    char beyond = 0;
    if (source(&beyond, 1) != 0) return s3::BodyProblem::Longer;
    return whole.finishHex() == row_.wanted.sha256 ? s3::BodyProblem::None : s3::BodyProblem::Different;
}

std::optional<s3::Failure> MultipartUpload::sendParts(const std::stop_token& stop) {
    const auto partSize = static_cast<std::uint64_t>(row_.partSize);
    auto problem = s3::BodyProblem::None;
    Senders senders(*this, partSize <= settings_.partSize, static_cast<std::size_t>(partSize), stop);
    try {
        problem = readParts(senders);
    } catch (const std::exception&) {
        problem = s3::BodyProblem::Unreadable;
    }
    senders.finish(problem == s3::BodyProblem::None);
    if (problem != s3::BodyProblem::None) return s3::failureOf(problem);
    if (auto failure = senders.failure()) return failure;
    if (stop.stop_requested())
        return s3::failureOf(
            host::sdk::OutboundError(host::sdk::OutboundError::Kind::Cancelled, false, "The upload was cancelled"), {});
    return std::nullopt;
}

std::optional<s3::Failure> MultipartUpload::complete(const std::stop_token& stop) {
    std::vector<s3::Part> list;
    for (const auto& [number, part] : done_) list.push_back({number, part.etag, part.size});
    const auto& key = row_.wanted.key;
    const auto answer = retries_(stop, [&] { return parts_.client.completeUpload(key, row_.uploadId, list, stop); });
    if (answer) return std::nullopt;
    if (s3::troubleOf(answer.failure) != s3::Trouble::Object) return answer.failure;
    // An answer that was lost: the first request has made the object, the second finds no upload any more.
    if (answer.failure.code == "NoSuchUpload") {
        const auto head = retries_(stop, [&] { return parts_.client.head(key, stop); });
        if (head && head.value->length == row_.wanted.size && head.value->sha256 == row_.wanted.sha256)
            return std::nullopt;
    }
    drop(stop);
    mayBeginAnew_ = true;
    return answer.failure;
}

}  // namespace plugin::artifacts
