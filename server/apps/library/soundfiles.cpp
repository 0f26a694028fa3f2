#include "server/apps/library/soundfiles.h"

#include <algorithm>
#include <cstdio>

#include "server/stream/protection.h"

namespace marea::server {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr const char* kUsualCodec = "mp3";
constexpr std::int64_t kLeastBitrate = 32'000;  // less than that is no music

core::Capabilities everything() {
    core::Capabilities all;
    all.protocols = {"progressive"};
    all.containers = {"*"};
    all.audio = {{"*", 64}};
    return all;
}

core::Capabilities only(const std::string& codec) {
    core::Capabilities one;
    one.protocols = {"progressive"};
    one.containers = {codec == "opus" ? "ogg" : codec};
    one.audio = {{codec, 2}};
    return one;
}

// Music that is made has few bitrates: a limit below all of them is taken for the lowest.
std::int64_t limitOf(const SoundWish& wish) {
    return wish.maxBitrate > 0 ? std::max(wish.maxBitrate, kLeastBitrate) : 0;
}

bool isMusic(const ItemDetail& item) {
    return item.kind == "track" || item.kind == "audiobook";
}

Result<PlaybackDelivery> made(const ItemDetail& item, const SoundWish& wish, PlaybackRequest request,
                              std::size_t& file) {
    const bool lossless = wish.codec == "flac" && wish.maxBitrate == 0;  // it has no bitrate to be kept to
    request.client = only(lossless || wish.codec == "opus" ? wish.codec : kUsualCodec);
    request.client.maxBitrate = limitOf(wish);
    const auto plan = planPlayback(item, request);
    if (!plan) {
        return unexpected<Error>(plan.error());
    }
    file = plan->file;
    const bool fits = plan->decision.mode == DeliveryMode::Direct && wish.from <= 0;
    const auto music = fits ? std::nullopt : musicTrack(item, request, *plan);
    if (!fits && !music) {
        return fail(ErrorCode::Unprocessable, "This cannot be made of the file.");
    }
    return fits ? directDelivery(item.files[plan->file], *plan) : musicDelivery(item, *plan, *music);
}

// "m/<file>/<rendition>/<piece>" and "direct/<file>" → the parts behind the first.
std::vector<std::string> partsOf(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto slash = path.find('/');
        parts.emplace_back(path.substr(0, slash));
        path = slash == path.npos ? std::string_view() : path.substr(slash + 1);
    }
    return parts;
}

std::string secondsText(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", seconds);
    return text;
}

// The same request, as if it had come along the stream's own address.
Request along(const Request& request, const SoundWish& wish, const std::vector<std::string>& parts) {
    Request inner = request;
    inner.body.clear();
    inner.query.clear();
    inner.params = {{"title", wish.item}, {"file", parts.at(1)}};
    if (parts.size() == 4) {
        inner.params.emplace_back("rendition", parts[2]);
        inner.params.emplace_back("piece", parts[3]);
        inner.query.emplace_back("from", secondsText(std::max(0.0, wish.from)));
    }
    return inner;
}

}  // namespace

Result<PlaybackDelivery> soundDelivery(const ItemDetail& item, const SoundWish& wish, std::size_t& file) {
    if (!isMusic(item)) {
        return fail(ErrorCode::NotFound, "This is no music.");
    }
    PlaybackRequest request;
    request.file = wish.file;
    request.client = everything();
    request.client.maxBitrate = wish.asIs ? 0 : limitOf(wish);
    if (!wish.asIs && (!wish.codec.empty() || wish.from > 0)) {
        return made(item, wish, std::move(request), file);
    }
    const auto plan = planPlayback(item, request);
    if (!plan) {
        return unexpected<Error>(plan.error());
    }
    if (plan->decision.mode != DeliveryMode::Direct && !wish.asIs) {
        return made(item, wish, std::move(request), file);
    }
    file = plan->file;
    return directDelivery(item.files[plan->file], *plan);
}

Result<PlaybackDelivery> SoundFiles::begin(const Principal& who, const SoundWish& wish) {
    const auto item = media_.item(who.userId, wish.item);
    const auto protection =
        item ? media_.protection(item->id) : Result<std::optional<ProtectionSchemes>>(unexpected<Error>(item.error()));
    if (!protection || *protection) {
        return unexpected<Error>(protection ? protectedError() : protection.error());
    }
    std::size_t at = 0;
    auto delivery = soundDelivery(*item, wish, at);
    if (!delivery || service_.goOn(who.sessionId, item->id, delivery->path)) {
        return delivery;
    }
    PlaybackSession session;
    session.userId = who.userId;
    session.loginId = who.sessionId;
    session.mediaId = item->id;
    session.kind = item->kind;
    session.path = delivery->path;
    session.mode = name(delivery->mode);
    session.duration = item->files[at].info.duration > 0 ? item->files[at].info.duration : item->duration;
    const auto begun = service_.begin(std::move(session));
    return begun ? std::move(delivery) : Result<PlaybackDelivery>(unexpected<Error>(begun.error()));
}

void SoundFiles::stream(const Request& request, const SoundWish& wish, const SharedReply& reply) {
    const auto delivery = begin(*request.principal, wish);
    if (!delivery) {
        return (*reply)(sourceProblem(delivery.error()));
    }
    const auto parts = partsOf(delivery->path);
    const Request inner = along(request, wish, parts);
    if (parts.size() == 4) {
        return streams_.piece(inner, reply);
    }
    (*reply)(files_.direct(inner));
}

Response SoundFiles::download(const Request& request, const core::Id& item, const core::Id& file) {
    Request inner = request;
    inner.params = {{"id", item}, {"title", item}, {"file", file}};
    return file.empty() ? files_.download(inner) : files_.direct(inner);
}

}  // namespace marea::server
