#pragma once
/// lmsd's command line, signals and exit codes; what the server is made of stands in Wiring.

#include <Poco/Util/ServerApplication.h>

#include <filesystem>
#include <string>
#include <vector>

namespace host::app {

/// sysexits.h: what systemd and people see when lmsd ends by itself.
enum class LmsdExit { Ok = 0, Usage = 64, Unavailable = 69, Internal = 70, Config = 78 };

class LmsdApplication : public Poco::Util::ServerApplication {
protected:
    void defineOptions(Poco::Util::OptionSet& options) override;
    void handleOption(const std::string& name, const std::string& value) override;
    int main(const std::vector<std::string>& arguments) override;

private:
    enum class Mode { Serve, Check, PrintConfig, DescribeKeys, Version, Help };

    int check();
    int printConfig();
    int serve();

    Mode mode_ = Mode::Serve;
    std::filesystem::path configFile_;
    std::filesystem::path readyFile_;
    std::vector<std::string> settings_;
};

}  // namespace host::app
