#include "server/stream/streamservice.h"

#include "server/audio/musicfile.h"
#include "server/stream/indexfile.h"
#include "server/stream/spriteplan.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

// A word for each form, in the names of what is kept.
const char* word(SegmentFormat format) {
    constexpr const char* words[] = {"mp4", "ts", "raw", "picture", "webm"};
    return words[static_cast<std::size_t>(format)];
}

// By the rendition's name: its picture is made by an encoder.
bool isEncodedPicture(std::string_view rendition) {
    const std::string_view picture = rendition.substr(0, rendition.find('+'));
    return picture.starts_with('v') && !picture.ends_with("-copy");
}

std::vector<GridPiece> gridOf(const FinerRendition& rendition, SegmentFormat format, const core::MediaInfo& file,
                              const MediaIndex& index) {
    return format == SegmentFormat::Picture
               ? finerGrid(pictureGrid(rendition.tracks.front(), file, index), {1, 1}, std::nullopt)
               : piecesOf(rendition.tracks, file, index, rendition.from);
}

// Encrypted or not, in a folder of its own: of the other one nothing is used, and nothing stays.
SegmentCacheOptions cacheOptions(const StreamOptions& options, const char* name, std::int64_t most,
                                 std::vector<CacheKey> held) {
    const std::string clear = options.folder + name, sealed = clear + ".sealed";
    SegmentCacheOptions made{options.secret.empty() ? clear : sealed, most};
    made.held = std::move(held);
    made.secret = options.secret;
    made.stale = options.secret.empty() ? sealed : clear;
    return made;
}

}  // namespace

StreamService::StreamService(StreamOptions options, SegmentMaker& maker, std::shared_ptr<core::Logger> logger)
    : options_(std::move(options)),
      maker_(maker),
      segmentCache_(cacheOptions(options_, "/segments", options_.segmentBytes, heldAtStart()), logger),
      titleCache_(cacheOptions(options_, "/titles", options_.titleBytes, indexesAtStart()), logger),
      segments_(std::make_shared<Makings>(options_.makings, segmentCache_, maker)),
      parts_(std::make_shared<Makings>(options_.makings, titleCache_, maker)),
      titles_(std::make_shared<TitleStore>(parts_, maker, options_.build)) {}

StreamService::~StreamService() {
    titles_->stop();
}

CacheKey StreamService::keyOf(SegmentFormat format, std::string_view fingerprint, std::string_view rendition,
                              int number) const {
    return cacheKey({word(format), options_.build, fingerprint, rendition, numberText(rendition, number)});
}

CacheKey StreamService::keyOf(const SegmentWish& wish) const {
    return keyOf(wish.format, wish.title->fingerprintOf(wish.rendition), wish.rendition, wish.number);
}

std::string StreamService::numberText(std::string_view rendition, int number) const {
    const bool several = options_.hardware && isEncodedPicture(rendition);
    return std::to_string(number) + (several ? " beside devices" : "");
}

std::string StreamService::etagOf(const SegmentWish& wish) const {
    const bool several = options_.hardware && isEncodedPicture(wish.rendition) && wish.number != SegmentSpec::kInit;
    return (several ? "W/\"" : "\"") + keyOf(wish) + "\"";
}

std::optional<std::uint64_t> StreamService::sizeOf(const SegmentWish& wish) {
    const auto entry = segmentCache_.find(keyOf(wish));
    return entry ? std::optional(static_cast<std::uint64_t>(entry->size)) : std::nullopt;
}

Result<StreamService::Rendition> StreamService::renditionOf(const SegmentWish& wish, const MediaIndex& index) const {
    auto parsed = parseFinerRendition(wish.rendition, wish.title->info);
    if (!parsed) {
        return unexpected<core::Error>(parsed.error());
    }
    if (wish.format != SegmentFormat::MpegTs && parsed->tracks.size() != 1) {
        return fail(ErrorCode::NotFound, "There is no such rendition.", "two tracks");
    }
    auto grid = gridOf(*parsed, wish.format, wish.title->info, index);
    Rendition rendition{std::move(parsed->name), std::move(parsed->tracks), std::move(grid)};
    if (rendition.grid.empty()) {
        return fail(ErrorCode::NotFound, "This track cannot be cut into pieces.", wish.rendition);
    }
    const bool head = wish.number == SegmentSpec::kInit && hasHead(wish.format);
    if (!head && (wish.number < 0 || static_cast<std::size_t>(wish.number) >= rendition.grid.size())) {
        return fail(ErrorCode::NotFound, "There is no such segment.");
    }
    return rendition;
}

std::pair<CacheKey, SegmentSpec> StreamService::pieceOf(const SegmentWish& wish, const Rendition& rendition) const {
    SegmentWish own = wish;
    own.rendition = rendition.name;
    SegmentSpec spec{rendition.tracks, wish.format, wish.number, 0, 0};
    if (wish.number == SegmentSpec::kInit) {
        return {keyOf(own), spec};
    }
    const GridPiece& piece = rendition.grid[static_cast<std::size_t>(wish.number)];
    own.number = spec.number = piece.number;
    spec.from = piece.cut.from;
    spec.to = piece.cut.to;
    const auto* audio = std::get_if<AudioEncoding>(&rendition.tracks.front().encoding);
    if (wish.format == SegmentFormat::Raw && wish.number == 0 && audio) {
        spec.from -= musicLeadIn(audio->codec);
    }
    if (piece.part == GridPiece::kWhole) {
        return {keyOf(own), spec};
    }
    return {cacheKey({word(own.format), options_.build, own.title->fingerprintOf(own.rendition), own.rendition,
                      numberText(own.rendition, own.number), std::to_string(piece.part)}),
            spec};
}

Makings::Start StreamService::startOf(const StreamTitlePtr& title, SegmentSpec spec) const {
    return [maker = &maker_, title, spec = std::move(spec)](
               Makings::Urgency urgency, SegmentMaker::Done<std::string> done) -> Result<SegmentMaker::Ticket> {
        auto source = title->source(spec.tracks);
        if (!source) {
            return unexpected<core::Error>(source.error());
        }
        return maker->segment(std::move(*source), spec, urgency, std::move(done));
    };
}

bool StreamService::hasIndex(const std::string& fingerprint) const {
    return titleCache_.contains(TitleStore::keyOf(options_.build, fingerprint));
}

void StreamService::keepIndex(const std::string& fingerprint, const MediaIndex& index) {
    titleCache_.keep(TitleStore::keyOf(options_.build, fingerprint),
                     std::make_shared<const std::string>(indexToBytes(index)));
}

void StreamService::segment(const SegmentWish& wish, Done done) {
    const auto known = parseFinerRendition(wish.rendition, wish.title->info);
    if (!known) {  // costs no index
        return done(unexpected<core::Error>(known.error()));
    }
    const IndexWish indexed{wish.title, wish.client, depthFor(known->tracks, wish.title->info)};
    index(indexed, [this, wish, done = std::move(done)](Result<TitleStore::IndexPtr> index) {
        if (!index) {
            return done(unexpected<core::Error>(index.error()));
        }
        segmentOf(wish, **index, done);
    });
}

void StreamService::segmentOf(const SegmentWish& wish, const MediaIndex& index, Done done) {
    const auto rendition = renditionOf(wish, index);
    if (!rendition) {
        return done(unexpected<core::Error>(rendition.error()));
    }
    // A head says nothing about where the viewer is, nor does a picture that somebody runs past.
    const bool isPlace = wish.number != SegmentSpec::kInit && wish.format != SegmentFormat::Picture;
    const bool begins = isPlace && !viewers_.goesOn(placeOf(wish, *rendition));
    if (begins) {
        viewers_.begins(placeOf(wish, *rendition));
        done = thenLookingAhead(wish, *rendition, std::move(done));
    }
    const auto [key, spec] = pieceOf(wish, *rendition);
    const auto waiter = segments_->get(key, wish.title->user, startOf(wish.title, spec), std::move(done));
    if (wish.client) {
        wish.client->onGone(
            [this, weak = std::weak_ptr(segments_), key = key, waiter, title = wish.title->title, login = wish.login] {
                if (const auto makings = weak.lock()) {
                    makings->giveUp(key, waiter);
                    leave(login, title);  // what comes next is for nobody either, until it asks again
                }
            });
    }
    if (isPlace && !begins) {
        lookAhead(wish, *rendition);
    }
}

StreamService::Done StreamService::thenLookingAhead(const SegmentWish& wish, const Rendition& rendition, Done done) {
    return [this, wish, rendition, done = std::move(done)](Result<SegmentCache::Entry> entry) {
        const bool isMade = entry.has_value();
        done(std::move(entry));
        if (isMade && viewers_.isStillAt(placeOf(wish, rendition))) {
            lookAhead(wish, rendition);
        }
    };
}

Viewers::Place StreamService::placeOf(const SegmentWish& wish, const Rendition& rendition) {
    return {wish.login, wish.title->title, wish.rendition, wish.number, static_cast<int>(rendition.grid.size())};
}

Viewers::Ahead StreamService::aheadOf(const SegmentWish& wish, const Rendition& rendition) const {
    return [this, &wish, &rendition](int number, Makings::Urgency urgency) {
        SegmentWish next = wish;
        next.number = number;
        const auto [key, spec] = pieceOf(next, rendition);
        return segments_->ahead(key, urgency, startOf(wish.title, spec));
    };
}

void StreamService::lookAhead(const SegmentWish& wish, const Rendition& rendition) {
    viewers_.asked(placeOf(wish, rendition), aheadOf(wish, rendition));
}

void StreamService::prepare(const StreamTitlePtr& title, const core::Id& login, const MediaIndex& index,
                            const std::vector<std::string>& renditions, SegmentFormat format, Ticks at) {
    for (const std::string& name : renditions) {
        SegmentWish wish{title, login, name, format, 0};
        const auto rendition = renditionOf(wish, index);
        if (!rendition) {
            continue;
        }
        wish.number = static_cast<int>(segmentAt(cutsOf(rendition->grid), at));
        viewers_.expected(placeOf(wish, *rendition), aheadOf(wish, *rendition));
        if (hasHead(format)) {
            wish.number = SegmentSpec::kInit;
            const auto [key, spec] = pieceOf(wish, *rendition);
            segments_->get(key, title->user, startOf(title, spec), [](const auto&) {});
        }
    }
}

void StreamService::subtitles(const StreamTitlePtr& title, const SubtitleWish& wish, Done done) {
    const auto key = cacheKey({"webvtt", options_.build, title->fingerprint, std::to_string(wish.stream),
                               wish.stream < 0 ? title->name : ""});
    const auto start = [maker = &maker_, title, wish](
                           Makings::Urgency urgency,
                           SegmentMaker::Done<std::string> made) -> Result<SegmentMaker::Ticket> {
        auto source = title->source();
        if (!source) {
            return unexpected<core::Error>(source.error());
        }
        return maker->subtitles(std::move(*source), wish, urgency, std::move(made));
    };
    parts_->get(key, title->user, start, std::move(done));
}

void StreamService::sprites(const StreamTitlePtr& title, const SpriteWish& wish, Done done) {
    auto made = options_.spritesMade ? options_.spritesMade(*title, wish) : std::nullopt;
    if (made) {
        return done(std::move(*made));
    }
    std::string times;
    for (const Ticks at : wish.at) {
        times += std::to_string(at) + ",";
    }
    const auto key = cacheKey({"sprites", options_.build, title->fingerprint, times, std::to_string(wish.tileWidth),
                               std::to_string(wish.columns)});
    const auto start = [maker = &maker_, title, wish](
                           Makings::Urgency urgency,
                           SegmentMaker::Done<std::string> answer) -> Result<SegmentMaker::Ticket> {
        auto source = title->source();
        if (!source) {
            return unexpected<core::Error>(source.error());
        }
        return maker->sprites(std::move(*source), wish, urgency, [answer](Result<core::Image> image) {
            answer(image ? Result<std::string>(std::string(image->bytes.begin(), image->bytes.end()))
                         : unexpected<core::Error>(image.error()));
        });
    };
    parts_->get(key, title->user, start, std::move(done));
}

bool StreamService::hasSprites(const StreamTitle& title) const {
    const SpritePlan plan = spritePlan(title.info);
    return plan.tiles > 0 && options_.spritesMade && options_.spritesMade(title, spriteSheet(plan, plan.sheets() - 1));
}

void StreamService::forgetIdle() {
    viewers_.forget(Viewers::Clock::now() - options_.forgetAfter);
}

StreamStatus StreamService::status() const {
    return {segments_->status(), parts_->status(), segmentCache_.status(), titleCache_.status(), viewers_.size()};
}

}  // namespace marea::server
