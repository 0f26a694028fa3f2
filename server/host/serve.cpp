// marea-server serve: a Host until a signal asks for its end.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <thread>

#include "marea_version.h"
#include "server/host/command.h"
#include "server/host/host.h"
#include "server/host/process.h"

namespace marea::server {

namespace {

constexpr int kDrainSeconds = 5;
constexpr std::chrono::milliseconds kPatience{9'500};  // of the ten seconds that a supervisor gives

// A helper cannot make the owner: it has no setup code.
void sayReady(Host& host, bool serves) {
    const auto orNull = [](const std::string& text) {
        return text.empty() ? core::json::value() : core::json::value(text);
    };
    const core::json::object line{{"event", "ready"},
                                  {"url", orNull(host.url())},
                                  {"setup_code", orNull(serves ? host.identity().setupCode() : "")},
                                  {"tls_pin", orNull(host.tlsPin())}};
    const std::string text = core::json::serialize(line) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

// Whatever hangs while draining, the process ends in time; the database stands a kill at any point.
void endInTime(std::shared_ptr<core::Logger> logger) {
    std::thread([logger] {
        std::this_thread::sleep_for(kPatience);
        logger->error("server.drain_timed_out");
        ::_exit(kFailed);
    }).detach();
}

// SIGHUP has the configuration read again, unless it comes of a terminal that was closed.
int serveUntilEnd(Host& host) {
    const bool terminal = hasTerminal();
    for (;;) {
        const int signal = waitForEnd();
        if (signal != SIGHUP || (terminal && !hasTerminal())) {
            return signal;
        }
        (void)host.reload();  // what came of it is in the log
    }
}

}  // namespace

int runServe(CommandContext& context) {
    blockEndSignals();
    auto host = Host::create(context.config, context.logger, std::make_shared<core::SystemClock>());
    if (!host) {
        return failed(context, host.error());
    }
    if (auto traces = keepCrashTraces(context.config.dataFolder + "/crashes"); !traces) {
        return failed(context, traces.error());
    }
    (*host)->showLog(context.log);
    (*host)->readConfigBy(context.readConfig);
    if (auto started = (*host)->start(); !started) {
        return failed(context, started.error());
    }
    context.logger->info("server.started", {{"url", (*host)->url()},
                                            {"version", MAREA_VERSION},
                                            {"commit", MAREA_COMMIT},
                                            {"data", context.config.dataFolder}});
    sayReady(**host, context.config.serves());
    const int signal = serveUntilEnd(**host);
    context.logger->info("server.draining", {{"signal", signal}});
    endInTime(context.logger);
    (*host)->stop(kDrainSeconds);
    host->reset();
    context.logger->info("server.stopped");
    return kDone;
}

}  // namespace marea::server
