#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "marea_version.h"
#include "server/host/command.h"
#include "server/host/process.h"

namespace marea::server {

namespace {

constexpr const char* kProgram = "marea-server";

std::vector<Option> withCommon(std::vector<Option> options) {
    const std::vector<Option> common{
        {"--config", "FILE", "read this TOML file (default: the XDG configuration folder)"},
        {"--data", "DIR", "the data folder (default: the XDG data folder)"},
        {"--log-level", "LEVEL", "debug, info, warning or error"},
        {"--log-format", "FORMAT", "auto, json or text"},
        {"--json", "", "answer in JSON"},
        {"--version", "", "say the version and end"},
        {"--help", "", "say this and end"}};
    options.insert(options.end(), common.begin(), common.end());
    return options;
}

std::vector<Option> serveOptions() {
    return withCommon(
        {{"--listen", "HOST:PORT", "address to listen on (127.0.0.1:8470; port 0: a free one)"},
         {"--library", "NAME=DIR", "a folder of media; may be repeated"},
         {"--public-url", "URL", "where clients reach the server"},
         {"--roles", "LIST", "apps,vs,as,transcode (all); transcode alone: take background jobs beside a server"},
         {"--name", "NAME", "how the server is called"},
         {"--worker", "FILE", "the marea-worker program"},
         {"--workers", "N", "worker processes (one per core)"},
         {"--database", "URL", "only \"sqlite\" yet"},
         {"--bus", "URL", "not there yet"},
         {"--queue", "URL", "not there yet"},
         {"--objects", "URL", "not there yet"}});
}

// Every command, in the order of the help; the first is the default.
const std::vector<Command>& commands() {
    static const std::vector<Command> all{
        {{"serve", "", "Serve until SIGTERM or Ctrl-C.", 0, 0, serveOptions()}, runServe},
        {{"token", "--user NAME", "Print an access token for scripts; works beside a running server.", 0, 0,
          withCommon({{"--user", "NAME", "whose token"},
                      {"--days", "N", "how long it holds (1)"},
                      {"--scope", "S", "only \"all\" yet"}})},
         runToken},
        {{"user", "add NAME | set NAME | list | passwd NAME | remove NAME",
          "Manage people. Passwords are read from standard input. Works beside a running server.", 1, 2,
          withCommon({{"--role", "ROLE", "owner, member or child (member)"},
                      {"--libraries", "LIST", "names between commas, all or none; what they see"},
                      {"--rating", "AGE", "of children: the most, as an age or a rating (6)"},
                      {"--unrated", "yes|no", "of children: also titles without a rating (no)"},
                      {"--devices", "N", "signed in at once, or any"},
                      {"--streams", "N", "played at once, or any"}})},
         runUser},
        {{"keys", "list | rotate | export TITLE",
          "The keys that access tokens are signed with. A new one signs ten minutes after it is made; an old one is "
          "known until its last token has run out. And those of a protected title, by its id, as a CPIX document for "
          "a provider of licences. Works beside a running server.",
          1, 2,
          withCommon({{"--now", "", "the new key signs at once, and what the others signed is worth nothing"},
                      {"--cpix", "FILE", "where a title's keys are written; must not be there yet"},
                      {"--recipient", "FILE", "a certificate (PEM, RSA): only its private key opens them"},
                      {"--clear", "", "instead of that: not encrypted"}})},
         runKeys},
        {{"library", "add NAME DIR | list | refresh | remove NAME", "Manage libraries. Works beside a running server.",
          1, 3, withCommon({{"--worker", "FILE", "the marea-worker program"}})},
         runLibrary},
        {{"scan", "[start [NAME] | status | cancel [NAME]]",
          "Scan every library, or one, and say what is there. Beside a running server it is the server that scans.", 0,
          2,
          withCommon({{"--library", "NAME=DIR", "add this folder first; may be repeated; while no server runs"},
                      {"--no-wait", "", "do not wait for the server's scan to end"},
                      {"--worker", "FILE", "the marea-worker program"}})},
         runScan},
        {{"jobs", "[list | cancel ID]", "Background work. Works beside a running server.", 0, 2,
          withCommon({{"--state", "STATE", "queued, leased, done, failed or cancelled"},
                      {"--kind", "KIND", "sprites, loudness, …"},
                      {"--limit", "N", "how many, the newest first (50)"}})},
         runJobs},
        {{"sessions", "[list | end ID]", "Who plays what on the running server, and ending that.", 0, 2,
          withCommon({{"--reason", "TEXT", "what the player shows"}})},
         runSessions},
        {{"storage", "", "What the data folder and the libraries take, and what room there is.", 0, 0, withCommon({})},
         runStorage},
        {{"logs", "", "What the running server said last.", 0, 0,
          withCommon({{"--level", "LEVEL", "debug, info, warning or error, and what is graver"},
                      {"--limit", "N", "how many (100)"},
                      {"--follow", "", "go on with what comes"}})},
         runLogs},
        {{"reload", "", "Have the running server read its configuration again, as SIGHUP does.", 0, 0, withCommon({})},
         runReload},
        {{"audit", "", "Who did what, the newest first. Works beside a running server.", 0, 0,
          withCommon({{"--action", "ACTION", "as in library.remove; one that ends in a point begins several"},
                      {"--user", "NAME", "of this user alone"},
                      {"--limit", "N", "how many (50)"}})},
         runAudit},
        {{"backup", "FILE", "Save the database to a new file; works beside a running server.", 1, 1,
          withCommon({{"--master-key", "FILE", "the master key too, to a new file: keep it in another place"},
                      {"--without-master-key", "", "it is kept in another place already"}})},
         runBackup},
        {{"restore", "FILE", "Put a backup in the place of the database, which is kept aside.", 1, 1,
          withCommon({{"--master-key", "FILE", "and the master key that was saved with it, where there is none"}})},
         runRestore},
        {{"originals", "seal LIBRARY | unseal LIBRARY | verify LIBRARY",
          "The files of protected titles on the disk: encrypted, in the clear again, or read through. Works beside a "
          "running server, which may start and end meanwhile, and goes on where it was ended.",
          2, 2, withCommon({})},
         runOriginals},
        {{"doctor", "", "Look for what is wrong with the installation.", 0, 0,
          withCommon({{"--worker", "FILE", "the marea-worker program"}})},
         runDoctor},
        {{"replay", "", "Make libraries anew from their events, while no server runs; or compare them.", 0, 0,
          withCommon({{"--user", "NAME", "of this user alone"},
                      {"--check", "", "change nothing, say what differs; works beside a running server"}})},
         runReplay},
        {{"ledger", "check | reconcile",
          "Whether the books of the store are right, beside a running server too; or have the running server compare "
          "them "
          "with what the payment providers say.",
          1, 1, withCommon({})},
         runLedger},
    };
    return all;
}

std::vector<CommandForm> forms() {
    std::vector<CommandForm> list;
    for (const Command& command : commands()) {
        list.push_back(command.form);
    }
    return list;
}

// Which setting a flag stands for; "" when it is none.
std::string_view settingOfFlag(std::string_view flag) {
    constexpr std::pair<std::string_view, std::string_view> map[] = {{"--data", "data"},
                                                                     {"--listen", "listen"},
                                                                     {"--public-url", "public_url"},
                                                                     {"--roles", "roles"},
                                                                     {"--name", "name"},
                                                                     {"--worker", "worker.program"},
                                                                     {"--workers", "worker.count"},
                                                                     {"--database", "database"},
                                                                     {"--log-level", "log.level"},
                                                                     {"--log-format", "log.format"}};
    const auto found =
        std::find_if(std::begin(map), std::end(map), [&](const auto& entry) { return entry.first == flag; });
    return found == std::end(map) ? std::string_view() : found->second;
}

core::Result<std::string> wordsIn(const std::string& path, const char* what) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        return core::fail(core::ErrorCode::Invalid,
                          "the " + std::string(what) + " " + path + " cannot be read, or is empty");
    }
    return text.str();
}

core::Result<Config> withProfiles(core::Result<Config> config) {
    if (!config || config->profilesFile.empty()) {
        return config;
    }
    const std::string& path = config->profilesFile;
    const auto text = wordsIn(path, "file of profiles");
    auto profiles = text ? parseProfiles(*text, path) : core::unexpected<core::Error>(text.error());
    if (!profiles) {
        return core::unexpected<core::Error>(profiles.error());
    }
    std::move(profiles->begin(), profiles->end(), std::back_inserter(config->profiles));
    return config;
}

core::Result<Config> configFile(const Arguments& arguments) {
    const auto named = arguments.value("--config");
    const std::string path = named.value_or(defaultConfigFile());
    if (!named && !std::filesystem::exists(path)) {
        return Config{};
    }
    const auto text = wordsIn(path, "configuration file");
    return text ? withProfiles(parseConfig(*text, path, Config{})) : core::unexpected<core::Error>(text.error());
}

// The file, with the flags on top.
core::Result<Config> configOf(const Arguments& arguments) {
    auto config = configFile(arguments);
    if (!config) {
        return config;
    }
    for (const auto& [flag, value] : arguments.options) {
        core::Result<void> done;
        if (flag == "--library") {
            done = addLibrary(*config, value);
        } else if (flag == "--bus" || flag == "--queue" || flag == "--objects") {
            done = core::fail(core::ErrorCode::Invalid, flag + " is not there yet: this server runs on one machine");
        } else if (const auto setting = settingOfFlag(flag); !setting.empty()) {
            done = applySetting(*config, setting, value);
        }
        if (!done) {
            return core::unexpected<core::Error>(done.error());
        }
    }
    if (config->dataFolder.empty()) {
        config->dataFolder = defaultDataFolder();
    }
    config->dataFolder = std::filesystem::absolute(config->dataFolder).lexically_normal().string();
    auto checked = checkConfig(*config);
    return checked ? config : core::unexpected<core::Error>(checked.error());
}

// `ring`: where a server's log is kept, too.
std::shared_ptr<core::Logger> loggerFor(const Config& config, const std::shared_ptr<core::LogRing>& ring) {
    const bool text =
        config.logStyle == LogStyle::Text || (config.logStyle == LogStyle::Automatic && ::isatty(STDERR_FILENO) != 0);
    // Commands speak for themselves: of their log only what went wrong.
    const auto level = ring ? config.logLevel : std::max(config.logLevel, core::LogLevel::Warning);
    return core::makeAdjustableLogger(STDERR_FILENO, text ? core::LogFormat::Text : core::LogFormat::Json, level, ring);
}

// What commands change of people, keys and libraries is in the audit log.
bool isRecorded(const Arguments& arguments) {
    constexpr std::array recorded{"user", "keys", "token", "library", "jobs", "sessions", "originals"};
    const bool lists = arguments.command == "jobs" || arguments.command == "sessions";  // when nothing else is said
    const bool changes = arguments.words.empty() ? !lists : arguments.words[0] != "list";
    return changes && std::find(recorded.begin(), recorded.end(), arguments.command) != recorded.end();
}

int run(const std::vector<std::string>& words) {
    if (words.size() == 1 && (words[0] == "--help" || words[0] == "help")) {
        std::fputs(helpOf(kProgram, forms()).c_str(), stdout);
        return kDone;
    }
    CommandContext context;
    auto arguments = parseArguments(words, forms());
    if (!arguments) {
        return wrongUsage(context, arguments.error().text);
    }
    context.arguments = std::move(*arguments);
    const auto command = std::find_if(commands().begin(), commands().end(), [&](const Command& candidate) {
        return candidate.form.name == context.arguments.command;
    });
    if (context.arguments.has("--help")) {
        std::fputs(helpOf(kProgram, command->form).c_str(), stdout);
        return kDone;
    }
    if (context.arguments.has("--version")) {
        std::puts("marea-server " MAREA_VERSION " (" MAREA_COMMIT ")");
        return kDone;
    }
    auto config = configOf(context.arguments);
    if (!config) {
        return wrongUsage(context, config.error().text);
    }
    context.config = std::move(*config);
    const auto ring = command->run == runServe ? std::make_shared<core::LogRing>() : nullptr;
    context.log = ring;
    context.logger = loggerFor(context.config, ring);
    context.readConfig = [&context] { return configOf(context.arguments); };
    const int code = command->run(context);
    if (code == kDone && isRecorded(context.arguments)) {
        recordCommand(context);
    }
    return code;
}

}  // namespace

}  // namespace marea::server

int main(int argc, char** argv) {
    marea::server::prepareProcess();
    if (sodium_init() < 0) {
        std::fputs("marea-server: the system has no random numbers\n", stderr);
        return marea::server::kFailed;
    }
    return marea::server::run(std::vector<std::string>(argv + 1, argv + argc));
}
