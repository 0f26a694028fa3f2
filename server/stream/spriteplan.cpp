#include "server/stream/spriteplan.h"

#include <algorithm>
#include <cstdio>

#include "server/packaging/rendition.h"
#include "server/packaging/tilesize.h"
#include "server/packaging/timegrid.h"
#include "server/video/decision.h"

namespace marea::server {

namespace {

constexpr double kFewestSeconds = 1, kMostSeconds = 10, kTilesOfShortTitle = 100;
constexpr int kMostTiles = 4000;

std::string clock(Ticks at) {
    const std::int64_t ms = at / (kTicksPerSecond / 1000);
    char text[40];
    std::snprintf(text, sizeof text, "%02lld:%02lld:%02lld.%03lld", static_cast<long long>(ms / 3'600'000),
                  static_cast<long long>(ms / 60'000 % 60), static_cast<long long>(ms / 1000 % 60),
                  static_cast<long long>(ms % 1000));
    return text;
}

}  // namespace

SpritePlan spritePlan(const core::MediaInfo& file) {
    SpritePlan plan;
    const auto video = defaultVideo(file);
    const PictureSize size = video ? shownSize(file.streams[*video]) : PictureSize{};
    if (size.width <= 0 || size.height <= 0 || file.duration <= 0) {
        return plan;
    }
    const double seconds = std::clamp(file.duration / kTilesOfShortTitle, kFewestSeconds, kMostSeconds);
    plan.every = toTicks(std::max(seconds, file.duration / kMostTiles));
    plan.tiles = static_cast<int>((toTicks(file.duration) + plan.every - 1) / plan.every);
    plan.tileHeight = tileSize(file.streams[*video], SpritePlan::kTileWidth).height;
    return plan;
}

SpriteWish spriteSheet(const SpritePlan& plan, int sheet) {
    SpriteWish wish;
    wish.tileWidth = SpritePlan::kTileWidth;
    wish.columns = SpritePlan::kColumns;
    wish.rows = plan.sheets() > 1 ? SpritePlan::kRows : 0;  // all sheets of a title are alike
    constexpr int onSheet = SpritePlan::kColumns * SpritePlan::kRows;
    for (int tile = sheet * onSheet; tile < std::min(plan.tiles, (sheet + 1) * onSheet); ++tile) {
        wish.at.push_back(tile * plan.every);
    }
    return wish;
}

Thumbnails thumbnails(const SpritePlan& plan, Ticks duration) {
    const int columns = std::clamp(plan.tiles, 1, SpritePlan::kColumns);
    const int rows = std::clamp((plan.tiles + columns - 1) / columns, 1, SpritePlan::kRows);
    return {columns, rows, SpritePlan::kTileWidth, plan.tileHeight, plan.tiles, plan.every, duration};
}

std::string spriteCues(const SpritePlan& plan, Ticks duration) {
    std::string text = "WEBVTT\n";
    constexpr int onSheet = SpritePlan::kColumns * SpritePlan::kRows;
    for (int tile = 0; tile < plan.tiles; ++tile) {
        const Ticks from = tile * plan.every, to = std::min(from + plan.every, std::max(duration, from + 1));
        const int place = tile % onSheet, x = place % SpritePlan::kColumns * SpritePlan::kTileWidth,
                  y = place / SpritePlan::kColumns * plan.tileHeight;
        char line[120];
        std::snprintf(line, sizeof line, "%d.jpg#xywh=%d,%d,%d,%d\n", tile / onSheet, x, y, SpritePlan::kTileWidth,
                      plan.tileHeight);
        text += "\n" + clock(from) + " --> " + clock(to) + "\n" + line;
    }
    return text;
}

}  // namespace marea::server
