#include "server/apps/library/soundpreview.h"

#include <algorithm>

#include "server/apps/library/librarytitles.h"
#include "server/apps/library/soundfiles.h"
#include "server/stream/musicbody.h"

namespace marea::server {

using core::Result;
using core::unexpected;

namespace {

constexpr double kSeconds = 30, kLongEnough = 90;
constexpr std::int64_t kBitrate = 96'000;
constexpr std::uint64_t kMostBytes = 30 * 128'000 / 8;

// What is told of it by whoever made it: its middle, where that is not its beginning.
double beginOf(double duration) {
    return duration > kLongEnough ? duration / 3 : 0;
}

// Of "m/<file>/<rendition>/audio.mp3".
std::string renditionOf(const std::string& path) {
    const auto end = path.rfind('/'), start = end == std::string::npos || end == 0 ? end : path.rfind('/', end - 1);
    return start == std::string::npos ? std::string() : path.substr(start + 1, end - start - 1);
}

std::uint64_t bytesOf(const StreamBody& body, double seconds) {
    const double share = seconds > 0 ? std::min(1.0, kSeconds / seconds) : 1;
    return body.length ? static_cast<std::uint64_t>(static_cast<double>(*body.length) * share) : kMostBytes;
}

Result<Response> answerOf(StreamService& streams, const SegmentWish& wish, const Result<TitleStore::IndexPtr>& index,
                          double from, double duration) {
    const auto file = index ? musicFileOf(*wish.title, **index, wish.rendition, "mp3", toTicks(from))
                            : Result<MusicFilePtr>(unexpected<core::Error>(index.error()));
    if (!file) {
        return unexpected<core::Error>(file.error());
    }
    Response response;
    response.headers.set("Content-Type", (*file)->mimeType());
    response.headers.set("Cache-Control", "private, max-age=3600");
    StreamBody body = musicBody(streams, wish, *file);
    const std::uint64_t most = bytesOf(body, duration - from);
    response.body = firstOf(std::move(body), most);
    return response;
}

}  // namespace

StreamBody firstOf(StreamBody body, std::uint64_t most) {
    const auto left = std::make_shared<std::uint64_t>(most);
    const auto cut = [left](StreamBody::Piece piece) -> StreamBody::Piece {
        if (piece && *piece) {
            (*piece)->resize(std::min<std::uint64_t>((*piece)->size(), *left));
            *left -= (*piece)->size();
        }
        return piece;
    };
    StreamBody first;
    if (body.ask) {
        first.ask = [ask = std::move(body.ask), left, cut](std::function<void(StreamBody::Piece)> done) {
            if (*left == 0) {
                return done(std::optional<std::string>());
            }
            ask([cut, done = std::move(done)](StreamBody::Piece piece) { done(cut(std::move(piece))); });
        };
    } else {
        first.next = [next = std::move(body.next), left, cut]() -> StreamBody::Piece {
            return *left == 0 ? StreamBody::Piece(std::optional<std::string>()) : cut(next());
        };
    }
    return first;
}

void soundPreview(StreamService& streams, const Principal& who, const ItemDetail& item, const OpenFile& open,
                  std::function<void(Result<Response>)> done) {
    SoundWish sound;
    sound.codec = "mp3";
    sound.maxBitrate = kBitrate;
    sound.from = 1;  // made, also of what is an MP3 already
    std::size_t at = 0;
    const auto delivery = soundDelivery(item, sound, at);
    auto opened = delivery ? open(item.files.at(at).id) : Result<OpenedFile>(unexpected<core::Error>(delivery.error()));
    if (!opened) {
        return done(unexpected<core::Error>(opened.error()));
    }
    const double duration = item.files[at].info.duration, from = beginOf(duration);
    const auto title = std::make_shared<StreamTitle>(streamTitle(who.userId, item, item.files[at], std::move(*opened)));
    const SegmentWish wish{title, who.sessionId, renditionOf(delivery->path), SegmentFormat::Raw, 0};
    streams.index(title, [&streams, wish, from, duration, done = std::move(done)](Result<TitleStore::IndexPtr> index) {
        done(answerOf(streams, wish, index, from, duration));
    });
}

}  // namespace marea::server
