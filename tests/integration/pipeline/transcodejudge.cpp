#include "tests/integration/pipeline/transcodejudge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>

#include "tests/integration/pipeline/transcodefixture.h"

namespace marea::server::test {
namespace {

std::string decoded(const std::string& path, const std::vector<std::string>& options) {
    const Folder folder;
    std::vector<std::string> command{"ffmpeg", "-v", "error", "-nostdin", "-i", path};
    command.insert(command.end(), options.begin(), options.end());
    command.push_back(folder / "raw");
    run(command);
    std::ifstream file(folder / "raw", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string greyPictures(const std::string& path) {
    return decoded(path, {"-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray"});
}

std::vector<float> asFloats(const std::string& bytes) {
    std::vector<float> samples(bytes.size() / sizeof(float));
    std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(float));
    return samples;
}

}  // namespace

std::string numberedSource(const std::string& rate, double seconds) {
    return "color=c=black:s=160x64:r=" + rate + ":d=" + std::to_string(seconds) +
           ",geq=lum='if(mod(floor(N/pow(2,floor(X/16))),2),235,16)':cb=128:cr=128";
}

std::vector<int> pictureNumbers(const std::string& path, int width, int height) {
    const std::string bytes = greyPictures(path);
    const auto w = static_cast<std::size_t>(width), size = w * static_cast<std::size_t>(height);
    std::vector<int> numbers;
    for (std::size_t at = 0; at + size <= bytes.size(); at += size) {
        int number = 0;
        for (std::size_t digit = 0; digit < kDigits; ++digit) {
            const std::size_t pixel = at + size / 2 + w * (2 * digit + 1) / (2 * kDigits);
            number |= (static_cast<unsigned char>(bytes[pixel]) > 126 ? 1 : 0) << digit;
        }
        numbers.push_back(number);
    }
    return numbers;
}

std::vector<double> pictureLuma(const std::string& path, int width, int height) {
    const std::string bytes = greyPictures(path);
    const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    std::vector<double> luma;
    for (std::size_t at = 0; at + size <= bytes.size(); at += size) {
        double sum = 0;
        for (std::size_t i = 0; i < size; ++i)
            sum += static_cast<unsigned char>(bytes[at + i]);
        luma.push_back(sum / static_cast<double>(size));
    }
    return luma;
}

std::vector<Packet> packetsOf(const std::string& path, const std::string& kind) {
    const Ran ran = run({"ffprobe", "-v", "error", "-select_streams", kind + ":0", "-show_entries",
                         "packet=pts_time,dts_time,flags", "-of", "csv=p=0", path});
    std::vector<Packet> packets;
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);) {
        // Matroska leaves the first decoding times out: "N/A".
        const auto comma = line.find(','), second = line.find(',', comma + 1);
        if (second == std::string::npos)
            continue;
        Packet packet;
        packet.pts = std::strtod(line.c_str(), nullptr);
        packet.dts = std::strtod(line.c_str() + comma + 1, nullptr);
        packet.isKey = line.compare(second + 1, 1, "K") == 0;
        packets.push_back(packet);
    }
    return packets;
}

std::string streamEntry(const std::string& path, const std::string& kind, const std::string& entry) {
    std::string out = run({"ffprobe", "-v", "error", "-select_streams", kind + ":0", "-show_entries", "stream=" + entry,
                           "-of", "default=nw=1:nk=1", path})
                          .out;
    return out.substr(0, out.find('\n'));
}

std::vector<float> samplesOf(const std::string& path) {
    return asFloats(decoded(path, {"-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "f32le"}));
}

std::vector<float> channelOf(const std::string& path, int channel) {
    return asFloats(decoded(path, {"-map", "0:a:0", "-af", "pan=mono|c0=c" + std::to_string(channel), "-f", "f32le"}));
}

double worstPsnr(const std::string& path, const std::string& reference, const std::string& referenceFilter) {
    const Folder folder;
    run({"ffmpeg", "-v", "error", "-nostdin", "-i", path, "-i", reference, "-lavfi",
         "[0:v]setpts=PTS-STARTPTS[a];[1:v]" + referenceFilter +
             ",setpts=PTS-STARTPTS[b];[a][b]psnr=stats_file=" + (folder / "psnr"),
         "-f", "null", "-"});
    double worst = std::numeric_limits<double>::quiet_NaN();
    std::ifstream file(folder / "psnr");
    for (std::string line; std::getline(file, line);) {
        const auto at = line.find("psnr_avg:");
        if (at == std::string::npos)
            continue;
        const double value = std::strtod(line.c_str() + at + 9, nullptr);
        worst = std::isnan(worst) ? value : std::min(worst, value);
    }
    return worst;
}

}  // namespace marea::server::test
