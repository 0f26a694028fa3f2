#include "server/apps/uploads/uploadrules.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

using core::ErrorCode;

// base64 of the library id below.
constexpr const char* kLibrary = "01900000-0000-7000-8000-000000000000";
constexpr const char* kLibraryField = "library MDE5MDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw";

TEST(UploadWish, NamesTheLibraryThePathAndTheSize) {
    const auto wish =
        uploadWish("12", std::string(kLibraryField) + ", path TG93IFdhdGVyLzAxIFRpZGUuZmxhYw==,filetype,x eA==");
    ASSERT_TRUE(wish) << wish.error().text;
    EXPECT_EQ(wish->libraryId, kLibrary);
    EXPECT_EQ(wish->path, "Low Water/01 Tide.flac");
    EXPECT_EQ(wish->size, 12);
}

TEST(UploadWish, TakesWhatUploadWidgetsSend) {
    // relativePath "null", filename "Tide.mkv"
    const auto alone = uploadWish("1", std::string(kLibraryField) + ",relativePath bnVsbA==,filename VGlkZS5ta3Y=");
    ASSERT_TRUE(alone) << alone.error().text;
    EXPECT_EQ(alone->path, "Tide.mkv");
    // relativePath "Sea/Tide.mkv"
    const auto folder =
        uploadWish("1", std::string(kLibraryField) + ",relativePath U2VhL1RpZGUubWt2,filename VGlkZS5ta3Y=");
    ASSERT_TRUE(folder) << folder.error().text;
    EXPECT_EQ(folder->path, "Sea/Tide.mkv");
}

TEST(UploadWish, RefusesWhatIsMalformed) {
    const std::string good = std::string(kLibraryField) + ",filename VGlkZS5ta3Y=";
    for (const char* length : {"", "0", "-1", "1x", "99999999999999999999", " 1"}) {
        EXPECT_FALSE(uploadWish(length, good)) << length;
    }
    for (const std::string& metadata :
         {std::string(), std::string("library eA==,filename VGlkZS5ta3Y="), good + ",,x eA==", good + ",filename eA==",
          good + ",x n!t-base64", std::string(kLibraryField) + ",filename !", good + ",x " + std::string(9000, 'A')}) {
        const auto wish = uploadWish("1", metadata);
        ASSERT_FALSE(wish) << metadata;
        EXPECT_EQ(wish.error().code, ErrorCode::Invalid);
    }
}

TEST(UploadPath, StaysInTheLibraryAndIsNoTrick) {
    for (const char* path :
         {"/etc/Tide.mkv", "../Tide.mkv", "Sea/../../Tide.mkv", "Sea//Tide.mkv", "Sea/./Tide.mkv", "Sea/", "",
          ".hidden.mkv", ".marea-uploads/Tide.mkv", "Sea\\Tide.mkv", "Ti\nde.mkv", "Tide.mkv ", " Tide.mkv",
          "T\xff.mkv", "@eaDir/Tide.mkv", "a/b/c/d/e/f/g/h/i/j/k/l/m/Tide.mkv"}) {
        EXPECT_FALSE(uploadPath(path)) << path;
    }
    EXPECT_FALSE(uploadPath(std::string_view("Tide\0.mkv", 9)));
    EXPECT_FALSE(uploadPath(std::string(252, 'x') + ".mkv"));
    EXPECT_TRUE(uploadPath(std::string(251, 'x') + ".mkv"));
    EXPECT_TRUE(uploadPath("Søren (2020)/Søren … 1.mkv"));
}

TEST(UploadPath, IsOfAKindThatLibrariesHold) {
    for (const char* path : {"Tide.mp4", "Tide.en.srt", "01.flac", "01.lrc", "cover.jpg", "movie.nfo"}) {
        EXPECT_TRUE(uploadPath(path)) << path;
    }
    for (const char* path : {"Tide.exe", "Tide", "index.html", "id_rsa", "Tide.sh"}) {
        const auto refused = uploadPath(path);
        ASSERT_FALSE(refused) << path;
        EXPECT_EQ(refused.error().code, ErrorCode::Unprocessable);
    }
}

TEST(UploadChecksum, IsASha256) {
    EXPECT_EQ(uploadChecksum("sha256 " + std::string(43, 'A') + "=").value_or("").size(), 32U);
    for (const char* field : {"sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "sha256", "sha256 ", "sha256 AAAA", "sha256 !"}) {
        EXPECT_FALSE(uploadChecksum(field)) << field;
    }
}

}  // namespace
}  // namespace marea::server
