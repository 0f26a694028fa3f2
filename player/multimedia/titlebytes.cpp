#include "player/multimedia/titlebytes.h"

#include <algorithm>

#include "player/multimedia/container.h"

namespace marea::player {

core::Result<std::shared_ptr<ByteSource>> TitleBytes::opened() {
    auto source = open_();
    if (!source)
        return core::unexpected<core::Error>(source.error());
    const std::lock_guard lock(mutex_);
    if (cancelled_)
        return core::fail(core::ErrorCode::Cancelled, "Cancelled");
    source_ = std::move(*source);
    return source_;
}

core::Result<void> TitleBytes::open() {
    const auto source = opened();
    if (!source)
        return core::unexpected<core::Error>(source.error());
    const auto size = (*source)->size();
    if (!size)
        return core::unexpected<core::Error>(size.error());
    const auto media = isPlainMedia(**source);
    if (!media)
        return core::unexpected<core::Error>(media.error());
    if (*size < 0 || !*media)
        return core::fail(
            core::ErrorCode::Unprocessable,
            QT_TRANSLATE_NOOP("Player",
                              "This file can't be played: it is damaged, or of a kind that Marea does not play"),
            "no container by its first bytes");
    size_ = *size;
    return {};
}

bool TitleBytes::read(std::int64_t offset, std::span<char> out) {
    while (!out.empty()) {
        const auto got = source_->read(offset, out);
        if (!got || *got == 0) {
            const std::lock_guard lock(mutex_);
            if (!got && error_.text.empty())
                error_ = got.error();
            return false;
        }
        offset += static_cast<std::int64_t>(*got);
        out = out.subspan(*got);
    }
    return true;
}

void TitleBytes::cancel() {
    std::shared_ptr<ByteSource> source;
    {
        const std::lock_guard lock(mutex_);
        cancelled_ = true;
        source = source_;
    }
    if (source)
        source->cancel();
}

core::Error TitleBytes::error() const {
    const std::lock_guard lock(mutex_);
    return error_;
}

TitleDevice::TitleDevice(std::shared_ptr<TitleBytes> bytes) : bytes_(std::move(bytes)) {
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 TitleDevice::readData(char* data, qint64 most) {
    const qint64 wanted = std::min(most, size() - pos());
    if (wanted <= 0)
        return 0;
    return bytes_->read(pos(), std::span(data, static_cast<std::size_t>(wanted))) ? wanted : 0;
}

}  // namespace marea::player
