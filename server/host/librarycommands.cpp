// marea-server library and scan. They are the server's own routes, asked without a socket.
#include <algorithm>
#include <filesystem>

#include "server/host/command.h"
#include "server/host/host.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr const char* kLibraries = "/api/v1/admin/libraries";

Result<json::value> ask(Host& host, Method method, const std::string& path, const json::value& body = nullptr) {
    const Response response = host.callAsOwner(method, path, body.is_null() ? "" : json::serialize(body));
    const auto* text = std::get_if<std::string>(&response.body);
    json::value answer = text && !text->empty() ? json::parse(*text) : json::value(nullptr);
    if (response.status >= 300) {
        const json::value* detail = answer.is_object() ? answer.get_object().if_contains("detail") : nullptr;
        return core::fail(core::ErrorCode::Invalid,
                          detail && detail->is_string() ? std::string(detail->get_string()) : "Failed.",
                          "status " + std::to_string(response.status));
    }
    return answer;
}

std::string textOf(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return !value || value->is_null() ? ""
           : value->is_string()       ? std::string(value->get_string())
                                      : json::serialize(*value);
}

std::string lineOf(const json::object& library) {
    std::string line = textOf(library, "name") + "  " + textOf(library, "path") + "  " + textOf(library, "items") +
                       " items, " + textOf(library, "files") + " files, " + textOf(library, "broken") + " broken";
    const std::string problem = textOf(library, "problem");
    return problem.empty() ? line : line + "  (" + problem + ")";
}

int list(CommandContext& context, Host& host) {
    auto answer = ask(host, Method::Get, "/api/v1/libraries");
    if (!answer) {
        return failed(context, answer.error());
    }
    std::string text;
    for (const json::value& library : answer->at("items").as_array()) {
        text += (text.empty() ? "" : "\n") + lineOf(library.as_object());
    }
    print(context, *answer, text.empty() ? "No libraries yet." : text);
    return kDone;
}

int add(CommandContext& context, Host& host, const std::string& name, const std::string& folder) {
    const std::string path = std::filesystem::absolute(folder).lexically_normal().string();
    auto answer = ask(host, Method::Post, kLibraries, json::object{{"name", name}, {"path", path}});
    if (!answer) {
        return failed(context, answer.error());
    }
    print(context, *answer, "Added " + name + ".");
    return kDone;
}

int removeNamed(CommandContext& context, Host& host, const std::string& name) {
    auto answer = ask(host, Method::Get, "/api/v1/libraries");
    if (!answer) {
        return failed(context, answer.error());
    }
    for (const json::value& library : answer->at("items").as_array()) {
        const json::object& found = library.as_object();
        if (textOf(found, "name") != name && textOf(found, "id") != name) {
            continue;
        }
        auto removed = ask(host, Method::Delete, kLibraries + ("/" + textOf(found, "id")));
        if (!removed) {
            return failed(context, removed.error());
        }
        print(context, library, "Removed " + name + ". Its files are untouched.");
        return kDone;
    }
    return failed(context, core::Error{core::ErrorCode::NotFound, "", "There is no library \"" + name + "\"."});
}

Result<std::unique_ptr<Host>> openHost(const CommandContext& context) {
    auto host = Host::create(context.config, context.logger, std::make_shared<core::SystemClock>());
    if (!host && host.error().code == core::ErrorCode::Conflict) {
        host.error().text += " Stop it first, or use the app's settings.";
    }
    return host;
}

}  // namespace

int runLibrary(CommandContext& context) {
    const auto& words = context.arguments.words;
    const std::string& verb = words[0];
    const std::size_t expected = verb == "add" ? 3 : verb == "remove" ? 2 : verb == "list" ? 1 : 0;
    if (words.size() != expected) {
        return wrongUsage(context, "library needs: add NAME DIR, list or remove NAME");
    }
    auto host = openHost(context);
    if (!host) {
        return failed(context, host.error());
    }
    return verb == "add"      ? add(context, **host, words[1], words[2])
           : verb == "remove" ? removeNamed(context, **host, words[1])
                              : list(context, **host);
}

int runScan(CommandContext& context) {
    auto host = openHost(context);
    if (!host) {
        return failed(context, host.error());
    }
    if (auto started = (*host)->startScans(); !started) {
        return failed(context, started.error());
    }
    (*host)->waitForScans();
    return list(context, **host);
}

}  // namespace marea::server
