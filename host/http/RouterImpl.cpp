#include "host/http/RouterImpl.h"

#include "common/JsonReader.h"

#include <fmt/format.h>

#include <algorithm>

namespace host::http {
namespace {

using sdk::AppError;
using sdk::Method;

constexpr std::array<std::string_view, 5> kNames{"GET", "POST", "PUT", "PATCH", "DELETE"};

/// Leases that this thread holds, so that a handler may take back its own route without waiting for itself.
thread_local std::vector<const RouterImpl::Route*> heldHere;

AppError badRoute(Method method, const std::string& path, std::string_view why) {
    return {500, "route-refused", fmt::format("The route '{} {}' can't be added: {}.", methodName(method), path, why)};
}

/// A description that can't be shown is told to who wrote it, not left out of the document.
void requireJson(const sdk::RouteOptions& options, Method method, const std::string& path) {
    const auto& operation = options.operation;
    auto require = [&](const char* what, const std::string& text, bool isSchema) {
        if (text.empty()) return;
        try {
            isSchema ? static_cast<void>(common::parseJsonObject(text)) : static_cast<void>(common::parseJson(text));
        } catch (const AppError& error) {
            throw badRoute(method, path,
                           fmt::format("its {} is no JSON{} ({})", what, isSchema ? " object" : "", error.what()));
        }
    };
    auto isJson = [](std::string_view type) { return type.size() >= 4 && type.substr(type.size() - 4) == "json"; };
    require("request schema", operation.requestSchema, true);
    require("response schema", operation.responseSchema, true);
    if (isJson(operation.requestContentType)) require("request example", operation.requestExample, false);
    if (isJson(operation.responseContentType)) require("response example", operation.responseExample, false);
}

std::vector<std::string> splitPath(Method method, const std::string& path) {
    if (path.empty() || path.front() != '/') throw badRoute(method, path, "a path begins with '/'");
    std::vector<std::string> parts;
    std::string_view rest = std::string_view(path).substr(1);
    while (true) {
        auto slash = rest.find('/');
        parts.emplace_back(rest.substr(0, slash));
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& part = parts[i];
        if (part.empty() && parts.size() > 1) throw badRoute(method, path, "it has an empty segment");
        bool brace = part.find_first_of("{}") != std::string::npos;
        if (brace && (part.size() < 3 || part.front() != '{' || part.back() != '}' ||
                      part.find_first_of("{}", 1) != part.size() - 1))
            throw badRoute(method, path,
                           fmt::format("'{}' is not a parameter; a parameter is a whole segment '{{name}}'", part));
        if (brace && std::find(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i), part) !=
                         parts.begin() + static_cast<std::ptrdiff_t>(i))
            throw badRoute(method, path, fmt::format("the parameter '{}' is there twice", part));
    }
    return parts;
}

}  // namespace

std::string_view methodName(Method method) {
    return kNames.at(static_cast<std::size_t>(method));
}

std::optional<Method> parseMethod(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<Method>(i);
    return std::nullopt;
}

/// A tree by segment. A literal wins over a parameter; when the literal's branch leads nowhere the parameter is tried.
struct RouterImpl::Table {
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
        std::unique_ptr<Node> parameter;
        std::array<std::shared_ptr<Route>, 5> routes;

        bool hasRoute() const {
            return std::any_of(routes.begin(), routes.end(), [](const auto& r) { return r != nullptr; });
        }
        bool useless() const { return !hasRoute() && !parameter && literals.empty(); }
    };

    mutable std::shared_mutex mutex;
    Node root;
    std::set<std::string> stoppingOwners;
    std::map<std::string, std::string> operations;  ///< operation id → path
    std::atomic<std::uint64_t> revision{1};

    void insert(const std::shared_ptr<Route>& route);
    void remove(const std::shared_ptr<Route>& route) noexcept;
    bool erase(Node& node, const std::vector<std::string>& parts, std::size_t at, const std::shared_ptr<Route>& route);
    static const Node* find(const Node& node, const std::vector<std::string>& segments, std::size_t at,
                            std::vector<std::string>& parameters);
    template <typename Visit>
    static void walk(const Node& node, const Visit& visit);
};

void RouterImpl::Table::insert(const std::shared_ptr<Route>& route) {
    auto parts = splitPath(route->method, route->path);
    for (const auto& part : parts)
        if (!part.empty() && part.front() == '{') route->parameterNames.push_back(part.substr(1, part.size() - 2));
    const auto& options = route->options;
    if (options.access == sdk::Access::Organization &&
        std::find(route->parameterNames.begin(), route->parameterNames.end(), "org") == route->parameterNames.end())
        throw badRoute(route->method, route->path, "access by organization needs '{org}' in the path");
    if (!route->handler) throw badRoute(route->method, route->path, "it has no handler");
    requireJson(options, route->method, route->path);

    std::unique_lock lock(mutex);
    const auto& id = options.operation.id;
    if (auto taken = operations.find(id); !id.empty() && taken != operations.end())
        throw badRoute(route->method, route->path,
                       fmt::format("its operation id '{}' is that of '{}'", id, taken->second));
    Node* node = &root;
    for (const auto& part : parts) {
        bool parameter = !part.empty() && part.front() == '{';
        auto& next = parameter ? node->parameter : node->literals[part];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    auto& place = node->routes.at(static_cast<std::size_t>(route->method));
    if (place)
        throw badRoute(route->method, route->path,
                       fmt::format("'{}'{} is already there", place->path,
                                   place->owner.empty() ? "" : fmt::format(" of '{}'", place->owner)));
    place = route;
    if (!id.empty()) operations[id] = route->path;
    route->stopping = stoppingOwners.count(route->owner) != 0;
    ++revision;
}

bool RouterImpl::Table::erase(Node& node, const std::vector<std::string>& parts, std::size_t at,
                              const std::shared_ptr<Route>& route) {
    if (at == parts.size()) {
        auto& place = node.routes.at(static_cast<std::size_t>(route->method));
        if (place != route) return false;
        place.reset();
        return true;
    }
    if (!parts[at].empty() && parts[at].front() == '{') {
        if (!node.parameter || !erase(*node.parameter, parts, at + 1, route)) return false;
        if (node.parameter->useless()) node.parameter.reset();
        return true;
    }
    auto next = node.literals.find(parts[at]);
    if (next == node.literals.end() || !erase(*next->second, parts, at + 1, route)) return false;
    if (next->second->useless()) node.literals.erase(next);
    return true;
}

void RouterImpl::Table::remove(const std::shared_ptr<Route>& route) noexcept {
    {
        std::unique_lock lock(mutex);
        if (erase(root, splitPath(route->method, route->path), 0, route)) {
            operations.erase(route->options.operation.id);
            ++revision;
        }
    }
    route->removed = true;
    auto own = static_cast<int>(std::count(heldHere.begin(), heldHere.end(), route.get()));
    std::unique_lock lock(route->mutex);
    route->idle.wait(lock, [&] { return route->inFlight.load() <= own; });
    if (own == 0) route->handler = nullptr;
}

const RouterImpl::Table::Node* RouterImpl::Table::find(const Node& node, const std::vector<std::string>& segments,
                                                       std::size_t at, std::vector<std::string>& parameters) {
    if (at == segments.size()) return node.hasRoute() ? &node : nullptr;
    if (auto next = node.literals.find(segments[at]); next != node.literals.end())
        if (const auto* found = find(*next->second, segments, at + 1, parameters)) return found;
    if (!node.parameter || segments[at].empty()) return nullptr;
    parameters.push_back(segments[at]);
    if (const auto* found = find(*node.parameter, segments, at + 1, parameters)) return found;
    parameters.pop_back();
    return nullptr;
}

template <typename Visit>
void RouterImpl::Table::walk(const Node& node, const Visit& visit) {
    for (const auto& route : node.routes)
        if (route) visit(route);
    for (const auto& [name, next] : node.literals) walk(*next, visit);
    if (node.parameter) walk(*node.parameter, visit);
}

RouterImpl::Lease::Lease(std::shared_ptr<Route> route) : route_(std::move(route)) {
    ++route_->inFlight;
    heldHere.push_back(route_.get());
    if (route_->removed) release();
}

RouterImpl::Lease& RouterImpl::Lease::operator=(Lease&& other) noexcept {
    if (this != &other) {
        release();
        route_ = std::move(other.route_);
    }
    return *this;
}

void RouterImpl::Lease::release() noexcept {
    if (!route_) return;
    if (auto held = std::find(heldHere.begin(), heldHere.end(), route_.get()); held != heldHere.end())
        heldHere.erase(held);
    --route_->inFlight;
    if (route_->removed) {
        std::lock_guard lock(route_->mutex);
        route_->idle.notify_all();
    }
    route_.reset();
}

RouterImpl::RouterImpl() : table_(std::make_shared<Table>()) {}
RouterImpl::~RouterImpl() = default;

namespace {

class OwnedRouter : public sdk::Router {
public:
    using Add = std::function<sdk::Registration(Method, const std::string&, sdk::RouteOptions, sdk::Handler)>;
    explicit OwnedRouter(Add add) : add_(std::move(add)) {}
    sdk::Registration add(Method method, const std::string& path, sdk::RouteOptions options,
                          sdk::Handler handler) override {
        return add_(method, path, std::move(options), std::move(handler));
    }

private:
    Add add_;
};

}  // namespace

sdk::Registration RouterImpl::add(Method method, const std::string& path, sdk::RouteOptions options,
                                  sdk::Handler handler) {
    return forOwner("")->add(method, path, std::move(options), std::move(handler));
}

std::unique_ptr<sdk::Router> RouterImpl::forOwner(std::string owner) {
    return std::make_unique<OwnedRouter>(
        [table = table_, owner = std::move(owner)](Method method, const std::string& path, sdk::RouteOptions options,
                                                   sdk::Handler handler) {
            auto route = std::make_shared<Route>();
            route->method = method;
            route->path = path;
            route->options = std::move(options);
            route->handler = std::move(handler);
            route->owner = owner;
            table->insert(route);
            return sdk::Registration([table, route] { table->remove(route); });
        });
}

void RouterImpl::removeOwner(const std::string& owner) {
    std::vector<std::shared_ptr<Route>> all;
    {
        std::shared_lock lock(table_->mutex);
        Table::walk(table_->root, [&](const auto& route) {
            if (route->owner == owner) all.push_back(route);
        });
    }
    for (const auto& route : all) table_->remove(route);
}

void RouterImpl::setStopping(const std::string& owner, bool stopping) {
    std::unique_lock lock(table_->mutex);
    if (stopping)
        table_->stoppingOwners.insert(owner);
    else
        table_->stoppingOwners.erase(owner);
    Table::walk(table_->root, [&](const auto& route) {
        if (route->owner == owner) route->stopping = stopping;
    });
}

RouterImpl::Match RouterImpl::match(Method method, const std::vector<std::string>& segments) const {
    Match result;
    std::shared_ptr<Route> route;
    {
        std::shared_lock lock(table_->mutex);
        const auto* node = Table::find(table_->root, segments, 0, result.parameters);
        if (node == nullptr) return result;
        route = node->routes.at(static_cast<std::size_t>(method));
    }
    if (!route) {
        result.outcome = Match::Outcome::WrongMethod;
        result.allow = allowed(segments);
        return result;
    }
    if (route->stopping) {
        result.outcome = Match::Outcome::Stopping;
        return result;
    }
    result.route = Lease(std::move(route));
    if (result.route) result.outcome = Match::Outcome::Found;
    return result;
}

std::string RouterImpl::allowed(const std::vector<std::string>& segments) const {
    std::shared_lock lock(table_->mutex);
    std::vector<std::string> parameters;
    const auto* node = Table::find(table_->root, segments, 0, parameters);
    std::string all;
    if (node == nullptr) return all;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (!node->routes.at(i)) continue;
        all += fmt::format("{}, ", kNames[i]);
        if (i == 0) all += "HEAD, ";
    }
    return all + "OPTIONS";
}

std::vector<RouterImpl::Description> RouterImpl::describe() const {
    std::vector<Description> all;
    {
        std::shared_lock lock(table_->mutex);
        Table::walk(table_->root, [&](const auto& route) {
            all.push_back({route->method, route->path, route->owner, route->options});
        });
    }
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return std::tie(a.path, a.method) < std::tie(b.path, b.method); });
    return all;
}

std::uint64_t RouterImpl::revision() const {
    return table_->revision;
}

}  // namespace host::http
