// marea-server keys: what access tokens are signed with. Those of titles are in keyexport.cpp.
#include <cstdio>
#include <ctime>

#include "server/host/command.h"

namespace marea::server {

namespace json = core::json;

namespace {

std::string timeText(core::TimeMs time) {
    const std::time_t seconds = time / 1000;
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &utc);
    return text;
}

json::object jsonOf(const KeyStore::Known& key) {
    return {{"kid", key.id}, {"created_at", key.createdAt}, {"signs_from", key.signsFrom}};
}

std::string lineOf(const KeyStore::Known& key) {
    return key.id + "  made " + timeText(key.createdAt) +
           (key.signsFrom > key.createdAt ? ", signs from " + timeText(key.signsFrom) : "");
}

int listKeys(CommandContext& context, KeyStore& store) {
    const auto keys = store.known();
    if (!keys) {
        return failed(context, keys.error());
    }
    json::array items;
    std::string text;
    for (const KeyStore::Known& key : *keys) {
        items.push_back(jsonOf(key));
        text += (text.empty() ? "" : "\n") + lineOf(key);
    }
    print(context, json::object{{"items", std::move(items)}}, text);
    return kDone;
}

int rotateKeys(CommandContext& context, KeyStore& store) {
    const auto made = store.rotate(core::SystemClock().now(), context.arguments.has("--now"));
    if (!made) {
        return failed(context, made.error());
    }
    print(context, jsonOf(*made), lineOf(*made));
    return kDone;
}

}  // namespace

int runKeys(CommandContext& context) {
    const std::string& verb = context.arguments.words[0];
    if (verb == "export") {
        return runKeyExport(context);
    }
    if ((verb != "list" && verb != "rotate") || context.arguments.words.size() > 1) {
        return wrongUsage(context, "keys needs: list, rotate, or export TITLE");
    }
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    KeyStore& store = data->identity->keyStore();
    return verb == "list" ? listKeys(context, store) : rotateKeys(context, store);
}

}  // namespace marea::server
