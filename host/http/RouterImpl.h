#pragma once
/// The routes of the host and of its modules. Thread-safe: routes come and go while requests are answered. Taking a
/// route back waits until its requests in flight are over (those of the calling thread apart), so that afterwards no
/// code of the owner runs any more.

#include "host/sdk/Http.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

namespace host::http {

class RouterImpl : public sdk::Router {
public:
    /// A registered route. Immutable apart from its counters.
    struct Route {
        sdk::Method method{};
        std::string path;
        std::vector<std::string> parameterNames;
        sdk::RouteOptions options;
        sdk::Handler handler;
        std::string owner;  ///< empty for the host's own

        std::atomic<int> inFlight{0};
        std::atomic<bool> removed{false};
        std::atomic<bool> stopping{false};
        std::mutex mutex;
        std::condition_variable idle;
    };

    /// Keeps a route's handler usable. Held until the answer is written: a streamed answer is the owner's code too.
    class Lease {
    public:
        Lease() = default;
        explicit Lease(std::shared_ptr<Route> route);  ///< empty when the route was taken back meanwhile
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&& other) noexcept;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { release(); }

        explicit operator bool() const { return route_ != nullptr; }
        const Route& operator*() const { return *route_; }
        const Route* operator->() const { return route_.get(); }

    private:
        void release() noexcept;
        std::shared_ptr<Route> route_;
    };

    struct Match {
        enum class Outcome { Found, NotFound, WrongMethod, Stopping } outcome = Outcome::NotFound;
        Lease route;
        std::vector<std::string> parameters;  ///< values, in the order of Route::parameterNames
        std::string allow;                    ///< for Allow, with WrongMethod
    };

    RouterImpl();
    ~RouterImpl() override;

    [[nodiscard]] sdk::Registration add(sdk::Method method, const std::string& path, sdk::RouteOptions options,
                                        sdk::Handler handler) override;

    /// The router as a module gets it: what it adds is marked with `owner`. Valid while this router is.
    std::unique_ptr<sdk::Router> forOwner(std::string owner);

    /// Takes back all routes of a module.
    void removeOwner(const std::string& owner);

    /// While a module is stopping, new requests to its routes get 503 with Retry-After.
    void setStopping(const std::string& owner, bool stopping);

    Match match(sdk::Method method, const std::vector<std::string>& segments) const;

    /// Methods of a path, as Allow lists them; empty when nothing is there.
    std::string allowed(const std::vector<std::string>& segments) const;

    struct Description {
        sdk::Method method{};
        std::string path;
        std::string owner;
        sdk::RouteOptions options;
    };
    /// Sorted by path and method.
    std::vector<Description> describe() const;

    /// Grows with every change, so that what is made from `describe` can be kept.
    std::uint64_t revision() const;

private:
    struct Table;
    std::shared_ptr<Table> table_;
};

std::string_view methodName(sdk::Method method);
std::optional<sdk::Method> parseMethod(std::string_view name);

}  // namespace host::http
