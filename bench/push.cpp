// Posts batches through the host's pool from several sessions at once and prints how many a second were answered.
//   bench_push URL SESSIONS BODY_BYTES SECONDS
// The anchor is wrk -t2 -c16 with a script that posts a body of the same size to the same sink.
#include "host/base/outbound/HttpPool.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fputs("usage: bench_push URL SESSIONS BODY_BYTES SECONDS\n", stderr);
        return 2;
    }
    using Clock = std::chrono::steady_clock;
    const auto sessions = static_cast<std::size_t>(std::atoi(argv[2]));
    const std::string body(static_cast<std::size_t>(std::atoi(argv[3])), 'x');
    const std::chrono::seconds time(std::atoi(argv[4]));
    host::base::HttpPoolSettings settings;
    settings.connectionsPerHost = sessions;
    host::base::HttpPool pool(settings);
    std::atomic<std::uint64_t> answered{0}, failed{0};

    const auto start = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < sessions; ++i)
            threads.emplace_back([&] {
                host::sdk::OutboundRequest request;
                request.method = "POST";
                request.url = argv[1];
                request.headers = {{"Content-Type", "application/json"}};
                request.body = body;
                while (Clock::now() - start < time) {
                    try {
                        (pool.send(request).status == 200 ? answered : failed).fetch_add(1);
                    } catch (const host::sdk::OutboundError& error) {
                        std::fprintf(stderr, "bench_push: %s\n", error.what());
                        failed.fetch_add(1);
                        return;
                    }
                }
            });
    }
    if (failed > 0) return 1;
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::printf("{\"name\":\"push\",\"value\":%.3f,\"unit\":\"batches/s\"}\n", static_cast<double>(answered) / seconds);
}
