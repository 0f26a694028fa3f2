#include "server/stream/streamhandlers.h"

#include <algorithm>
#include <charconv>

#include "server/packaging/deliveryplan.h"
#include "server/packaging/finergrid.h"
#include "server/packaging/hls.h"
#include "server/stream/musicbody.h"
#include "server/stream/playlists.h"
#include "server/stream/spriteplan.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr const char* kHls = "application/vnd.apple.mpegurl";
constexpr const char* kDash = "application/dash+xml";
constexpr const char* kVtt = "text/vtt; charset=utf-8";
// A piece never changes under its URL but with its file, whose id stays: a day, then it is asked for by its ETag.
constexpr const char* kKeepPiece = "private, max-age=86400, immutable";
// Music as a file: what it says of itself may come to be known later.
constexpr const char* kKeepMusic = "private, max-age=3600";
constexpr const char* kKeepPlaylist = "private, max-age=60";

Response notThere() {
    return Response::problem(core::Error{ErrorCode::NotFound, {}, "There is nothing at this address."});
}

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

Response textOf(std::string text, const char* type, const char* keep) {
    const std::string etag = quoted(cacheKey({text}));
    Response response = Response::text(200, type, std::move(text));
    response.headers.set("ETag", etag);
    response.headers.set("Cache-Control", keep);
    return response;
}

Response entryOf(SegmentCache::Entry entry, const std::string& type, const std::string& etag) {
    Response response;
    response.headers.add("Content-Type", type);
    response.headers.add("ETag", etag);
    response.headers.add("Cache-Control", kKeepPiece);
    if (entry.bytes) {
        response.body = std::move(entry.bytes);
    } else {
        response.body = FileBody{std::move(entry.file), static_cast<std::uint64_t>(entry.size)};
    }
    return response;
}

std::optional<int> wholeNumber(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool plain = error == std::errc{} && end == text.data() + text.size() && number >= 0 &&
                       (text.size() == 1 || text.front() != '0');
    return plain ? std::optional(number) : std::nullopt;
}

// "12.m4s" → 12
std::optional<int> numbered(std::string_view name, std::string_view ending) {
    return name.ends_with(ending) ? wholeNumber(name.substr(0, name.size() - ending.size())) : std::nullopt;
}

// "s3" → 3
std::optional<int> embeddedText(std::string_view rendition) {
    return rendition.starts_with('s') ? wholeNumber(rendition.substr(1)) : std::nullopt;
}

bool isSidecar(std::string_view rendition) {
    return rendition.starts_with('x') && core::isId(rendition.substr(1));
}

struct PieceName {
    SegmentFormat format = SegmentFormat::Mp4;
    int number = SegmentSpec::kInit;
};

std::optional<PieceName> pieceName(std::string_view name) {
    if (name == "init.mp4") {
        return PieceName{};
    }
    if (const auto number = numbered(name, ".m4s")) {
        return PieceName{SegmentFormat::Mp4, *number};
    }
    if (const auto number = name.starts_with('p') ? numbered(name.substr(1), ".m4s") : std::nullopt) {
        return PieceName{SegmentFormat::Picture, *number};
    }
    if (name == "init.webm") {
        return PieceName{SegmentFormat::WebM, SegmentSpec::kInit};
    }
    if (const auto number = numbered(name, ".webm")) {
        return PieceName{SegmentFormat::WebM, *number};
    }
    const auto number = numbered(name, ".ts");
    return number ? std::optional(PieceName{SegmentFormat::MpegTs, *number}) : std::nullopt;
}

// Of pieces that were encrypted: another one for each key and way, and for what is signalled in heads.
std::string sealedTag(const CacheKey& clear, const Seal& seal) {
    const std::string_view id(reinterpret_cast<const char*>(seal.key.id.data()), seal.key.id.size());
    const std::string signalled = seal.kind.outside ? hlsKey(seal.signalled()) : std::string();
    return quoted(signalled.empty() ? cacheKey({clear, name(seal.kind.scheme), id})
                                    : cacheKey({clear, name(seal.kind.scheme), id, signalled}));
}

std::optional<SignalledKey> playlistKey(const std::optional<Seal>& seal) {
    return seal ? std::optional(seal->signalled()) : std::nullopt;
}

const SignalledKey* pointer(const std::optional<SignalledKey>& key) {
    return key ? &*key : nullptr;
}

// "12.5": a time in seconds, not below 0.
std::optional<Ticks> secondsIn(std::string_view text) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool isTime = error == std::errc{} && end == text.data() + text.size() && seconds >= 0 && seconds < 1e7;
    return isTime ? std::optional(toTicks(seconds)) : std::nullopt;
}

std::string pieceType(std::string_view rendition, SegmentFormat format) {
    if (format == SegmentFormat::MpegTs) {
        return "video/mp2t";
    }
    return std::string(rendition.starts_with('a') ? "audio" : "video") +
           (format == SegmentFormat::WebM ? "/webm" : "/mp4");
}

}  // namespace

void StreamHandlers::addRoutes(Router& router) {
    const auto add = [&](Method method, const char* pattern, Handle handle) {
        router.add(Route{method, pattern, Access::Stream,
                         answeredLater(pool_, [this, handle](const Request& request, const SharedReply& reply) {
                             (this->*handle)(request, reply);
                         })});
    };
    add(Method::Get, "/stream/{token}/{title}/hls/{file}/{plan}/{name}", &StreamHandlers::playlist);
    add(Method::Get, "/stream/{token}/{title}/dash/{file}/{plan}/{name}", &StreamHandlers::playlist);
    add(Method::Get, "/stream/{token}/{title}/m/{file}/{rendition}/{piece}", &StreamHandlers::piece);
    add(Method::Get, "/stream/{token}/{title}/e/{protection}/hls/{file}/{plan}/{name}", &StreamHandlers::playlist);
    add(Method::Get, "/stream/{token}/{title}/e/{protection}/dash/{file}/{plan}/{name}", &StreamHandlers::playlist);
    add(Method::Get, "/stream/{token}/{title}/e/{protection}/m/{file}/{rendition}/{piece}", &StreamHandlers::piece);
}

Result<std::optional<Seal>> StreamHandlers::sealOf(const Request& request, const StreamTitle& title) {
    const std::string_view named = request.param("protection");
    if (named.empty()) {
        return title.protection ? unexpected<core::Error>(protectedError()) : Result<std::optional<Seal>>(std::nullopt);
    }
    const auto kind = protectionKind(named);
    const bool known =
        kind && title.protection &&
        std::find(title.protection->begin(), title.protection->end(), kind->scheme) != title.protection->end();
    if (!known || (kind->outside && outside_.of(kind->scheme).empty())) {
        return fail(ErrorCode::NotFound, "There is nothing at this address.", "another protection");
    }
    const auto key = keys_.key(title.title, kind->scheme);
    return key ? Result<std::optional<Seal>>(Seal{*kind, *key, title.title, outside_})
               : unexpected<core::Error>(key.error());
}

void StreamHandlers::playlist(const Request& request, SharedReply reply) {
    const std::string_view name = request.param("name");
    const bool dash = name == "manifest.mpd" || name == "webm.mpd";
    const auto wanted = name == "manifest.mpd"  ? MasterKind::Dash
                        : dash                  ? MasterKind::DashWebm
                        : name == "ts.m3u8"     ? MasterKind::HlsTs
                        : name == "master.m3u8" ? MasterKind::Hls
                                                : MasterKind::None;
    const std::string_view folder = request.path.find("/dash/") != std::string::npos ? "dash" : "hls";
    if (wanted == MasterKind::None || dash != (folder == "dash")) {
        return (*reply)(notThere());
    }
    const auto title =
        titles_.open(*request.principal, core::Id(request.param("title")), core::Id(request.param("file")));
    if (!title) {
        return (*reply)(sourceProblem(title.error()));
    }
    const auto seal = sealOf(request, **title);
    if (!seal) {
        return (*reply)(sourceProblem(seal.error()));
    }
    const std::string plan(request.param("plan"));
    const auto known = parsePlan(plan, (*title)->info);
    if (!known) {  // costs no index
        return (*reply)(sourceProblem(known.error()));
    }
    const auto key = playlistKey(*seal);
    const IndexWish wish{*title, request.client, depthFor(known->video, (*title)->info)};
    service_.index(wish, [title = *title, wanted, plan, key, reply](Result<TitleStore::IndexPtr> index) {
        auto text = index ? masterPlaylist(wanted, *title, **index, plan, pointer(key))
                          : Result<std::string>(unexpected<core::Error>(index.error()));
        (*reply)(text ? textOf(std::move(*text),
                               wanted == MasterKind::Hls || wanted == MasterKind::HlsTs ? kHls : kDash, kKeepPlaylist)
                      : sourceProblem(text.error()));
    });
}

void StreamHandlers::piece(const Request& request, SharedReply reply) {
    const std::string_view rendition = request.param("rendition");
    if (isSidecar(rendition)) {
        return sidecar(request, std::move(reply));
    }
    const auto title =
        titles_.open(*request.principal, core::Id(request.param("title")), core::Id(request.param("file")));
    if (!title) {
        return (*reply)(sourceProblem(title.error()));
    }
    if (rendition == "sprites") {
        sprites(request, *title, std::move(reply));
    } else if (embeddedText(rendition)) {
        text(request, *title, std::move(reply));
    } else {
        pictureOrSound(request, *title, std::move(reply));
    }
}

// What leaves of a protected title is said here, and nowhere else: what is not named with its seal stays inside.
void StreamHandlers::pictureOrSound(const Request& request, const StreamTitlePtr& title, SharedReply reply) {
    const auto seal = sealOf(request, *title);
    if (!seal) {
        return (*reply)(sourceProblem(seal.error()));
    }
    const std::string_view piece = request.param("piece");
    if (piece == "media.m3u8" || piece == "pictures.m3u8") {
        mediaPlaylist(request, title, *seal, std::move(reply));
    } else if (!musicCodec(piece).empty() && !*seal) {
        music(request, title, std::move(reply));
    } else {
        segment(request, title, *seal, std::move(reply));
    }
}

void StreamHandlers::music(const Request& request, const StreamTitlePtr& title, SharedReply reply) {
    const auto from = secondsIn(request.queryValue("from").value_or("0"));
    if (!from) {
        return (*reply)(sourceProblem(core::Error{ErrorCode::Invalid, {}, "from must be a number of seconds."}));
    }
    const SegmentWish wish{title, request.principal->sessionId, std::string(request.param("rendition")),
                           SegmentFormat::Raw, 0};
    const std::string codec(musicCodec(request.param("piece")));
    const IndexWish indexed{title, request.client};
    service_.index(indexed, [this, wish, codec, from = *from, reply](Result<TitleStore::IndexPtr> index) {
        const auto file = index ? musicFileOf(*wish.title, **index, wish.rendition, codec, from)
                                : Result<MusicFilePtr>(unexpected<core::Error>(index.error()));
        if (!file) {
            return (*reply)(sourceProblem(file.error()));
        }
        Response response;
        response.headers.add("Content-Type", (*file)->mimeType());
        response.headers.add("ETag", quoted(cacheKey({service_.keyOf(wish), std::to_string(from), (*file)->tag()})));
        response.headers.add("Cache-Control", kKeepMusic);
        response.body = noted(musicBody(service_, wish, *file), wish, **file, toTicks(from));
        (*reply)(std::move(response));
    });
}

void StreamHandlers::segment(const Request& request, const StreamTitlePtr& title, const std::optional<Seal>& seal,
                             SharedReply reply) {
    const auto piece = pieceName(request.param("piece"));
    if (!piece) {
        return (*reply)(notThere());
    }
    SegmentWish wish{title,
                     request.principal->sessionId,
                     std::string(request.param("rendition")),
                     piece->format,
                     piece->number,
                     request.client};
    const std::string type = pieceType(wish.rendition, wish.format), clear = service_.keyOf(wish);
    const bool sent = request.method != Method::Head;  // who asks for the head gets nothing of it
    if (seal) {
        return sealer_.piece(wish, *seal, [=, this, etag = sealedTag(clear, *seal)](Result<Sealer::Bytes> bytes) {
            if (bytes && sent) {
                noteSegment(wish);
            }
            (*reply)(bytes ? entryOf({{}, 0, std::move(*bytes)}, type, etag) : sourceProblem(bytes.error()));
        });
    }
    const std::string etag = service_.etagOf(wish);
    service_.segment(wish, [=, this](Result<SegmentCache::Entry> entry) {
        if (entry && sent) {
            noteSegment(wish);
        }
        (*reply)(entry ? entryOf(std::move(*entry), type, etag) : sourceProblem(entry.error()));
    });
}

// Its index is there, since it was made by it.
void StreamHandlers::noteSegment(const SegmentWish& wish) const {
    if (watch_ == nullptr || wish.number < 0 || wish.format == SegmentFormat::Picture) {
        return;
    }
    const auto parsed = parseFinerRendition(wish.rendition, wish.title->info);
    if (!parsed) {
        return;
    }
    const IndexWish indexed{wish.title, {}, depthFor(parsed->tracks, wish.title->info)};
    service_.index(indexed, [watch = watch_, wish, parsed](const Result<TitleStore::IndexPtr>& index) {
        if (!index) {
            return;
        }
        const auto grid = piecesOf(parsed->tracks, wish.title->info, **index, parsed->from);
        const auto number = static_cast<std::size_t>(wish.number);
        if (number < grid.size()) {
            const Ticks start = grid.front().cut.from, whole = grid.back().cut.to - start;
            const Cut& cut = grid[number].cut;
            watch->delivered(wish.title->user, wish.title->title, partsOf(cut.from - start, cut.to - start, whole));
        }
    });
}

// As it goes out, with what was left out before `from` in front.
StreamBody StreamHandlers::noted(StreamBody body, const SegmentWish& wish, const MusicFile& file, Ticks from) const {
    if (watch_ == nullptr) {
        return body;
    }
    const auto whole = static_cast<double>(file.size().value_or(file.pieces().size() + 1));
    const auto lasts = std::max<double>(static_cast<double>(toTicks(wish.title->info.duration)), 1);
    const double before = std::min(static_cast<double>(from) / lasts, 1.0);
    return server::telling(
        std::move(body), [=, watch = watch_, title = wish.title](std::uint64_t at, std::uint64_t to) {
            constexpr double kScale = 1 << 20;
            const auto place = [&](std::uint64_t in) {
                return static_cast<std::int64_t>(kScale * (before + (1 - before) * static_cast<double>(in) / whole));
            };
            watch->delivered(title->user, title->title,
                             partsOf(place(at), std::max(place(to), place(at) + 1), static_cast<std::int64_t>(kScale)));
        });
}

void StreamHandlers::mediaPlaylist(const Request& request, const StreamTitlePtr& title, const std::optional<Seal>& seal,
                                   SharedReply reply) {
    const std::string rendition(request.param("rendition"));
    const bool pictures = request.param("piece") == "pictures.m3u8";
    const auto key = playlistKey(seal);
    const auto known = parseFinerRendition(rendition, title->info);
    if (!known) {  // costs no index
        return (*reply)(sourceProblem(known.error()));
    }
    const IndexWish wish{title, request.client, depthFor(known->tracks, title->info)};
    service_.index(wish, [title, rendition, pictures, key, reply](Result<TitleStore::IndexPtr> index) {
        auto text = index ? marea::server::mediaPlaylist(*title, **index, rendition, pictures, pointer(key))
                          : Result<std::string>(unexpected<core::Error>(index.error()));
        (*reply)(text ? textOf(std::move(*text), kHls, kKeepPlaylist) : sourceProblem(text.error()));
    });
}

void StreamHandlers::text(const Request& request, const StreamTitlePtr& title, SharedReply reply) {
    const int index = *embeddedText(request.param("rendition"));
    const core::StreamInfo* stream = findStream(title->info, index);
    if (!stream || stream->kind != core::StreamKind::Subtitle) {
        return (*reply)(notThere());
    }
    subtitles(request, title, SubtitleWish{index, stream->language}, std::move(reply));
}

void StreamHandlers::sidecar(const Request& request, SharedReply reply) {
    const core::Id id(request.param("rendition").substr(1)), title(request.param("title"));
    const auto film = titles_.open(*request.principal, title, core::Id(request.param("file")));
    if (!film) {
        return (*reply)(sourceProblem(film.error()));
    }
    for (const StreamSidecar& known : (*film)->sidecars) {
        if (known.id != id) {
            continue;
        }
        if (request.param("piece") == "media.m3u8") {  // as long as the film
            return subtitles(request, *film, {}, std::move(reply));
        }
        const auto file = titles_.openSidecar(*request.principal, title, id);
        return file ? subtitles(request, *file, SubtitleWish{-1, known.language}, std::move(reply))
                    : (*reply)(sourceProblem(file.error()));
    }
    (*reply)(notThere());
}

void StreamHandlers::subtitles(const Request& request, const StreamTitlePtr& title, const SubtitleWish& wish,
                               SharedReply reply) {
    const std::string_view piece = request.param("piece");
    if (piece == "media.m3u8") {
        return (*reply)(textOf(subtitlePlaylist(title->info), kHls, kKeepPlaylist));
    }
    const bool hls = piece == "hls.vtt";
    if (!hls && piece != "subtitles.vtt") {
        return (*reply)(notThere());
    }
    service_.subtitles(title, wish, [reply, hls](Result<SegmentCache::Entry> entry) {
        auto text = entry ? bytesOf(*entry) : Result<std::string>(unexpected<core::Error>(entry.error()));
        if (!text) {
            return (*reply)(sourceProblem(text.error()));
        }
        (*reply)(textOf(hls ? withTimestampMap(std::move(*text)) : std::move(*text), kVtt, kKeepPlaylist));
    });
}

void StreamHandlers::sprites(const Request& request, const StreamTitlePtr& title, SharedReply reply) {
    const SpritePlan plan = spritePlan(title->info);
    const std::string_view piece = request.param("piece");
    if (piece == "sprites.vtt" && plan.tiles > 0) {
        return (*reply)(textOf(spriteCues(plan, toTicks(title->info.duration)), kVtt, kKeepPlaylist));
    }
    if (piece == "images.m3u8" && plan.tiles > 0) {
        return (*reply)(textOf(hlsImages(thumbnails(plan, toTicks(title->info.duration))), kHls, kKeepPlaylist));
    }
    const auto sheet = numbered(piece, ".jpg");
    if (!sheet || *sheet >= plan.sheets()) {
        return (*reply)(notThere());
    }
    const std::string etag = quoted(cacheKey({title->fingerprint, piece}));
    service_.sprites(title, spriteSheet(plan, *sheet), [reply, etag](Result<SegmentCache::Entry> entry) {
        (*reply)(entry ? entryOf(std::move(*entry), "image/jpeg", etag) : sourceProblem(entry.error()));
    });
}

}  // namespace marea::server
