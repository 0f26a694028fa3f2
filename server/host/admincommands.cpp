// marea-server jobs, sessions, storage, logs and reload: what owners see of a server and steer.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <thread>

#include "server/host/control.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr std::chrono::milliseconds kFollowEvery{500};

std::string percent(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    const double part = value && value->is_number() ? value->to_number<double>() : 0;
    return std::to_string(static_cast<int>(part * 100)) + " %";
}

std::int64_t numberAt(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

std::string jobLine(const json::object& job) {
    std::string line = textOf(job, "id") + "  " + textOf(job, "kind") + "  " + textOf(job, "state");
    if (textOf(job, "state") == "leased") {
        line += " " + percent(job, "progress");
    }
    const std::string error = textOf(job, "error");
    return error.empty() ? line : line + "  (" + error + ")";
}

// Minutes and seconds.
std::string clockText(double seconds) {
    const int whole = static_cast<int>(seconds);
    const std::string rest = std::to_string(whole % 60);
    return std::to_string(whole / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

std::string sessionLine(const json::object& session) {
    const auto time = [&](const char* key) { return clockText(session.at(key).to_number<double>()); };
    return textOf(session, "id") + "  " + textOf(session, "username") + " on " + textOf(session, "device") + "  " +
           textOf(session, "title") + "  " + textOf(session, "mode") + "  " + time("position") + " of " +
           time("duration");
}

std::string spaceText(const json::object& of) {
    return of.at("free").is_null()
               ? std::string("not there at the moment")
               : sizeText(numberAt(of, "free")) + " of " + sizeText(numberAt(of, "total")) + " free";
}

std::string storageText(const json::object& report) {
    const json::object& data = report.at("data").as_object();
    const json::object& database = report.at("database").as_object();
    std::string text = "Data folder  " + textOf(data, "path") + "  " + spaceText(data) + "\nDatabase  " +
                       sizeText(numberAt(database, "bytes"));
    for (const json::value& copy : database.at("copies").as_array()) {
        text += "\nCopy  " + textOf(copy.as_object(), "name") + "  " + sizeText(numberAt(copy.as_object(), "bytes"));
    }
    for (const json::value& cache : report.at("caches").as_array()) {
        const json::object& one = cache.as_object();
        text += "\nCache  " + textOf(one, "name") + "  " + sizeText(numberAt(one, "bytes")) +
                (one.at("limit").is_null() ? "" : " of " + sizeText(numberAt(one, "limit")));
    }
    for (const json::value& library : report.at("libraries").as_array()) {
        const json::object& one = library.as_object();
        text += "\nLibrary  " + textOf(one, "name") + "  " + textOf(one, "path") + "  " + textOf(one, "files") +
                " files, " + sizeText(numberAt(one, "bytes")) + "  " + spaceText(one);
    }
    return text;
}

std::string logLine(const json::object& record) {
    std::string line = textOf(record, "time") + " " + textOf(record, "level") + " " + textOf(record, "event");
    for (const auto& field : record) {
        const std::string_view key(field.key());
        if (key != "seq" && key != "time" && key != "level" && key != "event") {
            line += " " + std::string(key) + "=" + textOf(record, std::string(key).c_str());
        }
    }
    return line;
}

int askAndPrint(CommandContext& context, Result<Control> control, Method method, const std::string& target,
                std::string (*text)(const json::object&)) {
    auto answer = control ? control->ask(method, target) : core::unexpected<core::Error>(control.error());
    if (!answer) {
        return failed(context, answer.error());
    }
    const json::object none;
    print(context, answer->is_null() ? json::value(json::object{{"done", true}}) : *answer,
          text(answer->is_object() ? answer->get_object() : none));
    return kDone;
}

std::string listTarget(const CommandContext& context, std::string target,
                       std::initializer_list<std::pair<const char*, const char*>> fields) {
    char before = '?';
    for (const auto& [option, name] : fields) {
        if (const auto value = context.arguments.value(option)) {
            target += before + std::string(name) + "=" + encoded(*value);
            before = '&';
        }
    }
    return target;
}

// As long as nobody ends it: what comes, as it comes.
int follow(CommandContext& context, Control& control, std::string after, const std::string& level) {
    for (;;) {
        std::this_thread::sleep_for(kFollowEvery);
        auto page = control.ask(Method::Get, "/api/v1/admin/logs?limit=500&after=" + after + level);
        if (!page) {
            return failed(context, page.error());
        }
        for (const json::value& record : page->at("items").as_array()) {
            print(context, record, logLine(record.as_object()));
        }
        after = textOf(page->as_object(), "last");
    }
}

}  // namespace

int runJobs(CommandContext& context) {
    const auto& words = context.arguments.words;
    const std::string verb = words.empty() ? "list" : words[0];
    if ((verb != "list" && verb != "cancel") || words.size() != (verb == "cancel" ? 2U : words.empty() ? 0U : 1U)) {
        return wrongUsage(context, "jobs needs: list, or cancel ID");
    }
    if (verb == "cancel") {
        return askAndPrint(context, Control::open(context), Method::Delete, "/api/v1/admin/jobs/" + encoded(words[1]),
                           [](const json::object&) { return std::string("Called off."); });
    }
    return askAndPrint(
        context, Control::open(context), Method::Get,
        listTarget(context, "/api/v1/admin/jobs", {{"--state", "state"}, {"--kind", "kind"}, {"--limit", "limit"}}),
        [](const json::object& page) { return joinedLines(page.at("items").as_array(), jobLine, "No jobs."); });
}

int runSessions(CommandContext& context) {
    const auto& words = context.arguments.words;
    const std::string verb = words.empty() ? "list" : words[0];
    if ((verb != "list" && verb != "end") || words.size() != (verb == "end" ? 2U : words.empty() ? 0U : 1U)) {
        return wrongUsage(context, "sessions needs: list, or end ID");
    }
    if (verb == "end") {
        return askAndPrint(context, Control::ofRunning(context), Method::Delete,
                           listTarget(context, "/api/v1/admin/sessions/" + encoded(words[1]), {{"--reason", "reason"}}),
                           [](const json::object&) { return std::string("Ended."); });
    }
    return askAndPrint(context, Control::ofRunning(context), Method::Get, "/api/v1/admin/sessions",
                       [](const json::object& page) {
                           return joinedLines(page.at("items").as_array(), sessionLine, "Nobody plays anything.");
                       });
}

int runStorage(CommandContext& context) {
    return askAndPrint(context, Control::open(context), Method::Get, "/api/v1/admin/storage", storageText);
}

int runReload(CommandContext& context) {
    return askAndPrint(context, Control::ofRunning(context), Method::Post, "/api/v1/admin/reload",
                       [](const json::object& change) {
                           return "Taken: " + json::serialize(change.at("taken")) +
                                  "\nNeeds a restart: " + json::serialize(change.at("needs_restart"));
                       });
}

int runLogs(CommandContext& context) {
    auto control = Control::ofRunning(context);
    if (!control) {
        return failed(context, control.error());
    }
    auto page = control->ask(Method::Get,
                             listTarget(context, "/api/v1/admin/logs", {{"--level", "level"}, {"--limit", "limit"}}));
    if (!page) {
        return failed(context, page.error());
    }
    const bool follows = context.arguments.has("--follow");
    if (!follows) {
        print(context, *page, joinedLines(page->at("items").as_array(), logLine, "Nothing."));
        return kDone;
    }
    for (const json::value& record : page->at("items").as_array()) {
        print(context, record, logLine(record.as_object()));
    }
    const auto level = context.arguments.value("--level");
    return follow(context, *control, textOf(page->as_object(), "last"), level ? "&level=" + encoded(*level) : "");
}

}  // namespace marea::server
