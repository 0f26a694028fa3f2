// marea-server library and scan: of the server that runs, or while none does.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "server/host/control.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr const char* kLibraries = "/api/v1/admin/libraries";
constexpr const char* kList = "/api/v1/libraries";
constexpr std::chrono::milliseconds kLookEvery{300};

std::string lineOf(const json::object& library) {
    std::string line = textOf(library, "name") + "  " + textOf(library, "path") + "  " + textOf(library, "items") +
                       " items, " + textOf(library, "files") + " files, " + textOf(library, "broken") + " broken";
    if (textOf(library, "state") == "scanning") {
        line += ", scanning: " + textOf(library, "scanned") + " of " + textOf(library, "total");
    }
    const std::string problem = textOf(library, "problem");
    return problem.empty() ? line : line + "  (" + problem + ")";
}

int list(CommandContext& context, Control& control) {
    auto answer = control.ask(Method::Get, kList);
    if (!answer) {
        return failed(context, answer.error());
    }
    print(context, *answer, joinedLines(answer->at("items").as_array(), lineOf, "No libraries yet."));
    return kDone;
}

int add(CommandContext& context, Control& control, const std::string& name, const std::string& folder) {
    const std::string path = std::filesystem::absolute(folder).lexically_normal().string();
    auto answer = control.ask(Method::Post, kLibraries, json::object{{"name", name}, {"path", path}});
    if (!answer) {
        return failed(context, answer.error());
    }
    print(context, *answer, "Added " + name + ".");
    return kDone;
}

// By name or id; all of them when `name` is empty.
Result<json::array> named(Control& control, const std::string& name) {
    auto answer = control.ask(Method::Get, kList);
    if (!answer) {
        return core::unexpected<core::Error>(answer.error());
    }
    json::array found;
    for (const json::value& library : answer->at("items").as_array()) {
        const json::object& one = library.as_object();
        if (name.empty() || textOf(one, "name") == name || textOf(one, "id") == name) {
            found.push_back(library);
        }
    }
    if (found.empty() && !name.empty()) {
        return core::fail(core::ErrorCode::NotFound, "There is no library \"" + name + "\".");
    }
    return found;
}

int removeNamed(CommandContext& context, Control& control, const std::string& name) {
    auto found = named(control, name);
    auto removed = found ? control.ask(Method::Delete, kLibraries + ("/" + textOf(found->front().as_object(), "id")))
                         : Result<json::value>(core::unexpected<core::Error>(found.error()));
    if (!removed) {
        return failed(context, removed.error());
    }
    print(context, found->front(), "Removed " + name + ". Its files are untouched.");
    return kDone;
}

// What has no match. Without a server that runs, its next start does it.
int refresh(CommandContext& context, Control& control) {
    auto answer = control.ask(Method::Post, "/api/v1/admin/metadata/refresh", json::object{{"scope", "unmatched"}});
    if (!answer) {
        return failed(context, answer.error());
    }
    print(context, json::object{{"refresh", "unmatched"}},
          control.serverRuns() ? "The server looks up what has no match."
                               : "The server looks up what has no match when it runs.");
    return kDone;
}

// Of the server that runs: begun or called off, of one library or of all.
Result<void> askForScan(Control& control, Method method, const std::string& name) {
    auto libraries = named(control, name);
    if (!libraries) {
        return core::unexpected<core::Error>(libraries.error());
    }
    for (const json::value& library : *libraries) {
        auto asked = control.ask(method, kLibraries + ("/" + textOf(library.as_object(), "id")) + "/scan");
        if (!asked) {
            return core::unexpected<core::Error>(asked.error());
        }
    }
    return {};
}

Result<void> waitForScans(Control& control) {
    for (;;) {
        auto libraries = named(control, "");
        if (!libraries) {
            return core::unexpected<core::Error>(libraries.error());
        }
        const bool over = std::none_of(libraries->begin(), libraries->end(), [](const json::value& library) {
            const std::string state = textOf(library.as_object(), "state");
            return state == "scanning" || state == "queued";
        });
        if (over) {
            return {};
        }
        std::this_thread::sleep_for(kLookEvery);
    }
}

int scanBeside(CommandContext& context, Control& control) {
    const auto& words = context.arguments.words;
    const std::string verb = words.empty() ? "start" : words[0];
    const std::string name = words.size() > 1 ? words[1] : "";
    if (verb == "status") {
        return list(context, control);
    }
    auto asked = askForScan(control, verb == "cancel" ? Method::Delete : Method::Post, name);
    if (asked && verb == "start" && !context.arguments.has("--no-wait")) {
        asked = waitForScans(control);
    }
    return asked ? list(context, control) : failed(context, asked.error());
}

int scanAlone(CommandContext& context, Host& host, Control& control) {
    if (auto started = host.startScans(); !started) {
        return failed(context, started.error());
    }
    host.waitForScans();
    return list(context, control);
}

}  // namespace

int runLibrary(CommandContext& context) {
    const auto& words = context.arguments.words;
    const std::string& verb = words[0];
    const std::size_t expected = verb == "add" ? 3 : verb == "remove" ? 2 : verb == "list" || verb == "refresh" ? 1 : 0;
    if (words.size() != expected) {
        return wrongUsage(context, "library needs: add NAME DIR, list, refresh or remove NAME");
    }
    auto control = Control::open(context);
    if (!control) {
        return failed(context, control.error());
    }
    return verb == "add"       ? add(context, *control, words[1], words[2])
           : verb == "remove"  ? removeNamed(context, *control, words[1])
           : verb == "refresh" ? refresh(context, *control)
                               : list(context, *control);
}

int runScan(CommandContext& context) {
    const auto& words = context.arguments.words;
    const std::string verb = words.empty() ? "start" : words[0];
    if ((verb != "start" && verb != "status" && verb != "cancel") || (verb == "status" && words.size() > 1)) {
        return wrongUsage(context, "scan needs: start [NAME], status, cancel [NAME], or nothing");
    }
    auto control = Control::open(context);
    if (!control) {
        return failed(context, control.error());
    }
    if (control->serverRuns()) {
        return scanBeside(context, *control);
    }
    return verb == "start" ? scanAlone(context, control->host(), *control) : list(context, *control);
}

}  // namespace marea::server
