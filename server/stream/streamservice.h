#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/log.h"
#include "server/gateway/clientwatch.h"
#include "server/packaging/finergrid.h"
#include "server/stream/makings.h"
#include "server/stream/segmentcache.h"
#include "server/stream/streamstatus.h"
#include "server/stream/title.h"
#include "server/stream/titlestore.h"
#include "server/stream/viewers.h"

namespace marea::server {

// What of a file stays in the caches whatever else is made: its index, and all segments of these renditions.
struct HeldRendition {
    std::string name;
    SegmentFormat format = SegmentFormat::Mp4;
    int segments = 0;
    bool operator==(const HeldRendition&) const = default;
};
struct HeldFile {
    std::string fingerprint;
    std::vector<HeldRendition> renditions;
    bool operator==(const HeldFile&) const = default;
};

struct StreamOptions {
    std::string folder;                                  // segments/ and titles/ are made below it
    std::string secret = {};                             // not empty: what is in them lies encrypted with it
    std::string build;                                   // the program's version: another one's segments are not used
    std::int64_t segmentBytes = std::int64_t{10} << 30;  // on the disk
    std::int64_t titleBytes = std::int64_t{1} << 30;     // indexes, subtitles and sprites
    // Devices encode beside the processor: a segment's bytes are then one of several that are as good.
    bool hardware = false;
    MakingsOptions makings;
    std::vector<HeldFile> held = {};       // from the start on, as by hold()
    std::chrono::seconds forgetAfter{10};  // a viewer who asked for nothing that long
    // Sheets of thumbnails that are there already, from elsewhere; nullopt: this one is not. May read the disk.
    std::function<std::optional<SegmentCache::Entry>(const StreamTitle& title, const SpriteWish& wish)> spritesMade;
};

// Which segment of which rendition, for whom.
struct SegmentWish {
    StreamTitlePtr title;
    core::Id login;  // the viewer's device
    std::string rendition;
    SegmentFormat format = SegmentFormat::Mp4;
    int number = SegmentSpec::kInit;
    std::shared_ptr<ClientWatch> client = {};  // who waits for it; when it goes, nothing is made for it
};

// Everything that is made for streams: segments, indexes, text tracks, sprites. From the cache or from the maker, the
// next segments ahead of their time. Thread-safe; calls may read the disk, and never wait for a making: `done` comes
// exactly once, on the caller's thread or on the maker's.
class StreamService {
public:
    using Done = std::function<void(core::Result<SegmentCache::Entry>)>;

    StreamService(StreamOptions options, SegmentMaker& maker, std::shared_ptr<core::Logger> logger);
    ~StreamService();

    void index(const IndexWish& wish, TitleStore::Done done) { titles_->index(wish, std::move(done)); }
    void index(const StreamTitlePtr& title, TitleStore::Done done) { index(IndexWish{title}, std::move(done)); }
    // The whole one of a file: whether it is there, and one that was made elsewhere.
    bool hasIndex(const std::string& fingerprint) const;
    void keepIndex(const std::string& fingerprint, const MediaIndex& index);
    // NotFound: no such rendition of this file, or no segment of that number.
    void segment(const SegmentWish& wish, Done done);
    // The segment if it is there already, for work that nobody watches.
    std::optional<SegmentCache::Entry> made(const SegmentWish& wish) { return segmentCache_.find(keyOf(wish)); }
    bool isMade(const SegmentWish& wish) const { return segmentCache_.contains(keyOf(wish)); }  // no use of it
    void subtitles(const StreamTitlePtr& title, const SubtitleWish& wish, Done done);
    void sprites(const StreamTitlePtr& title, const SpriteWish& wish, Done done);
    bool hasSprites(const StreamTitle& title) const;  // made ahead, to the last sheet; may read the disk

    // What will be asked for first: the renditions' heads, and their segments at `at`.
    void prepare(const StreamTitlePtr& title, const core::Id& login, const MediaIndex& index,
                 const std::vector<std::string>& renditions, SegmentFormat format, Ticks at);
    void leave(const core::Id& login, const core::Id& title) { viewers_.leave(login, title); }
    void forgetIdle();  // to be called every few seconds

    // For who makes all of a rendition ahead: its head, where it has one, and its segments, in their order.
    struct Piece {
        CacheKey key;
        SegmentSpec spec;
    };
    core::Result<std::vector<Piece>> piecesOf(const StreamTitlePtr& title, const MediaIndex& index,
                                              const HeldRendition& rendition) const;
    bool contains(const CacheKey& key) const { return segmentCache_.contains(key); }
    core::Result<void> keep(const CacheKey& key, std::string bytes);  // TooLarge: the disk does not take it
    // As often as a file is held it has to be let go.
    void hold(const HeldFile& file);
    void letGo(const HeldFile& file);
    struct Stored {
        std::int64_t bytes = 0, missing = 0;  // on the disk; pieces that are not there
    };
    Stored stored(const HeldFile& file) const;

    // Of its address: an ETag. Pieces of finer grids are the same under several.
    CacheKey keyOf(const SegmentWish& wish) const;
    // With its quotes. Weak where it may be made in other bytes the next time.
    std::string etagOf(const SegmentWish& wish) const;
    // Bytes of what is in the cache.
    std::optional<std::uint64_t> sizeOf(const SegmentWish& wish);
    StreamStatus status() const;

private:
    struct Rendition {
        std::string name;  // without where it is finer: pieces are kept for everybody
        std::vector<TrackSpec> tracks;
        std::vector<GridPiece> grid;
    };
    CacheKey keyOf(SegmentFormat format, std::string_view fingerprint, std::string_view rendition, int number) const;
    // Of its key: encoders of devices give other bytes.
    std::string numberText(std::string_view rendition, int number) const;
    std::vector<CacheKey> keysOf(const HeldFile& file) const;
    std::vector<CacheKey> heldAtStart() const;
    std::vector<CacheKey> indexesAtStart() const;
    core::Result<Rendition> renditionOf(const SegmentWish& wish, const MediaIndex& index) const;
    // What is to be made for the wish's number, or the head, and where it is kept.
    std::pair<CacheKey, SegmentSpec> pieceOf(const SegmentWish& wish, const Rendition& rendition) const;
    Makings::Start startOf(const StreamTitlePtr& title, SegmentSpec spec) const;
    void segmentOf(const SegmentWish& wish, const MediaIndex& index, Done done);
    static Viewers::Place placeOf(const SegmentWish& wish, const Rendition& rendition);
    Viewers::Ahead aheadOf(const SegmentWish& wish, const Rendition& rendition) const;  // no longer than these
    void lookAhead(const SegmentWish& wish, const Rendition& rendition);
    Done thenLookingAhead(const SegmentWish& wish, const Rendition& rendition, Done done);

    const StreamOptions options_;
    SegmentMaker& maker_;
    // Interests in the viewers' hands go before the caches.
    SegmentCache segmentCache_, titleCache_;
    std::shared_ptr<Makings> segments_, parts_;
    std::shared_ptr<TitleStore> titles_;
    Viewers viewers_;
};

}  // namespace marea::server
