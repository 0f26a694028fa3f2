#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// What the metadata of one picture (its RPU) say about reading it: Dolby Vision without a base layer, as profile 5
// has it, is in reshaped IPT of PQ, which shows green and purple where it is taken for HDR10. ETSI GS CCM 001,
// "Compound Content Management": a curve for each component, a matrix to LMS in PQ, and one in linear light.
struct DolbyColours {
    struct Piece {
        bool isMmr = false;                              // of all three components, else a polynomial of its own
        std::array<float, 3> polynomial{};               // of x^0, x^1, x^2
        float constant = 0;                              // MMR
        std::array<std::array<float, 7>, 3> products{};  // for powers 1 to 3 of: x, y, z, xy, xz, yz, xyz
        int order = 0;                                   // how many of these powers
        bool operator==(const Piece&) const = default;
    };
    struct Curve {
        std::vector<float> pivots;  // one more than pieces, ascending, 0 to 1
        std::vector<Piece> pieces;
        bool operator==(const Curve&) const = default;
    };
    std::array<Curve, 3> curves;
    std::array<float, 9> toLms{};  // from the reshaped components, before PQ is undone
    std::array<float, 3> neutral{};
    std::array<float, 9> linear{};  // takes the crosstalk out, in linear light
    bool operator==(const DolbyColours&) const = default;

    // nullopt where they make no sense.
    static std::optional<DolbyColours> of(const AVDOVIMetadata& metadata);
};

// From such pictures to BT.2020 with PQ. Pure arithmetic; one thread.
class DolbyMapping {
public:
    explicit DolbyMapping(DolbyColours colours);

    const DolbyColours& colours() const { return colours_; }
    // A row: three components of 16 bits over the full range; to Y'CbCr of ITU-R BT.2020 (non-constant luminance) in
    // the limited range of 16 bits.
    void map(const std::array<const std::uint16_t*, 3>& from, const std::array<std::uint16_t*, 3>& to, int width) const;

private:
    float reshaped(std::size_t component, const std::array<float, 3>& at, std::uint16_t code) const;

    DolbyColours colours_;
    std::array<std::vector<float>, 3> tables_;  // of curves without MMR: all 65,536 values
    std::array<float, 9> toRgb_{};              // from linear LMS, with `linear` in it
};

// Pictures of a stream without a base layer, as HDR10 in the size asked for: YUV444P16, tagged. One thread.
class DolbyPictures {
public:
    DolbyPictures(int width, int height) : width_(width), height_(height) {}

    // A picture without metadata is read as the one before it.
    core::Result<AvPtr<AVFrame>> mapped(const AVFrame& picture);

private:
    core::Result<AvPtr<AVFrame>> scaled(const AVFrame& picture);
    core::Result<void> readMetadata(const AVFrame& picture);

    int width_, height_;
    AvPtr<SwsContext> scaler_;
    std::array<int, 4> scaledFrom_{};  // width, height, format, chroma's place
    std::optional<DolbyMapping> mapping_;
};

// True where nothing but this makes the stream's colours right: its base layer is not made for other screens.
bool needsDolbyMapping(const AVStream* stream);

}  // namespace marea::server
