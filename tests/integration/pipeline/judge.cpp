#include "tests/integration/pipeline/judge.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/json.h"

extern char** environ;

namespace marea::server::test {
namespace {

namespace json = core::json;

double number(const json::object& object, const char* key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::atof(found->as_string().c_str()) : 0;
}

std::string text(const json::object& object, const char* key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::string readAll(int descriptor) {
    std::string all;
    std::array<char, 65536> part;
    for (ssize_t got; (got = ::read(descriptor, part.data(), part.size())) > 0;)
        all.append(part.data(), static_cast<std::size_t>(got));
    return all;
}

}  // namespace

std::string outputOf(const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return {};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    pid_t id = -1;
    const int error = ::posix_spawnp(&id, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    std::string all = error == 0 ? readAll(ends[0]) : std::string();
    ::close(ends[0]);
    int status = 1;
    if (error != 0 || ::waitpid(id, &status, 0) != id || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return {};
    return all;
}

bool haveJudges() {
    return !outputOf({"ffmpeg", "-version"}).empty() && !outputOf({"ffprobe", "-version"}).empty();
}

std::vector<JudgedPacket> packetsOf(const std::string& path, const std::string& stream) {
    const std::string answer = outputOf({"ffprobe", "-v", "quiet", "-select_streams", stream, "-show_packets",
                                         "-show_data_hash", "md5", "-of", "json", path});
    boost::system::error_code error;
    const json::value parsed = json::parse(answer, error);
    std::vector<JudgedPacket> packets;
    if (error || !parsed.is_object() || !parsed.as_object().contains("packets"))
        return packets;
    for (const json::value& item : parsed.as_object().at("packets").as_array()) {
        const json::object& packet = item.as_object();
        packets.push_back({number(packet, "pts_time"), number(packet, "dts_time"),
                           static_cast<std::int64_t>(number(packet, "size")), text(packet, "flags").front() == 'K',
                           text(packet, "data_hash")});
    }
    return packets;
}

std::vector<std::string> framesOf(const std::string& path, const std::string& stream) {
    std::istringstream lines(outputOf({"ffmpeg", "-v", "quiet", "-nostdin", "-i", path, "-map", "0:" + stream,
                                       "-fps_mode", "passthrough", "-f", "framemd5", "-"}));
    std::vector<std::string> frames;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('#'))
            frames.push_back(line.substr(line.rfind(',') + 1));
    }
    return frames;
}

bool make(const std::string& path, const std::vector<std::string>& arguments) {
    std::vector<std::string> command{"ffmpeg", "-v", "quiet", "-nostdin", "-y"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    command.push_back(path);
    outputOf(command);
    std::error_code error;
    return std::filesystem::file_size(path, error) > 0 && !error;
}

ScratchFolder::ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "marea-pipeline-XXXXXX").string();
    path_ = ::mkdtemp(name.data()) ? name : std::string(".");
}

ScratchFolder::~ScratchFolder() {
    std::error_code error;
    if (path_ != ".")
        std::filesystem::remove_all(path_, error);
}

std::string ScratchFolder::write(const std::string& name, const std::string& bytes) const {
    std::ofstream(at(name), std::ios::binary) << bytes;
    return at(name);
}

}  // namespace marea::server::test
