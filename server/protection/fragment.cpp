#include "server/protection/fragment.h"

#include <optional>

namespace marea::server {
namespace {

using core::ErrorCode;

// Flags of a track run, ISO/IEC 14496-12 section 8.8.8.
constexpr std::uint32_t dataOffset = 0x1, firstFlags = 0x4, durations = 0x100, sizes = 0x200, flags = 0x400,
                        offsets = 0x800;

std::uint32_t read32(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

const Box* only(const std::vector<Box>& boxes, std::string_view type) {
    const Box* found = nullptr;
    for (const Box& box : boxes) {
        if (box.type == type) {
            if (found)
                return nullptr;
            found = &box;
        }
    }
    return found;
}

auto corrupt(const char* what) {
    return core::fail(ErrorCode::Corrupt, "A segment is damaged", what);
}

core::Result<void> readRun(std::string_view bytes, const Box& run, FragmentLayout& layout) {
    if (run.end - run.body < 12)
        return corrupt("short trun");
    const std::uint32_t has = read32(bytes, run.body) & 0xffffff;
    if (!(has & dataOffset) || !(has & sizes))
        return corrupt("a trun without offset or sizes");
    const std::size_t count = read32(bytes, run.body + 4);
    layout.dataOffsetAt = run.body + 8;
    std::size_t at = layout.dataOffsetAt + 4 + (has & firstFlags ? 4 : 0);
    const std::size_t before = has & durations ? 4 : 0;
    const std::size_t step = before + 4 + (has & flags ? 4 : 0) + (has & offsets ? 4 : 0);
    if (at > run.end || count > (run.end - at) / step)
        return corrupt("a trun with more samples than it holds");
    std::size_t end = layout.dataStart = layout.moof.start + read32(bytes, layout.dataOffsetAt);
    for (std::size_t i = 0; i < count; ++i, at += step) {
        layout.sampleSizes.push_back(read32(bytes, at + before));
        end += layout.sampleSizes.back();
    }
    return layout.dataStart < layout.moof.end || end > bytes.size() ? corrupt("samples outside") : core::Result<void>();
}

core::Result<FragmentLayout> layoutOf(std::string_view bytes, const Box& moof) {
    const auto inMoof = boxesIn(bytes, moof.body, moof.end);
    const Box* traf = only(inMoof, "traf");
    if (!traf)
        return corrupt("not one traf");
    const auto inTraf = boxesIn(bytes, traf->body, traf->end);
    const Box* run = only(inTraf, "trun");
    if (!run)
        return corrupt("not one trun");
    FragmentLayout layout;
    layout.moof = moof;
    layout.traf = *traf;
    if (auto done = readRun(bytes, *run, layout); !done)
        return core::unexpected(done.error());
    return layout;
}

}  // namespace

core::Result<std::vector<FragmentLayout>> fragmentsOf(std::string_view segment) {
    std::vector<FragmentLayout> fragments;
    for (const Box& box : boxesIn(segment, 0, segment.size())) {
        if (box.type != "moof")
            continue;
        auto layout = layoutOf(segment, box);
        if (!layout)
            return core::unexpected(layout.error());
        fragments.push_back(std::move(*layout));
    }
    if (fragments.empty())
        return corrupt("no moof");
    return fragments;
}

}  // namespace marea::server
