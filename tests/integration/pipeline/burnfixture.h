#pragma once

#include "tests/integration/pipeline/transcodefixture.h"

namespace marea::server::test {

constexpr const char* kSerif = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf";

// An ASS file of 640×360 with lines in the style "Default", whose font is `family`.
std::string assFile(const std::string& family, const std::vector<std::string>& dialogues);

// A PGS file (.sup) of one-coloured boxes.
struct PgsBox {
    double from = 0, to = 0;  // seconds
    int x = 0, y = 0, width = 0, height = 0;
    std::uint8_t luma = 235;
};
std::string pgsFile(int width, int height, const std::vector<PgsBox>& boxes);

// The size of the film at 25 pictures a second, good enough to compare; with a subtitle stream drawn in.
VideoEncoding burning(std::optional<int> stream, int width = 640, int height = 360);

// One picture of a file as grey values, `number` from 0.
std::vector<std::uint8_t> greyPicture(const std::string& path, int number);

}  // namespace marea::server::test
