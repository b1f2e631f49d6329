#pragma once
/// A real lmsd in a directory of its own: port 0, an administrator's token made by `lmsctl --direct`, a small JSON
/// client. Stopped by SIGTERM (`stop`) or SIGKILL (`kill`, as a crash would be). One test's own; not thread-safe.
/// The programs are those of LMSD_BINARY_DIR, which house_test defines. tests/support/lmsd.py is the same in Python.
///
///     TestServer server(TestServer::Settings{{"modules.load", "hello"}});
///     server.start();
///     auto answer = server.call("GET", "/api/v1/modules");
///     answer.status, answer.json()->…

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <signal.h>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <stdlib.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tests {

struct ServerAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names as sent
    std::string body;
    Poco::JSON::Object::Ptr json() const { return Poco::JSON::Parser().parse(body).extract<Poco::JSON::Object::Ptr>(); }
};

class TestServer {
public:
    using Settings = std::map<std::string, std::string>;

    /// `settings` are added to, or replace, what every test needs.
    explicit TestServer(const Settings& settings = {}) {
        std::string pattern = (std::filesystem::temp_directory_path() / "lmsd-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no directory for the test");
        directory_ = pattern;
        std::filesystem::create_directory(directory_ / "data");
        settings_ = {{"database.path", (directory_ / "data" / "lmsd.db").string()},
                     {"secrets.key_file", (directory_ / "secret.key").string()},
                     {"http.address", "127.0.0.1"},
                     {"http.port", "0"},
                     {"health.address", "127.0.0.1"},
                     {"health.port", "0"},
                     {"log.format", "json"},
                     {"records.mappings", LMSD_SOURCE_DIR "/config/mappings"},
                     {"modules.directory", LMSD_BINARY_DIR "/modules"}};
        for (const auto& [key, value] : settings) settings_[key] = value;
    }

    ~TestServer() {
        kill();
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    /// Throws with the server's log when it does not come up.
    void start(std::chrono::seconds timeout = std::chrono::seconds(30)) {
        std::ofstream config(configFile());
        for (const auto& [key, value] : settings_) config << key << " = " << value << "\n";
        config.close();
        if (!std::filesystem::exists(tokenFile()))
            run({ctl(), "token", "create", "tests", "--server-admin", "--direct", "--config", configFile(), "--out",
                 tokenFile()});
        std::filesystem::remove(readyFile());
        process_ = spawn({LMSD_BINARY_DIR "/host/app/lmsd", "--config", configFile(), "--ready-file", readyFile()});
        const auto deadline = std::chrono::steady_clock::now() + timeout;
        while (!std::filesystem::exists(readyFile())) {
            int state = 0;
            if (::waitpid(process_, &state, WNOHANG) == process_) {
                process_ = 0;
                throw std::runtime_error("lmsd ended before it was ready:\n" + log());
            }
            if (std::chrono::steady_clock::now() > deadline)
                throw std::runtime_error("lmsd was not ready in time:\n" + log());
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        auto ready = Poco::JSON::Parser().parse(text(readyFile())).extract<Poco::JSON::Object::Ptr>();
        url_ = ready->getValue<std::string>("url");
        healthUrl_ = ready->getValue<std::string>("healthUrl");
        std::istringstream token(text(tokenFile()));
        std::getline(token, token_);
    }

    /// SIGTERM; the exit code, or minus the signal that ended it.
    int stop() { return end(SIGTERM); }
    int kill() { return end(SIGKILL); }

    /// With the administrator's token; `token` empty: as nobody.
    ServerAnswer call(const std::string& method, const std::string& path, const std::string& json = {}) {
        return call(method, path, json, token_);
    }
    ServerAnswer call(const std::string& method, const std::string& path, const std::string& json,
                      const std::string& token, const std::map<std::string, std::string>& headers = {}) {
        return send(url_, method, path, json, token, headers);
    }
    ServerAnswer health(const std::string& path = "/health") { return send(healthUrl_, "GET", path, {}, {}, {}); }

    /// lmsctl against this server; its standard output. Throws when it fails.
    std::string lmsctl(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), ctl());
        arguments.insert(arguments.end(), {"--server", url_, "--token-file", tokenFile()});
        return run(arguments);
    }

    const std::string& url() const { return url_; }
    const std::string& token() const { return token_; }
    pid_t pid() const { return process_; }
    const std::filesystem::path& directory() const { return directory_; }
    std::filesystem::path database() const { return directory_ / "data" / "lmsd.db"; }
    std::string log() const { return text(directory_ / "lmsd.log"); }

private:
    static std::string ctl() { return LMSD_BINARY_DIR "/host/ctl/lmsctl"; }
    std::string configFile() const { return directory_ / "lmsd.conf"; }
    std::string tokenFile() const { return directory_ / "admin.token"; }
    std::string readyFile() const { return directory_ / "ready.json"; }

    static std::string text(const std::filesystem::path& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    pid_t spawn(const std::vector<std::string>& command) {
        std::vector<char*> argv;
        for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, (directory_ / "lmsd.log").c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                         0600);
        posix_spawn_file_actions_adddup2(&actions, 1, 2);
        pid_t pid = 0;
        const int failed = ::posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (failed != 0) throw std::runtime_error("can't run " + command[0]);
        return pid;
    }

    std::string run(const std::vector<std::string>& command) {
        int out[2];
        if (::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        std::vector<char*> argv;
        for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], 1);
        posix_spawn_file_actions_adddup2(&actions, out[1], 2);
        pid_t pid = 0;
        const int failed = ::posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(out[1]);
        std::string output;
        char buffer[4096];
        for (ssize_t n; (n = ::read(out[0], buffer, sizeof buffer)) > 0;)
            output.append(buffer, static_cast<std::size_t>(n));
        ::close(out[0]);
        int state = -1;
        if (failed != 0 || ::waitpid(pid, &state, 0) != pid || state != 0)
            throw std::runtime_error(command[0] + " failed:\n" + output);
        return output;
    }

    int end(int signal) {
        if (process_ == 0) return 0;
        ::kill(process_, signal);
        int state = 0;
        ::waitpid(process_, &state, 0);
        process_ = 0;
        return WIFEXITED(state) ? WEXITSTATUS(state) : -WTERMSIG(state);
    }

    static ServerAnswer send(const std::string& base, const std::string& method, const std::string& path,
                             const std::string& json, const std::string& token,
                             const std::map<std::string, std::string>& headers) {
        const Poco::URI uri(base);
        Poco::Net::HTTPClientSession session(uri.getHost(), uri.getPort());
        session.setTimeout(Poco::Timespan(120, 0));
        Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
        if (!token.empty()) request.set("Authorization", "Bearer " + token);
        request.set("Accept-Language", "en");
        if (!json.empty()) request.setContentType("application/json");
        for (const auto& [name, value] : headers) request.set(name, value);
        request.setContentLength(static_cast<std::streamsize>(json.size()));
        session.sendRequest(request) << json;
        Poco::Net::HTTPResponse response;
        std::istream& in = session.receiveResponse(response);
        ServerAnswer answer;
        answer.status = response.getStatus();
        for (const auto& [name, value] : response) answer.headers[name] = value;
        Poco::StreamCopier::copyToString(in, answer.body);
        return answer;
    }

    std::filesystem::path directory_;
    Settings settings_;
    std::string url_, healthUrl_, token_;
    pid_t process_ = 0;
};

}  // namespace tests
