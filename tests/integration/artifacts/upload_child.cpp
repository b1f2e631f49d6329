// Uploads what a folder's database wants, and is killed at an event of its own traffic.
//   upload_child FOLDER ENDPOINT BUCKET ACCESS_KEY SECRET_KEY EVENTS
// EVENTS: SIGKILL comes at this event; 0 for never. Ends with 0 when everything is proved to be there.
#include "tests/support/UploadRig.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

/// The host's client; the process dies at the given event: before a request, at a piece of its body, after its answer.
class DyingHttp : public host::sdk::OutboundHttp {
public:
    explicit DyingHttp(int events) : left_(events) {}

    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        event();
        auto counted = request;
        if (request.bodySource)
            counted.bodySource = [&](char* buffer, std::size_t size) {
                event();
                return request.bodySource(buffer, size);
            };
        auto response = pool_.send(counted);
        event();
        return response;
    }

private:
    void event() {
        if (left_.fetch_sub(1) == 1) ::raise(SIGKILL);
    }
    host::base::HttpPool pool_{{}};
    std::atomic<int> left_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 7) {
        std::fputs("usage: upload_child FOLDER ENDPOINT BUCKET ACCESS_KEY SECRET_KEY EVENTS\n", stderr);
        return 2;
    }
    plugin::s3::Settings settings;
    settings.endpoint = argv[2];
    settings.bucket = argv[3];
    settings.accessKeyId = argv[4];
    settings.secretKey = host::sdk::SecretString(argv[5]);
    DyingHttp http(std::atoi(argv[6]));
    tests::UploadRig rig(argv[1], settings, &http);
    const auto report = rig.run();
    if (report.failed + report.postponed > 0) std::fprintf(stderr, "upload_child: %s\n", report.reason.c_str());
    return report.failed + report.postponed > 0 ? 1 : 0;
}
