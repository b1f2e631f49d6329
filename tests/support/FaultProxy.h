#pragma once
/// The fault proxy (tests/support/fault_proxy_server.py says what it can do) in front of one server of 127.0.0.1, for
/// tests in C++. Owns the proxy's process; the destructor ends it. Used by one thread.
///
///     FaultProxy proxy(peer["endpoint"]);
///     proxy.rule(R"("fault":"lose-answer","method":"POST","times":1)");

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>

#include <stdexcept>
#include <string>

namespace tests {

class FaultProxy {
public:
    explicit FaultProxy(const std::string& upstream)
        : process_(Poco::Process::launch(
              "/usr/bin/python3",
              {"-B", std::string(LMSD_SOURCE_DIR) + "/tests/support/fault_proxy_server.py", "--upstream", upstream},
              &commandPipe_, &answerPipe_, nullptr)),
          commands_(commandPipe_),
          answers_(answerPipe_) {
        port_ = answer()->getValue<int>("port");
    }
    ~FaultProxy() {
        commands_.close();
        process_.wait();
    }
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    std::string url(const std::string& path = "/") const { return "http://127.0.0.1:" + std::to_string(port_) + path; }

    /// \param members of the rule's JSON object
    void rule(const std::string& members) { ask(R"({"do":"rule",)" + members + "}"); }
    void clear() { ask(R"({"do":"clear"})"); }
    /// \returns what it did with every request, an object each
    Poco::JSON::Array::Ptr log() { return ask(R"({"do":"log"})")->getArray("entries"); }

private:
    Poco::JSON::Object::Ptr ask(const std::string& command) {
        commands_ << command << std::endl;
        return answer();
    }
    Poco::JSON::Object::Ptr answer() {
        std::string line;
        if (!std::getline(answers_, line)) throw std::runtime_error("the fault proxy ended; its message is above");
        auto object = Poco::JSON::Parser().parse(line).extract<Poco::JSON::Object::Ptr>();
        if (object->has("error")) throw std::runtime_error("fault proxy: " + object->getValue<std::string>("error"));
        return object;
    }

    Poco::Pipe commandPipe_;
    Poco::Pipe answerPipe_;
    Poco::ProcessHandle process_;
    Poco::PipeOutputStream commands_;
    Poco::PipeInputStream answers_;
    int port_ = 0;
};

}  // namespace tests
