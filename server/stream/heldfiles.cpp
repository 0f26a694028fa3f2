#include "server/stream/streamservice.h"

// What is made ahead as a whole, and stays: by whoever prepares titles.
namespace marea::server {

using core::Result;
using core::unexpected;

Result<std::vector<StreamService::Piece>> StreamService::piecesOf(const StreamTitlePtr& title, const MediaIndex& index,
                                                                  const HeldRendition& rendition) const {
    const bool hasHead = rendition.format == SegmentFormat::Mp4;
    SegmentWish wish{title, {}, rendition.name, rendition.format, hasHead ? SegmentSpec::kInit : 0};
    const auto known = renditionOf(wish, index);
    if (!known) {
        return unexpected<core::Error>(known.error());
    }
    std::vector<Piece> pieces;
    for (; wish.number < static_cast<int>(known->grid.size()); ++wish.number) {
        auto [key, spec] = pieceOf(wish, *known);
        pieces.push_back({std::move(key), std::move(spec)});
    }
    return pieces;
}

Result<void> StreamService::keep(const CacheKey& key, std::string bytes) {
    segmentCache_.keep(key, std::make_shared<const std::string>(std::move(bytes)));
    return segmentCache_.contains(key)
               ? Result<void>()
               : core::fail(core::ErrorCode::TooLarge, "There is no room left on the server's disk.", "segments");
}

std::vector<CacheKey> StreamService::keysOf(const HeldFile& file) const {
    std::vector<CacheKey> keys;
    for (const HeldRendition& rendition : file.renditions) {
        const bool hasHead = rendition.format == SegmentFormat::Mp4;
        for (int number = hasHead ? SegmentSpec::kInit : 0; number < rendition.segments; ++number) {
            keys.push_back(keyOf(rendition.format, file.fingerprint, rendition.name, number));
        }
    }
    return keys;
}

std::vector<CacheKey> StreamService::heldAtStart() const {
    std::vector<CacheKey> all;
    for (const HeldFile& file : options_.held) {
        const auto keys = keysOf(file);
        all.insert(all.end(), keys.begin(), keys.end());
    }
    return all;
}

std::vector<CacheKey> StreamService::indexesAtStart() const {
    std::vector<CacheKey> all;
    for (const HeldFile& file : options_.held) {
        all.push_back(TitleStore::keyOf(options_.build, file.fingerprint));
    }
    return all;
}

void StreamService::hold(const HeldFile& file) {
    segmentCache_.hold(keysOf(file));
    titleCache_.hold({TitleStore::keyOf(options_.build, file.fingerprint)});
}

void StreamService::letGo(const HeldFile& file) {
    segmentCache_.letGo(keysOf(file));
    titleCache_.letGo({TitleStore::keyOf(options_.build, file.fingerprint)});
}

StreamService::Stored StreamService::stored(const HeldFile& file) const {
    Stored stored;
    for (const CacheKey& key : keysOf(file)) {
        const auto size = segmentCache_.sizeOf(key);
        stored.bytes += size.value_or(0);
        stored.missing += size ? 0 : 1;
    }
    return stored;
}

}  // namespace marea::server
