#pragma once
/// A real counterpart for a test program: started by its script in tests/peers, stopped in the destructor.

#include "tests/support/TempDir.h"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace tests {

class Peer {
public:
    /// \param name of a script in tests/peers: "learning-locker", "radosgw"
    explicit Peer(const std::string& name, const std::string& options = {})
        : script_(std::string(LMSD_SOURCE_DIR) + "/tests/peers/" + name) {
        const std::string output = run("'" + script_ + "' start '" + folder_.path().string() + "' " + options);
        if (output.empty()) throw std::runtime_error("'" + name + "' did not start; its message is above");
        answer_ = Poco::JSON::Parser().parse(output).extract<Poco::JSON::Object::Ptr>();
    }
    ~Peer() { run("'" + script_ + "' stop '" + folder_.path().string() + "'"); }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    std::string operator[](const std::string& name) const { return answer_->getValue<std::string>(name); }
    std::string inside(const std::string& object, const std::string& name) const {
        return answer_->getObject(object)->getValue<std::string>(name);
    }

private:
    static std::string run(const std::string& command) {
        std::string output;
        FILE* const pipe = ::popen(command.c_str(), "r");
        if (pipe == nullptr) return output;
        std::array<char, 4096> buffer{};
        while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe))
            output.append(buffer.data(), got);
        return ::pclose(pipe) == 0 ? output : std::string();
    }

    TempDir folder_;
    std::string script_;
    Poco::JSON::Object::Ptr answer_;
};

}  // namespace tests
