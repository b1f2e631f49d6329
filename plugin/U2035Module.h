#pragma once
/// The module that connects an organization to University 2035. The only place that sees both the host's services and
/// every room; it wires and nothing else.

#include "host/sdk/Module.h"
#include "plugin/ModuleSettings.h"
#include "plugin/footprint/Profile.h"
#include "plugin/integration/Letters.h"

#include <memory>
#include <optional>

namespace plugin {

class U2035Module : public host::sdk::Module {
public:
    U2035Module();
    ~U2035Module() override;

    std::vector<host::sdk::FieldError> configure(const host::sdk::ModuleConfig& config) override;
    void start(host::sdk::HostServices& services) override;
    void stop(std::chrono::steady_clock::time_point deadline) noexcept override;

private:
    struct Rooms;

    ModuleSettings settings_;
    std::optional<footprint::ProfileSet> profiles_;
    std::optional<integration::Letters> letters_;
    std::unique_ptr<Rooms> rooms_;
};

}  // namespace plugin
