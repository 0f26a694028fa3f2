// marea-server token and user: who may use the server.
#include <termios.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <iostream>

#include "server/host/command.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr core::TimeMs kDay = 24 * 3600 * 1000;

// From the terminal without showing it, or the first line of standard input; never from the arguments, which every
// process on the machine can read.
Result<std::string> askPassword() {
    const bool terminal = ::isatty(STDIN_FILENO) != 0;
    termios shown{};
    if (terminal) {
        std::fputs("Password: ", stderr);
        ::tcgetattr(STDIN_FILENO, &shown);
        termios hidden = shown;
        hidden.c_lflag &= static_cast<tcflag_t>(~ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    std::string password;
    const bool read = static_cast<bool>(std::getline(std::cin, password));
    if (terminal) {
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        std::fputs("\n", stderr);
    }
    if (!read) {
        return core::fail(core::ErrorCode::Invalid, "The password is read from standard input, and there was none.");
    }
    return password;
}

int addUser(CommandContext& context, Identity& identity, const std::string& name) {
    const std::string role = context.arguments.value("--role").value_or("member");
    auto password = askPassword();
    auto id = password ? identity.addUser(name, *password, role) : core::unexpected<core::Error>(password.error());
    if (!id) {
        return failed(context, id.error());
    }
    print(context, json::object{{"id", *id}, {"username", name}, {"role", role}}, "Added " + name + " (" + role + ").");
    return kDone;
}

int listUsers(CommandContext& context, Identity& identity) {
    auto users = identity.users();
    if (!users) {
        return failed(context, users.error());
    }
    json::array items;
    std::string text;
    for (const User& user : *users) {
        items.push_back(json::object{
            {"id", user.id}, {"username", user.username}, {"role", user.role}, {"created_at", user.createdAt}});
        text += (text.empty() ? "" : "\n") + user.username + "  " + user.role;
    }
    print(context, json::object{{"items", std::move(items)}}, text.empty() ? "Nobody yet." : text);
    return kDone;
}

int changePassword(CommandContext& context, Identity& identity, const std::string& name) {
    auto password = askPassword();
    auto changed =
        password ? identity.changePassword(name, *password) : core::unexpected<core::Error>(password.error());
    if (!changed) {
        return failed(context, changed.error());
    }
    print(context, json::object{{"username", name}}, "Changed. " + name + " has to sign in again everywhere.");
    return kDone;
}

int removeUser(CommandContext& context, Identity& identity, const std::string& name) {
    if (auto removed = identity.removeUser(name); !removed) {
        return failed(context, removed.error());
    }
    print(context, json::object{{"username", name}}, "Removed " + name + ".");
    return kDone;
}

}  // namespace

int runUser(CommandContext& context) {
    const auto& words = context.arguments.words;
    const std::string& verb = words[0];
    const bool named = verb == "add" || verb == "passwd" || verb == "remove";
    if ((!named && verb != "list") || words.size() != (named ? 2U : 1U)) {
        return wrongUsage(context, "user needs: add NAME, list, passwd NAME or remove NAME");
    }
    const std::string role = context.arguments.value("--role").value_or("member");
    if (role != "owner" && role != "member" && role != "child") {
        return wrongUsage(context, "--role is owner, member or child");
    }
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    Identity& identity = *data->identity;
    return verb == "add"      ? addUser(context, identity, words[1])
           : verb == "passwd" ? changePassword(context, identity, words[1])
           : verb == "remove" ? removeUser(context, identity, words[1])
                              : listUsers(context, identity);
}

int runToken(CommandContext& context) {
    const auto user = context.arguments.value("--user");
    if (!user) {
        return wrongUsage(context, "token needs --user NAME");
    }
    if (context.arguments.value("--scope").value_or("all") != "all") {
        return wrongUsage(context, "the only scope yet is \"all\"");
    }
    const std::string text = context.arguments.value("--days").value_or("1");
    int days = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (error != std::errc() || end != text.data() + text.size() || days < 1 || days > 3650) {
        return wrongUsage(context, "--days is a number from 1 to 3650");
    }
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    auto token = data->identity->tokenFor(*user, days * kDay, "Command line");
    if (!token) {
        return failed(context, token.error());
    }
    print(context, json::object{{"access_token", *token}, {"token_type", "Bearer"}, {"expires_in", days * kDay / 1000}},
          *token);
    return kDone;
}

}  // namespace marea::server
