#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace marea::server::test {

// Sources whose pictures say their number: stripes, black or white, are its binary digits; the first is the lowest.
constexpr int kDigits = 10;
// A chain of ffmpeg's filters that draws them, 160x64.
std::string numberedSource(const std::string& rate, double seconds);
// What ffmpeg decodes from the file, picture by picture. `width`, `height`: of the file.
std::vector<int> pictureNumbers(const std::string& path, int width, int height);
// Mean luma of each picture.
std::vector<double> pictureLuma(const std::string& path, int width, int height);

struct Packet {
    double pts = 0, dts = 0;
    bool isKey = false;
};
// By ffprobe, of the first stream of a kind ("v", "a").
std::vector<Packet> packetsOf(const std::string& path, const std::string& kind);
// An entry of that stream: "width", "color_transfer"; empty: absent.
std::string streamEntry(const std::string& path, const std::string& kind, const std::string& entry);

// All channels mixed, 48 kHz.
std::vector<float> samplesOf(const std::string& path);
// Of one channel as it is.
std::vector<float> channelOf(const std::string& path, int channel);

// Average PSNR of two files, picture by picture, after a filter on the second; the worst picture's.
double worstPsnr(const std::string& path, const std::string& reference, const std::string& referenceFilter);

}  // namespace marea::server::test
