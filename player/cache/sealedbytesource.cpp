#include "player/cache/sealedbytesource.h"

#include <algorithm>
#include <QtGlobal>

namespace marea::player {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::SealedHeader;

namespace {

tl::unexpected<core::Error> damaged() {
    return fail(ErrorCode::Corrupt,
                QT_TRANSLATE_NOOP("Player", "The file is damaged, or belongs to another computer. Download it again."));
}

}  // namespace

SealedByteSource::SealedByteSource(std::unique_ptr<ByteSource> sealed, QByteArray secret)
    : sealed_(std::move(sealed)), secret_(std::move(secret)) {}

SealedByteSource::~SealedByteSource() {
    std::fill(clear_.begin(), clear_.end(), '\0');
    secret_.fill('\0');
}

Result<std::string> SealedByteSource::bytes(std::uint64_t from, std::size_t size) {
    std::string out(size, '\0');
    std::size_t have = 0;
    while (have < size) {
        const auto got = sealed_->read(static_cast<std::int64_t>(from + have), std::span(out).subspan(have));
        if (!got)
            return tl::make_unexpected(got.error());
        if (*got == 0)
            return damaged();
        have += *got;
    }
    return out;
}

Result<void> SealedByteSource::open() {
    if (chunks_)
        return {};
    const auto head = bytes(0, SealedHeader::kSize);
    if (!head)
        return tl::make_unexpected(head.error());
    const auto header = core::parseSealedHeader(*head);
    const auto size = sealed_->size();
    if (!header || !size || static_cast<std::uint64_t>(*size) != header->sealedSize())
        return !size ? tl::make_unexpected(size.error()) : damaged();
    auto chunks = core::SealedChunks::create(
        *header, std::string_view(secret_.constData(), static_cast<std::size_t>(secret_.size())));
    if (!chunks)
        return damaged();
    chunks_.emplace(std::move(*chunks));
    return {};
}

Result<std::int64_t> SealedByteSource::size() {
    if (auto opened = open(); !opened)
        return tl::make_unexpected(opened.error());
    return static_cast<std::int64_t>(chunks_->header().clearSize);
}

Result<void> SealedByteSource::fetch(std::uint64_t chunk) {
    if (number_ == chunk)
        return {};
    const auto& header = chunks_->header();
    const auto sealed = bytes(header.chunkStart(chunk), header.clearSizeOf(chunk) + SealedHeader::kTag);
    if (!sealed)
        return tl::make_unexpected(sealed.error());
    auto clear = chunks_->open(chunk, *sealed);
    if (!clear)
        return damaged();
    clear_ = std::move(*clear);
    number_ = chunk;
    return {};
}

Result<std::size_t> SealedByteSource::read(std::int64_t offset, std::span<char> out) {
    if (auto opened = open(); !opened)
        return tl::make_unexpected(opened.error());
    const auto& header = chunks_->header();
    const auto from = static_cast<std::uint64_t>(std::max<std::int64_t>(offset, 0));
    if (from >= header.clearSize || out.empty())
        return 0;
    if (auto fetched = fetch(from / header.chunk); !fetched)
        return tl::make_unexpected(fetched.error());
    const std::size_t within = static_cast<std::size_t>(from % header.chunk);
    const std::size_t count = std::min(out.size(), clear_.size() - within);
    std::copy_n(clear_.begin() + static_cast<std::ptrdiff_t>(within), count, out.begin());
    return count;
}

}  // namespace marea::player
