#include "player/engine/streamprotocol.h"

#include <mpv/client.h>
#include <mpv/stream_cb.h>

#include "player/engine/mpvlibrary.h"

namespace marea::player {
namespace {

constexpr char prefix[] = "marea://";

struct Cookie {
    std::shared_ptr<StreamProtocol::Entry> entry;
    std::unique_ptr<ByteSource> source;
    std::int64_t position = 0;
};

std::int64_t readStream(void* cookie, char* buffer, std::uint64_t size) {
    auto& stream = *static_cast<Cookie*>(cookie);
    const auto got = stream.source->read(stream.position, std::span(buffer, static_cast<std::size_t>(size)));
    if (!got) {
        stream.entry->fail(got.error());
        return -1;
    }
    stream.position += static_cast<std::int64_t>(*got);
    return static_cast<std::int64_t>(*got);
}

std::int64_t seekStream(void* cookie, std::int64_t offset) {
    static_cast<Cookie*>(cookie)->position = offset;
    return offset;
}

std::int64_t sizeOfStream(void* cookie) {
    auto& stream = *static_cast<Cookie*>(cookie);
    const auto size = stream.source->size();
    if (!size) {
        stream.entry->fail(size.error());
        return MPV_ERROR_GENERIC;
    }
    return *size < 0 ? std::int64_t{MPV_ERROR_UNSUPPORTED} : *size;
}

void cancelStream(void* cookie) {
    static_cast<Cookie*>(cookie)->source->cancel();
}

void closeStream(void* cookie) {
    delete static_cast<Cookie*>(cookie);
}

}  // namespace

std::string StreamProtocol::Entry::reason() const {
    const std::lock_guard lock(mutex_);
    return reason_;
}

void StreamProtocol::Entry::fail(const core::Error& error) {
    if (error.code == core::ErrorCode::Cancelled) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (!reason_.empty()) {
            return;
        }
        reason_ = error.text;
    }
    if (onError) {
        onError(id);
    }
}

core::Result<void> StreamProtocol::install(mpv_handle* mpv) {
    const int code = libmpv().streamCbAddRo(mpv, "marea", this, &StreamProtocol::openStream);
    if (code < 0) {
        return core::fail(core::ErrorCode::Internal, QT_TRANSLATE_NOOP("Player", "The player can't be started"),
                          libmpv().errorString(code));
    }
    return {};
}

std::shared_ptr<StreamProtocol::Entry> StreamProtocol::add(OpenByteSource open, std::function<void(int)> onError) {
    const std::lock_guard lock(mutex_);
    auto entry = std::make_shared<Entry>();
    entry->id = ++last_;
    entry->open = std::move(open);
    entry->onError = std::move(onError);
    entries_.emplace(entry->id, entry);
    return entry;
}

QByteArray StreamProtocol::address(int id, const QString& extension) {
    QByteArray out = prefix + QByteArray::number(id);
    if (!extension.isEmpty()) {
        out += '.' + extension.toUtf8();
    }
    return out;
}

void StreamProtocol::remove(int id) {
    const std::lock_guard lock(mutex_);
    entries_.erase(id);
}

// On a thread of mpv's. Must not wait for bytes: only what comes later can be cancelled.
int StreamProtocol::openStream(void* self, char* uri, mpv_stream_cb_info* info) {
    auto& protocol = *static_cast<StreamProtocol*>(self);
    const int id = QByteArray(uri).mid(sizeof(prefix) - 1).split('.').first().toInt();
    auto cookie = std::make_unique<Cookie>();
    {
        const std::lock_guard lock(protocol.mutex_);
        const auto found = protocol.entries_.find(id);
        if (found == protocol.entries_.end()) {
            return MPV_ERROR_LOADING_FAILED;
        }
        cookie->entry = found->second;
    }
    auto source = cookie->entry->open();
    if (!source) {
        cookie->entry->fail(source.error());
        return MPV_ERROR_LOADING_FAILED;
    }
    cookie->source = std::move(*source);
    info->read_fn = readStream;
    info->seek_fn = seekStream;
    info->size_fn = sizeOfStream;
    info->close_fn = closeStream;
    info->cancel_fn = cancelStream;
    info->cookie = cookie.release();
    return 0;
}

}  // namespace marea::player
