#pragma once

#include <memory>
#include <string>

#include "server/host/command.h"
#include "server/host/host.h"

namespace marea::server {

// The server's own routes, asked by a command: of the server that runs on the data folder, or without one.
class Control {
public:
    // Without a server the data folder is opened by this process.
    static core::Result<Control> open(const CommandContext& context);
    // Unavailable when no server runs.
    static core::Result<Control> ofRunning(const CommandContext& context);

    // What is answered; what is refused is an error, in the server's words.
    core::Result<core::json::value> ask(Method method, const std::string& target,
                                        const core::json::value& body = nullptr);
    bool serverRuns() const { return host_ == nullptr; }
    Host& host() { return *host_; }  // when none runs

private:
    Control(std::string folder, std::unique_ptr<Host> host) : folder_(std::move(folder)), host_(std::move(host)) {}

    std::string folder_;
    std::unique_ptr<Host> host_;
};

// Of an answer's fields, for lines that people read; "" when it is not there, or null.
std::string textOf(const core::json::object& object, const char* key);
std::string joinedLines(const core::json::array& items, std::string (*lineOf)(const core::json::object&),
                        const char* none);
// "12.3 GB"
std::string sizeText(std::int64_t bytes);
// UTC, "2026-01-31 18:20:03"
std::string timeText(core::TimeMs at);
// A word as part of a target's query.
std::string encoded(std::string_view text);

}  // namespace marea::server
