// marea-server token and user: who may use the server.
#include <termios.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <iostream>

#include "server/apps/household/household.h"
#include "server/host/command.h"
#include "server/host/peopleoptions.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr core::TimeMs kDay = 24 * 3600 * 1000;

// What the commands work on.
struct People {
    Identity& identity;
    Household& household;
};

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

int saySo(CommandContext& context, const Result<Member>& member, const std::string& done) {
    if (!member) {
        return failed(context, member.error());
    }
    print(context, memberJson(*member, true), done + " " + member->username + " (" + member->role + ").");
    return kDone;
}

int addUser(CommandContext& context, People& people, const std::string& name) {
    auto wish = peopleWish(context.arguments, people.household);
    auto password = wish ? askPassword() : core::unexpected<core::Error>(wish.error());
    if (!password) {
        return failed(context, password.error());
    }
    wish->username = name;
    wish->password = std::move(*password);
    auto made = people.household.add(*wish, {}, {});
    return saySo(context, made ? Result<Member>(made->member) : core::unexpected<core::Error>(made.error()), "Added");
}

int setUser(CommandContext& context, People& people, const std::string& name) {
    const auto id = people.identity.userNamed(name);
    const auto wish = id ? peopleWish(context.arguments, people.household) : core::unexpected<core::Error>(id.error());
    return wish ? saySo(context, people.household.change(*id, *wish), "Changed") : failed(context, wish.error());
}

std::string lineOf(const Member& member) {
    std::string line = member.username + "  " + member.role;
    if (member.rights.libraries) {
        line += "  " + std::to_string(member.rights.libraries->size()) + " libraries";
    }
    return member.role == "child" ? line + "  up to " + std::to_string(member.rights.ageLimit) + " years" : line;
}

int listUsers(CommandContext& context, People& people) {
    auto members = people.household.members();
    if (!members) {
        return failed(context, members.error());
    }
    json::array items;
    std::string text;
    for (const Member& member : *members) {
        items.push_back(memberJson(member, true));
        text += (text.empty() ? "" : "\n") + lineOf(member);
    }
    print(context, json::object{{"items", std::move(items)}}, text.empty() ? "Nobody yet." : text);
    return kDone;
}

int changePassword(CommandContext& context, People& people, const std::string& name) {
    auto password = askPassword();
    auto changed =
        password ? people.identity.changePassword(name, *password) : core::unexpected<core::Error>(password.error());
    if (!changed) {
        return failed(context, changed.error());
    }
    print(context, json::object{{"username", name}}, "Changed. " + name + " has to sign in again everywhere.");
    return kDone;
}

int removeUser(CommandContext& context, People& people, const std::string& name) {
    const auto id = people.identity.userNamed(name);
    auto removed = id ? people.identity.removeUser(*id) : core::unexpected<core::Error>(id.error());
    if (!removed) {
        return failed(context, removed.error());
    }
    print(context, json::object{{"username", name}}, "Removed " + name + ".");
    return kDone;
}

}  // namespace

int runUser(CommandContext& context) {
    const auto& words = context.arguments.words;
    const std::string& verb = words[0];
    const bool named = verb == "add" || verb == "set" || verb == "passwd" || verb == "remove";
    if ((!named && verb != "list") || words.size() != (named ? 2U : 1U)) {
        return wrongUsage(context, "user needs: add NAME, set NAME, list, passwd NAME or remove NAME");
    }
    if (const std::string wrong = wrongPeopleOption(context.arguments); !wrong.empty()) {
        return wrongUsage(context, wrong);
    }
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    ViewerRights viewers(*data->database);
    Household household(*data->database, *data->identity, viewers, std::make_shared<core::SystemClock>(),
                        context.logger);
    People people{*data->identity, household};
    return verb == "add"      ? addUser(context, people, words[1])
           : verb == "set"    ? setUser(context, people, words[1])
           : verb == "passwd" ? changePassword(context, people, words[1])
           : verb == "remove" ? removeUser(context, people, words[1])
                              : listUsers(context, people);
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
