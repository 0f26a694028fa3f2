#include "player/multimedia/titlebytes.h"

#include <gtest/gtest.h>

#include "tests/unit/player/memorybytes.h"

namespace marea::player {
namespace {

const std::string film = "fLaC" + std::string(96, '\0') + "the end";

std::shared_ptr<TitleBytes> bytesOf(const std::string& content, std::size_t brokenFrom = std::string::npos) {
    return std::make_shared<TitleBytes>([content, brokenFrom]() -> core::Result<std::unique_ptr<ByteSource>> {
        return std::make_unique<test::MemoryBytes>(content, brokenFrom);
    });
}

TEST(TitleDevice, AReadIsWholeOrItIsTheEnd) {
    const auto bytes = bytesOf(film);
    ASSERT_TRUE(bytes->open());
    TitleDevice device(bytes);
    EXPECT_EQ(device.size(), 107);
    EXPECT_EQ(device.read(50).size(), 50) << "though the source gives three at a time";
    ASSERT_TRUE(device.seek(100));
    EXPECT_EQ(device.read(50), QByteArray("the end"));
    EXPECT_TRUE(device.atEnd());
    EXPECT_TRUE(device.read(1).isEmpty());
    ASSERT_TRUE(device.seek(4));
    EXPECT_EQ(device.bytesAvailable(), 103);
}

TEST(TitleDevice, ASourceThatBreaksOffIsNotAtItsEnd) {
    const auto bytes = bytesOf("fLaC" + std::string(200'000, '\0'), 150'000);
    ASSERT_TRUE(bytes->open());
    TitleDevice device(bytes);
    ASSERT_TRUE(device.seek(149'990));
    EXPECT_TRUE(device.read(20).isEmpty());
    EXPECT_FALSE(device.atEnd());
    EXPECT_EQ(bytes->error().text, "The server is gone");
}

TEST(TitleBytes, WhatIsNoMediaDoesNotOpen) {
    const auto opened = bytesOf("#EXTM3U\n")->open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, core::ErrorCode::Unprocessable);
}

TEST(TitleBytes, WhatWasGivenUpOpensAndReadsNothing) {
    const auto bytes = bytesOf(film);
    ASSERT_TRUE(bytes->open());
    bytes->cancel();
    char buffer[4];
    EXPECT_FALSE(bytes->read(0, buffer));
    const auto never = bytesOf(film);
    never->cancel();
    EXPECT_FALSE(never->open());
}

}  // namespace
}  // namespace marea::player
