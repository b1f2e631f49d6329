#include "host/app/LmsdApplication.h"

#include <csignal>

int main(int argc, char** argv) {
    // Before any thread is made, so that all inherit it: the application alone waits for these signals.
    sigset_t signals;
    sigemptyset(&signals);
    for (int signal : {SIGTERM, SIGINT, SIGQUIT}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    host::app::LmsdApplication application;
    return application.run(argc, argv);
}
