#include "player/cache/sealedbytesource.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace marea::player {
namespace {

const QByteArray kSecret("0123456789abcdef");

// Bytes of memory, a few at a time.
class Memory : public ByteSource {
public:
    explicit Memory(std::string bytes) : bytes_(std::move(bytes)) {}
    core::Result<std::int64_t> size() override { return static_cast<std::int64_t>(bytes_.size()); }
    core::Result<std::size_t> read(std::int64_t offset, std::span<char> out) override {
        if (cancelled)
            return core::fail(core::ErrorCode::Cancelled, "Cancelled");
        const auto from = std::min(static_cast<std::size_t>(offset), bytes_.size());
        const auto count = std::min({out.size(), bytes_.size() - from, std::size_t{1000}});
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(from), count, out.begin());
        return count;
    }
    void cancel() override { cancelled = true; }
    bool cancelled = false;

private:
    std::string bytes_;
};

std::string sealedOf(const std::string& clear) {
    core::SealedHeader header;
    header.chunk = 4096;
    header.clearSize = clear.size();
    auto chunks = core::SealedChunks::create(header, kSecret.toStdString());
    std::string out = header.bytes();
    for (std::uint64_t n = 0; n < header.chunks(); ++n)
        out += *chunks->seal(n, std::string_view(clear).substr(n * header.chunk, header.clearSizeOf(n)));
    return out;
}

std::string text(std::size_t size) {
    std::string made(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        made[i] = static_cast<char>(i * 131 % 241);
    return made;
}

TEST(SealedByteSource, IsTheClearTextFromAnyPlace) {
    const std::string clear = text(10'000);
    SealedByteSource source(std::make_unique<Memory>(sealedOf(clear)), kSecret);
    ASSERT_EQ(source.size().value_or(-1), 10'000);
    for (const std::int64_t from : {0, 9'999, 4'095, 4'096, 1, 8'000}) {
        std::string out(3'000, '\0');
        const auto got = source.read(from, out);
        ASSERT_TRUE(got);
        EXPECT_GT(*got, 0u);
        EXPECT_EQ(out.substr(0, *got), clear.substr(static_cast<std::size_t>(from), *got)) << from;
    }
    std::string out(10, '\0');
    EXPECT_EQ(source.read(10'000, out).value_or(9), 0u);
    EXPECT_EQ(source.read(1'000'000, out).value_or(9), 0u);
}

TEST(SealedByteSource, WhatIsDamagedCutOrOfAnotherKeySaysSo) {
    const std::string sealed = sealedOf(text(10'000));
    std::string out(10, '\0');
    const auto reads = [&](std::string bytes, const QByteArray& secret, std::int64_t at) {
        return SealedByteSource(std::make_unique<Memory>(std::move(bytes)), secret).read(at, out);
    };
    EXPECT_TRUE(reads(sealed, kSecret, 5'000));
    EXPECT_EQ(reads(sealed, QByteArray("0123456789abcdeF"), 5'000).error().code, core::ErrorCode::Corrupt);
    EXPECT_EQ(reads(sealed.substr(0, 9'000), kSecret, 0).error().code, core::ErrorCode::Corrupt);
    EXPECT_EQ(reads(text(10'000), kSecret, 0).error().code, core::ErrorCode::Corrupt);
    EXPECT_EQ(reads("", kSecret, 0).error().code, core::ErrorCode::Corrupt);
    std::string changed = sealed;
    changed[64 + 4112 + 100] ^= 1;
    EXPECT_TRUE(reads(changed, kSecret, 0));
    EXPECT_EQ(reads(changed, kSecret, 5'000).error().code, core::ErrorCode::Corrupt);
}

TEST(SealedByteSource, IsCancelledAsWhatItReads) {
    SealedByteSource source(std::make_unique<Memory>(sealedOf(text(100))), kSecret);
    source.cancel();
    std::string out(10, '\0');
    EXPECT_EQ(source.read(0, out).error().code, core::ErrorCode::Cancelled);
}

}  // namespace
}  // namespace marea::player
