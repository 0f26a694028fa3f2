#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace marea::server::test {

// What the ffmpeg and ffprobe commands say of a file: judges that share no code of ours.
struct JudgedPacket {
    double pts = 0, dts = 0;  // s
    std::int64_t size = 0;
    bool key = false;
    std::string hash;
};

bool haveJudges();
// `stream` as ffmpeg's -map takes it: "0", "v:0". Empty when the file cannot be read.
std::vector<JudgedPacket> packetsOf(const std::string& path, const std::string& stream);
// Hashes of the decoded frames.
std::vector<std::string> framesOf(const std::string& path, const std::string& stream);
// A file made by the ffmpeg command; false where that, or an encoder of it, is missing.
bool make(const std::string& path, const std::vector<std::string>& arguments);

// Standard output of a program; empty when it fails.
std::string outputOf(const std::vector<std::string>& arguments);

// A folder that goes with its object.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    std::string at(const std::string& name) const { return path_ + "/" + name; }
    std::string write(const std::string& name, const std::string& bytes) const;

private:
    std::string path_;
};

}  // namespace marea::server::test
