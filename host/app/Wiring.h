#pragma once
/// The server: every room of the host built from the configuration, in the order of dependence, and taken down in the
/// reverse. The only place where the rooms meet. `start` and `stop` are called once, from one thread.

#include "host/app/ReadyNotice.h"
#include "host/app/ServerSettings.h"
#include "host/base/Logging.h"

#include <memory>
#include <string>
#include <vector>

namespace host::app {

/// The configuration of `file` (empty: none), the environment and --set. What is wrong is in its problems.
base::Config loadConfig(const std::filesystem::path& file, const std::vector<std::string>& options);

/// Loads and configures the modules; refusals of required ones and wrong keys become problems of `config`.
void prepareModules(modules::ModuleHost& modules, base::Config& config);

class Server {
public:
    /// Nothing happens yet. `config` and `log` must outlive the server.
    Server(base::Config& config, ServerSettings settings, sdk::Logger& log);
    ~Server();

    /// Database, services, modules, listeners. \throws sdk::AppError; call `stop` then as well.
    ServerAddresses start();

    /// Readiness off, then runs, then requests, then modules, each within the deadline. Safe after a failed start.
    void stop() noexcept;

    /// A run or code of a module may still be going on: the object must not be destroyed, the process must end.
    bool isStuck() const noexcept;

private:
    struct Rooms;
    std::unique_ptr<Rooms> rooms_;
};

}  // namespace host::app
