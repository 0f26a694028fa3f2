#include "core/io/sealedfile.h"

#include <gtest/gtest.h>

namespace marea::core {
namespace {

constexpr std::string_view kSecret = "0123456789abcdef";

SealedHeader header(std::uint64_t size, std::uint32_t chunk = 4096) {
    SealedHeader made;
    made.chunk = chunk;
    made.clearSize = size;
    for (std::size_t i = 0; i < made.salt.size(); ++i) {
        made.salt[i] = static_cast<std::uint8_t>(i);
    }
    made.keyId.fill(7);
    return made;
}

std::string text(std::size_t size) {
    std::string made(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        made[i] = static_cast<char>(i * 31 % 251);
    }
    return made;
}

std::string whole(const SealedHeader& header, std::string_view clear, std::string_view secret = kSecret) {
    auto chunks = SealedChunks::create(header, secret);
    std::string out = header.bytes();
    for (std::uint64_t n = 0; n < header.chunks(); ++n) {
        const auto sealed = chunks->seal(n, clear.substr(n * header.chunk, header.clearSizeOf(n)));
        EXPECT_TRUE(sealed);
        out += sealed ? *sealed : "";
    }
    return out;
}

TEST(SealedFile, EveryChunkIsReadAloneAndSizesAreKnownBefore) {
    for (const std::size_t size : {0u, 1u, 4095u, 4096u, 4097u, 20'000u}) {
        const std::string clear = text(size), sealed = whole(header(size), clear);
        EXPECT_EQ(sealed.size(), header(size).sealedSize());
        const auto read = parseSealedHeader(sealed);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->bytes(), header(size).bytes());
        auto chunks = SealedChunks::create(*read, kSecret);
        std::string back;
        for (std::uint64_t n = read->chunks(); n-- > 0;) {  // from the last to the first
            const auto piece = chunks->open(
                n, std::string_view(sealed).substr(read->chunkStart(n), read->clearSizeOf(n) + SealedHeader::kTag));
            ASSERT_TRUE(piece) << n;
            back = *piece + back;
        }
        EXPECT_EQ(back, clear);
        EXPECT_FALSE(chunks->open(read->chunks(), "nothing there"));
    }
}

TEST(SealedFile, WhatWasChangedMovedCutOrMadeWithAnotherKeyIsNoticed) {
    const SealedHeader own = header(10'000);
    const std::string sealed = whole(own, text(10'000));
    const auto chunk = [&](std::uint64_t n) {
        return sealed.substr(own.chunkStart(n), own.clearSizeOf(n) + SealedHeader::kTag);
    };
    auto chunks = SealedChunks::create(own, kSecret);
    ASSERT_TRUE(chunks->open(0, chunk(0)));
    EXPECT_FALSE(chunks->open(1, chunk(0)));
    for (const std::size_t at : {std::size_t{0}, std::size_t{4000}, std::size_t{4096 + 15}}) {
        std::string changed = chunk(0);
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_FALSE(chunks->open(0, changed)) << at;
    }
    EXPECT_FALSE(chunks->open(2, chunk(2).substr(1)));
    SealedHeader shorter = own;  // as if it ended there
    shorter.clearSize = 8192;
    EXPECT_FALSE(SealedChunks::create(shorter, kSecret)->open(0, chunk(0)));
    SealedHeader salted = own;
    salted.salt[0] ^= 1;
    EXPECT_FALSE(SealedChunks::create(salted, kSecret)->open(0, chunk(0)));
    EXPECT_FALSE(SealedChunks::create(own, "0123456789abcdeF")->open(0, chunk(0)));
    EXPECT_TRUE(chunks->open(0, chunk(0)));  // and goes on after all that
}

TEST(SealedFile, NothingOfTheTextIsInIt) {
    const std::string clear(9'000, 'a');
    const std::string sealed = whole(header(9'000), clear);
    EXPECT_EQ(sealed.find("aaaa"), std::string::npos);
    EXPECT_NE(sealed.substr(64, 4096), sealed.substr(64 + 4112, 4096));  // the same text, another place
}

TEST(SealedFile, OtherFilesAreNone) {
    std::string bytes = header(100).bytes();
    EXPECT_TRUE(parseSealedHeader(bytes));
    EXPECT_FALSE(parseSealedHeader(bytes.substr(0, 63)));
    EXPECT_FALSE(parseSealedHeader(text(64)));
    EXPECT_FALSE(parseSealedHeader(header(100, 512).bytes()));
    EXPECT_FALSE(parseSealedHeader(header(100, 64 << 20).bytes()));
    EXPECT_FALSE(parseSealedHeader(header(std::uint64_t{1} << 60).bytes()));
    EXPECT_FALSE(SealedChunks::create(header(100), "short"));
}

}  // namespace
}  // namespace marea::core
