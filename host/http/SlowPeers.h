#pragma once
/// Bounds the threads that wait on slow peers in the middle of a request or an answer, so that clients that dribble
/// never take all of them: some threads are always left for those who are quick. Peers that nobody knows yet (not
/// signed in) get a smaller share. Thread-safe.

#include <algorithm>
#include <mutex>

namespace host::http {

class SlowPeers {
public:
    /// `threads` of the listener, of which `streams` may be held by event streams.
    SlowPeers(unsigned threads, unsigned streams)
        : most_(static_cast<int>(std::max(1u, threads > streams + kFree ? threads - streams - kFree : 1u))),
          mostUnknown_(std::min(most_, static_cast<int>(std::max(1u, threads / 4)))) {}

    /// One thread's wait. False in `granted` when too many wait already: the request must be given up.
    class Wait {
    public:
        Wait(SlowPeers& peers, bool known) : peers_(peers), known_(known), granted_(peers.enter(known)) {}
        ~Wait() {
            if (granted_) peers_.leave(known_);
        }
        Wait(const Wait&) = delete;
        Wait& operator=(const Wait&) = delete;
        bool granted() const { return granted_; }

    private:
        SlowPeers& peers_;
        bool known_;
        bool granted_;
    };

private:
    static constexpr unsigned kFree = 2;

    bool enter(bool known) {
        std::lock_guard lock(mutex_);
        if (waiting_ >= most_ || (!known && unknown_ >= mostUnknown_)) return false;
        ++waiting_;
        if (!known) ++unknown_;
        return true;
    }
    void leave(bool known) {
        std::lock_guard lock(mutex_);
        --waiting_;
        if (!known) --unknown_;
    }

    std::mutex mutex_;
    int most_;
    int mostUnknown_;
    int waiting_ = 0;
    int unknown_ = 0;
};

}  // namespace host::http
